"""The questions with a name: what a start of the program and an open tender ask of the vault, again and again the same.

They are said here, once, for every kind of database. `ready` has what SQLAlchemy makes of them for the vault's own; a test
compares the two, and `python -m tests.support.ready` writes it anew.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnClause,
    Connection,
    Select,
    bindparam,
    case,
    column,
    func,
    inspect,
    literal_column,
    select,
    table,
    union,
)

from app.storage.rows import SHELVES
from app.storage.schema import (
    bid_files,
    blob_parts,
    blobs,
    claims,
    documents,
    history,
    history_files,
    history_parts,
    items,
    kept_files,
    library,
    settings,
    tenders,
)

__all__ = ["QUESTIONS", "Asked", "needed"]

_VERSION = table("alembic_version", column("version_num"))
_TENDER: BindParameter[str] = bindparam("tender")
_NONE: ColumnClause[int] = literal_column("0")
_ONE: ColumnClause[int] = literal_column("1")

needed = union(
    select(documents.c.file),
    select(documents.c.reading).where(documents.c.reading.is_not(None)),
    select(bid_files.c.file),
    select(bid_files.c.reading).where(bid_files.c.reading.is_not(None)),
    select(kept_files.c.file),
    select(library.c.file),
    select(history_files.c.sha256),
)
"""The files that a document, a file of a bid, a kept one, the library or a step of the history needs."""

_COUNTED = (items.c.tender, items.c.kind, items.c.state, items.c.must, items.c.reviewed, items.c.owner)

QUESTIONS: dict[str, Select[Any]] = {
    "revision": select(_VERSION.c.version_num),
    "tenders": select(tenders).order_by(tenders.c.created, tenders.c.key),
    "tender_keys": select(tenders.c.key).order_by(tenders.c.created, tenders.c.key),
    "tender": select(tenders).where(tenders.c.key == _TENDER),
    **{shelf.place: select(shelf.table).where(shelf.table.c.tender == _TENDER) for shelf in SHELVES[1:]},
    # How far every tender has come: see `questions.overview`.
    "counts": select(*_COUNTED, func.count().label("count"), func.min(items.c.due).label("due"))
    .where(~items.c.replaced)
    .group_by(*_COUNTED),
    "papers": select(
        documents.c.tender,
        func.count().label("count"),
        func.sum(documents.c.unread_pages).label("unread_pages"),
        func.sum(case((documents.c.failed, _ONE), else_=_NONE)).label("failed"),
        func.sum(documents.c.unassigned).label("unassigned"),
    ).group_by(documents.c.tender),
    "lost_claims": select(claims.c.tender, func.count().label("count")).where(claims.c.lost).group_by(claims.c.tender),
    # The latest entries of a tender's history, newest first, and the keys that they touched.
    "history": select(history)
    .where(history.c.tender == _TENDER, history.c.number < bindparam("before"))
    .order_by(history.c.number.desc())
    .limit(bindparam("limit")),
    "history_keys": select(history_parts.c.number, history_parts.c["keys"])
    .where(history_parts.c.tender == _TENDER, history_parts.c.number.between(bindparam("first"), bindparam("last")))
    .order_by(history_parts.c.number, history_parts.c.part),
    "library": select(library).order_by(library.c.kind, library.c.name, library.c.key),
    "setting": select(settings.c.value).where(settings.c.name == bindparam("name")),
    # A file that nothing needs, if there is one.
    "loose": select(blobs.c.sha256).where(blobs.c.sha256.not_in(needed)).limit(_ONE),
    "loose_part": select(blob_parts.c.sha256).where(blob_parts.c.sha256.not_in(needed)).limit(_ONE),
}


class Asked:
    """As `database.Ask`, by a connection, in its transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self, question: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of the answer."""
        return [dict(row._mapping) for row in self._connection.execute(QUESTIONS[question], values)]

    def tables(self) -> set[str]:
        """The names of the tables."""
        return set(inspect(self._connection).get_table_names())
