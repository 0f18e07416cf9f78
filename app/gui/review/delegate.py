"""How a row of the review looks: a sign in a circle, what is wrong and where, and at the right a button to its cause."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.gui.checklist.rowmodel import Role, RowDelegate
from app.gui.review.rows import FindingRow, Group, GroupHeader, group_name
from app.gui.theme import font, theme

__all__ = ["SIGNS", "ReviewDelegate"]

SIGNS = {Group.OBSTACLES: "✕", Group.WARNINGS: "!", Group.ACCEPTED: "✓", Group.NOTES: "i"}
"""The sign is a shape as well as a colour."""
_ROLES = {Group.OBSTACLES: "error", Group.WARNINGS: "attachment", Group.ACCEPTED: "done", Group.NOTES: "requirement"}
_LEFT = 58
_CIRCLE = 28
_PADDING = 10
_BETWEEN = 3
_EDGE = 16
_BUTTON = 34
"""Pixels of the button's height."""
_SPACE = 24


class ReviewDelegate(RowDelegate):
    """Every finding has one height, headers another."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's fonts."""
        self._strong, self._small, self._plain = font(13, strong=True), font(12), font(13)
        self._line = QFontMetrics(self._strong).height()
        self._small_line = QFontMetrics(self._small).height()

    def header_height(self) -> int:
        """A group's header."""
        return self._small_line + 16

    def height(self, row: Any, width: int) -> int:
        """Exactly."""
        del width
        if isinstance(row, GroupHeader):
            return self.header_height()
        lines = self._line + _BETWEEN + self._small_line + (self._small_line if row.reason else 0)
        return max(lines + 2 * _PADDING, _BUTTON + 2 * _PADDING) + 1

    def button_rect(self, rect: QRect, row: FindingRow) -> QRect:
        """Where the button of a row is, in the same pixels as the row."""
        if not row.button:
            return QRect()
        width = QFontMetrics(self._plain).horizontalAdvance(row.button) + 30
        return QRect(rect.right() - _EDGE - width, rect.center().y() - _BUTTON // 2, width, _BUTTON)

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row."""
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, GroupHeader):
            self._paint_header(painter, option.rect, row)
        elif isinstance(row, FindingRow):
            self._paint_ground(painter, option)
            self._paint_finding(painter, option.rect, row, bool(option.state & QStyle.StateFlag.State_MouseOver))
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, row: GroupHeader) -> None:
        painter.fillRect(rect, theme.colour("rail"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour("ink_2"))
        painter.setFont(font(12, strong=True, tabular=True))
        inner = rect.adjusted(12, 0, -_EDGE, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, group_name(row.group))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.count))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect, state = option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))

    def _paint_finding(self, painter: QPainter, rect: QRect, row: FindingRow, over: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = _ROLES[row.group]
        circle = QRectF(rect.left() + _EDGE, rect.center().y() - _CIRCLE / 2, _CIRCLE, _CIRCLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{role}_soft"))
        painter.drawEllipse(circle)
        painter.setPen(theme.colour(role))
        painter.setFont(self._strong)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, SIGNS[row.group])
        button = self.button_rect(rect, row)
        right = (button.left() if not button.isNull() else rect.right()) - _SPACE
        lines = self._line + _BETWEEN + self._small_line + (self._small_line if row.reason else 0)
        text = QRect(rect.left() + _LEFT, rect.center().y() - lines // 2, max(0, right - rect.left() - _LEFT), self._line)
        self._write(painter, text, row.title, self._strong, "ink")
        text = QRect(text.left(), text.bottom() + _BETWEEN, text.width(), self._small_line)
        self._write(painter, text, row.detail or row.remedy, self._small, "ink_2")
        if row.reason:
            text = QRect(text.left(), text.bottom() + 1, text.width(), self._small_line)
            self._write(painter, text, row.reason, self._small, "done")
        if not button.isNull():
            painter.setBrush(theme.colour("hover" if over else "paper"))
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            painter.setPen(theme.colour("ink"))
            painter.setFont(self._plain)
            painter.drawText(button, Qt.AlignmentFlag.AlignCenter, row.button)

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str, face: Any, role: str) -> None:
        painter.setFont(face)
        painter.setPen(theme.colour(role))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
