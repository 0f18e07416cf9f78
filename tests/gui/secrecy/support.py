"""The page over a bid in memory: nothing is read or drawn by children, and what takes documents is known at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app.core.document import Finding
from app.core.work import BidFileRecord, DocumentRecord
from app.gui.behind import Bids
from app.gui.jobs import Control
from app.workflow.bid import BidShelf, settle_bid
from app.workflow.desk import Desk
from tests.gui.shell.support import MemoryOffice, NoReader
from tests.support.memory_store import MemoryStore


class MemoryBids:
    """Reads nothing anew: what it knows is on the shelf."""

    def __init__(self, shelf: BidShelf) -> None:
        self._shelf = shelf
        self.asked: list[tuple[str, ...]] = []

    @property
    def shelf(self) -> BidShelf:
        return self._shelf

    def read(self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control) -> tuple[Finding, ...]:
        self.asked.append(tuple(path.name for path in paths))
        return ()

    def read_again(
        self, desk: Desk, files: Sequence[BidFileRecord], passwords: Sequence[str], control: Control
    ) -> tuple[Finding, ...]:
        self.asked.append(tuple(file.summary.name for file in files))
        return ()

    def settle(self, desk: Desk, arrival: Any) -> None:
        settle_bid(desk, arrival)


class BidReader(NoReader):
    """A reader whose bids are in memory."""

    def __init__(self, shelf: BidShelf) -> None:
        super().__init__()
        self.memory = MemoryBids(shelf)

    @property
    def bids(self) -> Bids:
        return self.memory


class BidOffice(MemoryOffice):
    """One desk, and the files of its bid."""

    def __init__(self, desk: Desk, store: MemoryStore) -> None:
        super().__init__()
        self._desk = desk
        self._store = store

    def open(self, key: str) -> Desk:
        return self._desk

    def file(self, document: DocumentRecord) -> bytes:
        raise KeyError(document.file)  # nothing is drawn in these tests


Opened = Callable[..., Any]
