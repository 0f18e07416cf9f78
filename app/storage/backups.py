"""Copies of the database, each read through before it counts as one. They open with the vault's own key, so they are as safe."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import DamagedVaultError, VaultError
from app.storage import engine
from app.storage.database import Database
from app.storage.folder import VaultFolder
from app.storage.migrating import revision_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Backup", "Keeping", "all_backups", "make_backup", "prune", "put_back", "verify"]

_NAME = re.compile(r"vault-(\d{8}T\d{6})Z(?:-(\d+))?\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy. `at` is when it was made (UTC, ISO 8601), `size` in bytes."""

    path: Path
    at: str
    size: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long copies are kept: at most `count`, and none older than `days` besides the newest `least`."""

    count: int = 10
    days: int = 60
    least: int = 3


def all_backups(folder: VaultFolder) -> tuple[Backup, ...]:
    """The copies there are, newest first."""
    found = []
    with suppress(OSError):
        for path in folder.backups.iterdir():
            match = _NAME.fullmatch(path.name)
            if match:
                at = datetime.strptime(match[1], "%Y%m%dT%H%M%S").strftime("%Y-%m-%dT%H:%M:%S")
                found.append(Backup(path, at, path.stat().st_size, int(match[2] or 1)))
    return tuple(sorted(found, key=lambda backup: (backup.at, backup.number), reverse=True))


def make_backup(database: Database, folder: VaultFolder, key: bytes) -> Backup:
    """Copy the database and read the copy through. Raises DamagedVaultError when either is damaged, VaultWriteError."""
    partial = folder.backups / "vault.partial"
    try:
        folder.new_file(partial)
        with database.reading() as connection:
            wanted = _counts(connection)
            engine.copy_database(connection, partial, key)
        folder.sync(partial)
        verify(partial, key, wanted)
        target = _free_name(folder, datetime.now(UTC))
        folder.replace(partial, target)
    except VaultError:
        with suppress(VaultError):
            folder.remove_database(partial)
        raise
    return next(backup for backup in all_backups(folder) if backup.path == target)


def verify(path: Path, key: bytes, counts: dict[str, int] | None = None) -> dict[str, int]:
    """Read a copy through: every page, every tree, every reference, and as many rows as there should be; the rows of each table.

    Raises DamagedVaultError, NewerVaultError.
    """
    if not path.is_file() or engine.first_fault(path, key) is not None:
        raise DamagedVaultError(code="vault.damaged")
    with engine.read_only(path, key) as database:
        with database.asking() as ask:
            if revision_of(ask) is None:
                raise DamagedVaultError(code="vault.damaged")
        with database.reading() as connection:
            found = _counts(connection)
    if counts is not None and found != counts:
        raise DamagedVaultError(code="vault.damaged")
    return found


def prune(folder: VaultFolder, keeping: Keeping) -> tuple[Backup, ...]:
    """Drop copies that are too many or too old; those that are left."""
    oldest = (datetime.now(UTC) - timedelta(days=keeping.days)).strftime("%Y-%m-%dT%H:%M:%S")
    left = []
    for place, backup in enumerate(all_backups(folder)):
        if place < max(1, keeping.least) or (place < keeping.count and backup.at >= oldest):
            left.append(backup)
        else:
            folder.remove_database(backup.path)
    return tuple(left)


def put_back(folder: VaultFolder, source: Path, key: bytes) -> Path | None:
    """Make a copy the database, which nobody has open. The old one stays beside it under the name that is returned."""
    wanted = verify(source, key)
    try:
        folder.remove_database(folder.creating)
        folder.new_file(folder.creating)
        # Through the engine, not byte by byte: a file that was set aside may have a log with what was saved last.
        with engine.read_only(source, key) as database, database.reading() as connection:
            engine.copy_database(connection, folder.creating, key)
        folder.sync(folder.creating)
        verify(folder.creating, key, wanted)
    except VaultError:  # half a copy must not be taken for one that waits for its name
        with suppress(VaultError):
            folder.remove_database(folder.creating)
        raise
    aside = folder.set_aside(folder.database, f"vault-before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    folder.replace(folder.creating, folder.database)
    return aside


def _counts(connection: Connection) -> dict[str, int]:
    """The rows of each table. A copy may be of an older schema, with fewer tables."""
    from sqlalchemy import func, inspect, select

    from app.storage.schema import metadata

    known = set(inspect(connection).get_table_names())
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in metadata.sorted_tables
        if table.name in known
    }


def _free_name(folder: VaultFolder, now: datetime) -> Path:
    stem = f"vault-{now:%Y%m%dT%H%M%S}Z"
    path = folder.backups / f"{stem}.db"
    number = 1
    while path.exists():
        number += 1
        path = folder.backups / f"{stem}-{number}.db"
    return path
