"""The two lists of the page as Qt sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from app.gui.checklist.rowmodel import RowModel
from app.gui.messages import tr
from app.gui.package.rows import FileRow, StepRow

__all__ = ["PackageModel"]


class PackageModel(RowModel):
    """Files or steps, without headers. The same rows as before change where they stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Any, ...] = ()

    @property
    def rows(self) -> Sequence[Any]:
        """All rows; not to be changed."""
        return self._rows

    def show(self, rows: Sequence[FileRow] | Sequence[StepRow]) -> None:
        """Other rows, or the same ones as they are now."""
        new: tuple[Any, ...] = tuple(rows)
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
        """There are none."""
        del place
        return False

    def shown(self, place: int) -> str:
        """The file's name, or what the step is."""
        row = self._rows[place]
        return str(row.entry.name if isinstance(row, FileRow) else row.title)

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        row = self._rows[place]
        if isinstance(row, FileRow):
            return ". ".join(part for part in (f"{row.number}", row.entry.name, row.about, row.fault) if part)
        state = tr("package.step_done") if row.done else tr("package.step_open")
        answer = row.step.answer or ""
        return ". ".join(part for part in (state, f"{row.number}", row.title, row.todo, answer, *row.step.files) if part)
