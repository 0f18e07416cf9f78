"""The list as Qt sees it. It says nothing in words but what a screen reader reads; the delegate paints the rest."""

from __future__ import annotations

from app.gui.checklist.rowmodel import KeptRows
from app.gui.secrecy import words
from app.gui.secrecy.rows import ClaimRow, Header

__all__ = ["ClaimsModel"]


class ClaimsModel(KeptRows):
    """Headers, claims and suggestions. A list with the same rows at the same places changes where it stands."""

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
