"""How a row of the list looks: number, title and a grey line of what is known; at the right how strong the claim is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.core.claims import Strength
from app.core.work import ClaimState
from app.gui.checklist.marks import tag_height
from app.gui.checklist.rowmodel import EDGE, Role, RowDelegate, paint_ground
from app.gui.icons import draw_icon
from app.gui.messages import tr
from app.gui.passwords import can_be_unlocked
from app.gui.secrecy import words
from app.gui.secrecy.rows import ClaimRow, Header, SuggestionRow
from app.gui.theme import font, theme

__all__ = ["ClaimDelegate", "paint_strength", "strength_width"]

_LEFT = 40
_RIGHT = 12
_PADDING = 8
_GAP = 12
_BETWEEN = 3
_STEP = 11
"""Pixels from one diamond to the next."""


def strength_width(value: Strength, scale: float = 1.0) -> int:
    """How wide its mark is: diamonds and word."""
    metrics = QFontMetrics(font(11 * scale, strong=True))
    return round(16 * scale) + round(words.diamonds(value) * _STEP * scale) + 4 + metrics.horizontalAdvance(words.strength(value))


def paint_strength(painter: QPainter, rect: QRectF, value: Strength, *, ground: bool = True, scale: float = 1.0) -> None:
    """One to three diamonds and a word: never by colour alone."""
    role = words.strength_role(value)
    ink = theme.colour(role)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if ground:
        painter.setBrush(theme.colour(f"{role}_soft"))
        painter.drawRoundedRect(rect, 4, 4)
    painter.setBrush(ink)
    x = rect.left() + (8 if ground else 0) * scale
    half, high = 4.2 * scale, 5.2 * scale
    for _ in range(words.diamonds(value)):
        middle = QPointF(x + half, rect.center().y())
        painter.drawPolygon(
            QPolygonF(
                [middle + QPointF(0, -high), middle + QPointF(half, 0), middle + QPointF(0, high), middle + QPointF(-half, 0)]
            )
        )
        x += _STEP * scale
    painter.setPen(ink)
    painter.setFont(font(11 * scale, strong=True))
    inner = QRectF(x + 4, rect.top(), rect.right() - x, rect.height())
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words.strength(value))
    painter.restore()


class ClaimDelegate(RowDelegate):
    """Every row has one height; headers are lower."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's fonts."""
        self._strong, self._small = font(13, strong=True), font(11)
        self._line = QFontMetrics(self._strong).height()
        self._small_line = QFontMetrics(self._small).height()

    def header_height(self) -> int:
        """A file's header."""
        return self._line + 2 * _PADDING + 2

    def _row_height(self) -> int:
        return 2 * _PADDING + self._line + _BETWEEN + self._small_line + 2

    def height(self, row: Any, width: int) -> int:
        """Exactly."""
        del width
        return self.header_height() if isinstance(row, Header) else self._row_height()

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row."""
        row = index.data(Role.ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Header):
            self._paint_header(painter, option.rect, row)
        elif isinstance(row, ClaimRow):
            self._ground(painter, option.rect, option.state)
            self._paint_claim(painter, option.rect, row, bool(option.state & QStyle.StateFlag.State_Selected))
        elif isinstance(row, SuggestionRow):
            self._ground(painter, option.rect, option.state)
            self._paint_suggestion(painter, option.rect, row, bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        paint_ground(painter, rect, state)
        if state & QStyle.StateFlag.State_HasFocus and not state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_header(self, painter: QPainter, rect: QRect, row: Header) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(rect, theme.colour("rail"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(12, 0, -_RIGHT, 0)
        face = font(12, strong=True, tabular=True)
        metrics = QFontMetrics(face)
        painter.setFont(face)
        painter.setPen(theme.colour("ink_2"))
        count = str(row.count)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        inner.setRight(inner.right() - metrics.horizontalAdvance(count) - _GAP)
        note, role = self._header_note(row)
        if note:
            painter.setFont(self._small)
            painter.setPen(theme.colour(role))
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, note)
            inner.setRight(inner.right() - QFontMetrics(self._small).horizontalAdvance(note) - _GAP)
        painter.setFont(face)
        painter.setPen(theme.colour("ink_2"))
        title = metrics.elidedText(words.header(row), Qt.TextElideMode.ElideMiddle, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)

    @staticmethod
    def _header_note(row: Header) -> tuple[str, str]:
        if row.file is not None and row.file.summary.error is not None:
            return (
                (tr("bid.file_locked"), "attachment")
                if can_be_unlocked(row.file.summary.error)
                else (tr("secrecy.file_unread"), "error")
            )
        return (tr("secrecy.file_changed"), "attachment") if row.changed else ("", "ink_3")

    def _paint_claim(self, painter: QPainter, rect: QRect, row: ClaimRow, selected: bool) -> None:
        record = row.record
        withdrawn = record.state is ClaimState.WITHDRAWN
        top = rect.top() + _PADDING
        right = rect.right() + 1 - _RIGHT
        number = QRect(rect.left() + EDGE, top, _LEFT - EDGE - 4, self._line)
        painter.setFont(font(13, strong=True, tabular=True))
        painter.setPen(theme.colour("ink_3" if withdrawn else "secrecy"))
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, "–" if withdrawn else str(record.claim.number))
        if record.state is ClaimState.READY:
            below = QRect(number.left(), top + self._line + _BETWEEN - 1, number.width(), self._small_line)
            draw_icon(painter, QRect(below.center().x() - 6, below.top() + 1, 13, 13), "ph.check", "done")
        taken = 0
        if record.lost:
            taken = self._paint_word(painter, right, top, tr("secrecy.lost"), "error")
        elif row.strength is not None and not withdrawn:
            taken = strength_width(row.strength)
            tag = QRectF(right - taken, top - 1, taken, tag_height())
            paint_strength(painter, tag, row.strength)
        room = QRect(rect.left() + _LEFT, top, right - taken - _GAP - rect.left() - _LEFT, self._line)
        painter.setFont(self._strong)
        painter.setPen(theme.colour("ink_3" if withdrawn else "ink"))
        self._write(painter, room, words.claim_title(record.claim))
        below = QRect(room.left(), top + self._line + _BETWEEN, right - room.left(), self._small_line)
        painter.setFont(self._small)
        role = "error" if record.lost else "attachment" if row.moved else "ink_2" if selected else "ink_3"
        painter.setPen(theme.colour(role))
        self._write(painter, below, words.known(row))

    def _paint_suggestion(self, painter: QPainter, rect: QRect, row: SuggestionRow, selected: bool) -> None:
        one = row.suggestion
        top = rect.top() + _PADDING
        right = rect.right() + 1 - _RIGHT
        icon = QRect(rect.left() + 12, top + self._line // 2 - 8, 17, 17)
        draw_icon(painter, icon, "ph.lightbulb", "secrecy")
        painter.setFont(self._strong)
        painter.setPen(theme.colour("ink"))
        name = words.category_name(one.category)
        room = QRect(rect.left() + _LEFT, top, right - rect.left() - _LEFT, self._line)
        used = min(room.width(), QFontMetrics(self._strong).horizontalAdvance(name) + 8)
        self._write(painter, room, name)
        painter.setFont(font(13))
        painter.setPen(theme.colour("ink_2"))
        self._write(painter, room.adjusted(used, 0, 0, 0), words.one_line(one.text, 200))
        below = QRect(room.left(), top + self._line + _BETWEEN, room.width(), self._small_line)
        painter.setFont(self._small)
        painter.setPen(theme.colour("ink_2" if selected else "ink_3"))
        self._write(painter, below, " · ".join(part for part in (one.where, one.reason) if part))

    def _paint_word(self, painter: QPainter, right: int, top: int, text: str, role: str) -> int:
        """A tag with a cross: there is an obstacle."""
        face = font(11, strong=True)
        wide = QFontMetrics(face).horizontalAdvance(text) + 30
        tag = QRectF(right - wide, top - 1, wide, tag_height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{role}_soft"))
        painter.drawRoundedRect(tag, 4, 4)
        draw_icon(painter, QRect(round(tag.left()) + 7, round(tag.center().y()) - 6, 13, 13), "ph.x", role)
        painter.setFont(face)
        painter.setPen(theme.colour(role))
        painter.drawText(tag.adjusted(22, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return wide

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str) -> None:
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
