"""A tender on the desk and a source view that only remembers: for tests of the checklist page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from PySide6.QtCore import QAbstractItemModel, Signal
from PySide6.QtWidgets import QWidget

from app.core.checklist import ChecklistItem, DocumentSummary, Tender
from app.core.document import Place
from app.core.work import DocumentRecord, TenderRecord, WorkItem
from app.gui.session import Session
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.writer import SerialWriter
from tests.gui.shell.support import MemoryOffice
from tests.support.checklists import checklist
from tests.support.memory_store import MemoryStore

TENDER = "a" * 32


class ModelTester(Protocol):
    """The fixture qtmodeltester."""

    def check(self, model: QAbstractItemModel, force_py: bool = False) -> None: ...


def work(item: ChecklistItem, number: int, **more: Any) -> WorkItem:
    """An item on the list, number `number` of it."""
    return WorkItem(f"{number:032x}", TENDER, float(number), item, **more)


def works(items: Iterable[ChecklistItem]) -> tuple[WorkItem, ...]:
    """Items in their order."""
    return tuple(work(item, number) for number, item in enumerate(items, 1))


def document(summary: DocumentSummary, number: int) -> DocumentRecord:
    """A document of the tender."""
    return DocumentRecord(f"{number:032x}".replace("0", "d", 1), TENDER, number, summary, summary.sha256)


def desk_of(items: Iterable[WorkItem], documents: Iterable[DocumentSummary] = (), found: Tender | None = None) -> Desk:
    """A desk over a store in memory."""
    record = TenderRecord(TENDER, "2026-11-01T08:00:00", found or Tender(tender_deadline="2099-12-04T23:59"))
    records = [document(summary, number) for number, summary in enumerate(documents)]
    store = MemoryStore(record, *items, *records)
    return Desk(records_of(TENDER, store), store, SerialWriter())


def rich_desk(many: int = 0) -> Desk:
    """Every kind, answer type and difficulty, `many` further requirements, documents with unassigned lines."""
    listed = checklist(many)
    return desk_of(works(listed.items), listed.documents)


def put(session: Session, desk: Desk) -> None:
    """Open a desk as the session does when the vault has brought it."""
    session.office = _OneDesk(desk)
    session.open_tender(desk.key)


class _OneDesk(MemoryOffice):
    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def open(self, key: str) -> Desk:
        return self._desk


class FakeSource(QWidget):
    """Has the shape of the source view and notes what it was told."""

    mark_activated = Signal(object)
    text_marked = Signal(object)
    unlocked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.documents: tuple[DocumentRecord, ...] = ()
        self.marks: tuple[Any, ...] = ()
        self.gaps: tuple[Any, ...] = ()
        self.places: list[tuple[str, Place, str]] = []
        self.marked: list[str | None] = []
        self.passwords: tuple[str, ...] = ()

    def set_documents(self, documents: tuple[DocumentRecord, ...], load: Callable[[DocumentRecord], bytes]) -> None:
        self.documents = documents

    def set_passwords(self, passwords: tuple[str, ...]) -> None:
        self.passwords = passwords

    def set_marks(self, marks: tuple[Any, ...]) -> None:
        self.marks = marks

    def set_gaps(self, gaps: tuple[Any, ...]) -> None:
        self.gaps = gaps

    def show_place(self, document: str, place: Place, quote: str, flash: bool = True) -> None:
        self.places.append((document, place, quote))

    def select_mark(self, key: str | None) -> None:
        self.marked.append(key)

    def shut(self) -> None:
        """It has no processes."""


def fake_source() -> Any:
    """One of those, where the page wants the real one."""
    return FakeSource()
