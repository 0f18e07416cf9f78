"""How a row of the list looks: state, number and text on two lines at most, a grey line of what is known, the kind's tag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.core.points import PointKind
from app.core.work import ItemState
from app.gui.checklist.entries import Entry
from app.gui.checklist.marks import paint_shape, paint_tag, shape_of, tag_height, tag_width
from app.gui.checklist.rowmodel import Role, RowDelegate, paint_ground
from app.gui.checklist.rows import Header, Row
from app.gui.checklist.wording import Wording, fault, kind_word, one_line
from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["ItemDelegate"]

LEFT = 40
"""Where the text begins; the state's shape stands in the middle of what is left of it."""
RIGHT = 12
PADDING = 8
_GAP = 12
_BETWEEN = 2
_LEADING = 1.12
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_LINES = 2
_KEPT = 256
"""Texts that stay laid out: some screens of rows, which are painted anew whenever the pointer moves over them."""


class ItemDelegate(RowDelegate):
    """Paints headers and items. Heights depend on the width alone and on how many lines the text takes."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._lines: dict[tuple[str | None, str, int], int] = {}
        self._layouts: dict[tuple[str | None, str, int], tuple[QTextLayout, str]] = {}
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's and the language's fonts and words."""
        self._text, self._small = font(13), font(11)
        self._line = round(QFontMetrics(self._text).height() * _LEADING)
        self._small_line = QFontMetrics(self._small).height()
        self._average = QFontMetrics(self._text).averageCharWidth()
        self._tags = {kind: (kind_word(kind), tag_width(kind_word(kind))) for kind in PointKind}
        self._lines.clear()
        self._layouts.clear()

    # --- heights

    def header_height(self) -> int:
        """A group's header."""
        return self._line + 2 * PADDING

    def item_height(self, lines: int) -> int:
        """An item whose text takes so many lines."""
        return 2 * PADDING + lines * self._line + _BETWEEN + self._small_line + 1

    def heights(self, rows: Sequence[Any], width: int) -> list[int]:
        """A guess for every row, fast: exact for those that were measured at this width before."""
        header, one, two = self.header_height(), self.item_height(1), self.item_height(2)
        fits = max(1, (width - LEFT - RIGHT - 72) // max(1, self._average))
        return [header if type(row) is Header else (one if len(row.work.item.text) < fits else two) for row in rows]

    def height(self, row: Row, width: int) -> int:
        """Exactly."""
        if isinstance(row, Header):
            return self.header_height()
        key = self._key(row, width)
        lines = self._lines.get(key)
        if lines is None:
            layout, _ = self._laid_out(row, width)
            lines = self._lines[key] = layout.lineCount()
        return self.item_height(lines)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The row's height at the option's width."""
        return QSize(option.rect.width(), self.height(index.data(Role.ROW), option.rect.width()))

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row, within the option's rectangle."""
        row = index.data(Role.ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if isinstance(row, Header):
            self._paint_header(painter, rect, row)
        elif isinstance(row, Entry):
            self._paint_item(painter, rect, row, state)
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, header: Header) -> None:
        painter.fillRect(rect, theme.colour("rail"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(12, 0, -RIGHT, 0)
        painter.setPen(theme.colour("ink_2"))
        count = self._wording.group_count(header)
        strong = font(12, strong=True, tabular=True)
        painter.setFont(strong)
        taken = QFontMetrics(strong).horizontalAdvance(count) if count else 0
        painter.drawText(inner, _AT_RIGHT, count)
        inner.setRight(inner.right() - taken - _GAP)
        metrics = QFontMetrics(strong)
        title = metrics.elidedText(self._wording.group(header), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _AT_LEFT, title)
        detail = self._wording.group_detail(header)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(title) + _GAP)
        if detail and inner.width() > 60:
            painter.setFont(self._small)
            painter.setPen(theme.colour("ink_3"))
            shown = QFontMetrics(self._small).elidedText(detail, Qt.TextElideMode.ElideMiddle, inner.width())
            painter.drawText(inner, _AT_LEFT, shown)

    def _paint_item(self, painter: QPainter, rect: QRect, entry: Entry, state: QStyle.StateFlag) -> None:
        work, item = entry.work, entry.work.item
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_ground(painter, rect, state)
        top = rect.top() + PADDING
        wrong = fault(work, self._wording.today)
        shape = shape_of(work, bool(wrong))
        centre = QPointF(rect.left() + LEFT / 2 + 1, top + self._line / 2)
        paint_shape(painter, centre, shape, item.kind is PointKind.ATTACHMENT or item.kind is PointKind.QUESTION)

        word, wide = self._tags[item.kind]
        right = rect.right() + 1 - RIGHT
        paint_tag(painter, QRectF(right - wide, top - 1, wide, tag_height()), item.kind, word, selected)

        layout, elided = self._laid_out(entry, rect.width())
        quiet = work.state is ItemState.REJECTED
        painter.setPen(theme.colour("ink_3" if quiet else "ink"))
        origin = QPointF(rect.left() + LEFT, top)
        lines = layout.lineCount()
        for place in range(lines - bool(elided)):
            layout.lineAt(place).draw(painter, origin)
        if elided:
            painter.setFont(self._text)
            last = layout.lineAt(lines - 1)
            painter.drawText(QPointF(origin.x(), origin.y() + last.y() + last.ascent()), elided)

        below = QRect(rect.left() + LEFT, top + lines * self._line + _BETWEEN, right - rect.left() - LEFT, self._small_line)
        if item.must and item.kind is not PointKind.CONTRACT:
            painter.setFont(self._small)
            painter.setPen(theme.colour("ink_2"))
            must = tr("checklist.must")
            painter.drawText(below, _AT_RIGHT, must)
            below.setRight(below.right() - QFontMetrics(painter.font()).horizontalAdvance(must) - _GAP)
        painter.setFont(self._small)
        if wrong:
            painter.setPen(theme.colour("error"))
            below.setLeft(below.left() + self._write(painter, below, wrong))
        # Grey on the selected row's tint would fall below the contrast that small text needs.
        painter.setPen(theme.colour("ink_2" if selected else "ink_3"))
        known = self._wording.known(entry)
        self._write(painter, below, f"· {known}" if wrong and known else known)
        if state & QStyle.StateFlag.State_HasFocus and not selected:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str) -> int:
        """One line of the painter's font, cut to the room; how much of it the words took."""
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, _AT_LEFT, shown)
        return metrics.horizontalAdvance(shown) + metrics.horizontalAdvance(" ")

    def _key(self, entry: Entry, width: int) -> tuple[str | None, str, int]:
        """What a text's lines depend on, but for the fonts."""
        item = entry.work.item
        return item.number, item.text, width - self._tags[item.kind][1]

    def _laid_out(self, entry: Entry, width: int) -> tuple[QTextLayout, str]:
        """The text on two lines at most, and the last line's words when they had to be cut."""
        key = self._key(entry, width)
        found = self._layouts.get(key)
        if found is None:
            if len(self._layouts) >= _KEPT:
                del self._layouts[next(iter(self._layouts))]
            found = self._layouts[key] = self._lay_out(entry, width)
        return found

    def _lay_out(self, entry: Entry, width: int) -> tuple[QTextLayout, str]:
        item = entry.work.item
        number = one_line(item.number or "", 24)
        text = f"{number} {one_line(item.text_after_number)}" if number else one_line(item.text)
        layout = QTextLayout(text, self._text)
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if number:
            bold = QTextLayout.FormatRange()
            bold.start, bold.length = 0, len(number.encode("utf-16-le")) // 2
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.DemiBold)
            bold.format = look
            layout.setFormats([bold])
        room = max(40, width - LEFT - RIGHT - self._tags[item.kind][1] - _GAP)
        elided = ""
        layout.beginLayout()
        for place in range(_MOST_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room)
            line.setPosition(QPointF(0, place * self._line))
        layout.endLayout()
        units = text.encode("utf-16-le")
        last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
        if last is not None and last.textStart() + last.textLength() < len(units) // 2:
            rest = units[last.textStart() * 2 :].decode("utf-16-le", "replace")
            elided = QFontMetrics(self._text).elidedText(rest, Qt.TextElideMode.ElideRight, room)
        return layout, elided
