"""Schema and queries are no SQLite of their own: they run on PostgreSQL where there is one, and always compile for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from app.core.work import ItemState
from app.storage import schema, transfer
from app.storage.database import Database, load_json, save_json
from app.storage.migrating import migrate
from app.storage.store import RecordStore
from app.storage.vault import Vault
from tests.support.vaults import CHEAP, OTHER, PASSPHRASE, TENDER, contents, document, filled, item, tender

ROOT = Path(__file__).resolve().parents[3]


def session(store: Any) -> dict[str, object]:
    """Everything that a store can do, and what it answers."""
    items = filled(store, 30)
    dropped = store.put_blob(b"dropped")
    store.write(
        TENDER, "answer", [replace(items[0], answer="Året runt \ud83d \x00", owner="Åsa")], values=(("item", "1"),), merge=True
    )
    store.write(TENDER, "answer", [replace(items[0], answer="Året runt, alltid")], values=(("item", "1"),), merge=True)
    store.write(TENDER, "done", [replace(one, state=ItemState.DONE, due="2026-12-01") for one in items[3:9]])
    store.write(TENDER, "remove", [], [items[1].key, document(1).key])
    answers: dict[str, object] = {"undone": store.undo(TENDER).records}
    store.add_tender(tender(OTHER, archived="2026-12-01T00:00:00"))
    store.write(OTHER, "add", [item(1, tender=OTHER, note="50 %")])
    answers["redone"] = store.redo(TENDER).gone
    answers["contents"] = contents(store)
    answers["others"] = contents(store, OTHER)
    answers["overview"] = store.overview()
    answers["search"] = [store.search(words) for words in ("året alltid", "50 %", "KRAV 2", "nej")]
    answers["history"] = [replace(entry, at="") for entry in store.history(TENDER, 3, 4)]
    answers["tenders"] = store.tenders()
    store.set_setting("x", [1, "å"])
    store.set_setting("x", {"y": None})
    answers["setting"] = store.setting("x")
    answers["blob"] = store.blob(dropped)
    store._fresh.clear()
    answers["collected"] = store.collect_blobs()
    store.delete_tender(TENDER)
    answers["left"] = (store.tenders(), store.collect_blobs())
    return answers


def test_every_statement_compiles_for_postgresql(vault: Vault) -> None:
    dialect: Dialect = registry.load("postgresql")()
    seen: set[str] = set()

    @event.listens_for(vault._database.engine, "before_execute")
    def compiled(connection: Any, statement: Any, *rest: Any) -> None:
        if hasattr(statement, "compile"):
            seen.add(str(statement.compile(dialect=dialect)))

    session(vault)
    assert len(seen) > 40
    for table in schema.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_one_module_knows_sqlite() -> None:
    own = re.compile(r"(?i:sqlite|sqlcipher)|PRAGMA|exec_driver_sql|\btext\(")
    knowing = set()
    for path in (ROOT / "app" / "storage").rglob("*.py"):
        code = re.sub(r'"""(?s:.*?)"""|#.*', "", path.read_text("utf-8"))
        if own.search(code):
            knowing.add(path.name)
    assert knowing == {"engine.py"}


# --- the real one


def programs() -> Path | None:
    """Where PostgreSQL's programs are."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@pytest.fixture(scope="module")
def server() -> Iterator[Path]:
    """A server of its own on a socket in a folder of its own; the folder."""
    pytest.importorskip("pg8000", reason="the driver for PostgreSQL is not installed")
    folder = programs()
    if folder is None:
        pytest.skip("there is no PostgreSQL on this machine")
    home = Path(tempfile.mkdtemp(prefix="pg"))
    who: dict[str, Any] = {}
    if os.geteuid() == 0:  # the server refuses to run as root
        import pwd

        account = next((entry for entry in pwd.getpwall() if entry.pw_name in ("postgres", "nobody")), None)
        if account is None:
            pytest.skip("root cannot run PostgreSQL, and there is no other account")
        os.chown(home, account.pw_uid, account.pw_gid)
        who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def run(*command: str) -> None:
        subprocess.run(command, cwd=home, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"}, **who)

    data = str(home / "data")
    try:
        run(str(folder / "initdb"), "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-k {home} -c listen_addresses='' -c fsync=off -c unix_socket_permissions=0777"
        run(str(folder / "pg_ctl"), "-D", data, "-l", str(home / "log"), "-w", "-o", options, "start")
        home.chmod(0o755)
        yield home
        run(str(folder / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def no_failures() -> AbstractContextManager[None]:
    return nullcontext()


@pytest.fixture
def store(server: Path) -> Iterator[RecordStore]:
    engine = create_engine(
        f"postgresql+pg8000://test@/postgres?unix_sock={server}/.s.PGSQL.5432",
        json_serializer=save_json,
        json_deserializer=load_json,
    )
    database = Database(lambda: engine, no_failures)
    with database.writing() as connection:
        migrate(connection)
    yield RecordStore(database)
    schema.metadata.drop_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    database.close()


def test_postgresql_answers_as_the_vault_does(store: RecordStore, vault: Vault) -> None:
    assert session(store) == session(vault)


def test_the_migrated_schema_is_that_of_the_code_on_postgresql(store: RecordStore) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store._database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_a_tender_moves_between_the_two(store: RecordStore, vault: Vault, tmp_path: Path) -> None:
    filled(store)
    with store._database.reading() as connection:
        transfer.export_tender(connection, TENDER, PASSPHRASE, tmp_path / "a", CHEAP)
    vault.import_tender(tmp_path / "a", PASSPHRASE)
    assert contents(vault) == contents(store)
