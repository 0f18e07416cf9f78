"""How a block of text is set: type, indents and lines for a width and zoom."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextLine, QTextOption

from app.core.document import Block, BlockKind, Flag
from app.gui.messages import tr
from app.gui.source.flowtext import Column, Columns, parts_of, shared_out
from app.gui.theme import font

__all__ = ["Part", "Shaped", "estimate", "shaped"]

_LEADING = 1.35
_CELL = 6.0
"""Pixels around the text of a cell, at a zoom of 1."""
_LINE_END = "\u2028"


@dataclass(frozen=True, slots=True)
class Part:
    """A text set in lines. `rect` is the room it takes: that of a cell, with its border."""

    layout: QTextLayout
    at: QPointF
    rect: QRectF

    def rects(self, start: int, end: int) -> list[QRectF]:
        """A rectangle for each line that some of the characters stand on."""
        found = []
        text = self.layout.text()
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            low, high = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            while high > low and text[high - 1].isspace():
                high -= 1
            if low < high or (start == end == line.textStart()):
                left, right = _x(line, low), _x(line, high)
                found.append(QRectF(self.at.x() + min(left, right), self.at.y() + line.y(), abs(right - left), line.height()))
        return found

    def offset(self, at: QPointF) -> int:
        """The character nearest to a point."""
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if at.y() < self.at.y() + line.y() + line.height() or number == self.layout.lineCount() - 1:
                return line.xToCursor(at.x() - self.at.x())
        return 0

    def line_of(self, offset: int) -> int:
        """The number of the line that a character stands on."""
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            if offset < line.textStart() + line.textLength():
                return number
        return max(0, self.layout.lineCount() - 1)

    def ends_of(self, number: int) -> tuple[int, int]:
        """The characters that a line begins and ends with: the end is before the blank that it was broken at."""
        line = self.layout.lineAt(number)
        if not line.isValid():
            return 0, 0
        start, end = line.textStart(), line.textStart() + line.textLength()
        text = self.layout.text()
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end

    def caret(self, offset: int) -> QRectF:
        """Where a caret before a character stands: as high as its line, and without width."""
        line = self.layout.lineAt(self.line_of(offset))
        if not line.isValid():
            return QRectF(self.at, QSizeF(0, self.rect.height()))
        return QRectF(self.at.x() + _x(line, offset), self.at.y() + line.y(), 0, line.height())


@dataclass(frozen=True, slots=True)
class Shaped:
    """A block as set: its parts, what stands before it (number or bullet), its height with the space above."""

    height: float
    parts: tuple[Part, ...]
    role: str
    prefix: str = ""
    prefix_at: QPointF | None = None
    prefix_font: QFont | None = None
    table: bool = False
    header: bool = False
    bar: bool = False


def estimate(block: Block, width: float, zoom: float) -> float:
    """The height to reckon with until the block is set."""
    per_line = max(10.0, width / (7.0 * zoom))
    if block.cells:
        longest = max((len(cell.text) for cell in block.cells), default=0)
        lines = 1 + longest * len(block.cells) / per_line / 1.5
    else:
        lines = 1 + len(block.text) // per_line
    return (lines * 19 + 10) * zoom


def shaped(block: Block, width: float, zoom: float, columns: Columns) -> Shaped:
    """Set a block over `width` pixels."""
    if block.cells and block.kind is BlockKind.TABLE_ROW:
        return _row(block, width, zoom, columns)
    size, strong, role, above = _type(block)
    indent = 20.0 * zoom * max(0, (block.level or 1) - 1) if block.kind is BlockKind.LIST_ITEM else 0.0
    face = _font(size * zoom, strong=strong or Flag.BOLD in block.flags)
    face.setItalic(block.kind is BlockKind.COMMENT or Flag.HIDDEN in block.flags)
    face.setStrikeOut(Flag.STRUCK in block.flags)
    prefix = block.number or ("•" if block.kind is BlockKind.LIST_ITEM else "")
    if Flag.HIDDEN in block.flags:
        prefix = f"{prefix} {tr('source.hidden')}".strip()
    if block.kind is BlockKind.COMMENT:
        prefix = tr("source.comment")
    hang = 0.0
    if prefix:
        hang = max(24.0 * zoom, QFontMetricsF(face).horizontalAdvance(prefix) + 8 * zoom)
    bar = block.kind in (BlockKind.COMMENT, BlockKind.ANSWER_SLOT)
    left = indent + hang + (12 * zoom if bar else 0)
    top = above * zoom
    layout, height = _set(block.text, face, max(40.0, width - left))
    part = Part(layout, QPointF(left, top), QRectF(left, top, width - left, height))
    at = QPointF(left - hang, top) if prefix else None
    return Shaped(top + height, (part,), role, prefix, at, face if prefix else None, bar=bar)


def _type(block: Block) -> tuple[float, bool, str, float]:
    """Size, strong, role of its colour, space above."""
    match block.kind:
        case BlockKind.HEADING if block.level is None:
            return 22, True, "ink", 12
        case BlockKind.HEADING:
            size = {1: 19, 2: 16}.get(block.level or 3, 14)
            return size, True, "ink", 20 if block.level == 1 else 16
        case BlockKind.FURNITURE:
            return 11, False, "ink_3", 4
        case BlockKind.FOOTNOTE:
            return 12, False, "ink_2", 6
        case BlockKind.COMMENT:
            return 12, False, "ink_2", 8
        case BlockKind.LIST_ITEM:
            return 14, False, "ink", 4
        case _:
            return 14, False, "ink", 8


def _row(block: Block, width: float, zoom: float, columns: Columns) -> Shaped:
    header = Flag.HEADER_ROW in block.flags
    face = _font(13 * zoom, strong=header or Flag.BOLD in block.flags)
    face.setItalic(Flag.HIDDEN in block.flags)
    pad = _CELL * zoom
    edges = _edges(columns.get(block.table if block.table is not None else -1, ()), width, zoom)
    parts: list[tuple[QTextLayout, float, float, float]] = []
    tallest = 0.0
    for cell, text in zip(block.cells, parts_of(block), strict=True):
        left = edges[min(cell.column, len(edges) - 1)]
        right = edges[min(cell.column + max(1, cell.column_span), len(edges) - 1)]
        layout, height = _set(text, face, max(8.0, right - left - 2 * pad))
        parts.append((layout, left, right, height))
        tallest = max(tallest, height)
    top = 12 * zoom if not block.row else 0.0
    high = tallest + 2 * pad
    made = tuple(
        Part(layout, QPointF(left + pad, top + pad), QRectF(left, top, right - left, high)) for layout, left, right, _ in parts
    )
    return Shaped(top + high, made, "ink", table=True, header=header)


@lru_cache(maxsize=64)
def _edges(columns: tuple[Column, ...], width: float, zoom: float) -> tuple[float, ...]:
    """Where the columns of a table begin and the last one ends. Words are measured in the strong type of headings."""
    metrics = QFontMetricsF(_font(13 * zoom, strong=True))
    room = 2 * _CELL * zoom + 2
    least = [room + max(map(metrics.horizontalAdvance, column.unbroken), default=0.0) for column in columns]
    widths = shared_out(width, least, [column.wish for column in columns])
    return tuple(accumulate(widths, initial=0.0))


def _font(size: float, *, strong: bool) -> QFont:
    return font(max(4.0, size), strong=strong)


def _set(text: str, face: QFont, width: float) -> tuple[QTextLayout, float]:
    layout = QTextLayout(text.replace("\n", _LINE_END).replace("\t", " "), face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height() * _LEADING
    layout.endLayout()
    return layout, max(height, QFontMetricsF(face).height() * _LEADING)


def _x(line: QTextLine, offset: int) -> float:
    """PySide gives a position together with the offset that it found fit."""
    value = line.cursorToX(offset)
    return float(value[0]) if isinstance(value, tuple) else float(str(value))
