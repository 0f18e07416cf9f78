"""Nothing that a user or a document says can be read in any file of the vault's folder."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.storage import engine
from app.storage.vault import Vault
from tests.support.vaults import CHEAP, PASSPHRASE, TENDER, Home, document, filled

SECRET = "Klartextprovet med åäö"


def clear_texts() -> Iterator[bytes]:
    for text in (SECRET, "driftsäkerhet", "Storköpings kommun", "CREATE TABLE", "Bilaga 1.pdf", TENDER):
        yield from (text.encode("utf-8"), text.encode("utf-16-le"), text.casefold().encode("utf-8"))


def test_no_clear_text_in_any_file(home: Home, vault: Vault) -> None:
    before = set(Path(tempfile.gettempdir()).iterdir())
    items = filled(vault, 200)
    name = vault.put_blob(SECRET.encode() * 20_000)
    vault.write(TENDER, "add", [document(2, file=name)])
    vault.write(TENDER, "answer", [replace(one, answer=SECRET) for one in items])
    vault.search(SECRET)
    vault.undo(TENDER)
    vault.backup_now()
    vault.export_tender(TENDER, PASSPHRASE, home.folder / "Upphandling.anbudsklar", CHEAP)
    names = {path.name for path in home.folder.rglob("*")}
    assert {"vault.db", "vault.db-wal", "vault.db-shm", "vault.json", "Upphandling.anbudsklar"} <= names
    for _ in range(2):
        for path in home.folder.rglob("*"):
            if path.is_file():
                data = path.read_bytes()
                assert not [text for text in clear_texts() if text in data], path.name
        vault.close()
    new = {path.name for path in set(Path(tempfile.gettempdir()).iterdir()) - before}
    assert not [name for name in new if "sql" in name or "vault" in name]


def test_the_search_for_clear_text_finds_it(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"..." + SECRET.encode() + b"...")
    assert any(text in (tmp_path / "x").read_bytes() for text in clear_texts())


def test_the_settings_that_keep_it_safe_hold(vault: Vault) -> None:
    with vault._database.reading() as connection:
        found = engine.settings_of(connection)
    assert str(found.pop("cipher_version")).startswith("4.")
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2}
