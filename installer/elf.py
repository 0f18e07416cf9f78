"""Small changes to a Linux library where it lies, made in the table that the loader reads.

A library may be linked to another one that the program has no use for: Pillow's wheel brings libxcb and libXau, padded to more
than two megabytes, for taking pictures of the screen alone. And it may name folders to look in: those of the computer that built
it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["folders_of", "forget_folders", "unlink"]

_HEAD = b"\x7fELF\x02\x01"
"""64 bits, the smallest byte first: what x86-64 and arm64 have. Others are left as they are."""
_LOAD, _DYNAMIC = 1, 2
_END, _NEEDED, _STRINGS, _SYMBOLS, _RPATH, _RUNPATH, _GNU_HASH = 0, 1, 5, 6, 15, 29, 0x6FFFFEF5
_ENTRY = struct.Struct("<qQ")
_SYMBOL = 24
_WEAK = 2 << 4


def folders_of(file: Path) -> list[str]:
    """The folders that are named, in their order."""
    library = _opened(file)
    return [folder for _, text in library.folders() for folder in text.split(":")] if library is not None else []


def forget_folders(file: Path) -> bool:
    """Take those away that are fixed: on another computer they mean nothing, or somebody else's folder. Whether there were any.

    A list with $ORIGIN in it is meant by those who made the library, and stays.
    """
    library = _opened(file)
    if library is None:
        return False
    fixed = {at for at, text in library.folders() if not any(part.startswith("$") for part in text.split(":"))}
    return library.drop(fixed) and library.save(file)


def unlink(file: Path, library: str, symbols: str) -> bool:
    """Take the library whose name begins so off the list of what is loaded with the file. Answers whether it was on it.

    What is called by names that begin with `symbols` is made optional, so that the file can be loaded without it even where the
    system looks everything up at once. Whoever calls it falls: see that nobody does.
    """
    found = _opened(file)
    if found is None or not found.drop({at for at, text in found.named(_NEEDED) if text.startswith(library)}):
        return False
    found.weaken(symbols)
    return found.save(file)


@dataclass
class _Library:
    """The bytes of a file, where its table for the loader begins, and the table's entries."""

    data: bytearray
    start: int
    entries: list[tuple[int, int]]

    def folders(self) -> Iterator[tuple[int, str]]:
        """Which entries name folders to look in, and their text."""
        return self.named(_RPATH, _RUNPATH)

    def named(self, *tags: int) -> Iterator[tuple[int, str]]:
        """Which entries are of these kinds, and the text that they name."""
        strings = self._place(_STRINGS)
        for at, (tag, value) in enumerate(self.entries):
            if tag in tags and strings is not None:
                yield at, self._text(strings + value)

    def drop(self, places: set[int]) -> bool:
        """Take entries away; whether there were any. The table keeps its place and size."""
        kept = [entry for at, entry in enumerate(self.entries) if at not in places]
        kept += [(_END, 0)] * len(places)
        self.entries = kept
        self.data[self.start : self.start + len(kept) * _ENTRY.size] = b"".join(_ENTRY.pack(*entry) for entry in kept)
        return bool(places)

    def weaken(self, symbols: str) -> None:
        """Make what others should have, under names that begin so, optional."""
        strings, table, hashes = self._place(_STRINGS), self._place(_SYMBOLS), self._place(_GNU_HASH)
        if strings is None or table is None or hashes is None:
            return
        (first_own,) = struct.unpack_from("<I", self.data, hashes + 4)  # before it stand those that others are to have
        for at in range(table + _SYMBOL, table + _SYMBOL * first_own, _SYMBOL):
            (name,) = struct.unpack_from("<I", self.data, at)
            if self._text(strings + name).startswith(symbols):
                self.data[at + 4] = _WEAK | (self.data[at + 4] & 0xF)

    def save(self, file: Path) -> bool:
        """Write it where it was; always true."""
        file.write_bytes(self.data)
        return True

    def _place(self, wanted: int) -> int | None:
        """Where in the file what the first entry of a kind points to lies."""
        address = next((value for tag, value in self.entries if tag == wanted), None)
        if address is None:
            return None
        found = (
            address - begin + offset
            for kind, offset, begin, size in _segments(self.data)
            if kind == _LOAD and begin <= address < begin + size
        )
        return next(found, None)

    def _text(self, at: int) -> str:
        return bytes(self.data[at : self.data.index(b"\0", at)]).decode("utf-8", "surrogateescape")


def _opened(file: Path) -> _Library | None:
    """None for a file that has no such table."""
    data = bytearray(file.read_bytes())
    for kind, offset, _, size in _segments(data):
        if kind == _DYNAMIC:
            places = range(offset, offset + size - size % _ENTRY.size, _ENTRY.size)
            return _Library(data, offset, [_ENTRY.unpack_from(data, at) for at in places])
    return None


def _segments(data: bytearray) -> Iterator[tuple[int, int, int, int]]:
    """Kind, place in the file, address in the memory, and bytes in the file of each segment."""
    if data[: len(_HEAD)] != _HEAD:
        return
    (table,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    for at in range(table, table + size * count, size):
        kind, _, offset, begin, _, length = struct.unpack_from("<IIQQQQ", data, at)
        yield kind, offset, begin, length
