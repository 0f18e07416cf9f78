"""The documents as a table model. Rows keep their place while files are read: a row is replaced where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.core.work import DocumentRecord
from app.gui.messages import tr
from app.gui.underlag import words
from app.gui.underlag.rows import DocumentRow, Run
from app.workflow.check import Step

__all__ = ["ROW", "Column", "DocumentsModel"]

ROW = Qt.ItemDataRole.UserRole + 1
"""The role that gives the DocumentRow."""

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    PAGES = 1
    ITEMS = 2
    LINES = 3
    STATE = 4


_NUMBERS = (Column.PAGES, Column.ITEMS)


class DocumentsModel(QAbstractTableModel):
    """A row per document, and per file that waits to be read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[DocumentRow] = []
        self._counts: Mapping[str, int] = {}
        self.run: Run | None = None

    # --- what it holds

    @property
    def rows(self) -> tuple[DocumentRow, ...]:
        """All rows, top to bottom."""
        return tuple(self._rows)

    def row_of(self, name: str) -> int | None:
        """Where a document stands, by its name in the package."""
        return next((number for number, row in enumerate(self._rows) if row.name == name), None)

    def clear(self) -> None:
        """Another tender, or none."""
        self.beginResetModel()
        self._rows = []
        self.run = None
        self.endResetModel()

    def show(self, records: Sequence[DocumentRecord], counts: Mapping[str, int]) -> None:
        """The documents as they are now. Those that are listed already keep their place."""
        self._counts = counts
        names = {record.summary.name for record in records}
        waiting = set(self.run.files) if self.run is not None else set()
        for number in reversed(range(len(self._rows))):
            if self._rows[number].name not in names | waiting:
                self._remove(number)
        after = -1
        places = self._places()
        for record in records:
            name = record.summary.name
            if name in places:
                number = places[name]
                self._replace(number, self._row(name, record))
            else:
                number = self._place_for(name, after)
                self._insert(number, self._row(name, record))
                places = self._places()
            after = max(after, number)

    # --- a run of reading

    def begin(self, files: Iterable[str]) -> None:
        """These files are about to be read."""
        self.run = Run(files)
        for name in self.run.files:
            number = self.row_of(name)
            members = any(row.name.startswith(name + "/") for row in self._rows)
            if number is None and not members:
                self._insert(len(self._rows), self._row(name, None))
        self._refresh()

    def note(self, step: Step) -> None:
        """The run has come a bit further."""
        if self.run is None:
            self.begin([step.file])
        run = self.run
        if run is None:
            return
        run.note(step)
        for number in reversed(range(len(self._rows))):
            row = self._rows[number]
            if run.file_of(row.name) != step.file:
                continue
            if step.finished and row.record is None and self._unpacked(row.name):
                self._remove(number)
            else:
                self._replace(number, self._row(row.name, row.record))

    def end(self) -> None:
        """The run is over: what has no document by now will not get one."""
        self.run = None
        for number in reversed(range(len(self._rows))):
            if self._rows[number].record is None:
                self._remove(number)
        self._refresh()

    # --- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        """The number of rows: none below a row."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's name and default
        """The number of columns."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for eyes and screen readers; the row itself for the delegate."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                tr("underlag.column_name"),
                tr("underlag.column_pages"),
                tr("underlag.column_items"),
                tr("underlag.column_lines"),
                tr("underlag.column_state"),
            )[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    # --- how

    def _row(self, name: str, record: DocumentRecord | None) -> DocumentRow:
        items = self._counts.get(record.summary.id, 0) if record is not None else 0
        return (self.run or Run()).row(name, record, items)

    def _places(self) -> dict[str, int]:
        return {row.name: number for number, row in enumerate(self._rows)}

    def _refresh(self) -> None:
        for number, row in enumerate(self._rows):
            self._replace(number, self._row(row.name, row.record))

    def _unpacked(self, archive: str) -> bool:
        return any(row.name.startswith(archive + "/") for row in self._rows)

    def _place_for(self, name: str, after: int) -> int:
        """Behind its archive or that archive's other documents; else behind the document before it."""
        file = self.run.file_of(name) if self.run is not None else None
        if file is not None:
            related = [n for n, row in enumerate(self._rows) if row.name == file or row.name.startswith(file + "/")]
            if related:
                return related[-1] + 1
        return after + 1

    def _insert(self, number: int, row: DocumentRow) -> None:
        self.beginInsertRows(QModelIndex(), number, number)
        self._rows.insert(number, row)
        self.endInsertRows()

    def _remove(self, number: int) -> None:
        self.beginRemoveRows(QModelIndex(), number, number)
        del self._rows[number]
        self.endRemoveRows()

    def _replace(self, number: int, row: DocumentRow) -> None:
        if row != self._rows[number]:
            self._rows[number] = row
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))


def _text(row: DocumentRow, column: Column) -> str:
    match column:
        case Column.NAME:
            return row.title
        case Column.PAGES:
            return words.counts(row)[0]
        case Column.ITEMS:
            return words.counts(row)[1]
        case Column.LINES:
            return words.unclassed(row.record.summary.lines) if row.record is not None else ""
        case Column.STATE:
            return words.state(row)


def _spoken(row: DocumentRow, column: Column) -> str:
    if column is Column.NAME:
        return f"{row.title}, {words.about(row)}, {words.state(row)}"
    return (_tip(row, column) if column is Column.LINES else None) or _text(row, column)


def _tip(row: DocumentRow, column: Column) -> str | None:
    if column is Column.NAME:
        return row.name
    if column is Column.LINES and row.record is not None and row.record.summary.lines.total:
        return words.ledger(row.record.summary.lines)
    return None
