"""Small parts that the detail is built of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from app.core.points import Source
from app.gui.checklist.wording import one_line
from app.gui.messages import tr

__all__ = ["PlaceLink", "caption", "wrapped"]


def caption(text: str) -> QLabel:
    """A heading above a field; screen readers get it as it is spelled."""
    label = QLabel(text.upper())
    label.setProperty("role", "overline")
    label.setContentsMargins(0, 4, 0, 0)
    label.setAccessibleName(text)
    return label


def wrapped(role: str | None = None) -> QLabel:
    """Plain text on as many lines as it takes, that can be marked and copied."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


class PlaceLink(QPushButton):
    """A link to another place that says the same."""

    wanted = Signal(object)  # Source

    def __init__(self, source: Source, where: str, parent: QWidget | None = None) -> None:
        super().__init__(where, parent)
        self._source = source
        self.setProperty("link", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(one_line(source.quote, 300))
        self.setAccessibleName(tr("checklist.go_to_source", place=where))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.wanted.emit(self._source)
