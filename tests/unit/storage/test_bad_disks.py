"""A full disk, a disk that may not be written to, a program that is killed: what was saved is there, what was not is told."""

from __future__ import annotations

import os
import random
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import VaultWriteError
from app.core.work import ItemState
from app.storage.opening import VaultState, examine
from app.storage.vault import Vault
from tests.support.vaults import TENDER, Home, contents, document, filled, item

ROUNDS = 200
POSIX = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@contextmanager
def no_room(vault: Vault) -> Iterator[None]:
    """The database may not grow: SQLite then fails as on a full disk."""
    connections = [vault._database.engine.connect() for _ in range(4)]  # all of the pool's
    limits = []
    for connection in connections:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        limits.append(connection.exec_driver_sql("PRAGMA max_page_count").scalar())
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    for connection in connections:
        connection.close()
    yield
    connections = [vault._database.engine.connect() for _ in range(4)]
    for connection in connections:
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
        connection.close()


def test_a_full_disk_changes_nothing_and_says_so(home: Home, vault: Vault) -> None:
    items = filled(vault)
    before = contents(vault)
    history = vault.history(TENDER, 99)
    with no_room(vault):
        with pytest.raises(VaultWriteError) as caught:
            vault.write(TENDER, "note", [replace(one, note="Hemligt " * 9000) for one in items])
        assert caught.value.code_used == "vault.disk_full"
        assert "Hemligt" not in f"{caught.value!r}{caught.value.__cause__}"
        with pytest.raises(VaultWriteError):
            vault.put_blob(bytes(3_000_000))
        assert contents(vault) == before
        assert vault.history(TENDER, 99) == history
    vault.write(TENDER, "note", [replace(items[0], note="Nu finns det plats")])
    vault.check()
    vault.close()
    assert contents(home.open()) == before | {items[0].key: replace(items[0], note="Nu finns det plats")}


@POSIX
def test_a_disk_that_takes_no_more_bytes(home: Home, vault: Vault) -> None:
    import resource

    items = filled(vault)
    before = contents(vault)
    log = home.folder / "vault.db-wal"
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 10_000, old[1]))
        with pytest.raises(VaultWriteError) as caught:
            vault.write(TENDER, "note", [replace(one, note="x" * 50_000) for one in items])
        assert caught.value.code_used in ("vault.disk_full", "vault.io_error")
        assert contents(vault) == before
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    vault.write(TENDER, "note", [replace(items[0], note="y")])
    vault.check()


def test_an_envelope_that_cannot_be_written_stays_as_it_was(home: Home, vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (home.folder / "vault.json").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _full)
        with pytest.raises(VaultWriteError) as caught:
            vault.renew_recovery()
    assert caught.value.code_used == "vault.disk_full"
    assert (home.folder / "vault.json").read_bytes() == before
    assert not list(home.folder.rglob("*.partial"))
    vault.close()
    home.open(recovery_code=home.code)


