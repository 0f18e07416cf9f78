"""Where the lines of a document went, as one slim bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.core.points import LineCounts
from app.gui.theme import theme
from app.gui.underlag import words

__all__ = ["LedgerBar", "paint_lines"]


class LedgerBar(QWidget):
    """Where a document's lines went, as a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = LineCounts()
        self.setFixedHeight(8)
        self.setMaximumWidth(360)

    def show_lines(self, lines: LineCounts) -> None:
        """These lines."""
        self._lines = lines
        self.setToolTip(words.ledger(lines))
        self.setAccessibleName(words.ledger(lines))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar over the whole width."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._lines.total:
                paint_lines(painter, QRectF(0, 1, self.width(), 6), self._lines)


def paint_lines(painter: QPainter, where: QRectF, lines: LineCounts) -> None:
    """The ledger as one bar: on the list, context, furniture, without class; the last has a gap of its own to be seen by."""
    parts = (
        (lines.items, theme.colour("accent")),
        (lines.context, _between("accent", "paper", 0.35)),
        (lines.furniture, theme.colour("line")),
        (lines.unassigned, theme.colour("attachment")),
    )
    left = where.left()
    painter.setPen(Qt.PenStyle.NoPen)
    shown = [(count, colour) for count, colour in parts if count]
    room = where.width() - 2.0 * (len(shown) - 1)
    for count, colour in shown:
        width = max(2.0, room * count / max(1, lines.total))
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(left, where.top(), min(width, where.right() - left), where.height()), 2, 2)
        left += width + 2.0


def _between(one: str, other: str, share: float) -> QColor:
    a, b = theme.colour(one), theme.colour(other)
    return QColor.fromRgbF(
        a.redF() * share + b.redF() * (1 - share),
        a.greenF() * share + b.greenF() * (1 - share),
        a.blueF() * share + b.blueF() * (1 - share),
    )
