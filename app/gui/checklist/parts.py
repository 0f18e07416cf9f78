"""Small parts that the detail is built of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.core.points import Source
from app.gui.checklist.wording import one_line
from app.gui.messages import tr

__all__ = ["PlaceLink", "WhyLine", "caption", "side_by_side", "wrapped"]


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


def side_by_side(wide: QWidget, narrow: QWidget) -> QWidget:
    """A line of two, of which the first gets what the second leaves."""
    made = QWidget()
    made.setObjectName("surface")
    line = QHBoxLayout(made)
    line.setContentsMargins(16, 4, 16, 4)
    line.setSpacing(12)
    line.addWidget(wide, 1)
    line.addWidget(narrow)
    return made


class WhyLine(QLabel):
    """Text on one line, as much of it as there is room for; all of it as a tip and for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With dots where it ends early."""
        del event
        with QPainter(self) as painter:
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            self.style().drawItemText(painter, self.rect(), side, self.palette(), True, shown, self.foregroundRole())


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
