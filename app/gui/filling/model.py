"""The rows of a sheet as Qt sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from app.gui.checklist.rowmodel import Index, RowModel
from app.gui.filling.lines import Heading, Line, Row, spoken

__all__ = ["LinesModel"]


class LinesModel(RowModel):
    """Headings and lines; lines with a box can be ticked."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """All rows; not to be changed."""
        return self._rows

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the lines that are ticked."""
        return tuple(row.key for row in self._rows if isinstance(row, Line) and row.checked)

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.moved()
        self.endResetModel()

    def tick(self, places: Sequence[int], on: bool | None = None) -> None:
        """Tick lines or not; without `on`, as the first of them is not."""
        boxes = [(place, row) for place in places if isinstance(row := self._rows[place], Line) and row.checked is not None]
        if not boxes:
            return
        wanted = not boxes[0][1].checked if on is None else on
        for place, row in boxes:
            if row.checked is not wanted:
                self._rows[place] = replace(row, checked=wanted)
        self.dataChanged.emit(self.index(boxes[0][0]), self.index(boxes[-1][0]))
        self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Tick every line that has a box, or none."""
        self.tick(range(len(self._rows)), on)

    def is_header(self, place: int) -> bool:
        """Whether the row is a heading."""
        return isinstance(self._rows[place], Heading)

    def shown(self, place: int) -> str:
        """The heading's words or the line's."""
        row = self._rows[place]
        return row.name if isinstance(row, Heading) else row.title

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        return spoken(self._rows[place])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Also whether a line is ticked, for a screen reader."""
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.row() < len(self._rows):
            row = self._rows[index.row()]
            if isinstance(row, Line) and row.checked is not None:
                return Qt.CheckState.Checked if row.checked else Qt.CheckState.Unchecked
            return None
        return super().data(index, role)
