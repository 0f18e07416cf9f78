"""The rows of the review as Qt sees them."""

from __future__ import annotations

from app.gui.checklist.rowmodel import KeptRows
from app.gui.review.rows import GroupHeader, group_name, spoken

__all__ = ["ReviewModel"]


class ReviewModel(KeptRows):
    """Headers and findings. The same rows as before change where they stand."""

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
