"""Backups are read through before they count; damage is found, and what was damaged is kept beside what was restored."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.errors import DamagedVaultError, VaultError, VaultWriteError
from app.storage import backups, engine
from app.storage.backups import Keeping
from app.storage.folder import VaultFolder
from app.storage.opening import VaultState, examine
from app.storage.vault import Vault
from tests.support.vaults import TENDER, Home, contents, filled, item

PAGE = 4096


def flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def stamped(folder: Path, days: float, number: int = 1) -> Path:
    at = datetime.now(UTC) - timedelta(days=days)
    path = folder / "backups" / f"vault-{at:%Y%m%dT%H%M%S}Z{'' if number == 1 else f'-{number}'}.db"
    path.write_bytes(b"x")
    return path


def test_a_backup_holds_everything_and_can_be_gone_back_to(vault: Vault) -> None:
    items = filled(vault)
    before = contents(vault)
    backup = vault.backup_now()
    vault.verify(backup.path)
    vault.write(TENDER, "remove", [], [one.key for one in items])
    after = contents(vault)
    kept = vault.restore(backup.path)
    assert contents(vault) == before
    assert vault.undo(TENDER) is not None
    assert kept is not None
    vault.restore(kept)  # the way back from going back
    assert contents(vault) == after


def test_a_backup_of_what_is_being_written_is_of_one_moment(vault: Vault) -> None:
    filled(vault)
    with vault._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM item_words")
        backup = vault.backup_now()  # not committed: not in it
        assert backups.verify(backup.path, vault._key)["item_words"] == 5
        connection.rollback()


def test_every_flipped_byte_is_found(home: Home, vault: Vault) -> None:
    filled(vault, 60)
    backup = vault.backup_now()
    vault.close()
    database = home.folder / "vault.db"
    whole = database.read_bytes()
    for place in (0, 40, PAGE - 1, PAGE * 3 + 17, len(whole) // 2, len(whole) - 1):
        flip(database, place)
        with pytest.raises(DamagedVaultError):
            backups.verify(database, vault._key)
        database.write_bytes(whole)
    for length in (0, 100, PAGE, len(whole) - PAGE, len(whole) - 1):
        database.write_bytes(whole[:length])
        with pytest.raises(DamagedVaultError):
            backups.verify(database, vault._key)
    database.write_bytes(whole)
    backups.verify(database, vault._key)
    backups.verify(backup.path, vault._key)


def test_a_damaged_first_page_is_no_wrong_key_and_is_restored(home: Home, vault: Vault) -> None:
    filled(vault)
    before = contents(vault)
    backup = vault.backup_now()
    vault.close()
    flip(home.folder / "vault.db", 100)
    damaged = (home.folder / "vault.db").read_bytes()
    status = examine(home.folder, home.keychain)
    assert status.state is VaultState.DAMAGED
    assert status.backups == (backup,)
    with pytest.raises(DamagedVaultError):
        home.open()
    assert (home.folder / "vault.db").read_bytes() == damaged
    vault = Vault.open_restored(home.folder, status.backups[0].path, keychain=home.keychain)
    assert contents(vault) == before
    vault.close()
    assert damaged in [path.read_bytes() for path in home.folder.glob("vault-before-*.db")]


def test_damage_inside_an_open_vault_is_told_and_restored(home: Home, vault: Vault) -> None:
    items = filled(vault, 300)
    before = contents(vault)
    backup = vault.backup_now()
    vault.close()
    size = (home.folder / "vault.db").stat().st_size
    for page in range(size // PAGE // 2, size // PAGE, 2):
        flip(home.folder / "vault.db", page * PAGE + 50)
    vault = home.open()
    with pytest.raises(DamagedVaultError):
        vault.check()
    with pytest.raises(DamagedVaultError):
        vault.items(TENDER)
    with pytest.raises(DamagedVaultError):
        vault.write(TENDER, "note", [replace(one, note="x") for one in items])
    with pytest.raises(DamagedVaultError):
        vault.backup_now()
    assert vault.backups() == (backup,)
    vault.restore(backup.path)
    assert contents(vault) == before
    vault.check()


def test_a_database_that_is_gone_is_damage_not_a_new_vault(home: Home, vault: Vault) -> None:
    filled(vault)
    backup = vault.backup_now()
    vault.close()
    (home.folder / "vault.db").unlink()
    assert examine(home.folder, home.keychain).state is VaultState.DAMAGED
    with pytest.raises(DamagedVaultError):
        home.open()
    with pytest.raises(VaultError):
        home.create()
    vault = Vault.open_restored(home.folder, backup.path, recovery_code=home.code)
    assert len(contents(vault)) == 8
    vault.close()


def test_a_damaged_backup_restores_nothing(home: Home, vault: Vault) -> None:
    filled(vault)
    before = contents(vault)
    backup = vault.backup_now()
    flip(backup.path, PAGE * 2 + 5)
    for path in (backup.path, home.folder / "backups" / "none.db"):
        with pytest.raises(DamagedVaultError):
            vault.restore(path)
        assert contents(vault) == before
    vault.close()
    with pytest.raises(DamagedVaultError):
        Vault.open_restored(home.folder, backup.path, keychain=home.keychain)
    assert contents(home.open()) == before


def test_a_restore_on_a_full_disk_leaves_all_as_it_was(home: Home, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(vault)
    backup = vault.backup_now()
    before = contents(vault)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _full)
        with pytest.raises(VaultWriteError):
            vault.restore(backup.path)
    assert contents(vault) == before
    assert not list(home.folder.glob("*.creating*"))


def _full(number: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_copy_that_misses_rows_is_no_backup(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(vault)
    copy = engine.copy_database

    def lossy(connection: object, target: Path, key: bytes) -> None:
        copy(connection, target, key)  # type: ignore[arg-type]
        with engine.encrypted(target, key) as database, database.writing() as writing:
            writing.exec_driver_sql("DELETE FROM links")

    monkeypatch.setattr(engine, "copy_database", lossy)
    with pytest.raises(DamagedVaultError):
        vault.backup_now()
    assert vault.backups() == ()


def test_backups_are_kept_by_count_and_age(home: Home, vault: Vault) -> None:
    vault.set_setting("backup.count", 5)
    vault.set_setting("backup.days", 20)
    made = [stamped(home.folder, days) for days in (1, 2, 3, 19, 21, 30)]
    (home.folder / "backups" / "my own.db").write_bytes(b"x")
    newest = vault.backup_now()
    assert [backup.path for backup in vault.backups()] == [newest.path, *made[:4]]
    vault.set_setting("backup.days", 1)
    vault.set_setting("backup.count", 4)
    again = vault.backup_now()
    # The newest three stay however old: a clock that was wrong for a day must not cost them.
    assert [backup.path for backup in vault.backups()] == [again.path, newest.path, made[0]]
    assert (home.folder / "backups" / "my own.db").exists()


def test_the_newest_backups_stay_however_old(home: Home) -> None:
    folder = VaultFolder(home.folder)
    folder.make()
    made = [stamped(home.folder, days) for days in (400, 500, 600, 700)]
    assert [backup.path for backup in backups.prune(folder, Keeping(count=1, days=10))] == made[:3]
    assert [backup.path for backup in backups.prune(folder, Keeping(count=1, days=10, least=0))] == made[:1]


def test_several_backups_in_a_second_have_their_own_names(vault: Vault) -> None:
    made = [vault.backup_now() for _ in range(3)]
    assert [backup.path for backup in vault.backups()] == [backup.path for backup in reversed(made)]


def test_when_a_backup_is_due(home: Home, vault: Vault) -> None:
    assert vault.backup_due()
    vault.backup_now()
    assert not vault.backup_due()
    assert vault.backup_due(hours=0)
    stamped(home.folder, -5)  # from the future: the clock was set back
    assert vault.backup_due()


def test_a_backup_on_a_full_disk_leaves_nothing_half(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(vault)
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(VaultWriteError) as caught:
        vault.backup_now()
    assert caught.value.code_used == "vault.disk_full"
    assert vault.backups() == ()
    assert [path.name for path in (vault._folder.backups).iterdir()] == ["vault.json"]


def test_a_log_left_by_a_crash_does_not_meet_the_restored_file(home: Home, vault: Vault, tmp_path: Path) -> None:
    filled(vault, 40)
    before = contents(vault)
    backup = vault.backup_now()
    vault.write(TENDER, "add", [item(number, note="efter") for number in range(1, 80)])
    after = contents(vault)
    crashed = Home(tmp_path / "crashed")
    crashed.keyring = home.keyring
    shutil.copytree(home.folder, crashed.folder)  # as the program would leave it now
    assert (crashed.folder / "vault.db-wal").stat().st_size > 0
    copy = crashed.folder / "backups" / backup.path.name
    again = Vault.open_restored(crashed.folder, copy, keychain=home.keychain)
    assert contents(again) == before
    again.check()
    (kept,) = crashed.folder.glob("vault-before-*.db")
    again.restore(kept)  # with its log: nothing that was saved is lost
    assert contents(again) == after
    again.close()


def test_an_interrupted_restore_can_be_done_again(home: Home, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(vault)
    before = contents(vault)
    backup = vault.backup_now()
    vault.write(TENDER, "add", [item(70)])
    vault.close()

    def cut(self: VaultFolder, source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(VaultFolder, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            Vault.open_restored(home.folder, backup.path, keychain=home.keychain)
    # The old file is aside, the new one whole under another name: opening finishes it.
    assert not (home.folder / "vault.db").exists()
    assert contents(home.open()) == before
