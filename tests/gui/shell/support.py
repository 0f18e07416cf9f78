"""Stand-ins for what is behind the window: an office in memory and a reader that reads nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.core.checklist import Tender
from app.core.library import EarlierAnswer
from app.core.work import DocumentRecord, TenderRecord, WorkItem
from app.gui.behind import Audits, Bids
from app.gui.jobs import Control
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.library import LibraryShelf
from app.workflow.office import Hit
from app.workflow.readiness import Readiness, readiness
from app.workflow.writer import SerialWriter
from tests.support.memory_library import MemoryLibrary
from tests.support.memory_store import MemoryStore


@dataclass(frozen=True)
class TenderCard:
    """A tender of the overview."""

    record: TenderRecord
    readiness: Readiness = field(default_factory=Readiness)


class MemoryOffice:
    """An office in memory: a store per tender."""

    def __init__(self) -> None:
        self.stores: dict[str, MemoryStore] = {}
        self.cards: dict[str, TenderCard] = {}
        self.sample_key = ""
        self.settings: dict[str, Any] = {}
        self.left: Sequence[tuple[str, Sequence[Path]]] = ()
        self.typed: Sequence[str] | None = None
        self.shelf = MemoryLibrary()

    @property
    def library(self) -> LibraryShelf:
        return LibraryShelf(self.shelf)

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[EarlierAnswer, ...]:
        return self.shelf.answers(words, but, limit)

    def unread(self) -> Sequence[tuple[str, Sequence[Path]]]:
        return self.left

    def set_unread(self, files: Sequence[tuple[str, Sequence[Path]]]) -> None:
        self.left = files

    def draft(self) -> Sequence[str] | None:
        return self.typed

    def set_draft(self, draft: Sequence[str] | None) -> None:
        self.typed = draft

    def add(self, record: TenderRecord, *items: WorkItem, ready: Readiness | None = None) -> None:
        self.stores[record.key] = MemoryStore(record, *items)
        self.cards[record.key] = TenderCard(record, ready or readiness(items, ()))

    def tenders(self) -> Sequence[TenderCard]:
        return tuple(replace(card, record=self.stores[key].tender(key)) for key, card in self.cards.items())

    def open(self, key: str) -> Desk:
        store = self.stores[key]
        return Desk(records_of(key, store), store, SerialWriter())

    def create(self) -> Desk:
        record = TenderRecord(f"{len(self.stores) + 100:032x}", "2026-11-25T09:00:00", Tender())
        self.add(record)
        return self.open(record.key)

    def archive(self, key: str, archived: bool = True) -> None:
        record = replace(self.stores[key].tender(key), archived="2026-11-25T09:00:00" if archived else None)
        self.stores[key].write(key, "archive" if archived else "unarchive", [record])

    def delete(self, key: str) -> None:
        del self.cards[key], self.stores[key]

    def sample(self) -> str:
        if self.sample_key not in self.stores:
            self.sample_key = self.create().key
        return self.sample_key

    def search(self, words: str, limit: int = 50) -> Sequence[Hit]:
        wanted = words.casefold().split()
        found = []
        for key, store in self.stores.items():
            for record in store.items(key):
                if wanted and all(word in record.item.text.casefold() for word in wanted):
                    hit = Hit(key, record.key, record.item.kind, record.state, True, record.item.number, record.item.text)
                    found.append(hit)
        return found[:limit]

    def file(self, document: DocumentRecord) -> bytes:
        return self.stores[document.tender].blob(document.file)

    def keep_file(self, data: bytes) -> str:
        raise NotImplementedError("nothing is kept here")

    def setting(self, name: str, default: Any = None) -> Any:
        return self.settings.get(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        self.settings[name] = value


class NoReader:
    """Notes what it was asked to read."""

    @property
    def bids(self) -> Bids:
        raise NotImplementedError("this reader reads nothing")

    @property
    def audits(self) -> Audits:
        raise NotImplementedError("this reader reads nothing")

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def read(
        self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control, listed: Callable[[Any], None]
    ) -> None:
        self.asked.append((desk.key, tuple(path.name for path in paths)))

    def read_again(self, desk: Desk, documents: Sequence[DocumentRecord], passwords: Sequence[str], control: Control) -> None:
        self.asked.append((desk.key, tuple(document.summary.name for document in documents)))

    def settle(self, desk: Desk, arrival: Any) -> None:
        """Nothing comes."""
