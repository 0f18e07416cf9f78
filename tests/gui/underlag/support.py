"""A session over a store in memory, whose reading is done by the test itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.checklist import DocumentSummary, Tender
from app.core.document import DocumentKind, Finding, Place
from app.core.points import Fact, LineCounts, Source
from app.core.work import DocumentRecord, TenderRecord, WorkItem, new_key
from app.gui.actions import Actions
from app.gui.behind import Audits, Bids
from app.gui.jobs import Control, ImportJob
from app.gui.session import Session
from app.gui.underlag.page import UnderlagPage
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.library import LibraryShelf
from app.workflow.writer import SerialWriter
from tests.support.desks import TENDER
from tests.support.memory_store import MemoryStore


def document(name: str, **fields: Any) -> DocumentRecord:
    """A document that has been read, unless `error` is given."""
    member = fields.pop("member", None)
    file = fields.pop("file", "f" * 64)
    key = fields.pop("key", new_key())
    acknowledged = fields.pop("acknowledged", ())
    position = fields.pop("position", 0)
    kind = fields.pop("kind", DocumentKind.PDF)
    summary = DocumentSummary(f"id-{name}", name, kind, "0" * 64, **fields)
    return DocumentRecord(key, TENDER, position, summary, file, member, acknowledged)


def scanned(name: str = "skannad.pdf", pages: tuple[int, ...] = (3,), **fields: Any) -> DocumentRecord:
    warnings = tuple(Finding("page.no_text", name, page) for page in pages)
    return document(name, pages=9, unreadable_pages=pages, warnings=warnings, lines=LineCounts(20, 9, 6, 1, 4), **fields)


def locked(name: str = "hemlig.pdf", **fields: Any) -> DocumentRecord:
    return document(name, error=Finding("file.password_needed", name), **fields)


def fact(name: str, value: str, source: str, page: int = 1, weight: int = 50) -> Fact:
    return Fact(name, value, Source(f"id-{source}", f"står: {value}", Place(page)), weight)


@dataclass
class Scene:
    """What a test works with."""

    session: Session
    desk: Desk
    store: MemoryStore
    actions: Actions
    again: list[tuple[tuple[DocumentRecord, ...], tuple[str, ...]]] = field(default_factory=list)
    added: list[tuple[Path, ...]] = field(default_factory=list)
    stopped: int = 0

    def page(self) -> UnderlagPage:
        return UnderlagPage(self.session, self.actions)

    def job(self) -> ImportJob:
        """A job that reads nothing: the test emits its progress."""
        job = ImportJob(_nothing, None, self.session)
        self.session.job = job
        self.session._reading_desk = self.session.desk
        self.session.reading.emit(job)
        return job

    def end(self) -> None:
        self.session.job = self.session._reading_desk = None
        self.session.reading.emit(None)


class SceneSession(Session):
    """The real session, with what starts threads noted instead."""

    scene: Scene

    def read_again(self, documents: Sequence[DocumentRecord], passwords: Sequence[str] = ()) -> None:
        self.scene.again.append((tuple(documents), tuple(passwords)))

    def add_files(self, paths: Sequence[Path]) -> None:
        self.scene.added.append(tuple(paths))

    def stop_reading(self) -> None:
        self.scene.stopped += 1


def scene(*records: DocumentRecord | WorkItem, found: Tender | None = None, opened: bool = True) -> Scene:
    """A desk with these records, open in a session."""
    store = MemoryStore(TenderRecord(TENDER, "2026-11-25T09:00:00", found or Tender()), *records)
    desk = Desk(records_of(TENDER, store), store, SerialWriter())
    session = SceneSession(_NoOffice(), SerialWriter(), _NoReader())
    made = Scene(session, desk, store, Actions(session))
    session.scene = made
    if opened:
        session._put(desk)
    return made


def _nothing(_control: Control) -> None: ...


class _NoOffice:
    @property
    def library(self) -> LibraryShelf:
        raise NotImplementedError("there is no library here")

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[()]:
        return ()

    def keep_file(self, data: bytes) -> str:
        raise NotImplementedError("nothing is kept here")

    def setting(self, name: str, default: Any = None) -> Any:
        return default

    def set_setting(self, name: str, value: Any) -> None: ...

    def tenders(self) -> tuple[()]:
        return ()

    def open(self, key: str) -> Desk:
        raise KeyError(key)

    def create(self) -> Desk:
        raise KeyError

    def sample(self) -> str:
        raise KeyError

    def unread(self) -> tuple[()]:
        return ()

    def draft(self) -> Sequence[str] | None:
        return None

    def set_draft(self, draft: Sequence[str] | None) -> None: ...

    def set_unread(self, files: Sequence[tuple[str, Sequence[Path]]]) -> None: ...

    def search(self, words: str, limit: int = 50) -> tuple[()]:
        return ()

    def file(self, document: DocumentRecord) -> bytes:
        raise KeyError(document.file)

    def archive(self, key: str, archived: bool = True) -> None: ...

    def delete(self, key: str) -> None: ...


class _NoReader:
    @property
    def audits(self) -> Audits:
        raise NotImplementedError("this reader reads nothing")

    @property
    def bids(self) -> Bids:
        raise NotImplementedError

    def read(
        self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control, listed: Callable[[Any], None]
    ) -> None: ...

    def read_again(self, desk: Desk, documents: Sequence[DocumentRecord], passwords: Sequence[str], control: Control) -> None: ...

    def settle(self, desk: Desk, arrival: Any) -> None: ...
