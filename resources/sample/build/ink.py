"""A signature that nobody writes: a loop of ink, as a picture."""

from __future__ import annotations

import struct
import zlib
from math import cos, pi, sin

WIDTH, HEIGHT = 240, 72
_POINTS = 4000


def signature() -> bytes:
    """A PNG of one bit a pixel. Stored, not packed: packers differ between machines, and the files must not."""
    rows = [[1] * WIDTH for _ in range(HEIGHT)]
    for step in range(_POINTS):
        turn = step / _POINTS
        x = 12 + 200 * turn + 14 * sin(14 * pi * turn)
        y = 36 + (22 - 14 * turn) * cos(14 * pi * turn + 1.1) * (0.6 + 0.4 * sin(3 * pi * turn))
        for dx, dy in ((0, 0), (1, 0), (0, 1)):
            rows[min(HEIGHT - 1, max(0, round(y) + dy))][min(WIDTH - 1, max(0, round(x) + dx))] = 0
    packed = b"".join(
        b"\x00" + bytes(int("".join(map(str, row[at : at + 8])).ljust(8, "1"), 2) for at in range(0, WIDTH, 8)) for row in rows
    )
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(packed, 0)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
