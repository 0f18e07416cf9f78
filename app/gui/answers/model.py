"""The three lists of the page as Qt sees them, and what a dragged row carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Qt, QUrl

from app.gui.answers.library_rows import DocumentRow
from app.gui.answers.rows import AskedRow, FileRow, Header, group_name
from app.gui.checklist.rowmodel import Index, RowModel
from app.gui.messages import tr

__all__ = ["DOCUMENTS", "AnswersModel"]

DOCUMENTS = "application/x-anbudsklar-documents"
"""Keys of documents of the library, a line each."""


class AnswersModel(RowModel):
    """Headers and rows. The same rows as before change where they stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Any, ...] = ()

    @property
    def rows(self) -> Sequence[Any]:
        """All rows; not to be changed."""
        return self._rows

    def show(self, rows: Sequence[Header | AskedRow] | Sequence[FileRow] | Sequence[Header | DocumentRow]) -> None:
        """Other rows, or the same ones as they are now."""
        new: tuple[Any, ...] = tuple(rows)
        if [row.key for row in new] == [row.key for row in self._rows]:
            old, self._rows = self._rows, new
            for place, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = new
        self.moved()
        self.endResetModel()

    def is_header(self, place: int) -> bool:
        """Whether the row is a group's header."""
        return isinstance(self._rows[place], Header)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Files and documents can be dragged, also to other programs: a copy goes."""
        flags = super().flags(index)
        dragged = index.isValid() and isinstance(self._rows[index.row()], (FileRow, DocumentRow))
        return flags | Qt.ItemFlag.ItemIsDragEnabled if dragged else flags

    def shown(self, place: int) -> str:
        """The group's name, or the row's title."""
        row = self._rows[place]
        return group_name(row.group) if isinstance(row, Header) else str(row.title)

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        row = self._rows[place]
        if isinstance(row, Header):
            return f"{group_name(row.group)}, {row.count}"
        must = tr("answers.must") if isinstance(row, AskedRow) and row.must else ""
        return ". ".join(filter(None, (row.title, must, *(line.text for line in row.lines))))

    @staticmethod
    def carried(rows: Sequence[Any]) -> QMimeData:
        """What rows that are dragged carry: files their places, documents their keys."""
        data = QMimeData()
        paths = [row.key for row in rows if isinstance(row, FileRow) and row.source.error is None]
        keys = [row.key for row in rows if isinstance(row, DocumentRow)]
        if paths:
            data.setUrls([QUrl.fromLocalFile(path) for path in paths])
        if keys:
            data.setData(DOCUMENTS, "\n".join(keys).encode())
        return data
