"""The lines that no rule took, per document with its sum: what was not understood stays in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.core.checklist import DocumentSummary
from app.core.points import UnassignedLine
from app.core.work import DocumentRecord, ItemState, Origin, WorkItem
from app.gui.checklist.rowmodel import Role, RowDelegate, RowModel
from app.gui.checklist.wording import Wording, figure, one_line, place_words
from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["LedgerDelegate", "LedgerHeader", "LedgerLine", "LedgerModel"]

PADDING = 8


@dataclass(frozen=True, slots=True)
class LedgerHeader:
    """A document and its sums. `promoted` of its lines became items by hand."""

    key: str
    document: DocumentSummary
    promoted: int


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A line that no rule took. `promoted` when it is an item by now."""

    key: str
    document: DocumentRecord
    line: UnassignedLine
    promoted: bool


class LedgerModel(RowModel):
    """Documents with their unassigned lines, in the order of the procurement. Documents that were not read have none."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wording = wording
        self._rows: list[LedgerHeader | LedgerLine] = []
        self.open_lines = 0

    def show_lines(self, documents: Iterable[DocumentRecord], items: Iterable[WorkItem]) -> None:
        """The lines of these documents; those that an added item stands for are marked."""
        own = (work.item.source for work in items if work.origin is Origin.ADDED and work.state is not ItemState.REJECTED)
        taken = {(source.document, source.quote, source.place) for source in own}
        rows: list[LedgerHeader | LedgerLine] = []
        left = 0
        for record in documents:
            summary = record.summary
            if summary.error is not None:
                continue
            lines = [
                LedgerLine(f"{record.key}\n{number}", record, line, (summary.id, line.text, line.place) in taken)
                for number, line in enumerate(summary.unassigned)
            ]
            promoted = sum(line.promoted for line in lines)
            left += len(lines) - promoted
            rows.append(LedgerHeader(f"\n{record.key}", summary, promoted))
            rows += lines
        self.open_lines = left
        if rows == self._rows:
            return
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [place for place, row in enumerate(rows) if row != self._rows[place]]
            self._rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = rows
        self.moved()
        self.endResetModel()

    @property
    def rows(self) -> Sequence[Any]:
        """Headers and lines; not to be changed."""
        return self._rows

    def line_at(self, place: int) -> LedgerLine | None:
        """The line at a row."""
        row = self._rows[place] if 0 <= place < len(self._rows) else None
        return row if isinstance(row, LedgerLine) else None

    def row_of_document(self, document: str) -> int:
        """The row of a document's header, by the document's id; or -1."""
        rows = enumerate(self._rows)
        return next((place for place, row in rows if isinstance(row, LedgerHeader) and row.document.id == document), -1)

    def next_open(self, place: int) -> int:
        """The row of the next line that is no item yet, after `place` and then from the top; or -1."""
        rows = self._rows
        places = (*range(place + 1, len(rows)), *range(min(place + 1, len(rows))))
        return next((row for row in places if (line := self.line_at(row)) is not None and not line.promoted), -1)

    def is_header(self, place: int) -> bool:
        """Whether the row is a document."""
        return isinstance(self._rows[place], LedgerHeader)

    def shown(self, place: int) -> str:
        """The document's name or the line."""
        row = self._rows[place]
        return self.wording.document(row.document.id) if isinstance(row, LedgerHeader) else row.line.text

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        row = self._rows[place]
        if isinstance(row, LedgerHeader):
            return f"{self.wording.document(row.document.id)}, {sums(row)}"
        parts = (one_line(row.line.text), place_words(row.line.place), tr("checklist.ledger_promoted") if row.promoted else "")
        return ", ".join(part for part in parts if part)


def sums(header: LedgerHeader) -> str:
    """The four classes of a document's lines, or a warning when they do not add up to its lines."""
    lines = header.document.lines
    parts = lines.items + lines.context + lines.furniture + lines.unassigned
    if parts != lines.total:
        return tr("checklist.ledger_off", total=figure(lines.total), sum=figure(parts))
    return tr(
        "checklist.ledger_sum",
        total=figure(lines.total),
        items=figure(lines.items + header.promoted),
        context=figure(lines.context),
        furniture=figure(lines.furniture),
        unassigned=figure(lines.unassigned - header.promoted),
    )


class LedgerDelegate(RowDelegate):
    """A document on two lines, a line of it on one, with its place at the right."""

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self.refresh()

    def refresh(self) -> None:
        """Take up the theme's fonts."""
        self._line = QFontMetrics(font(13)).height()
        self._small = QFontMetrics(font(11)).height()

    def header_height(self) -> int:
        """Name and sums."""
        return self._line + self._small + 2 * PADDING

    def heights(self, rows: Sequence[Any], width: int) -> list[int]:
        """Every row's, exactly: a line is one line at any width."""
        del width
        header: int = self.header_height()
        line = self._line + 2 * PADDING
        return [header if type(row) is LedgerHeader else line for row in rows]

    def height(self, row: Any, width: int) -> int:
        """Exactly."""
        return self.heights([row], width)[0]

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The row's height at the option's width."""
        width = option.rect.width()
        return QSize(width, self.height(index.data(Role.ROW), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """The whole row."""
        row = index.data(Role.ROW)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if isinstance(row, LedgerHeader):
            self._paint_header(painter, rect, row)
        elif isinstance(row, LedgerLine):
            self._paint_line(painter, rect, row, state)
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, row: LedgerHeader) -> None:
        painter.fillRect(rect, theme.colour("rail"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(12, PADDING, -12, -PADDING)
        painter.setPen(theme.colour("ink"))
        _write(painter, inner, self._wording.document(row.document.id), 13, strong=True)
        below = inner.adjusted(0, self._line, 0, 0)
        lines = row.document.lines
        whole = lines.items + lines.context + lines.furniture + lines.unassigned == lines.total
        painter.setPen(theme.colour("ink_2" if whole else "error"))
        _write(painter, below, sums(row), 11)

    def _paint_line(self, painter: QPainter, rect: QRect, row: LedgerLine, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(12, PADDING, -12, -PADDING)
        where = tr("checklist.ledger_promoted") if row.promoted else place_words(row.line.place)
        painter.setPen(theme.colour("done" if row.promoted else "ink_2"))
        taken = _write(painter, inner, where, 11, right=True)
        inner.setRight(inner.right() - taken - 12)
        painter.setPen(theme.colour("ink_2" if row.promoted else "ink"))
        _write(painter, inner, one_line(row.line.text), 13)


def _write(painter: QPainter, rect: QRect, text: str, size: int, *, strong: bool = False, right: bool = False) -> int:
    chosen = font(size, strong=strong)
    painter.setFont(chosen)
    metrics = QFontMetrics(chosen)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRect(rect.left(), rect.top(), rect.width(), metrics.height()), side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
