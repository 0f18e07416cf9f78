"""The rows of the review as Qt sees them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.gui.checklist.rowmodel import RowModel
from app.gui.review.rows import GroupHeader, Row, group_name, spoken

__all__ = ["ReviewModel"]


class ReviewModel(RowModel):
    """Headers and findings. The same rows as before change where they stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> Sequence[Row]:
        """All rows; not to be changed."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows, or the same ones as they are now."""
        new = tuple(rows)
        if new == self._rows:
            return
        if [row.key for row in new] == [row.key for row in self._rows]:
            old, self._rows = self._rows, new
            odd = [place for place, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
            if odd:
                self.dataChanged.emit(self.index(odd[0]), self.index(odd[-1]))
            return
        self.beginResetModel()
        self._rows = new
        self.moved()
        self.endResetModel()

    def is_header(self, place: int) -> bool:
        """Whether the row is a group's header."""
        return isinstance(self._rows[place], GroupHeader)

    def shown(self, place: int) -> str:
        """The group's name, or what is wrong."""
        row = self._rows[place]
        return group_name(row.group) if isinstance(row, GroupHeader) else row.title

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        return spoken(self._rows, place)
