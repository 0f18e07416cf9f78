"""The bar of key caps below the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

__all__ = ["HintBar", "HintFoot"]

_GAP = 12


_SAID = 6000
"""Milliseconds that a word to the user stands."""


class HintFoot(QWidget):
    """The bar at the foot of a list: key caps, and in their place for a while what is to be said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checklistFoot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.hints = HintBar()
        self.word = QLabel()
        self.word.setProperty("role", "small")
        self.word.setWordWrap(True)
        self.word.hide()
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_SAID)
        self._quiet.timeout.connect(self.unsay)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(12, 4, 12, 4)
        self._line.setSpacing(8)
        self._line.addWidget(self.hints, 1)
        self._line.addWidget(self.word, 1)

    def add(self, widget: QWidget) -> None:
        """Something that stands at the end of the bar."""
        self._line.addWidget(widget)

    def say(self, text: str) -> None:
        """A word to the user, for a while."""
        self.word.setText(text)
        self.word.show()
        self.hints.hide()
        self._quiet.start()

    def unsay(self) -> None:
        """Back to the keys."""
        self.word.hide()
        self.hints.show()


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
            cap = QLabel(key, pair)
            cap.setProperty("role", "key")
            line.addWidget(cap)
        text = QLabel(word, pair)
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
