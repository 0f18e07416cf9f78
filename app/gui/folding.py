"""Words with buttons beside them, which go below the words where there is no room for both."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QWidget

from app.gui.elided import Elided

__all__ = ["FoldingRow"]

_WORDS = 240
"""Pixels that the words need beside the buttons."""
_GAP = 8


class FoldingRow(QFrame):
    """The words are cut, never the buttons. Folded, the words stand beside each other, unless they are `stacked`."""

    def __init__(
        self, words: Sequence[QWidget], buttons: Sequence[QPushButton], parent: QWidget | None = None, *, stacked: bool = False
    ) -> None:
        super().__init__(parent)
        self._stacked = stacked
        self._buttons = tuple(buttons)
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(4)
        for word in words:
            self._words.addWidget(word, isinstance(word, Elided))
        side = QHBoxLayout()
        side.setSpacing(_GAP)
        side.addStretch(1)
        for button in buttons:
            side.addWidget(button)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(_GAP)
        self._whole.addLayout(self._words, 1)
        self._whole.addLayout(side)
        self._whole.setAlignment(self._words, Qt.AlignmentFlag.AlignVCenter)

    @property
    def folded(self) -> bool:
        """Whether the buttons are below the words."""
        return self._whole.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side while there is room."""
        super().resizeEvent(event)
        needed = sum(button.sizeHint().width() + _GAP for button in self._buttons) + _WORDS
        folded = needed > self.width()
        if folded is not self.folded:
            down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._whole.setDirection(down if folded else right)
            beside = folded and not self._stacked
            self._words.setDirection(right if beside else down)
            self._words.setSpacing(16 if beside else 4)
