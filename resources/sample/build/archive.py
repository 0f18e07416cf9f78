"""Office files are ZIP archives: give theirs fixed times, so that the same content is the same file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

WHEN = (2027, 9, 14, 8, 0, 0)
TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def unchanged(_name: str, data: bytes) -> bytes:
    """The member as it is."""
    return data


def freeze(target: Path, change: Callable[[str, bytes], bytes] = unchanged) -> None:
    """Write the archive again with fixed times, each member passed through `change`."""
    with ZipFile(target) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    with ZipFile(target, "w") as archive:
        for name, data in members.items():
            info = ZipInfo(name, WHEN)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            dated = TIMES.sub(rb"\g<1>2027-09-14T08:00:00Z\g<3>", data) if name == "docProps/core.xml" else data
            archive.writestr(info, change(name, dated))


def same_content(one: Path, other: Path) -> bool:
    """Whether two files hold the same: for archives their members, so that another zlib makes no difference."""
    if not other.exists():
        return False
    if one.suffix in (".docx", ".xlsx"):
        with ZipFile(one) as first, ZipFile(other) as second:
            return [(name, first.read(name)) for name in first.namelist()] == [
                (name, second.read(name)) for name in second.namelist()
            ]
    return one.read_bytes() == other.read_bytes()
