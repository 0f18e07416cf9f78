"""An Office package: its parts read, and written again with some of them changed and all others as they were."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from app.core.errors import CorruptFileError
from app.export.forms.surgery import parsed

__all__ = ["Package"]

_MOST_PART = 256 * 1024 * 1024


class Package:
    """The parts of a file that has been checked: whole, within the limits, without document type declarations."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self._zip = ZipFile(BytesIO(data))
        self._names = {member.lower().lstrip("/"): member for member in self._zip.namelist()}

    @property
    def members(self) -> list[str]:
        """All names, in the order of the file."""
        return self._zip.namelist()

    def member(self, part: str) -> str | None:
        """A part's name as the file spells it; None when there is no such part."""
        return self._names.get(part.lower().lstrip("/"))

    def read(self, part: str) -> bytes | None:
        """A part's bytes; None when there is no such part."""
        member = self.member(part)
        if member is None or self._zip.getinfo(member).file_size > _MOST_PART:
            return None
        return self._zip.read(member)

    def main(self, usual: str) -> str:
        """The part that the package is about. Raises CorruptFileError."""
        for kind, target in self.relations("").values():
            if kind == "officeDocument" and self.member(target) is not None:
                return target
        if self.member(usual) is None:
            raise CorruptFileError(self.name)
        return usual

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part ("" is the package): a relation's id, its kind and the part inside the package that it leads to."""
        folder, base = posixpath.split(part)
        data = self.read(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        if data is None:
            return found
        try:
            root = parsed(data)
        except etree.XMLSyntaxError:
            return found
        for each in root:
            if isinstance(each.tag, str) and each.get("TargetMode") != "External":
                target = each.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found[each.get("Id", "")] = (each.get("Type", "").rsplit("/", 1)[-1], path)
        return found

    def with_parts(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with these parts changed: same members, same order, same dates, same way of packing."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED, allowZip64=True) as target:
            target.comment = self._zip.comment
            for info in self._zip.infolist():
                data = changed.get(info.filename)
                target.writestr(_same(info), self._zip.read(info) if data is None else data)
        return out.getvalue()


def _same(info: ZipInfo) -> ZipInfo:
    """A new entry that says of itself what the old one said."""
    new = ZipInfo(info.filename, info.date_time)
    new.compress_type = info.compress_type if info.compress_type in (0, ZIP_DEFLATED) else ZIP_DEFLATED
    new.external_attr, new.create_system, new.comment, new.extra = info.external_attr, info.create_system, info.comment, b""
    return new
