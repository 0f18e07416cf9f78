"""The pictures of an Office file, cleaned of what they tell beside what they show. Drawings that spell a marked text go."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from app.core.document import Finding
from app.core.errors import MaskingError
from app.secrecy.masking.metadata import bare_picture
from app.secrecy.masking.metafiles import drawn_text, is_metafile
from app.secrecy.masking.needles import Needles
from app.secrecy.masking.package import Package
from app.secrecy.masking.raw import RawSearch
from app.secrecy.masking.sweep import PICTURES

__all__ = ["Cleaned", "clean_pictures"]

_REWRITABLE = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "gif": "GIF", "bmp": "BMP", "tif": "TIFF", "tiff": "TIFF"}
_GREY = (217, 217, 217)


class Cleaned(NamedTuple):
    """In how many pictures something marked could be read, and the parts of those that are grey now."""

    cleaned: int
    gone: frozenset[str]

    def told(self, name: str) -> list[Finding]:
        """What the user must know."""
        return [Finding("mask.drawings_removed", name, None, (("count", str(len(self.gone))),))] if self.gone else []


def clean_pictures(package: Package, needles: Needles) -> Cleaned:
    """Pictures lose their metadata, which may be packed and hold anything.

    A drawing of commands whose text holds a marked one, or cannot be read for certain, is replaced by a grey picture. Raises
    MaskingError (`mask.left`) for a picture that cannot be cleaned.
    """
    search = RawSearch(needles)
    count, gone = 0, set[str]()
    for part in package.names():
        ending = part.rpartition(".")[2].lower()
        if ending not in PICTURES:
            continue
        before = package.parts[part]
        if is_metafile(before) and _spells(before, needles):
            gone.add(_greyed(package, part))
            continue
        needle = search.find(before) or search.word_in(before)
        package.parts[part] = bare_picture(before, _REWRITABLE.get(ending) if needle is not None else None)
        count += needle is not None
        left = search.find(package.parts[part]) or (search.word_in(package.parts[part]) if needle is not None else None)
        if left is not None:
            raise MaskingError(package.name, code="mask.left", claim=left.number, reason="mask_picture")
    return Cleaned(count + len(gone), frozenset(gone))


def _spells(data: bytes, needles: Needles) -> bool:
    drawn = drawn_text(data)
    return not drawn.whole or any(needles.first_in(text) is not None for text in (drawn.text, " ".join(drawn.pieces)))


def _greyed(package: Package, part: str) -> str:
    """A grey picture in the place of a drawing. The name that it has now."""
    held = BytesIO()
    Image.new("RGB", (16, 16), _GREY).save(held, "PNG")
    package.parts[part] = held.getvalue()
    folder, number = posixpath.dirname(part), 1
    while (name := posixpath.join(folder, f"image{number}.png")) in package.parts:
        number += 1
    package.declare("png", "image/png")
    package.rename(part, name)
    return name
