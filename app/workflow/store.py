"""What the desk needs of the vault: the protocol, so that the desk can be tried without one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.core.work import (
    BidFileRecord,
    Change,
    ClaimRecord,
    DocumentRecord,
    FileLink,
    HistoryEntry,
    KeptFile,
    Record,
    TenderRecord,
    WorkItem,
)

__all__ = ["Store"]


class Store(Protocol):
    """Keeps the records of tenders. Everything may raise errors of the tree in `core.errors`."""

    def tender(self, key: str) -> TenderRecord:
        """The tender with a key."""
        ...

    def items(self, tender: str) -> tuple[WorkItem, ...]:
        """All its items, in any order."""
        ...

    def documents(self, tender: str) -> tuple[DocumentRecord, ...]:
        """All its documents, in any order."""
        ...

    def links(self, tender: str) -> tuple[FileLink, ...]:
        """All its linked files, in any order."""
        ...

    def bid_files(self, tender: str) -> tuple[BidFileRecord, ...]:
        """All files of its bid, in any order."""
        ...

    def claims(self, tender: str) -> tuple[ClaimRecord, ...]:
        """All its secrecy claims, in any order."""
        ...

    def kept_files(self, tender: str) -> tuple[KeptFile, ...]:
        """What is kept of its submission, in any order."""
        ...

    def history(self, tender: str, limit: int, before: int | None = None) -> tuple[HistoryEntry, ...]:
        """The latest entries, newest first; with `before`, those older than that number."""
        ...

    def write(
        self,
        tender: str,
        action: str,
        puts: Sequence[Record],
        deletes: Sequence[str] = (),
        values: Sequence[tuple[str, str]] = (),
        merge: bool = False,
    ) -> HistoryEntry:
        """One step, whole or not at all. With `merge` it joins the latest entry if it goes on with that."""
        ...

    def undo(self, tender: str) -> Change | None:
        """Take back the latest step that is not undone; None when there is none."""
        ...

    def redo(self, tender: str) -> Change | None:
        """Do again the step that was undone last; None when there is none."""
        ...
