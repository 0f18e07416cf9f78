"""Records taken out of the vault by tender, and a tender's history: asked for by name, so that no SQLAlchemy need be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from app.core.errors import NoTenderError
from app.core.work import HistoryEntry, Record, TenderRecord
from app.storage.database import Ask
from app.storage.rows import SHELVES, from_row

__all__ = ["all_tenders", "entries", "of_tender", "one_tender"]

Kind = TypeVar("Kind", bound=Record)

_ALL = 2**31 - 1
"""More than any number of an entry."""


def all_tenders(ask: Ask) -> tuple[TenderRecord, ...]:
    """Every tender, in the order they were made."""
    return _records(TenderRecord, ask("tenders"))


def one_tender(ask: Ask, key: str) -> TenderRecord:
    """The tender with a key. Raises NoTenderError."""
    for record in _records(TenderRecord, ask("tender", tender=key)):
        return record
    raise NoTenderError


def of_tender(ask: Ask, kind: type[Kind], tender: str) -> tuple[Kind, ...]:
    """All of a tender's records of one kind."""
    shelf = next(shelf for shelf in SHELVES if shelf.kind is kind)
    return _records(kind, ask(shelf.place, tender=tender))


def entries(ask: Ask, tender: str, limit: int, before: int | None = None) -> tuple[HistoryEntry, ...]:
    """The latest entries of the history, newest first; with `before`, those older than that number."""
    found = ask("history", tender=tender, limit=limit, before=_ALL if before is None else before)
    if not found:
        return ()
    keys: dict[int, dict[str, None]] = {}
    for part in ask("history_keys", tender=tender, first=found[-1]["number"], last=found[0]["number"]):
        keys.setdefault(part["number"], {}).update(dict.fromkeys(part["keys"]))
    return tuple(_entry(row, keys.get(row["number"], {})) for row in found)


def _entry(row: Mapping[str, Any], keys: Iterable[str]) -> HistoryEntry:
    values = tuple((name, value) for name, value in row["details"])
    return HistoryEntry(row["number"], row["tender"], row["at"], row["action"], values, tuple(keys), row["undone"])


def _records(kind: type[Kind], rows: list[dict[str, Any]]) -> tuple[Kind, ...]:
    """Empties the rows."""
    shelf = next(shelf for shelf in SHELVES if shelf.kind is kind)
    found = []
    rows.reverse()
    while rows:  # letting go of twenty thousand at once would keep every other thread waiting
        record = from_row(shelf, rows.pop())
        if isinstance(record, kind):
            found.append(record)
    return tuple(found)
