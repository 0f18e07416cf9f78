"""Desks for tests: a tender in memory with items to work on."""

from __future__ import annotations

from typing import Any

from app.core.checklist import ChecklistItem, Tender
from app.core.document import Box, Place
from app.core.points import PointKind, Source
from app.core.work import TenderRecord, WorkItem, new_key
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.writer import SerialWriter, Writer
from tests.support.memory_store import MemoryStore

TENDER = "0" * 32


def point(
    number: int, kind: PointKind = PointKind.QUESTION, *, must: bool = True, document: str = "doc", page: int = 1
) -> ChecklistItem:
    """An item as found: the numbers give its identity, words and place."""
    place = Place(page, Box(70.0, 40.0 + number % 60 * 12, 500.0, 50.0 + number % 60 * 12))
    text = f"Beskriv punkt {number} och hur den uppfylls."
    return ChecklistItem(f"id{number}", kind, must, text, Source("doc", text, place), number=f"3.{number}")


def work(number: int, **fields: Any) -> WorkItem:
    """A record of `point(number)`."""
    return WorkItem(f"{number:032x}", TENDER, float(number), **({"item": point(number)} | fields))


def desk_of(*items: WorkItem, writer: Writer | None = None) -> tuple[Desk, MemoryStore]:
    """A desk with items, and the store behind it."""
    store = MemoryStore(TenderRecord(TENDER, "2026-11-25T09:00:00", Tender(name="Upphandling av drift")), *items)
    return Desk(records_of(TENDER, store), store, writer or SerialWriter()), store


__all__ = ["TENDER", "desk_of", "new_key", "point", "work"]
