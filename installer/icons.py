"""The icons of the program and of its files, drawn from their pictures at every size that a system asks for.

Linux takes the pictures themselves and PNG files, Windows an .ico and macOS an .icns, which holds all sizes.
"""

from __future__ import annotations

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
_MACOS_SIZES = (16, 32, 64, 128, 256, 512, 1024)


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
        sizes = sorted({*LINUX_SIZES, *_WINDOWS_SIZES, *_MACOS_SIZES})
        drawn = {size: draw(root / "resources" / "icons" / f"{name}.svg", size) for size in sizes}
        for size in LINUX_SIZES:
            written.append(folder / f"{name}-{size}.png")
            drawn[size].save(written[-1], optimize=True)
        written.append(folder / f"{name}.ico")
        drawn[256].save(
            written[-1], sizes=[(size, size) for size in _WINDOWS_SIZES], append_images=[drawn[s] for s in _WINDOWS_SIZES]
        )
        written.append(folder / f"{name}.icns")
        drawn[1024].save(written[-1], append_images=[drawn[size] for size in _MACOS_SIZES[:-1]])
    return written
