"""How a row of the sheets looks: a sign or a box, words below each other, and at the right a button that leads on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.gui.checklist.rowmodel import Role, RowDelegate
from app.gui.filling.lines import Heading, Line, Sign, Swap
from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["LineDelegate"]

_SIGNS = {Sign.GOOD: "✓", Sign.ODD: "!", Sign.WRONG: "✕", Sign.NOTE: "i", Sign.FORM: "▤"}
"""The sign is a shape as well as a colour."""
_EDGE = 12
_LEFT = 48
_CIRCLE = 24
_BOX = 18
_PADDING = 8
_BETWEEN = 2
_BUTTON = 28
_SPACE = 16
_GAP = 6
_MOST_LINES = 4
_MINE = 0.4
"""At most this part of the room is taken by what stands on the list now."""


class LineDelegate(RowDelegate):
    """Detail and remedy are wrapped, titles are cut."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's fonts."""
        self._strong, self._small, self._plain = font(13, strong=True), font(12), font(13)
        self._line, self._small_line = QFontMetrics(self._strong).height(), QFontMetrics(self._small).height()

    def header_height(self) -> int:
        """A heading."""
        return self._small_line + 16

    def heights(self, rows: Sequence[Any], width: int) -> list[int]:
        """As if nothing was wrapped."""
        del width
        return [self._guess(row) for row in rows]

    def height(self, row: Any, width: int) -> int:
        """Exactly."""
        if not isinstance(row, Line):
            return self.header_height()
        room = self._room(QRect(0, 0, width, 0), row).width()
        high = self._line
        if row.swap is not None:
            high += _BETWEEN + self._line + (self._small_line if row.swap.warning else 0)
        high += sum(_BETWEEN + self._wrapped(text, room) for text in (row.detail, row.remedy) if text)
        return max(high, _BUTTON if row.button else 0) + 2 * _PADDING + 1

    def button_rect(self, rect: QRect, row: Line) -> QRect:
        """Where the button of a row is, in the same pixels as the row."""
        if not row.button:
            return QRect()
        width = QFontMetrics(self._plain).horizontalAdvance(row.button) + 24
        return QRect(rect.right() - _EDGE - width, rect.center().y() - _BUTTON // 2, width, _BUTTON)

    def box_rect(self, rect: QRect) -> QRect:
        """Where the box to tick is; a little around it counts as well."""
        return QRect(rect.left(), rect.top(), _LEFT, rect.height())

    def _guess(self, row: Any) -> int:
        if not isinstance(row, Line):
            return self.header_height()
        lines = bool(row.detail) + bool(row.remedy) + (row.swap is not None)
        return self._line + lines * (_BETWEEN + self._small_line) + 2 * _PADDING + 1

    def _room(self, rect: QRect, row: Line) -> QRect:
        button = self.button_rect(rect, row)
        right = (button.left() - _SPACE) if not button.isNull() else rect.right() - _EDGE
        return QRect(rect.left() + _LEFT, rect.top() + _PADDING, max(40, right - rect.left() - _LEFT), rect.height())

    def _wrapped(self, text: str, width: int) -> int:
        high = QFontMetrics(self._small).boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), text).height()
        return min(high, _MOST_LINES * self._small_line)

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row."""
        row = index.data(Role.ROW)
        painter.save()
        if isinstance(row, Heading):
            self._paint_heading(painter, option.rect, row)
        elif isinstance(row, Line):
            self._paint_ground(painter, option)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if row.checked is None:
                self._paint_sign(painter, option.rect, row.sign)
            else:
                self._paint_box(painter, option.rect, row.checked)
            self._paint_words(painter, self._room(option.rect, row), row)
            over = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._paint_button(painter, self.button_rect(option.rect, row), row.button, over)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, row: Heading) -> None:
        painter.fillRect(rect, theme.colour("rail"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(_EDGE, 0, -_EDGE, 0)
        self._write(painter, inner, row.name, font(12, strong=True), "ink_2")
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(row.count))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect, state = option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_sign(self, painter: QPainter, rect: QRect, sign: Sign) -> None:
        circle = QRectF(rect.left() + _EDGE, rect.top() + _PADDING, _CIRCLE, _CIRCLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{sign.value}_soft"))
        painter.drawEllipse(circle)
        painter.setPen(theme.colour(sign.value))
        painter.setFont(self._strong)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, _SIGNS[sign])

    def _paint_box(self, painter: QPainter, rect: QRect, checked: bool) -> None:
        box = QRectF(rect.left() + _EDGE + 3.5, rect.top() + _PADDING + 0.5, _BOX, _BOX)
        painter.setPen(QPen(theme.colour("accent" if checked else "ink_3"), 1.5))
        painter.setBrush(theme.colour("accent" if checked else "paper"))
        painter.drawRoundedRect(box, 4, 4)
        if checked:
            painter.setPen(QPen(theme.colour("on_accent"), 2))
            corners = [QPointF(box.left() + x * _BOX, box.top() + y * _BOX) for x, y in ((0.24, 0.52), (0.43, 0.7), (0.77, 0.3))]
            painter.drawPolyline(corners)

    def _paint_words(self, painter: QPainter, room: QRect, row: Line) -> None:
        place = QRect(room.left(), room.top(), room.width(), self._line)
        self._write(painter, place, row.title, self._strong, "ink")
        top = place.bottom() + 1 + _BETWEEN
        if row.swap is not None:
            self._paint_swap(painter, QRect(room.left(), top, room.width(), self._line), row.swap)
            top += self._line + _BETWEEN
            if row.swap.warning:
                below = QRect(room.left(), top - _BETWEEN, room.width(), self._small_line)
                self._write(painter, below, row.swap.warning, self._small, "attachment")
                top += self._small_line
        for text, role in ((row.detail, "ink_2"), (row.remedy, "ink_2")):
            if text:
                high = self._wrapped(text, room.width())
                painter.setFont(self._small)
                painter.setPen(theme.colour(role))
                painter.drawText(QRect(room.left(), top, room.width(), high), int(Qt.TextFlag.TextWordWrap), text)
                top += high + _BETWEEN

    def _paint_swap(self, painter: QPainter, room: QRect, swap: Swap) -> None:
        metrics = QFontMetrics(self._plain)
        lead, arrow = f"{swap.what}:", "→"
        left = room.left()

        def write(text: str, width: int, role: str) -> None:
            nonlocal left
            shown = min(width, metrics.horizontalAdvance(text) + 1)
            self._write(painter, QRect(left, room.top(), shown, room.height()), text, self._plain, role)
            left += shown + _GAP

        write(lead, room.width(), "ink_2")
        rest = room.right() - left - metrics.horizontalAdvance(arrow) - 2 * _GAP
        mine, theirs = (" ".join(text.split()) or tr("filling.empty") for text in (swap.mine, swap.theirs))
        write(mine, max(round(rest * _MINE), rest - metrics.horizontalAdvance(theirs) - 2), "ink_3")
        write(arrow, room.width(), "ink_2")
        write(theirs, max(0, room.right() - left), "ink" if swap.theirs else "ink_3")

    def _paint_button(self, painter: QPainter, rect: QRect, words: str, over: bool) -> None:
        if rect.isNull():
            return
        painter.setBrush(theme.colour("hover" if over else "paper"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(theme.colour("ink"))
        painter.setFont(self._plain)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str, face: QFont, role: str) -> None:
        painter.setFont(face)
        painter.setPen(theme.colour(role))
        shown = QFontMetrics(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
