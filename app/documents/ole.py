"""The names at the root of an OLE compound file: enough to tell a Word file from a workbook, a mail or an encrypted file.

Reads the directory only, follows no sector twice, and answers with an empty set when the file is damaged.
"""

from __future__ import annotations

import struct
from struct import unpack_from
from typing import BinaryIO

__all__ = ["OLE_MAGIC", "root_names"]

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_MOST_SECTORS = 4096
_NONE = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA


def root_names(stream: BinaryIO) -> frozenset[str]:
    """Names of the streams and storages directly under the root (MS-CFB 2.6)."""
    try:
        return frozenset(_children(_directory(stream)))
    except (struct.error, IndexError, ValueError, OSError):
        return frozenset()


def _directory(stream: BinaryIO) -> bytes:
    stream.seek(0)
    header = stream.read(512)
    if header[:8] != OLE_MAGIC:
        raise ValueError
    (shift,) = unpack_from("<H", header, 30)
    if shift not in (9, 12):
        raise ValueError
    size = 1 << shift
    (sector,) = unpack_from("<I", header, 48)
    fat_sectors = [number for number in unpack_from("<109I", header, 76) if number < _LAST_SECTOR]
    table: dict[int, tuple[int, ...]] = {}
    pieces: list[bytes] = []
    seen: set[int] = set()
    per_sector = size // 4
    while sector < _LAST_SECTOR and sector not in seen and len(seen) < _MOST_SECTORS:
        seen.add(sector)
        stream.seek((sector + 1) * size)
        pieces.append(stream.read(size))
        place, offset = divmod(sector, per_sector)
        if place not in table:
            stream.seek((fat_sectors[place] + 1) * size)
            table[place] = unpack_from(f"<{per_sector}I", stream.read(size))
        sector = table[place][offset]
    return b"".join(pieces)


def _children(directory: bytes) -> list[str]:
    """Walk the tree of siblings under the root entry."""
    names: list[str] = []
    (child,) = unpack_from("<I", directory, 76)
    waiting, seen = [child], set[int]()
    while waiting:
        number = waiting.pop()
        if number == _NONE or number in seen or (number + 1) * _ENTRY > len(directory):
            continue
        seen.add(number)
        start = number * _ENTRY
        (length,) = unpack_from("<H", directory, start + 64)
        names.append(directory[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"))
        waiting.extend(unpack_from("<2I", directory, start + 68))
    return names
