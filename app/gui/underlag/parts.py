"""Small parts of the page: text that wraps, buttons of four weights, icons beside words, a layout that breaks lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from app.gui.icons import draw_icon

__all__ = ["Shape", "button", "chain", "focusable", "label"]

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
        with QPainter(self) as painter:
            draw_icon(painter, QRect(0, 1, 16, 16), self._name, self._role)
