"""The company's own documents in their table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from app.core.errors import DamagedVaultError
from app.core.library import LibraryDocument
from app.storage.database import Ask

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["all_documents", "delete", "put"]

_COLUMNS = ("key", "kind", "name", "file", "size", "issued", "expires", "retired")


def all_documents(ask: Ask) -> tuple[LibraryDocument, ...]:
    """Every one, retired ones too, by kind and name. Raises DamagedVaultError."""
    try:
        return tuple(
            msgspec.convert({**row["rest"], **{name: row[name] for name in _COLUMNS}}, LibraryDocument) for row in ask("library")
        )
    except (msgspec.ValidationError, TypeError) as error:
        raise DamagedVaultError(code="vault.damaged") from error


def put(connection: Connection, document: LibraryDocument) -> None:
    """A new one, or one as it is now."""
    from sqlalchemy import insert

    from app.storage.schema import library

    rest = msgspec.to_builtins(document)
    row = {name: rest.pop(name) for name in _COLUMNS}
    delete(connection, document.key)
    connection.execute(insert(library).values(**row, rest=rest))


def delete(connection: Connection, key: str) -> None:
    """Take it away."""
    from sqlalchemy import delete as removed

    from app.storage.schema import library

    connection.execute(removed(library).where(library.c.key == key))
