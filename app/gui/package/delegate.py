"""How a file and a step look: number or tick, what it is, and one grey line of what is known."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.core.review import Severity
from app.gui.checklist.rowmodel import Role, RowDelegate
from app.gui.icons import draw_icon
from app.gui.messages import tr
from app.gui.package.rows import FileRow, StepRow
from app.gui.theme import font, theme

__all__ = ["PackageDelegate"]

_LEFT = 48
_RIGHT = 16
_PADDING = 8
_BETWEEN = 3
_TICK = 18
_FAULTS = {Severity.OBSTACLE: ("✕", "error"), Severity.WARNING: ("!", "attachment"), Severity.NOTE: ("i", "ink_2")}


class PackageDelegate(RowDelegate):
    """Every row has one height: two lines, and a third where there is a fault or an answer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's fonts."""
        self._strong, self._small = font(13, strong=True), font(12)
        self._line = QFontMetrics(self._strong).height()
        self._small_line = QFontMetrics(self._small).height()

    def header_height(self) -> int:
        """A step of the wheel."""
        return self._line + 2 * _PADDING

    def height(self, row: Any, width: int) -> int:
        """Exactly."""
        del width
        return 2 * _PADDING + self._line + (_BETWEEN + self._small_line) * (1 + bool(self._third(row))) + 1

    @staticmethod
    def tick_rect(rect: QRect) -> QRect:
        """Where the tick of a step is."""
        return QRect(rect.left() + 16, rect.top() + _PADDING, _TICK, _TICK)

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row."""
        row, rect = index.data(Role.ROW), option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, FileRow):
            self._paint_file(painter, rect, row)
        elif isinstance(row, StepRow):
            self._paint_step(painter, rect, row)
        painter.restore()

    def _paint_file(self, painter: QPainter, rect: QRect, row: FileRow) -> None:
        self._number(painter, rect, row.number)
        y = rect.top() + _PADDING
        y = self._write(painter, rect, y, row.entry.name, self._strong, "ink")
        y = self._write(painter, rect, y, row.about, self._small, "ink_2")
        if row.fault and row.severity is not None:
            sign, role = _FAULTS[row.severity]
            self._write(painter, rect, y, f"{sign}  {row.fault}", self._small, role)

    def _paint_step(self, painter: QPainter, rect: QRect, row: StepRow) -> None:
        box = self.tick_rect(rect)
        painter.setPen(QPen(theme.colour("done" if row.done else "ink_3"), 1.5))
        painter.setBrush(theme.colour("done_soft" if row.done else "paper"))
        painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 4, 4)
        if row.done:
            draw_icon(painter, box.adjusted(2, 2, -2, -2), "ph.check", "done")
        y = rect.top() + _PADDING
        y = self._write(painter, rect, y, row.title, self._strong, "ink_2" if row.done else "ink")
        second = row.todo or (tr("package.lacks_file") if row.lacks and row.step.wants_file else "")
        if not second and row.lacks:
            second = tr("package.lacks_answer")
        answer = row.step.answer or ""
        if not second:
            second, third = (answer or ", ".join(row.step.files)), (", ".join(row.step.files) if answer else "")
        else:
            third = self._third(row)
        y = self._write(painter, rect, y, " ".join(second.split()), self._small, "attachment" if row.lacks else "ink_2")
        if third:
            self._write(painter, rect, y, third, self._small, "ink_2")

    def _third(self, row: Any) -> str:
        if isinstance(row, FileRow):
            return row.fault
        if row.todo:
            return ", ".join(row.step.files)
        return ", ".join(row.step.files) if row.step.answer else ""

    def _number(self, painter: QPainter, rect: QRect, number: int) -> None:
        painter.setFont(font(12, strong=True, tabular=True))
        painter.setPen(theme.colour("ink_2"))
        box = QRect(rect.left() + 8, rect.top() + _PADDING, _LEFT - 18, self._line)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(number))

    def _write(self, painter: QPainter, rect: QRect, y: int, text: str, face: Any, role: str) -> int:
        metrics = QFontMetrics(face)
        box = QRect(rect.left() + _LEFT, y, max(0, rect.width() - _LEFT - _RIGHT), metrics.height())
        painter.setFont(face)
        painter.setPen(theme.colour(role))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return box.bottom() + 1 + _BETWEEN
