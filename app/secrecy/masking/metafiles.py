"""The text in drawings that are lists of commands (EMF, WMF), as MS-EMF, MS-EMFPLUS and MS-WMF describe their records.

Such a drawing says its letters one by one or in pieces, in UTF-16, in 8 bits, or as numbers of a font's shapes, which only the
font can tell.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["DrawnText", "drawn_text", "is_metafile"]

_PLACEABLE = b"\xd7\xcd\xc6\x9a"
_MOST_RECORDS = 1_000_000
_GLYPHS, _SMALL, _NO_BOX = 0x10, 0x200, 0x100
_EXT_TEXT_A, _EXT_TEXT_W, _POLY_TEXT_A, _POLY_TEXT_W, _SMALL_TEXT, _COMMENT, _END = 83, 84, 96, 97, 108, 70, 14
_PLUS_STRING, _PLUS_GLYPHS, _PLUS_OBJECT = 0x401C, 0x4036, 0x4008
_BY_CODES = 0x1
_TEXT_OUT, _EXT_TEXT_OUT = 0x0521, 0x0A32


class DrawnText(NamedTuple):
    """The pieces of text in the order in which they are drawn. `whole`: nothing of it is said in a way that cannot be read."""

    pieces: tuple[str, ...]
    whole: bool

    @property
    def text(self) -> str:
        """All of it, as letters may be drawn one by one."""
        return "".join(self.pieces)


def is_metafile(data: bytes) -> bool:
    """Whether the bytes are such a drawing."""
    return _is_emf(data) or _is_wmf(data)


def drawn_text(data: bytes) -> DrawnText:
    """What the drawing says. Not `whole` when it is damaged."""
    pieces: list[str] = []
    try:
        for piece in _of_emf(data) if _is_emf(data) else _of_wmf(data):
            if piece is None:
                return DrawnText(tuple(pieces), whole=False)
            pieces.append(piece)
    except (struct.error, IndexError, ValueError):
        return DrawnText(tuple(pieces), whole=False)
    return DrawnText(tuple(pieces), whole=True)


def _is_emf(data: bytes) -> bool:
    return data[:4] == b"\x01\0\0\0" and data[40:44] == b" EMF"


def _is_wmf(data: bytes) -> bool:
    return data[:4] == _PLACEABLE or data[:6] in (b"\x01\0\x09\0\0\x03", b"\x02\0\x09\0\0\x03")


def _of_emf(data: bytes) -> Iterator[str | None]:
    at = 0
    for _ in range(_MOST_RECORDS):
        kind, size = struct.unpack_from("<II", data, at)
        if size < 8 or size % 4 or at + size > len(data):
            raise ValueError(size)
        record = data[at : at + size]
        if kind in (_EXT_TEXT_A, _EXT_TEXT_W):
            yield _emf_text(record, 36, wide=kind == _EXT_TEXT_W)
        elif kind in (_POLY_TEXT_A, _POLY_TEXT_W):
            (count,) = struct.unpack_from("<I", record, 36)
            if count * 40 > size:
                raise ValueError(count)
            for number in range(count):
                yield _emf_text(record, 40 + 40 * number, wide=kind == _POLY_TEXT_W)
        elif kind == _SMALL_TEXT:
            yield _small_text(record)
        elif kind == _COMMENT and record[12:16] == b"EMF+":
            (length,) = struct.unpack_from("<I", record, 8)
            yield from _of_plus(record[16 : 12 + length])
        elif kind == _END:
            return
        at += size
    raise ValueError("records")


def _emf_text(record: bytes, at: int, *, wide: bool) -> str | None:
    """The text of an `EmrText` object: its reference point takes eight bytes, then come length, place and options."""
    count, start, options = struct.unpack_from("<III", record, at + 8)
    if options & _GLYPHS and count:
        return None
    return _decoded(record, start, count, wide=wide)


def _small_text(record: bytes) -> str | None:
    count, options = struct.unpack_from("<II", record, 16)
    if options & _GLYPHS and count:
        return None
    return _decoded(record, 36 if options & _NO_BOX else 52, count, wide=not options & _SMALL)


def _decoded(record: bytes, start: int, count: int, *, wide: bool) -> str:
    end = start + count * (2 if wide else 1)
    if end > len(record):
        raise ValueError(count)
    return record[start:end].decode("utf-16-le" if wide else "cp1252", "replace")


def _of_plus(data: bytes) -> Iterator[str | None]:
    """The records of a newer drawing inside the comments of the older one."""
    at = 0
    while at + 12 <= len(data):
        kind, flags, size, length = struct.unpack_from("<HHII", data, at)
        if size < 12 or at + size > len(data):
            raise ValueError(size)
        body = data[at + 12 : at + 12 + length]
        if kind == _PLUS_STRING:
            (count,) = struct.unpack_from("<I", body, 8)
            yield _decoded(body, 28, count, wide=True)
        elif kind == _PLUS_GLYPHS:
            options, _, count = struct.unpack_from("<III", body, 4)
            yield _decoded(body, 16, count, wide=True) if options & _BY_CODES else None
        elif kind == _PLUS_OBJECT and flags & 0x8000:
            yield None  # goes on in the next record: may hold a drawing of its own
        at += size


def _of_wmf(data: bytes) -> Iterator[str | None]:
    at = 22 if data[:4] == _PLACEABLE else 0
    at += struct.unpack_from("<H", data, at + 2)[0] * 2
    for _ in range(_MOST_RECORDS):
        words, function = struct.unpack_from("<IH", data, at)
        size = words * 2
        if size < 6 or at + size > len(data):
            raise ValueError(size)
        record = data[at : at + size]
        if function == _TEXT_OUT:
            (count,) = struct.unpack_from("<H", record, 6)
            yield _decoded(record, 8, count, wide=False)
        elif function == _EXT_TEXT_OUT:
            count, options = struct.unpack_from("<HH", record, 10)
            yield None if options & _GLYPHS and count else _decoded(record, 22 if options & 0x6 else 14, count, wide=False)
        elif function == 0:
            return
        at += size
    raise ValueError("records")
