"""Two columns beside each other, or below each other where there is no room: at twice the size of text, on a small screen."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from app.gui.theme import theme

__all__ = ["Columns"]

_ENOUGH = 420
"""Pixels, at the usual size of text, that two columns need."""


class Columns(QWidget):
    """The first takes four parts of the width, the second three."""

    def __init__(self, first: QLayout, second: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._second = second
        self.stacked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(12)
        self._grid.addLayout(first, 0, 0)
        self._grid.addLayout(second, 0, 1)
        self._grid.setColumnStretch(0, 4)
        self._grid.setColumnStretch(1, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go by the width there is."""
        super().resizeEvent(event)
        stacked = event.size().width() < _ENOUGH * theme.scale
        if stacked != self.stacked:
            self.stacked = stacked
            self._grid.removeItem(self._second)
            self._grid.addItem(self._second, 1 if stacked else 0, 0 if stacked else 1)
            self._grid.setColumnStretch(1, 0 if stacked else 3)
