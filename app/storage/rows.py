"""Records as rows and back, exactly. Also as plain data, which is how versions of them lie in the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from app.core.errors import DamagedVaultError
from app.core.folding import folded
from app.core.work import BidFileRecord, ClaimRecord, DocumentRecord, FileLink, KeptFile, Record, TenderRecord, WorkItem

if TYPE_CHECKING:
    from sqlalchemy import Table

__all__ = ["SHELVES", "Shelf", "plain", "record_of", "row_of", "shelf_of", "words_of"]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where records of one kind lie. `place` is the name of their table, and of the question that takes a tender's out of it.

    `paths` says where in the plain data the value of a column stands.
    """

    kind: type[Record]
    name: str
    place: str
    paths: Mapping[str, tuple[str, ...]]

    @property
    def table(self) -> Table:
        """The table, for which SQLAlchemy is needed."""
        return _table(self.place)

    @property
    def has_rest(self) -> bool:
        """Whether what has no column lies beside the columns."""
        return _has_rest(self.place)


@cache
def _table(place: str) -> Table:
    from app.storage.schema import metadata

    return metadata.tables[place]


@cache
def _has_rest(place: str) -> bool:
    return "rest" in _table(place).columns


def _own(*names: str) -> dict[str, tuple[str, ...]]:
    return {name: (name,) for name in names}


_ITEM = {name: ("item", name) for name in ("kind", "must", "number", "text")}

# In the order in which they may be written: the tender before what belongs to it.
SHELVES = (
    Shelf(TenderRecord, "tender", "tenders", _own("key", "created", "archived")),
    Shelf(DocumentRecord, "document", "documents", _own("key", "tender", "position", "file", "reading")),
    Shelf(
        WorkItem,
        "item",
        "items",
        _own("key", "tender", "position", "state", "reviewed", "replaced", "owner", "due") | _ITEM,
    ),
    Shelf(FileLink, "link", "links", _own("key", "tender", "item", "path", "sha256", "size")),
    Shelf(
        BidFileRecord,
        "bid_file",
        "bid_files",
        _own("key", "tender", "position", "path", "file", "size", "reading"),
    ),
    Shelf(ClaimRecord, "claim", "claims", _own("key", "tender", "position", "state") | {"number": ("claim", "number")}),
    Shelf(KeptFile, "kept_file", "kept_files", _own("key", "tender", "use", "name", "file", "size", "at")),
)
_BY_KIND = {shelf.kind: shelf for shelf in SHELVES}


def shelf_of(record: Record) -> Shelf:
    """Where a record belongs."""
    return _BY_KIND[type(record)]


def plain(record: Record) -> dict[str, Any]:
    """The record as dictionaries, lists, texts and numbers."""
    data: dict[str, Any] = msgspec.to_builtins(record)
    return data


def record_of(shelf: Shelf, data: Mapping[str, Any]) -> Record:
    """The record again. Raises DamagedVaultError when the data is not one."""
    try:
        return msgspec.convert(data, shelf.kind)
    except msgspec.ValidationError as error:
        raise DamagedVaultError(code="vault.damaged") from error


def row_of(record: Record) -> dict[str, Any]:
    """The values of its columns."""
    shelf = shelf_of(record)
    rest = plain(record)
    row: dict[str, Any] = {}
    for column, path in shelf.paths.items():
        part = rest
        for name in path[:-1]:
            part = part[name]
        row[column] = part.pop(path[-1])
    if shelf.has_rest:
        row["rest"] = rest
    if isinstance(record, WorkItem):
        # The column says that the overview does not count it; a withdrawn item is none that was replaced, which the rest knows.
        rest["replaced"] = record.replaced
        row["replaced"] = record.replaced or record.withdrawn
    if isinstance(record, DocumentRecord):
        row["unread_pages"] = len(set(record.summary.unreadable_pages) - set(record.acknowledged))
        row["unassigned"] = record.summary.lines.unassigned
        row["failed"] = record.summary.error is not None
    if isinstance(record, ClaimRecord):
        row["lost"] = record.lost
    return row


def from_row(shelf: Shelf, values: Mapping[str, Any]) -> Record:
    """The record of a row, which is given by its columns' names."""
    data: dict[str, Any] = values.get("rest", {})
    for column, path in shelf.paths.items():
        part = data
        for name in path[:-1]:
            part = part[name]
        part.setdefault(path[-1], values[column])
    return record_of(shelf, data)


def words_of(item: WorkItem) -> str:
    """What a search finds an item by: its text and number, and what the user has written. One that was replaced is not found."""
    if item.replaced:
        return ""
    said = (item.item.number, item.item.text, item.answer, item.owner, item.note, item.reason)
    return folded("\n".join(part for part in said if part))
