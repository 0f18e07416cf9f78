"""What the window needs of those behind it: the office with all tenders, and a reader of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from app.core.document import Finding
from app.core.packaging import PortalProfile
from app.core.work import BidFileRecord, DocumentRecord, TenderRecord
from app.gui.jobs import Control
from app.workflow.readiness import Readiness

if TYPE_CHECKING:
    from app.core.library import EarlierAnswer
    from app.workflow.auditing import Audit, AuditBasis
    from app.workflow.bid import BidShelf
    from app.workflow.desk import Desk
    from app.workflow.library import LibraryShelf

__all__ = ["Audits", "Bids", "Hit", "Office", "Overview", "Reader"]


class Hit(Protocol):
    """An item that a search has found."""

    @property
    def tender(self) -> str:
        """The key of its tender."""
        ...

    @property
    def item(self) -> str:
        """Its key."""
        ...

    @property
    def number(self) -> str | None:
        """Its number in the document."""
        ...

    @property
    def text(self) -> str:
        """What it says."""
        ...


class Overview(Protocol):
    """A tender as the overview lists it."""

    @property
    def record(self) -> TenderRecord:
        """The tender itself."""
        ...

    @property
    def readiness(self) -> Readiness:
        """How far its bid has come, with what everyone has left."""
        ...


class Office(Protocol):
    """What the window needs of all tenders together. Called on the writer's thread."""

    def tenders(self) -> Sequence[Overview]:
        """Every tender, archived ones too."""
        ...

    def open(self, key: str) -> Desk:
        """The desk of a tender."""
        ...

    def create(self) -> Desk:
        """The desk of a new, empty tender."""
        ...

    def archive(self, key: str, archived: bool = True) -> None:
        """Put a tender away, or take it back."""
        ...

    def delete(self, key: str) -> None:
        """Remove a tender and all that belongs to it."""
        ...

    def sample(self) -> str:
        """The key of the tender that is made of the sample, which is new and empty the first time."""
        ...

    def unread(self) -> Sequence[tuple[str, Sequence[Path]]]:
        """Tenders and the files given to them that were not read before the program ended."""
        ...

    def set_unread(self, files: Sequence[tuple[str, Sequence[Path]]]) -> None:
        """What is to be read now."""
        ...

    def draft(self) -> Sequence[str] | None:
        """What was typed in a dialog that never ended: tender, what was done, item and text."""
        ...

    def set_draft(self, draft: Sequence[str] | None) -> None:
        """What is typed in one now."""
        ...

    def search(self, words: str, limit: int = 50) -> Sequence[Hit]:
        """Items of all tenders that have every one of the words."""
        ...

    @property
    def library(self) -> LibraryShelf:
        """The company's own documents. Its methods wait for the disk."""
        ...

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[EarlierAnswer, ...]:
        """Answers of all tenders `but` one that have any of the words, those with the most first."""
        ...

    def file(self, document: DocumentRecord) -> bytes:
        """The file that was read. On any thread."""
        ...

    def keep_file(self, data: bytes) -> str:
        """Keep a file's bytes; their hash."""
        ...

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting that belongs to the vault."""
        ...

    def set_setting(self, name: str, value: Any) -> None:
        """Keep such a setting."""
        ...


class Bids(Protocol):
    """Reads the bid's own files into a desk. Called on a job's thread; hands over with `control.deliver`."""

    @property
    def shelf(self) -> BidShelf:
        """What was read of them, on any thread."""
        ...

    def read(self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control) -> tuple[Finding, ...]:
        """Files, folders and archives; what could not be taken at all. Raises CancelledError."""
        ...

    def read_again(
        self, desk: Desk, files: Sequence[BidFileRecord], passwords: Sequence[str], control: Control
    ) -> tuple[Finding, ...]:
        """Files that are there, once more from where they lie. Raises CancelledError."""
        ...

    def settle(self, desk: Desk, arrival: Any) -> None:
        """Take in what was handed over, on the main thread."""
        ...


class Audits(Protocol):
    """Reviews a bid. Called on a job's thread."""

    def audit(self, basis: AuditBasis, now: datetime, control: Control, *, again: bool = False) -> Audit:
        """The review; `again`: every file is looked through once more. Raises CancelledError."""
        ...

    def use_portals(self, own: tuple[PortalProfile, ...]) -> None:
        """What portals take, as the user knows it."""
        ...


class Reader(Protocol):
    """Reads files into a desk. Called on a job's thread; hands over what it finds with `control.deliver`."""

    @property
    def bids(self) -> Bids:
        """For the bid's own files."""
        ...

    @property
    def audits(self) -> Audits:
        """For the review."""
        ...

    def read(
        self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control, listed: Callable[[Any], None]
    ) -> None:
        """Files and folders that are new to the tender. Raises CancelledError."""
        ...

    def read_again(self, desk: Desk, documents: Sequence[DocumentRecord], passwords: Sequence[str], control: Control) -> None:
        """Documents that the vault keeps, once more. Raises CancelledError."""
        ...

    def settle(self, desk: Desk, arrival: Any) -> None:
        """Take in what was handed over, on the main thread."""
        ...
