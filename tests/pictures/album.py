"""Where pictures are put: the window as it stands, with what lies over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

__all__ = ["Album", "picture"]


def picture(window: QWidget, over: QWidget | None = None, at: QPoint | None = None) -> QPixmap:
    """The window; a dialog over it stands where it would, and what is behind is dimmed."""
    shown = window.grab()
    if over is not None:
        painter = QPainter(shown)
        painter.fillRect(window.rect(), QColor(0, 0, 0, 60))
        place = at or QPoint((window.width() - over.width()) // 2, (window.height() - over.height()) // 3)
        painter.drawPixmap(place, over.grab())
        painter.setPen(QColor(128, 128, 128))  # the system draws a frame here
        painter.drawRect(QRect(place, over.size()).adjusted(-1, -1, 0, 0))
        painter.end()
    return shown


class Album:
    """Numbers the pictures of one look in the order they are taken."""

    def __init__(self, folder: Path, look: str) -> None:
        self._folder = folder
        self._look = look
        self._taken = 0

    def take(self, name: str, window: QWidget, over: QWidget | None = None, at: QPoint | None = None) -> None:
        """A picture more."""
        self._taken += 1
        picture(window, over, at).save(str(self._folder / f"{self._look}-{self._taken:02}-{name}.png"))
