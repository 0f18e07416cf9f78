"""The icons of the program and of its files, drawn from their pictures at every size that a system asks for.

Linux takes the pictures themselves and PNG files, Windows an .ico and macOS an .icns, which holds all sizes. Both are put
together here: Pillow makes an .ico of PNG pictures alone, which parts of Windows do not read at small sizes, and an .icns without
the two smallest.
"""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

__all__ = ["ICONS", "LINUX_SIZES", "draw", "write_icons"]

ICONS = ("anbudsklar", "tender")
"""The program, and a tender saved as a file."""
LINUX_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_WINDOWS_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_PNG_FROM = 256
"""Pixels from which a picture in an .ico is a PNG; below it is a bitmap, as every version of Windows reads it."""
_MACOS_KINDS = {
    16: (b"icp4",),
    32: (b"icp5", b"ic11"),
    64: (b"ic12",),
    128: (b"ic07",),
    256: (b"ic08", b"ic13"),
    512: (b"ic09", b"ic14"),
    1024: (b"ic10",),
}
"""What macOS calls a picture of so many pixels: for a plain screen, and for one of double density at half the size."""


def draw(picture: Path, size: int) -> Image.Image:
    """The picture as a square of so many pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer = QSvgRenderer(str(picture))
        if not renderer.isValid():
            raise ValueError(f"{picture.name} is no picture")
        renderer.render(painter, QRectF(0, 0, size, size))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    drawn = Image.open(BytesIO(buffer.data().data()))
    drawn.load()
    return drawn


def write_icons(root: Path, folder: Path) -> list[Path]:
    """Write NAME-SIZE.png, NAME.ico and NAME.icns of every icon into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in ICONS:
        sizes = sorted({*LINUX_SIZES, *_WINDOWS_SIZES, *_MACOS_KINDS})
        drawn = {size: draw(root / "resources" / "icons" / f"{name}.svg", size) for size in sizes}
        for size in LINUX_SIZES:
            written.append(folder / f"{name}-{size}.png")
            drawn[size].save(written[-1], optimize=True)
        written += [folder / f"{name}.ico", folder / f"{name}.icns"]
        written[-2].write_bytes(_ico([drawn[size] for size in _WINDOWS_SIZES]))
        written[-1].write_bytes(_icns(drawn))
    return written


def _ico(pictures: list[Image.Image]) -> bytes:
    """A header, a row of the directory for each picture, and the pictures."""
    data = [_png(picture) if picture.width >= _PNG_FROM else _bitmap(picture) for picture in pictures]
    at = 6 + 16 * len(pictures)
    rows = b""
    for picture, content in zip(pictures, data, strict=True):
        side = picture.width % 256  # 0 means 256
        rows += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(content), at)
        at += len(content)
    return struct.pack("<HHH", 0, 1, len(pictures)) + rows + b"".join(data)


def _bitmap(picture: Image.Image) -> bytes:
    """As Windows has it in an icon: twice as high as it is, the rows from below, and after them a mask of a bit a pixel."""
    side = picture.width
    flipped = picture.convert("RGBA").transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    pixels = flipped.tobytes("raw", "BGRA")
    unseen = flipped.getchannel("A").point(lambda value: 255 if value == 0 else 0).convert("1").tobytes()
    row = (side + 7) // 8
    mask = b"".join(unseen[at : at + row].ljust(-(-row // 4) * 4, b"\0") for at in range(0, len(unseen), row))
    return struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0) + pixels + mask


def _icns(drawn: dict[int, Image.Image]) -> bytes:
    """A header with the length of all, and each picture as a PNG under its kind."""
    entries = b""
    for size, kinds in _MACOS_KINDS.items():
        content = _png(drawn[size])
        for kind in kinds:
            entries += kind + struct.pack(">I", 8 + len(content)) + content
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def _png(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "PNG", optimize=True)
    return stream.getvalue()
