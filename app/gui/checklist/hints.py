"""The bar of key caps below the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

__all__ = ["HintBar"]

_GAP = 12


class HintBar(QWidget):
    """Key caps, each with a word for what it does, on one line. What does not fit is left out: the last but one first, for the
    last one says where all of them are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[QWidget] = []
        self._high = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_hints(self, hints: Sequence[tuple[Sequence[str], str]]) -> None:
        """Keys (as they are written on the caps) and words."""
        for old in self._pairs:
            old.hide()
            old.deleteLater()
        self._pairs = [self._pair(keys, word) for keys, word in hints]
        self._high = max((pair.sizeHint().height() for pair in self._pairs), default=0)
        self.updateGeometry()
        self._place()

    def sizeHint(self) -> QSize:
        """One line; the width is what others leave."""
        return QSize(0, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as fit."""
        super().resizeEvent(event)
        self._place()

    def _pair(self, keys: Sequence[str], word: str) -> QWidget:
        pair = QWidget(self)
        line = QHBoxLayout(pair)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for key in keys:
            cap = QLabel(key)
            cap.setProperty("role", "key")
            line.addWidget(cap)
        text = QLabel(word)
        text.setProperty("role", "small")
        line.addWidget(text)
        pair.setAccessibleName(f"{' '.join(keys)} {word}")
        return pair

    def _place(self) -> None:
        if not self._pairs:
            return
        widths = [pair.sizeHint().width() for pair in self._pairs]
        room = self.width() - widths[-1]
        x = 0
        for pair, width in zip(self._pairs, widths, strict=True):
            last = pair is self._pairs[-1]
            if not last:
                room -= width + _GAP
            pair.setVisible(room >= 0)
            if room >= 0:
                pair.setGeometry(x, 0, width, self.height())
                x += width + _GAP
            elif last and self.width() >= width:
                pair.setGeometry(x, 0, width, self.height())
                pair.show()
