"""The two lists of the page as Qt sees them."""

from __future__ import annotations

from app.gui.checklist.rowmodel import KeptRows
from app.gui.messages import tr
from app.gui.package.rows import FileRow

__all__ = ["PackageModel"]


class PackageModel(KeptRows):
    """Files or steps, without headers. The same rows as before change where they stand."""

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
