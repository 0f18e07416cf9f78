"""Small parts of the page: text that wraps, buttons of four weights, icons beside words, a layout that breaks lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from app.gui.icons import draw_icon

__all__ = ["FlowLayout", "Shape", "button", "chain", "focusable", "label"]

_LONG = re.compile(r"(\S{28})(?=\S)")
"""What stands without a space for this long may be broken, or an address would push the pane wider than the window."""


def label(text: str, role: str, parent: QWidget | None = None, *, wrap: bool = True) -> QLabel:
    """Plain text in one of the style sheet's roles: what comes from documents is never markup."""
    made = QLabel(_LONG.sub("\\1\u200b", text) if wrap else text, parent)
    made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return made


def button(text: str, role: str, spoken: str = "", parent: QWidget | None = None) -> QPushButton:
    """A "primary", "plain", "link" or "small" button. `spoken` says what it acts on to who does not see it."""
    made = QPushButton(text, parent)
    if role == "primary":
        made.setProperty("primary", True)
    else:
        made.setProperty("underlag", role)
    made.setAutoDefault(False)
    made.setAccessibleName(spoken or text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setSizePolicy(QSizePolicy.Policy.Maximum if role == "link" else QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def focusable(parent: QWidget) -> list[QWidget]:
    """The widgets inside that the Tab key stops at, in the order in which they were made."""
    tab = Qt.FocusPolicy.TabFocus
    return [child for child in parent.findChildren(QWidget) if child.focusPolicy() & tab and child.isVisibleTo(parent)]


def chain(stops: Sequence[QWidget]) -> None:
    """Let the Tab key go through them in this order."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


class Shape(QWidget):
    """An icon that stands beside words that say the same."""

    def __init__(self, name: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setFixedSize(16, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon, sharp at every scale."""
        del event
        painter = QPainter(self)
        draw_icon(painter, QRect(0, 1, 16, 16), self._name, self._role)
        painter.end()


class FlowLayout(QLayout):
    """Widgets side by side, on a new line where the width ends."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        """Called by addWidget."""
        self._items.append(item)

    def count(self) -> int:
        """How many widgets."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The widget's item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take it out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: it takes what it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """It does."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the width asks for."""
        return self._laid_out(QRect(0, 0, width, 0), apply=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place every widget."""
        super().setGeometry(rect)
        self._laid_out(rect, apply=True)

    def sizeHint(self) -> QSize:
        """One widget to a line is enough to be shown."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The largest widget."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _laid_out(self, rect: QRect, *, apply: bool) -> int:
        """The height taken, margins and all."""
        room = rect.marginsRemoved(self.contentsMargins())
        x, y, tallest = room.x(), room.y(), 0
        for item in self._items:
            hint = item.sizeHint()
            if x > room.x() and x + hint.width() > room.x() + room.width():
                x, y, tallest = room.x(), y + tallest + self._gap // 2, 0
            if apply:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            tallest = max(tallest, hint.height())
        return y + tallest - rect.y() + self.contentsMargins().bottom()
