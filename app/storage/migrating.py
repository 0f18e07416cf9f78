"""Bringing a database to the schema of this program. Opening one that is there already needs no Alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

from app.core.errors import DamagedVaultError, NewerVaultError
from app.storage.schema import REVISIONS

__all__ = ["migrate", "revision_of"]

_VERSION = table("alembic_version", column("version_num"))
_SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(connection: Connection) -> str | None:
    """The version of the schema; None for an empty database. Raises NewerVaultError, DamagedVaultError."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if _VERSION.name not in tables:
        raise DamagedVaultError(code="vault.damaged")
    revision = connection.scalar(select(_VERSION.c.version_num))
    if revision is None:
        raise DamagedVaultError(code="vault.damaged")
    if revision not in REVISIONS:
        raise NewerVaultError(code="vault.newer")
    return str(revision)


def migrate(connection: Connection) -> None:
    """Bring the schema to its newest version, in the connection's transaction: all of the way or not at all."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, REVISIONS[-1])