def _full(number: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_vault_that_cannot_be_made_leaves_no_key(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _full)
        with pytest.raises(VaultWriteError):
            home.create()
    assert not home.keyring.secrets
    home.create()


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Root may write anywhere: be somebody else, whose folder it is, for a while."""
    if os.geteuid() != 0:
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@POSIX
def test_a_read_only_folder() -> None:
    place = Path(tempfile.mkdtemp())
    home = Home(place / "v")
    vault = home.create()
    filled(vault)
    vault.close()
    try:
        with ordinary_user(place):
            before = {path.name: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()}
            for path in (home.folder, home.folder / "backups"):
                path.chmod(0o500)
            for path in home.folder.glob("vault.*"):
                path.chmod(0o400)
            status = examine(home.folder, home.keychain)
            assert status.state is VaultState.READY
            assert not status.writable
            assert not examine(home.folder / "ny", home.keychain).writable
            for code in (None, home.code):
                with pytest.raises(VaultWriteError) as caught:
                    home.open(recovery_code=code)
                assert caught.value.code_used == "vault.read_only"
            assert {path.name: path.read_bytes() for path in home.folder.rglob("*") if path.is_file()} == before
            home.folder.chmod(0o700)
            for path in home.folder.glob("vault.*"):
                path.chmod(0o600)
            assert len(contents(home.open())) == 8
            home.close()
    finally:
        shutil.rmtree(place)


def test_a_database_that_may_only_be_read(vault: Vault) -> None:
    items = filled(vault)
    before = contents(vault)
    connections = [vault._database.engine.connect() for _ in range(4)]
    for connection in connections:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    for connection in connections:
        connection.close()
    with pytest.raises(VaultWriteError) as caught:
        vault.write(TENDER, "note", [replace(items[0], note="y")])
    assert caught.value.code_used == "vault.read_only"
    assert contents(vault) == before


# --- killed


def session(home: Home, number: int, pipe: int) -> None:
    """What a user does, without end; each step is reported once the vault has said that it is saved."""
    chance = random.Random(number)
    vault = home.open()
    step = 0
    while True:
        step += 1
        one = item(chance.randrange(1, 40))
        match step % 5:
            case 0:
                vault.write(TENDER, "read", [item(n, note=f"{number}.{step}") for n in range(1, 40)])
                state = "all"
            case 1:
                vault.put_blob(chance.randbytes(20_000))
                vault.write(TENDER, "add", [document(step % 7, file="1" * 64, member=f"{number}.{step}")])
                state = f"d{step % 7}"
            case 2:
                vault.write(TENDER, "done", [replace(one, state=ItemState.DONE, note=f"{number}.{step}")])
                state = str(one.position)
            case 3:
                vault.undo(TENDER)
                vault.redo(TENDER)
                state = "same"
            case _:
                vault.write(TENDER, "answer", [replace(one, note=f"{number}.{step}")], values=(("item", one.key),), merge=True)
                state = str(one.position)
        os.write(pipe, f"{step} {state}\n".encode())


def expected(lines: list[str], number: int, notes: dict[str, str]) -> None:
    """What must be there after these steps: the note that each record got last."""
    for line in lines:
        step, state = line.split(" ")
        if state == "all":
            notes.update({str(float(n)): f"{number}.{step}" for n in range(1, 40)})
        elif state != "same":
            notes[state] = f"{number}.{step}"


def found(vault: Vault) -> dict[str, str]:
    notes = {str(one.position): one.note for one in vault.items(TENDER)}
    return notes | {f"d{one.position}": one.member or "" for one in vault.documents(TENDER)}


@POSIX
def test_killed_at_any_moment_it_opens_with_all_that_was_saved(home: Home, vault: Vault) -> None:
    """Two hundred times. The child forks from here, so that it starts at once; it is killed after a random number of steps
    and a random while of work more, whatever it is doing then."""
    filled(vault, 39)
    vault.close()
    notes = found(home.open())
    home.close()
    chance = random.Random(20261125)
    steps = 0
    for number in range(ROUNDS):
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads that pytest's workers have: the child needs none
            child = os.fork()
        if not child:
            try:
                os.close(reading)
                session(home, number, writing)
            finally:
                os._exit(1)
        os.close(writing)
        said = b""
        wanted = chance.randrange(0, 9)
        with os.fdopen(reading, "rb", buffering=0) as pipe:
            while said.count(b"\n") < wanted and (piece := pipe.read(1)):
                said += piece
            sum(range(chance.randrange(0, 120_000)))  # somewhere inside the next step
            os.kill(child, signal.SIGKILL)
            said += pipe.readall()
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "the session ended by itself"
        lines = said.decode().splitlines()
        assert len(lines) >= wanted
        steps += len(lines)
        expected(lines, number, notes)
        vault = home.open()
        there = found(vault)
        if len(lines) % 5 == 2 and there != notes:  # between taking back and doing again
            vault.redo(TENDER)
            there = found(vault)
            assert there == notes, f"round {number}"
        # One step may have been saved without having been reported; it is whole.
        late = {name for name in there if there[name] != notes.get(name)}
        marks = {there[name] for name in late}
        assert len(marks) <= 1, f"round {number}"
        assert marks <= {f"{number}.{len(lines) + 1}"}, f"round {number}"
        assert set(notes) <= set(there)
        if number % 20 == 0:
            vault.check()
        vault.close()
        notes = there
    assert steps > ROUNDS
    vault = home.open()
    vault.check()
    while vault.undo(TENDER) is not None:  # the history is whole as well
        pass
    assert vault.items(TENDER) == ()
