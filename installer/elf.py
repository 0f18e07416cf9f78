"""Small changes to a Linux library where it lies: no longer linked to a library that the program has no use for.

Pillow's wheel brings libxcb and libXau, padded to more than two megabytes, for taking pictures of the screen alone.
"""

from __future__ import annotations

import struct
from pathlib import Path

__all__ = ["unlink"]

_NEEDED, _STRINGS, _SYMBOLS, _GNU_HASH, _DYNAMIC, _LOAD = 1, 5, 6, 0x6FFFFEF5, 2, 1
_WEAK = 2 << 4


def unlink(file: Path, library: str, symbols: str) -> bool:
    """Take the library whose name begins so off the list of what is loaded with the file. Answers whether it was on it.

    What is called by names that begin with `symbols` is made optional, so that the file can be loaded without it even where the
    system looks everything up at once. Whoever calls it falls: see that nobody does. Only for 64-bit files, the lesser end first.
    """
    data = bytearray(file.read_bytes())
    if data[:6] != b"\x7fELF\x02\x01":
        return False
    headers = _headers(data)
    dynamic = next((header for header in headers if header[0] == _DYNAMIC), None)
    if dynamic is None:
        return False
    _, start, _, size = dynamic
    entries = [struct.unpack_from("<qQ", data, at) for at in range(start, start + size, 16)]
    places = {tag: _offset(headers, value) for tag, value in entries if tag in (_STRINGS, _SYMBOLS, _GNU_HASH)}
    kept = [
        (tag, value)
        for tag, value in entries
        if tag != _NEEDED or not _text(data, places[_STRINGS] + value).startswith(library.encode())
    ]
    if len(kept) == len(entries):
        return False
    kept += [(0, 0)] * (len(entries) - len(kept))
    data[start : start + size] = b"".join(struct.pack("<qQ", *entry) for entry in kept)
    (first_own,) = struct.unpack_from("<I", data, places[_GNU_HASH] + 4)  # before it stand those that others are to have
    for at in range(places[_SYMBOLS] + 24, places[_SYMBOLS] + 24 * first_own, 24):
        (name,) = struct.unpack_from("<I", data, at)
        if _text(data, places[_STRINGS] + name).startswith(symbols.encode()):
            data[at + 4] = _WEAK | (data[at + 4] & 0xF)
    file.write_bytes(data)
    return True


def _headers(data: bytearray) -> list[tuple[int, int, int, int]]:
    """Kind, offset in the file, address in memory and size of each segment."""
    (at,) = struct.unpack_from("<Q", data, 32)
    size, count = struct.unpack_from("<HH", data, 54)
    found = []
    for header in range(at, at + size * count, size):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, header)
        found.append((kind, offset, address, length))
    return found


def _offset(headers: list[tuple[int, int, int, int]], address: int) -> int:
    return next(
        offset + address - begin for kind, offset, begin, size in headers if kind == _LOAD and begin <= address < begin + size
    )


def _text(data: bytearray, at: int) -> bytes:
    return bytes(data[at : data.index(0, at)])
