"""How a tender looks in the overview: ring, name and buyer, what is missing and who has it, and how long is left."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.gui.overview.model import TenderModel
from app.gui.overview.ring import draw_ring
from app.gui.overview.rows import TenderRow
from app.gui.shell.countdown import Urgency
from app.gui.theme import font, theme

__all__ = ["TenderDelegate"]

_HEIGHT = 80
_RING = 48
_TIME = 208
_HORIZON = 30
"""Days that the deadline line spans."""

_INKS = {
    Urgency.NONE: "ink_2",
    Urgency.CALM: "ink",
    Urgency.SOON: "attachment",
    Urgency.URGENT: "error",
    Urgency.PAST: "error",
}


class TenderDelegate(QStyledItemDelegate):
    """Paints rows of a `TenderModel`."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are of one height."""
        return QSize(0, round(_HEIGHT * max(1.0, theme.scale)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a row."""
        model = index.model()
        row = model.row(index) if isinstance(model, TenderModel) else None
        if row is None:
            return
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("accent_soft" if selected else "hover"))
        if selected:
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        scale = max(1.0, theme.scale)
        ring, time = round(_RING * scale), round(_TIME * scale)
        inside = box.adjusted(24, 12, -24, -12)
        draw_ring(painter, QRectF(inside.left(), box.center().y() - ring / 2, ring, ring), row.done, row.total)
        self._words(painter, QRect(inside).adjusted(ring + 20, 0, -time - 24, 0), row)
        self._time(painter, QRect(inside.right() - time, inside.top(), time, inside.height()), row)
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, row: TenderRow) -> None:
        line = box.height() // 3
        lines = (
            (row.name, "ink", font(14, strong=True)),
            (row.about, "ink_2", font(12)),
            (" · ".join(part for part in (row.missing, row.load) if part), "ink_2", font(12, tabular=True)),
        )
        for number, (text, ink, kind) in enumerate(lines):
            painter.setFont(kind)
            painter.setPen(theme.colour(ink))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            place = QRect(box.left(), box.top() + number * line, box.width(), line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _time(self, painter: QPainter, box: QRect, row: TenderRow) -> None:
        ink = theme.colour(_INKS[row.countdown.urgency])
        line = box.height() // 3
        mark = "! " if row.countdown.urgency in (Urgency.URGENT, Urgency.PAST) else ""
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.setFont(font(strong=True, tabular=True))
        painter.setPen(ink)
        painter.drawText(QRect(box.left(), box.top(), box.width(), line), right, mark + row.countdown.left)
        painter.setFont(font(12, tabular=True))
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(QRect(box.left(), box.top() + line, box.width(), line), right, row.countdown.when)
        if row.countdown.days is None:
            return
        # The line runs from today at the left to a month ahead; the dot is the last day.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = box.top() + 2.5 * line
        left, length = box.left() + box.width() * 0.35, box.width() * 0.65 - 4
        at = left + length * min(1.0, max(0, row.countdown.days) / _HORIZON)
        painter.setPen(QPen(theme.colour("line"), 2))
        painter.drawLine(QPointF(left, y), QPointF(left + length, y))
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QPointF(left, y), QPointF(at, y))
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(at, y), 3, 3)
