"""The two halves of the page: a column each, with a line above its list."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.gui.elided import Elided
from app.gui.underlag.parts import label

__all__ = ["caption", "side"]


def side(both: QSplitter) -> tuple[QWidget, QVBoxLayout]:
    """A half of the page, and the column in it."""
    side = QWidget(both)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    both.addWidget(side)
    return side, column


def caption(text: str, keys: str, parent: QWidget, beside: QWidget | None = None) -> QWidget:
    """The line above a list: what it is, the keys that do something in it, and a button `beside`."""
    strip = QWidget(parent)
    strip.setObjectName("packageCaption")
    strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    row = QHBoxLayout(strip)
    row.setContentsMargins(16, 6, 16, 6)
    row.addWidget(label(text, "caption", strip, wrap=False))
    hint = Elided("small", strip, Qt.AlignmentFlag.AlignRight)
    hint.setText(keys)
    row.addWidget(hint, 1)
    if beside is not None:
        row.addWidget(beside)
    return strip
