"""Bringing a database to the schema of this program. Opening one that is there already needs no Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import DamagedVaultError, NewerVaultError
from app.storage.database import Ask
from app.storage.revisions import REVISIONS

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["migrate", "revision_of"]

_SCRIPTS = Path(__file__).parent / "migrations"


def revision_of(ask: Ask) -> str | None:
    """The version of the schema; None for an empty database. Raises NewerVaultError, DamagedVaultError."""
    tables = ask.tables()
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise DamagedVaultError(code="vault.damaged")
    revision = next((row["version_num"] for row in ask("revision")), None)
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
