"""How a row looks: a title, and lines below it, each with a sign that says by its shape what its colour says."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.gui.answers.rows import AskedRow, Header, Sign, group_name
from app.gui.checklist.rowmodel import Role, RowDelegate
from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["ROLES", "AnswersDelegate"]

ROLES = {Sign.OK: "done", Sign.ODD: "attachment", Sign.GONE: "error", Sign.HINT: "accent", Sign.NONE: "ink_2"}
_LEFT = 16
_RIGHT = 16
_SIGN = 18
_PADDING = 8
_BETWEEN = 3


class AnswersDelegate(RowDelegate):
    """A row is as high as it has lines. `over` is the key of the row that something is held over."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.over = ""
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's fonts."""
        self._strong, self._small = font(13, strong=True), font(12)
        self._line = QFontMetrics(self._strong).height()
        self._small_line = QFontMetrics(self._small).height()

    def header_height(self) -> int:
        """A group's header."""
        return self._small_line + 16

    def height(self, row: Any, width: int) -> int:
        """Exactly."""
        del width
        if isinstance(row, Header):
            return self.header_height()
        return 2 * _PADDING + self._line + (_BETWEEN + self._small_line) * len(row.lines) + 1

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row."""
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, Header):
            self._paint_header(painter, option.rect, row)
        else:
            self._paint_ground(painter, option, row.key == self.over)
            self._paint_row(painter, option.rect, row)
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, row: Header) -> None:
        painter.fillRect(rect, theme.colour("rail"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour("ink_2"))
        painter.setFont(font(12, strong=True, tabular=True))
        inner = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, group_name(row.group))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.count))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, over: bool) -> None:
        rect, state = option.rect, option.state
        if state & QStyle.StateFlag.State_Selected or over:
            painter.fillRect(rect, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        if over:
            painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(rect.adjusted(4, 3, -5, -4))

    def _paint_row(self, painter: QPainter, rect: QRect, row: Any) -> None:
        y, right = rect.top() + _PADDING, rect.right() - _RIGHT
        if isinstance(row, AskedRow) and row.must:
            right = self._paint_must(painter, y, right) - 12
        title = QRect(rect.left() + _LEFT, y, max(0, right - rect.left() - _LEFT), self._line)
        self._write(painter, title, row.title, self._strong, "ink")
        y += self._line + _BETWEEN
        for line in row.lines:
            sign = QRect(rect.left() + _LEFT, y, _SIGN, self._small_line)
            text = QRect(sign.right() + 1, y, max(0, rect.right() - _RIGHT - sign.right()), self._small_line)
            role = ROLES[line.sign]
            if line.sign is not Sign.NONE:
                self._write(painter, sign, line.sign.value, font(12, strong=True), role)
            else:
                text.setLeft(sign.left())
            self._write(painter, text, line.text, self._small, "ink_2" if line.sign is Sign.OK else role)
            y += self._small_line + _BETWEEN

    def _paint_must(self, painter: QPainter, y: int, right: int) -> int:
        """The word that says that it must be there; where it begins."""
        words = tr("answers.must")
        width = QFontMetrics(self._small).horizontalAdvance(words)
        self._write(painter, QRect(right - width, y, width + 1, self._line), words, self._small, "ink_2")
        return right - width

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str, face: Any, role: str) -> None:
        painter.setFont(face)
        painter.setPen(theme.colour(role))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
