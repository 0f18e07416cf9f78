"""Folders in which a library of Linux looks for others, as they were written into it: those of the computer that built it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

__all__ = ["folders_of", "forget_folders"]

_HEAD = b"\x7fELF\x02\x01"
"""64 bits, the smallest byte first: what x86-64 and arm64 have. Others are left as they are."""
_LOAD, _DYNAMIC = 1, 2
_END, _STRINGS, _RPATH, _RUNPATH = 0, 5, 15, 29
_ENTRY = struct.Struct("<qQ")


def folders_of(file: Path) -> list[str]:
    """The folders that are named, in their order."""
    data = file.read_bytes()
    _, entries = _dynamic(data)
    return [folder for _, text in _named(data, entries) for folder in text.split(":")]


def forget_folders(file: Path) -> bool:
    """Take those away that are fixed: on another computer they mean nothing, or somebody else's folder. Whether there were any.

    A list with $ORIGIN in it is meant by those who made the library, and stays.
    """
    data = bytearray(file.read_bytes())
    start, entries = _dynamic(data)
    fixed = {at for at, text in _named(data, entries) if not any(part.startswith("$") for part in text.split(":"))}
    if not fixed:
        return False
    kept = [entry for at, entry in enumerate(entries) if at not in fixed]
    kept += [(_END, 0)] * len(fixed)  # the table keeps its place and size
    data[start : start + len(kept) * _ENTRY.size] = b"".join(_ENTRY.pack(*entry) for entry in kept)
    file.write_bytes(data)
    return True


def _named(data: bytes | bytearray, entries: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Which entries name folders, and their text."""
    address = next((value for tag, value in entries if tag == _STRINGS), None)
    strings = _offset(data, address) if address is not None else None
    if strings is None:
        return
    for at, (tag, value) in enumerate(entries):
        if tag in (_RPATH, _RUNPATH):
            begin = strings + value
            yield at, bytes(data[begin : data.index(b"\0", begin)]).decode("utf-8", "surrogateescape")


def _dynamic(data: bytes | bytearray) -> tuple[int, list[tuple[int, int]]]:
    """Where the table for the loader begins, and its entries; none in a file that has no such table."""
    for kind, offset, _, size in _segments(data):
        if kind == _DYNAMIC:
            return offset, [_ENTRY.unpack_from(data, offset + at) for at in range(0, size - size % _ENTRY.size, _ENTRY.size)]
    return 0, []


def _offset(data: bytes | bytearray, address: int) -> int | None:
    """Where in the file what is at an address of the memory lies."""
    for kind, offset, begin, size in _segments(data):
        if kind == _LOAD and begin <= address < begin + size:
            return address - begin + offset
    return None


def _segments(data: bytes | bytearray) -> Iterator[tuple[int, int, int, int]]:
    """Kind, place in the file, address in the memory, and bytes in the file of each segment."""
    if data[: len(_HEAD)] != _HEAD:
        return
    (table,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for at in range(table, table + size * count, size):
        kind, _, offset, begin, _, length = struct.unpack_from("<IIQQQQ", data, at)
        yield kind, offset, begin, length
