"""Passages onto pages, a page at a time, so that a list of any length is printed without keeping the window waiting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPagedPaintDevice, QPainter, QPen, QTextLayout, QTextLine, QTextOption

from app.gui.messages import tr
from app.gui.printing.content import Passage, Style

__all__ = ["Pages"]

_POINT = 1 / 72
"""Inches."""
_ASIDE = 72.0
"""Points that items are indented: room for their state."""
_FOOT = 24.0
"""Points for the line at the bottom of a page."""
_KEPT = 2
"""Lines of a passage that are not left alone at the bottom of a page."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line to be painted. `layout` keeps it alive; `need` is the height that must be left on the page for it."""

    layout: QTextLayout
    line: QTextLine
    passage: Passage
    first: bool
    height: float
    need: float


class Pages:
    """Paints passages with a painter that has begun on `device`. Everything is black: what is printed is read on white."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice, passages: Iterable[Passage], title: str) -> None:
        self._painter = painter
        self._device = device
        self._point = device.logicalDpiY() * _POINT
        self._area = QRectF(painter.viewport())
        self._title = title
        self._fonts: dict[Style, QFont] = {}
        self._lines = self._flow(iter(passages))
        self._left: _Line | None = None
        self.count = 0

    def paint_next(self) -> bool:
        """Paint a page. False when it was the last."""
        if self.count:
            self._device.newPage()
        self.count += 1
        top, bottom = self._area.top(), self._area.bottom() - _FOOT * self._point
        y = top
        while (line := self._left or next(self._lines, None)) is not None:
            above = line.passage.style.above * self._point if line.first and y > top else 0.0
            if y > top and y + above + line.need > bottom:
                self._left = line
                break
            self._left = None
            y += above
            self._paint(line, y)
            y += line.height
        self._paint_foot()
        return self._left is not None

    def _flow(self, passages: Iterator[Passage]) -> Iterator[_Line]:
        """The lines of all passages, each made when it is its turn."""
        passage = next(passages, None)
        while passage is not None:
            following = next(passages, None)
            layout, lines = self._broken(passage)
            heights = [line.height() for line in lines]
            extra = self._least(following) if passage.follows and following is not None else 0.0
            for number, line in enumerate(lines):
                rest = heights[number : number + _KEPT] if number == 0 else heights[number : number + 1]
                ends = number + len(rest) == len(lines)
                yield _Line(layout, line, passage, number == 0, heights[number], sum(rest) + (extra if ends else 0.0))
            passage = following

    def _least(self, passage: Passage) -> float:
        """The height that a passage needs after one that it should not be parted from."""
        height = QFontMetricsF(self._font(passage.style), self._device).height()
        return height + passage.style.above * self._point

    def _broken(self, passage: Passage) -> tuple[QTextLayout, list[QTextLine]]:
        font = self._font(passage.style)
        layout = QTextLayout(passage.text, font, self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        width = self._area.width() - self._indent(passage)
        if passage.right:
            width -= QFontMetricsF(font, self._device).horizontalAdvance(passage.right) + 12 * self._point
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        layout.endLayout()
        return layout, lines

    def _paint(self, line: _Line, y: float) -> None:
        passage = line.passage
        x = self._area.left() + self._indent(passage)
        painter = self._painter
        if passage.style.rule and line.first:
            painter.setPen(QPen(Qt.GlobalColor.black, 0.4 * self._point))
            above = y - passage.style.above * self._point / 2
            painter.drawLine(QPointF(self._area.left(), above), QPointF(self._area.right(), above))
        painter.setPen(Qt.GlobalColor.black)
        # A line keeps its place among the others of its passage, which may be on the page before.
        line.line.draw(painter, QPointF(x, y - line.line.y()))
        if line.first and (passage.left or passage.right):
            painter.setFont(self._font(passage.style))
            box = QRectF(self._area.left(), y, self._area.width(), line.height)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, passage.left)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, passage.right)

    def _paint_foot(self) -> None:
        font = self._font(Style(8))
        box = QRectF(self._area)
        box.setTop(self._area.bottom() - _FOOT * self._point)
        page = tr("print.page", page=self.count)
        painter = self._painter
        painter.setPen(Qt.GlobalColor.black)
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, page)
        metrics = QFontMetricsF(font, self._device)
        room = box.width() - metrics.horizontalAdvance(page) - 24 * self._point
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)

    def _indent(self, passage: Passage) -> float:
        return _ASIDE * self._point if passage.style.aside else 0.0

    def _font(self, style: Style) -> QFont:
        font = self._fonts.get(style)
        if font is None:
            font = self._fonts[style] = QFont()
            font.setPointSizeF(style.size)
            font.setWeight(QFont.Weight.DemiBold if style.strong else QFont.Weight.Normal)
        return font
