"""Where a window may be: in sight, whatever screens have come and gone since it was placed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

__all__ = ["Placing", "placed"]

_BAR = 32
_HOLD = 120
"""Pixels of the title bar, high and wide, that must be in sight to take hold of the window."""


def placed(frame: QRect, screens: Sequence[QRect]) -> QRect:
    """The frame where it is, if its title bar can be reached on a screen; else in the middle of the first, and no larger."""
    bar = QRect(frame.left(), frame.top(), frame.width(), _BAR)
    for screen in screens:
        seen = bar.intersected(screen)
        if seen.width() >= min(_HOLD, frame.width()) and seen.height() >= _BAR // 2:
            return frame
    if not screens:
        return frame
    first = screens[0]
    moved = QRect(0, 0, min(frame.width(), first.width()), min(frame.height(), first.height()))
    moved.moveCenter(first.center())
    return moved


class Placing(QObject):
    """Brings a window back when its screen is taken away."""

    def __init__(self, window: QWidget, app: QGuiApplication) -> None:
        super().__init__(window)
        self._window = window
        app.screenRemoved.connect(self._on_removed)

    def check(self) -> None:
        """Put the window where it can be seen. A maximised one is the system's to place."""
        window = self._window
        if window.isMaximized() or window.isFullScreen():
            return
        frame = window.frameGeometry()
        wanted = placed(frame, [screen.availableGeometry() for screen in QGuiApplication.screens()])
        if wanted != frame:
            border = frame.size() - window.size()
            window.resize(wanted.size() - border)
            window.move(wanted.topLeft())

    def _on_removed(self) -> None:
        QTimer.singleShot(0, self, self.check)  # the system moves it first, where it does
