"""The readiness ring: how much of a bid is done, as a figure with an arc around it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["ReadinessRing", "draw_ring", "percent"]

_WIDTH = 4


def percent(done: int, total: int) -> int:
    """Whole percent, rounded down: 100 only when everything is done."""
    return done * 100 // total if total else 0


def draw_ring(painter: QPainter, box: QRectF, done: int, total: int, width: int = _WIDTH, letters: int = 12) -> None:
    """Paint the ring into a square. All done is a tick as well as a full, green ring. `letters` is the size of the figure."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    arc = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(QPen(theme.colour("line"), width))
    painter.drawEllipse(arc)
    complete = total > 0 and done == total
    ink = theme.colour("done" if complete else "accent")
    if done and total:
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(arc, 90 * 16, -round(360 * 16 * done / total))
    painter.setPen(ink if complete else theme.colour("ink" if total else "ink_3"))
    painter.setFont(font(16 if complete else letters, strong=True, tabular=True))
    text = "✓" if complete else f"{percent(done, total)} %" if total else "–"
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class ReadinessRing(QWidget):
    """The ring by itself: its side, the width of its line and the size of its figure in pixels."""

    def __init__(self, parent: QWidget | None = None, *, side: int = 48, width: int = _WIDTH, letters: int = 12) -> None:
        super().__init__(parent)
        self._side, self._width, self._letters = side, width, letters
        self._done = self._total = 0
        self.show_share(0, 0)

    def show_share(self, done: int, total: int) -> None:
        """How much is done."""
        self._done, self._total = done, total
        self.setAccessibleName(tr("overview.ready", done=done, total=total))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the figure."""
        side = round(self._side * max(1.0, theme.scale))
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle."""
        side = min(self.width(), self.height())
        with QPainter(self) as painter:
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            draw_ring(painter, box, self._done, self._total, self._width, self._letters)
