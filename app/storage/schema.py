"""The tables. What is searched, sorted, counted or joined has a column; the rest of a record is JSON beside it.

A change here needs a migration in `migrations/versions` and its revision at the end of `revisions.REVISIONS`; a test compares
the two.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from app.storage.spelling import spelled, unspelled

__all__ = [
    "bid_files",
    "blob_parts",
    "blobs",
    "claims",
    "documents",
    "history",
    "history_files",
    "history_parts",
    "item_answers",
    "item_words",
    "items",
    "kept_files",
    "library",
    "links",
    "metadata",
    "settings",
    "tenders",
]


class Words(TypeDecorator[str]):
    """Any text whatever. Databases refuse halves of characters, and PostgreSQL the zero character: those are spelled out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Spell out what cannot be stored."""
        return None if value is None else spelled(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The text as it was."""
        return None if value is None else unspelled(value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _key() -> Column[str]:
    return Column("key", String(32), primary_key=True)


def _tender(*, primary: bool = False) -> Column[str]:
    return Column("tender", String(32), ForeignKey("tenders.key", ondelete="CASCADE"), primary_key=primary, nullable=False)


def _index(table: Table, *columns: str) -> None:
    Index(f"ix_{table.name}_{'_'.join(columns)}", *(table.c[name] for name in columns))


tenders = Table(
    "tenders",
    metadata,
    _key(),
    Column("created", String(32), nullable=False),
    Column("archived", String(32)),
    Column("rest", JSON, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    _key(),
    _tender(),
    Column("position", Integer, nullable=False),
    Column("file", Words, nullable=False),
    Column("reading", Words),
    # Counted for the overview: unreadable pages that nobody has acknowledged, lines that no rule took, not readable at all.
    Column("unread_pages", Integer, nullable=False),
    Column("unassigned", Integer, nullable=False),
    Column("failed", Boolean, nullable=False),
    Column("rest", JSON, nullable=False),
)
_index(documents, "tender")

items = Table(
    "items",
    metadata,
    _key(),
    _tender(),
    Column("position", Double, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("must", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reviewed", Boolean, nullable=False),
    # Not on the list: split or merged into others, or withdrawn. Which of them, the rest says.
    Column("replaced", Boolean, nullable=False),
    Column("owner", Words),
    Column("due", Words),
    Column("number", Words),
    Column("text", Words, nullable=False),
    Column("rest", JSON, nullable=False),
)
# Everything that the overview counts, so that it never touches the wide rows.
Index(
    "ix_items_overview",
    *(items.c[name] for name in ("tender", "replaced", "kind", "state", "must", "reviewed", "owner", "due")),
)

item_words = Table(
    "item_words",
    metadata,
    _key(),
    _tender(),
    Column("position", Double, nullable=False),
    Column("words", Words, nullable=False),
)
_index(item_words, "tender")

# The items that have an answer, so that earlier answers are looked up without the wide rows.
item_answers = Table(
    "item_answers",
    metadata,
    _key(),
    _tender(),
    Column("words", Words, nullable=False),
)
_index(item_answers, "tender")

links = Table(
    "links",
    metadata,
    _key(),
    _tender(),
    Column("item", String(32), nullable=False),
    Column("path", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
)
_index(links, "tender")

bid_files = Table(
    "bid_files",
    metadata,
    _key(),
    _tender(),
    Column("position", Integer, nullable=False),
    Column("path", Words, nullable=False),
    Column("file", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("reading", Words),
    Column("rest", JSON, nullable=False),
)
_index(bid_files, "tender")

kept_files = Table(
    "kept_files",
    metadata,
    _key(),
    _tender(),
    Column("use", String(16), nullable=False),
    Column("name", Words, nullable=False),
    Column("file", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("at", String(32), nullable=False),
)
_index(kept_files, "tender")

# The company's own documents: they belong to no tender.
library = Table(
    "library",
    metadata,
    _key(),
    Column("kind", String(16), nullable=False),
    Column("name", Words, nullable=False),
    Column("file", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("issued", Words),
    Column("expires", Words),
    Column("retired", Words),
    Column("rest", JSON, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    _key(),
    _tender(),
    Column("position", Double, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    # Counted for the overview: whether it points at something that is nowhere any more.
    Column("lost", Boolean, nullable=False),
    Column("rest", JSON, nullable=False),
)
_index(claims, "tender")

history = Table(
    "history",
    metadata,
    _tender(primary=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("action", String(64), nullable=False),
    Column("details", JSON, nullable=False),
    Column("undone", Boolean, nullable=False),
)

history_parts = Table(
    "history_parts",
    metadata,
    Column("tender", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("keys", JSON, nullable=False),
    Column("before", LargeBinary, nullable=False),
    Column("after", LargeBinary, nullable=False),
    ForeignKeyConstraint(["tender", "number"], ["history.tender", "history.number"], ondelete="CASCADE"),
)

# Which files a step must find again when it is taken back.
history_files = Table(
    "history_files",
    metadata,
    Column("tender", String(32), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String(64), primary_key=True),
    ForeignKeyConstraint(["tender", "number"], ["history.tender", "history.number"], ondelete="CASCADE"),
)
_index(history_files, "sha256")

# A file counts once its row here stands; parts without one are what an interrupted writer left.
blobs = Table("blobs", metadata, Column("sha256", String(64), primary_key=True), Column("size", BigInteger, nullable=False))

blob_parts = Table(
    "blob_parts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)

settings = Table("settings", metadata, Column("name", String(64), primary_key=True), Column("value", JSON, nullable=False))
