"""Files as they were read, by the hash of their bytes, in parts: none is held twice, none is written in one long step."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from app.storage.asked import needed
from app.storage.database import Database
from app.storage.schema import blob_parts, blobs

__all__ = ["PART", "collect", "get", "keep", "known"]

PART = 1024 * 1024
_AT_ONCE = 8
"""Parts in one transaction: an answer that is typed meanwhile waits no longer than for this many."""


def keep(database: Database, data: bytes) -> str:
    """Keep the bytes; their SHA-256 in hexadecimal."""
    name = sha256(data).hexdigest()
    with database.reading() as connection:
        if known(connection, name):
            return name
    view = memoryview(data)
    starts = range(0, len(data), PART)
    for first in range(0, len(starts), _AT_ONCE):
        rows = [
            {"sha256": name, "part": number, "data": bytes(view[starts[number] : starts[number] + PART])}
            for number in range(first, min(first + _AT_ONCE, len(starts)))
        ]
        with database.writing() as connection:
            numbers = [row["part"] for row in rows]
            connection.execute(delete(blob_parts).where(blob_parts.c.sha256 == name, blob_parts.c.part.in_(numbers)))
            connection.execute(insert(blob_parts), rows)
    with database.writing() as connection:
        if not known(connection, name):
            connection.execute(insert(blobs).values(sha256=name, size=len(data)))
    return name


def get(connection: Connection, name: str) -> bytes:
    """The bytes again. Raises KeyError when there are none of that hash."""
    if not known(connection, name):
        raise KeyError(name)
    wanted = select(blob_parts.c.data).where(blob_parts.c.sha256 == name).order_by(blob_parts.c.part)
    return b"".join(connection.scalars(wanted))


def collect(connection: Connection, spared: Iterable[str] = ()) -> int:
    """Drop the files that no document, no file of a bid and no step of the history needs; how many."""
    used = {*connection.scalars(needed), *spared}
    kept = set(connection.scalars(select(blobs.c.sha256)))
    held = kept | set(connection.scalars(select(blob_parts.c.sha256).distinct()))
    unused = sorted(held - used)
    for name in unused:
        connection.execute(delete(blob_parts).where(blob_parts.c.sha256 == name))
        connection.execute(delete(blobs).where(blobs.c.sha256 == name))
    return len(unused)


def known(connection: Connection, name: str) -> bool:
    """Whether the file is kept, whole."""
    return connection.scalar(select(blobs.c.sha256).where(blobs.c.sha256 == name)) is not None
