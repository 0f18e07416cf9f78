"""The migrated schema is the one that the code works with, and vaults of every released version open.

`python -m tests.unit.storage.test_schema` adds a vault of the present version to the golden ones; what is there stays.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, table, update

from app.core.errors import DamagedVaultError, NewerVaultError
from app.core.work import ItemState, Record
from app.storage import migrating, opening, schema
from app.storage.asked import Asked
from app.storage.folder import VaultFolder
from app.storage.keychain import SERVICE
from app.storage.migrating import revision_of
from app.storage.opening import VaultState, examine
from app.storage.revisions import REVISIONS
from app.storage.vault import Vault
from tests.support.vaults import (
    TENDER,
    Home,
    bid_file,
    claim,
    contents,
    document,
    filled,
    item,
    kept_file,
    library_document,
    link,
    replace,
    tender,
)

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "vaults"
CODE = "0000-0000-0000-0000-0000-0000-0000"
"""The recovery code of the golden vaults: they hold nothing but made-up texts."""
_VERSION = table("alembic_version", column("version_num"))


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, schema.metadata))


def test_the_migrated_schema_is_that_of_the_code(vault: Vault) -> None:
    with vault._database.reading() as connection:
        assert differences(connection) == []
        assert revision_of(Asked(connection)) == REVISIONS[-1]


def test_the_comparison_sees_a_difference(vault: Vault) -> None:
    with vault._database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE links ADD COLUMN more TEXT")
        connection.exec_driver_sql("DROP INDEX ix_items_overview")
        assert len(differences(connection)) == 2
        connection.rollback()


def test_the_known_revisions_are_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrating._SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert [script.revision for script in scripts.walk_revisions()] == list(reversed(REVISIONS))


@pytest.mark.parametrize("revision", REVISIONS)
def test_vaults_of_every_version_open(home: Home, revision: str) -> None:
    shutil.copytree(GOLDEN / revision, home.folder)
    vault = home.open(recovery_code=CODE)
    assert contents(vault) == golden_records(revision)
    assert vault.blob(vault.documents(TENDER)[0].file).startswith(b"%PDF-1.7 ")
    assert vault.setting("language") == "sv"
    marked = ["mark_secret"] if revision >= "0002" else []
    sent = ["submitted"] if revision >= "0003" else []
    assert [entry.action for entry in vault.history(TENDER, 9)] == ["reject", "done", *sent, *marked, "create"]
    (earlier,) = vault.answers("jour")
    assert earlier.answer == "Ja, med jour dygnet runt."
    assert [known.name for known in vault.library()] == (["Registreringsbevis"] if sent else [])
    assert vault.redo(TENDER) is not None
    assert len(vault.search("driftsäkerhet")) == 5
    vault.check()
    with vault._database.reading() as connection:
        assert differences(connection) == []
    assert bool(vault.backups()) == (revision != REVISIONS[-1])


def golden_records(revision: str) -> dict[str, object]:
    items = [item(number) for number in range(1, 6)]
    file = sha256(b"%PDF-1.7 " + bytes(range(256)) * 20).hexdigest()
    worked = replace(items[0], state=ItemState.DONE, answer="Ja, med jour dygnet runt.")
    records: tuple[Record, ...] = (tender(), document(1, file=file), link(1, items[0]), worked, *items[1:])
    if revision >= "0002":
        records += (secret := bid_file(1, file=file), claim(1, secret))
    if revision >= "0003":
        records += (kept_file(1, file=file),)
    return {record.key: record for record in records}


def test_a_newer_vault_stays_as_it_is(home: Home, vault: Vault) -> None:
    filled(vault)
    with vault._database.writing() as connection:
        connection.execute(update(_VERSION).values(version_num="9999"))
    vault.close()
    before = {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}
    assert examine(home.folder, home.keychain).state is VaultState.NEWER
    with pytest.raises(NewerVaultError):
        home.open()
    assert {path: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()} == before


def test_an_empty_database_is_no_vault(home: Home, vault: Vault) -> None:
    vault.close()
    (home.folder / "vault.db").write_bytes(b"")
    assert examine(home.folder, home.keychain).state is VaultState.DAMAGED
    with pytest.raises(DamagedVaultError):
        home.open()


def test_a_backup_is_made_before_a_migration(home: Home, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(vault)
    vault.close()
    monkeypatch.setattr(migrating, "REVISIONS", (*REVISIONS, "next"))
    monkeypatch.setattr(opening, "REVISIONS", (*REVISIONS, "next"))

    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("DROP TABLE links")
        raise DamagedVaultError(code="vault.damaged")

    monkeypatch.setattr(opening, "migrate", broken)
    with pytest.raises(DamagedVaultError):
        home.open()
    monkeypatch.setattr(opening, "migrate", lambda connection: connection.execute(update(_VERSION).values(version_num="next")))
    vault = home.open()  # all of a migration is done, or nothing
    assert len(contents(vault)) == 8
    assert len(vault.backups()) == 2
    vault.verify(vault.backups()[0].path)


def test_opening_needs_neither_alembic_nor_sqlalchemy(home: Home, vault: Vault) -> None:
    key = home.keyring.secrets[SERVICE, vault.id]
    vault.close()
    program = (
        "import sys; from pathlib import Path; from app.storage.vault import Vault\n"
        "from app.storage.keychain import Keychain; from tests.support.keyrings import MemoryKeyring\n"
        f"ring = MemoryKeyring(); ring.secrets[{SERVICE!r}, {vault.id!r}] = {key!r}\n"
        f"Vault.open(Path({str(home.folder)!r}), keychain=Keychain(ring)).close()\n"
        "print('alembic' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def make_golden(folder: Path) -> None:
    """A vault of the present version, small, with a recovery code that the tests know."""
    home = Home(folder)
    vault = home.create()
    wrapped = vault._envelope._wrap(vault._key, "recovery", CODE.replace("-", ""), None)
    opening.write_envelope(VaultFolder(folder), replace(vault._envelope, recovery=wrapped, pending=None))
    items = filled(vault)
    vault.set_setting("language", "sv")
    secret = bid_file(1, file=vault.documents(TENDER)[0].file)
    vault.write(TENDER, "mark_secret", [secret, claim(1, secret)])
    vault.write(TENDER, "submitted", [kept_file(1, file=secret.file)])
    vault.put_library(library_document(1, file=secret.file))
    vault.write(TENDER, "done", [replace(items[0], state=ItemState.DONE, answer="Ja, med jour dygnet runt.")])
    vault.write(TENDER, "reject", [replace(items[1], state=ItemState.REJECTED, reason="Gäller inte oss")])
    vault.undo(TENDER)
    vault.close()
    (folder / "vault.lock").unlink()


if __name__ == "__main__":
    make_golden(GOLDEN / REVISIONS[-1])
