"""A spreadsheet as a grid with its own letters and numbers, one sheet at a time, with the same highlights as pages have."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.core.document import Place
from app.core.work import ItemState
from app.gui.messages import tr
from app.gui.source.book import At, Book, column_letters
from app.gui.source.highlights import paint_check, paint_flash, paint_hits, paint_mark
from app.gui.source.hits import Hit
from app.gui.source.marks import Mark
from app.gui.source.placing import Placing
from app.gui.source.sheetmodel import SheetModel
from app.gui.source.surface import ZOOMS, Flash
from app.gui.theme import font, theme

__all__ = ["SheetsView", "all_done"]

_Index = QModelIndex | QPersistentModelIndex
_ROW = 24
_LINE = 17
_LETTER = 7.2
_AT_ONCE = 400
"""Rows given their heights at a time."""
_AROUND = 40


class SheetsView(QWidget):
    """Tabs for the sheets below a table. Has what a `Surface` has."""

    moved = Signal()
    reshaped = Signal()
    """Another sheet: everything is somewhere else."""
    mark_activated = Signal(object)  # str
    text_marked = Signal(object)  # tuple[Place, str] | None
    zoomed = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceSheets")
        self._book = book
        self._zoom = 1.0
        self._marks = Placing(self._cells_of, self)
        self._hits: dict[tuple[int, At], list[int]] = {}
        self.current_hit = -1
        self.selected: str | None = None
        self.flash = Flash(self)
        self.flashed: frozenset[At] = frozenset()
        self.model = SheetModel(self.marks_at, self)
        self.table = QTableView()
        self.table.setObjectName("sourceGrid")
        self.table.setModel(self.model)
        self.table.setItemDelegate(_CellDelegate(self))
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setCornerButtonEnabled(False)
        self.table.setWordWrap(True)
        self.table.setAccessibleName(tr("source.grid"))
        for header in (self.table.horizontalHeader(), self.table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setMinimumSectionSize(16)
            header.setHighlightSections(True)
        self.tabs = QTabBar()
        self.tabs.setObjectName("sourceTabs")
        self.tabs.setShape(QTabBar.Shape.RoundedSouth)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName(tr("source.sheets"))
        for sheet in book.sheets:
            self.tabs.addTab(f"{sheet.name} {tr('source.hidden')}" if sheet.hidden else sheet.name or tr("source.sheet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.tabs)
        self.setFocusProxy(self.table)
        self._sizing = QTimer(self)
        self._sizing.setSingleShot(True)
        self._sizing.setInterval(0)
        self._sizing.timeout.connect(self._size_rows)
        self._to_size: list[tuple[int, int]] = []
        self._sized: set[int] = set()
        self.tabs.currentChanged.connect(self._on_tab)
        self.table.clicked.connect(self._on_clicked)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.table.verticalScrollBar().valueChanged.connect(self.moved)
        self._marks.placed.connect(self.table.viewport().update)
        self.flash.changed.connect(self.table.viewport().update)
        self.table.installEventFilter(self)
        self._on_tab()

    # --- what is shown

    @property
    def sheet(self) -> str:
        """The name of the sheet in sight."""
        return self.model.sheet.name

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The highlights of this document."""
        self._marks.set(marks)

    def marks_at(self, at: At) -> Sequence[Mark]:
        """The marks of a cell of the sheet in sight."""
        return self._marks.at((self.tabs.currentIndex(), at))

    def _cells_of(self, mark: Mark) -> list[tuple[int, At]]:
        number = self._book.sheet_of(mark.place)
        return [] if number is None else [(number, at) for at in self._book.cells_of(mark.place, mark.quote)]

    def set_hits(self, hits: Sequence[Hit], current: int) -> None:
        """The places where the words looked for stand."""
        self._hits, self.current_hit = {}, current
        for hit in hits:
            if isinstance(hit.spot, tuple):
                self._hits.setdefault(hit.spot, []).append(hit.number)
        self.table.viewport().update()

    def hits_at(self, at: At) -> Sequence[int]:
        """The hits in a cell of the sheet in sight."""
        return self._hits.get((self.tabs.currentIndex(), at), ())

    def search(self, text: str, most: int) -> list[Hit]:
        """Where a text stands."""
        hits: list[Hit] = []
        for sheet, at, whole, start in self._book.find(text):
            if len(hits) == most:
                break
            name, cell = self._book.sheets[sheet].name, f"{column_letters(at.column)}{at.row + 1}"
            where = tr("source.hit_cell", sheet=name, cell=cell) if name else cell
            end = start + len(" ".join(text.split()))
            place = Place(sheet=name or None, cell=cell)
            before, after = whole[max(0, start - _AROUND) : start], whole[end : end + _AROUND]
            hits.append(Hit(len(hits), where, before, whole[start:end], after, place, (sheet, at)))
        return hits

    def begin_caret(self) -> None:
        """Let the keys move in the cells: arrows with Shift mark them."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(max(0, self.table.rowAt(0)), 0))

    def is_sharp(self) -> bool:
        """Cells are drawn as they are."""
        return True

    def show_place(self, place: Place, quote: str, flash: bool) -> None:
        """Bring a cell into sight."""
        number = self._book.sheet_of(place)
        if number is None:
            return
        self.tabs.setCurrentIndex(number)
        self._size_rows(every=True)
        cells = self._book.cells_of(place, quote)
        if not cells:
            return
        index = self.model.index(*cells[0])
        self.table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        header, bar = self.table.verticalHeader(), self.table.verticalScrollBar()
        bar.setValue(header.sectionPosition(cells[0].row) - self.table.viewport().height() // 3)
        if flash:
            self.flashed = frozenset(cells)
            self.flash.start(place, quote)
        self.table.viewport().update()

    # --- as a surface

    def viewport(self) -> QWidget:
        """Where it is painted."""
        return self.table.viewport()

    def verticalScrollBar(self) -> QScrollBar:
        """What scrolls it."""
        return self.table.verticalScrollBar()

    def fraction_of(self, place: Place, _quote: str = "", /) -> float | None:
        """Where in the sheet in sight a place is, 0 to 1."""
        number = self._book.sheet_of(place)
        cells = self._book.cells_of(place, "") if number == self.tabs.currentIndex() else ()
        return cells[0].row / max(1, self.model.sheet.rows) if cells else None

    def span(self) -> tuple[float, float]:
        """The part that is shown, 0 to 1."""
        whole = max(1, self.table.verticalHeader().length())
        top = self.table.verticalScrollBar().value()
        return min(1.0, top / whole), min(1.0, (top + self.table.viewport().height()) / whole)

    def go_to_fraction(self, share: float) -> None:
        """Bring a part of the sheet to the middle."""
        whole = self.table.verticalHeader().length()
        self.table.verticalScrollBar().setValue(round(share * whole - self.table.viewport().height() / 2))

    @property
    def zoom(self) -> float:
        """How large it is shown."""
        return self._zoom

    def zoom_to(self, zoom: float | None) -> None:
        """Another zoom; None is the usual one."""
        first = self.table.rowAt(0)
        self._zoom = 1.0 if zoom is None else min(ZOOMS[-1], max(ZOOMS[0], zoom))
        self._size()
        if first >= 0:
            self._size_rows(every=True)
            self.table.verticalScrollBar().setValue(self.table.verticalHeader().sectionPosition(first))
        self.zoomed.emit()

    # --- sizes

    def _on_tab(self) -> None:
        number = self.tabs.currentIndex()
        if 0 <= number < len(self._book.sheets):
            self.model.set_sheet(self._book.sheets[number])
            self.table.clearSpans()
            for at, (rows, columns) in self.model.sheet.spans.items():
                self.table.setSpan(at.row, at.column, rows, columns)
            self._size()
            self.reshaped.emit()
            self.moved.emit()

    def _size(self) -> None:
        self.table.setFont(font(max(6.0, 13 * self._zoom)))
        across, down = self.table.horizontalHeader(), self.table.verticalHeader()
        for column, letters in enumerate(self.model.sheet.widths[:2000]):
            across.resizeSection(column, round((letters * _LETTER + 12) * self._zoom))
        down.setDefaultSectionSize(round(_ROW * self._zoom))
        for row in self._sized:  # heights of the sheet before, which the header keeps
            if row < down.count():
                down.resizeSection(row, down.defaultSectionSize())
        self._sized.clear()
        self._to_size = sorted(self.model.sheet.lines.items())
        self._size_rows()

    def _size_rows(self, every: bool = False) -> None:
        down = self.table.verticalHeader()
        count = len(self._to_size) if every else _AT_ONCE
        now, self._to_size = self._to_size[:count], self._to_size[count:]
        for row, lines in now:
            down.resizeSection(row, round((8 + lines * _LINE) * self._zoom))
            self._sized.add(row)
        if self._to_size:
            self._sizing.start()
        elif now:
            self.moved.emit()

    # --- choosing

    def _on_clicked(self, index: QModelIndex) -> None:
        marks = self.marks_at(At(index.row(), index.column()))
        keys = [mark.owner for mark in marks]
        if self.selected in keys:
            self.mark_activated.emit(keys[(keys.index(self.selected) + 1) % len(keys)])
        elif keys:
            self.mark_activated.emit(keys[-1])

    def _on_selection(self) -> None:
        self.text_marked.emit(self.marked())

    def marked(self) -> tuple[Place, str] | None:
        """The first of the cells that the user has marked, and the texts of all of them."""
        chosen = sorted(At(index.row(), index.column()) for index in self.table.selectionModel().selectedIndexes())
        rows: dict[int, list[str]] = {}
        for at in chosen:
            cell = self.model.sheet.cells.get(at)
            if cell is not None and cell.text:
                rows.setdefault(at.row, []).append(cell.text)
        if not rows:
            return None
        first = next(at for at in chosen if (cell := self.model.sheet.cells.get(at)) is not None and cell.text)
        place = Place(sheet=self.sheet or None, cell=f"{column_letters(first.column)}{first.row + 1}")
        return place, "\n".join("\t".join(texts) for texts in rows.values())

    def marked_cells(self) -> str | None:
        """The range around the cells that the user has marked: "D8:D14"."""
        chosen = [At(index.row(), index.column()) for index in self.table.selectionModel().selectedIndexes()]
        if not chosen:
            return None
        top, left = min(at.row for at in chosen), min(at.column for at in chosen)
        bottom, right = max(at.row for at in chosen), max(at.column for at in chosen)
        first, last = f"{column_letters(left)}{top + 1}", f"{column_letters(right)}{bottom + 1}"
        return first if first == last else f"{first}:{last}"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean something here."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Copy):
                marked = self.marked()
                if marked is not None:
                    QGuiApplication.clipboard().setText(marked[1])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.currentIndex().isValid():
                self._on_clicked(self.table.currentIndex())
                return True
        return super().eventFilter(watched, event)


def all_done(marks: Sequence[Mark]) -> bool:
    """Whether nothing of a cell that several items share is left to do; rejected ones do not count."""
    kept = [mark for mark in marks if mark.state is not ItemState.REJECTED]
    return bool(kept) and all(mark.state is ItemState.DONE for mark in kept)


class _CellDelegate(QStyledItemDelegate):
    """A cell with what is marked in it."""

    def __init__(self, owner: SheetsView) -> None:
        super().__init__(owner)
        self._owner = owner

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one entry."""
        owner = self._owner
        at = At(index.row(), index.column())
        cell = owner.model.sheet.cells.get(at)
        box = QRectF(option.rect)
        painter.save()
        painter.setClipRect(option.rect)
        if cell is not None and cell.header:
            painter.fillRect(box, theme.colour("rail"))
        elif cell is not None and cell.fill_in:
            painter.fillRect(box, theme.colour("hover"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = box.adjusted(2, 2, -3, -3)
        marks = owner.marks_at(at)
        for mark in sorted(marks, key=self._is_selected):
            paint_mark(painter, [inner], mark, selected=mark.owner == owner.selected, on_paper=False)
        hits = owner.hits_at(at)
        if hits:
            paint_hits(painter, [inner], current=owner.current_hit in hits, on_paper=False)
        if at in owner.flashed and owner.flash.strength > 0:
            paint_flash(painter, [inner], owner.flash.strength, on_paper=False)
        if cell is not None and cell.text:
            face = font(max(4.0, 13 * owner.zoom), strong=cell.strong or cell.header)
            face.setItalic(cell.hidden)
            painter.setFont(face)
            painter.setPen(theme.colour("ink_2" if cell.hidden else "ink"))
            flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(box.adjusted(6, 2, -6, -2), flags, cell.text)
        if all_done(marks):
            paint_check(painter, QPointF(box.right() - 10, box.top() + 10), on_paper=False)
        if owner.table.selectionModel().isSelected(index):
            tint = theme.colour("criterion")
            tint.setAlphaF(0.18)
            painter.fillRect(box, tint)
        if index == owner.table.currentIndex() and owner.table.hasFocus():
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))
        painter.restore()

    def _is_selected(self, mark: Mark) -> bool:
        return mark.owner == self._owner.selected
