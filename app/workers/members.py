"""A file of the bid that lies in an archive: its bytes, unpacked by a child as the archive is now."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.core.claims import BidFile
from app.documents.reader import ReadRequest
from app.workers.pages import PageReader

__all__ = ["inside", "unpacked"]


def unpacked(archive: ReadRequest, member: str, passwords: tuple[str, ...] = ()) -> bytes:
    """The member's bytes. Raises errors of the tree, for what is no archive or has no such member as well."""
    reader = PageReader(archive.name, archive.bytes(), member, passwords)
    try:
        reader.open()
        return reader.raw()
    finally:
        reader.close()


def inside(folder: Path, passwords: tuple[str, ...] = ()) -> Callable[[BidFile], bytes | None]:
    """Brings the bytes of a file whose path, from the folder on, leads into an archive ("bilagor.zip/pris.xlsx"); None for
    others."""

    def brought(file: BidFile) -> bytes | None:
        path = folder / file.path
        archive = next((one for one in path.parents if one.is_file()), None)
        if archive is None:
            return None
        return unpacked(ReadRequest(archive.name, archive), path.relative_to(archive).as_posix(), passwords)

    return brought
