"""Making, looking at and opening vaults: every way this can go wrong has its own error, and none of them changes a file.

A vault is made in this order: key to the keyring, database under another name, envelope, database's own name. Whatever is
interrupted is either no vault yet, or is finished when it is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum, auto
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from app.core.errors import (
    DamagedVaultError,
    LockedVaultError,
    NewerVaultError,
    NoKeyError,
    VaultError,
    VaultWriteError,
    WrongKeyError,
)
from app.storage import backups, engine
from app.storage.database import Database
from app.storage.envelope import Cost, Envelope, new_envelope
from app.storage.folder import VaultFolder, writing_files
from app.storage.keychain import Keychain
from app.storage.migrating import migrate, revision_of
from app.storage.revisions import REVISIONS

__all__ = ["Opened", "VaultState", "VaultStatus", "create", "examine", "open_database", "open_vault", "write_envelope"]


class VaultState(StrEnum):
    """What a start of the program finds, in small letters."""

    MISSING = auto()
    READY = auto()  # the keyring's key opens it
    NEEDS_PASSPHRASE = auto()
    NEEDS_RECOVERY = auto()  # the keyring has lost the key, and there is no passphrase
    NEWER = auto()
    DAMAGED = auto()
    LOCKED = auto()


@dataclass(frozen=True, slots=True)
class VaultStatus:
    """How a vault stands. `keyring` tells whether one is usable: a new vault without needs a passphrase.

    One that is not `writable` can neither be made nor opened.
    `confirmed`, `has_passphrase` and `backups` (newest first) say what ways out there are.
    """

    state: VaultState
    keyring: bool = False
    confirmed: bool = False
    has_passphrase: bool = False
    backups: tuple[backups.Backup, ...] = ()
    writable: bool = True


@dataclass(frozen=True, slots=True)
class Opened:
    """What makes an open vault."""

    folder: VaultFolder
    lock: BaseFileLock
    envelope: Envelope
    key: bytes
    database: Database


def examine(path: Path, keychain: Keychain | None = None) -> VaultStatus:
    """How the vault of a folder stands, without changing anything."""
    folder = VaultFolder(path)
    keychain = keychain or Keychain()
    if not _exists(folder):
        return VaultStatus(VaultState.MISSING, keychain.usable, writable=folder.writable)
    copies = backups.all_backups(folder)
    if folder.lock.exists():
        try:
            _locked(folder).release()
        except LockedVaultError:
            return VaultStatus(VaultState.LOCKED, keychain.usable, backups=copies)
        except VaultError:
            pass  # a folder that cannot be written to can be looked at all the same
    try:
        envelope = _envelope(folder)
    except VaultError as error:
        state = VaultState.NEWER if isinstance(error, NewerVaultError) else VaultState.DAMAGED
        return VaultStatus(state, keychain.usable, backups=copies)
    key = keychain.get(envelope.vault)
    if key is not None and envelope.fits(key):
        state = _state_of_database(folder, key)
    else:
        state = VaultState.NEEDS_RECOVERY if envelope.passphrase is None else VaultState.NEEDS_PASSPHRASE
    ways = (envelope.recovery is not None, envelope.passphrase is not None)
    return VaultStatus(state, keychain.usable, *ways, copies, folder.writable)


def create(folder: VaultFolder, keychain: Keychain, passphrase: str | None, cost: Cost) -> tuple[Opened, str]:
    """A new vault and its recovery code, to be confirmed. Raises VaultError."""
    if passphrase is None and not keychain.usable:
        raise NoKeyError(code="vault.no_keyring")
    folder.make()
    lock = _locked(folder)
    with _released_on_failure(lock):
        if _exists(folder):
            raise VaultError(code="vault.exists")
        envelope, key = new_envelope()
        if passphrase is not None:
            envelope = envelope.with_passphrase(key, passphrase, cost)
        envelope, code = envelope.with_code(key)
        if not keychain.put(envelope.vault, key) and passphrase is None:
            raise NoKeyError(code="vault.no_keyring")
        try:
            folder.remove_database(folder.creating)
            folder.new_file(folder.creating)
            with engine.encrypted(folder.creating, key) as database, database.writing() as connection:
                migrate(connection)
            write_envelope(folder, envelope)
        except BaseException:
            keychain.forget(envelope.vault)
            raise
        folder.replace(folder.creating, folder.database)
        return Opened(folder, lock, envelope, key, open_database(folder, key)), code


def open_vault(
    folder: VaultFolder,
    keychain: Keychain,
    passphrase: str | None,
    recovery_code: str | None,
    backup: Path | None = None,
) -> Opened:
    """Open what is there, or with `backup` what that holds. Raises VaultError."""
    if not _exists(folder):
        raise VaultError(code="vault.missing")
    lock = _locked(folder)
    with _released_on_failure(lock):
        folder.tidy()
        envelope = _envelope(folder)
        key = _key(envelope, keychain, passphrase, recovery_code)
        if backup is not None:
            backups.put_back(folder, backup, key)
        elif not folder.database.exists() and folder.creating.exists():
            backups.verify(folder.creating, key)
            folder.replace(folder.creating, folder.database)
        if not folder.database.exists():
            raise DamagedVaultError(code="vault.damaged")
        database = open_database(folder, key)
        if (passphrase is not None or recovery_code is not None) and keychain.get(envelope.vault) != key:
            keychain.put(envelope.vault, key)
        if not folder.envelope.exists():
            write_envelope(folder, envelope)
        return Opened(folder, lock, envelope, key, database)


def open_database(folder: VaultFolder, key: bytes) -> Database:
    """The database at the newest schema; one of an earlier version is backed up first. The key is the right one."""
    # Looked at before it is opened for writing, so that a newer or damaged one stays as it is to the byte.
    with engine.read_only(folder.database, key) as looked_at, looked_at.asking() as ask:
        revision = revision_of(ask)
    if revision is None:
        raise DamagedVaultError(code="vault.damaged")
    database = engine.encrypted(folder.database, key)
    try:
        if revision != REVISIONS[-1]:
            backups.make_backup(database, folder, key)
            with database.writing() as connection:
                migrate(connection)
    except BaseException:
        database.close()
        raise
    return database


def write_envelope(folder: VaultFolder, envelope: Envelope) -> None:
    """Keep the envelope, and its copy with the backups: one alone could be lost, and an old one would keep old codes alive."""
    data = envelope.packed()
    folder.write(folder.envelope, data)
    folder.write(folder.envelope_copy, data)


def _exists(folder: VaultFolder) -> bool:
    return any(path.exists() for path in (folder.envelope, folder.database, folder.envelope_copy))


def _envelope(folder: VaultFolder) -> Envelope:
    """The envelope, or its copy where it is lost. Raises DamagedVaultError when both are."""
    for path in (folder.envelope, folder.envelope_copy):
        try:
            return Envelope.unpacked(path.read_bytes())
        except (OSError, DamagedVaultError):
            continue
    raise DamagedVaultError(code="vault.envelope_lost")


def _key(envelope: Envelope, keychain: Keychain, passphrase: str | None, recovery_code: str | None) -> bytes:
    if recovery_code is not None:
        return envelope.by_code(recovery_code)
    if passphrase is not None:
        return envelope.by_passphrase(passphrase)
    key = keychain.get(envelope.vault)
    if key is None:
        raise NoKeyError(code="vault.no_key")
    if not envelope.fits(key):
        raise WrongKeyError(code="vault.wrong_key")
    return key


def _state_of_database(folder: VaultFolder, key: bytes) -> VaultState:
    path = folder.database if folder.database.exists() else folder.creating
    if not path.exists():
        return VaultState.DAMAGED
    try:
        with engine.read_only(path, key) as database, database.asking() as ask:
            return VaultState.DAMAGED if revision_of(ask) is None else VaultState.READY
    except NewerVaultError:
        return VaultState.NEWER
    except VaultWriteError:
        return VaultState.READY  # a log that was left behind cannot be looked through in a read-only folder; opening says so
    except VaultError:
        return VaultState.DAMAGED


def _locked(folder: VaultFolder) -> BaseFileLock:
    lock = FileLock(folder.lock, timeout=0, mode=0o600, thread_local=False)
    with writing_files():
        try:
            lock.acquire()
        except Timeout as error:
            raise LockedVaultError(code="vault.locked") from error
    return lock


@contextmanager
def _released_on_failure(lock: BaseFileLock) -> Iterator[None]:
    try:
        yield
    except BaseException:
        lock.release()
        raise
