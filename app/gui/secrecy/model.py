"""The list as Qt sees it. It says nothing in words but what a screen reader reads; the delegate paints the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.gui.checklist.rowmodel import RowModel
from app.gui.secrecy import words
from app.gui.secrecy.rows import ClaimRow, Header, Row

__all__ = ["ClaimsModel"]


class ClaimsModel(RowModel):
    """Headers, claims and suggestions. A list with the same rows at the same places changes where it stands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """All rows; not to be changed."""
        return self._rows

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows, or the same ones as they are now."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            old, self._rows = self._rows, list(rows)
            for place, (before, after) in enumerate(zip(old, self._rows, strict=True)):
                if before != after:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.moved()
        self.endResetModel()

    def is_header(self, place: int) -> bool:
        """Whether the row is a file's header."""
        return isinstance(self._rows[place], Header)

    def shown(self, place: int) -> str:
        """The file's name, the claim's title or what is suggested."""
        row = self._rows[place]
        if isinstance(row, Header):
            return words.header(row)
        return words.claim_title(row.record.claim) if isinstance(row, ClaimRow) else words.category_name(row.suggestion.category)

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        row = self._rows[place]
        if isinstance(row, Header):
            return f"{words.header(row)}, {row.count}"
        if isinstance(row, ClaimRow):
            return words.spoken_claim(row)
        one = row.suggestion
        return ", ".join(part for part in (words.category_name(one.category), one.text, one.where, one.reason) if part)
