"""The program's icon, drawn from its picture at the sizes that systems ask for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.core.resources import resource

__all__ = ["emblem"]

_SIZES = (16, 24, 32, 48, 64, 128, 256)


def emblem() -> QIcon:
    """The icon of the program and its windows."""
    renderer = QSvgRenderer(QByteArray(resource("icons", "anbudsklar.svg").read_bytes()))
    icon = QIcon()
    for size in _SIZES:
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            renderer.render(painter, QRectF(0, 0, size, size))
        icon.addPixmap(picture)
    return icon
