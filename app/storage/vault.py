"""An open vault: the records of all tenders, the keys it opens with, its backups."""

from __future__ import annotations

import hmac
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import NamedTuple, Self

from filelock import BaseFileLock

from app.core.errors import DamagedVaultError, VaultError
from app.storage import backups, engine, opening
from app.storage.backups import Backup, Keeping
from app.storage.envelope import Cost, Envelope
from app.storage.folder import VaultFolder
from app.storage.keychain import Keychain
from app.storage.store import RecordStore

__all__ = ["Created", "Vault"]


class Created(NamedTuple):
    """A new vault, and the recovery code that the user must write down and confirm. It is told this once."""

    vault: Vault
    recovery_code: str


class Vault(RecordStore):
    """All tenders of a user. Held by one running program at a time; safe to call from several threads.

    One writer gets on while others read. Close it, or use it in a `with`.
    """

    def __init__(self, opened: opening.Opened, keychain: Keychain) -> None:
        super().__init__(opened.database)
        self._folder: VaultFolder = opened.folder
        self._lock: BaseFileLock = opened.lock
        self._envelope: Envelope = opened.envelope
        self._key: bytes = opened.key
        self._keychain = keychain
        self._copying = Lock()  # one reads the whole file while the other replaces it

    # --- the way in

    @classmethod
    def create(
        cls, folder: Path, *, passphrase: str | None = None, keychain: Keychain | None = None, cost: Cost | None = None
    ) -> Created:
        """A new, empty vault. Its key goes to the keyring; where none is usable, a passphrase is needed.

        Raises NoKeyError (vault.no_keyring), VaultError (vault.exists), LockedVaultError, VaultWriteError.
        """
        keychain = keychain or Keychain()
        opened, code = opening.create(VaultFolder(folder), keychain, passphrase, cost or Cost())
        return Created(cls(opened, keychain), code)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        passphrase: str | None = None,
        recovery_code: str | None = None,
        keychain: Keychain | None = None,
    ) -> Vault:
        """Open a vault: with the recovery code or the passphrase where one is given, otherwise with the keyring's key.

        What opens it with a code or passphrase leaves the key in the keyring, where one is usable. A vault of an earlier
        version is backed up and migrated. Raises VaultError (vault.missing), NoKeyError, WrongKeyError, DamagedVaultError,
        NewerVaultError, LockedVaultError, VaultWriteError; the files are then as they were.
        """
        keychain = keychain or Keychain()
        vault = cls(opening.open_vault(VaultFolder(folder), keychain, passphrase, recovery_code), keychain)
        with suppress(VaultError):  # a full disk or damage in the files shall not stop anyone from looking at the rest
            vault.collect_blobs()
        return vault

    @classmethod
    def open_restored(
        cls,
        folder: Path,
        backup: Path,
        *,
        passphrase: str | None = None,
        recovery_code: str | None = None,
        keychain: Keychain | None = None,
    ) -> Vault:
        """Open a vault whose database is damaged, from a backup. The damaged file is kept beside it."""
        keychain = keychain or Keychain()
        opened = opening.open_vault(VaultFolder(folder), keychain, passphrase, recovery_code, backup)
        return cls(opened, keychain)

    def close(self) -> None:
        """Let go of the files. Closing again does nothing."""
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # --- keys

    @property
    def id(self) -> str:
        """What the keyring knows it by."""
        return self._envelope.vault

    @property
    def confirmed(self) -> bool:
        """Whether the user has a recovery code and has shown it. If not: renew it, show it, let it be confirmed."""
        return self._envelope.recovery is not None

    @property
    def has_passphrase(self) -> bool:
        """Whether a passphrase opens it."""
        return self._envelope.passphrase is not None

    @property
    def in_keyring(self) -> bool:
        """Whether it opens by itself the next time. If not, and without a passphrase, only the recovery code opens it."""
        return hmac.compare_digest(self._keychain.get(self.id) or b"", self._key)

    def confirm_recovery(self, code: str) -> None:
        """The user has typed the code that was shown. Raises WrongKeyError: vault.code_typo, vault.code_wrong."""
        self._keep(self._envelope.confirmed(code))

    def renew_recovery(self) -> str:
        """A new recovery code to show. The old one stops working when the new one is confirmed."""
        envelope, code = self._envelope.with_code(self._key)
        self._keep(envelope)
        return code

    def set_passphrase(self, passphrase: str | None, cost: Cost | None = None) -> None:
        """Open with this passphrase from now on, where the keyring does not have the key; None: with none.

        Raises ValueError when nothing but the recovery code would be left.
        """
        if passphrase is not None:
            self._keep(self._envelope.with_passphrase(self._key, passphrase, cost or Cost()))
        elif self.in_keyring:
            self._keep(replace(self._envelope, passphrase=None))
        else:
            raise ValueError("without a keyring a vault needs its passphrase")

    def _keep(self, envelope: Envelope) -> None:
        opening.write_envelope(self._folder, envelope)
        self._envelope = envelope

    def warm(self) -> None:
        """Load what everything but looking needs. Changes nothing."""
        from app.storage import blobs, steps  # noqa: F401

        self.search("a", 1)  # the first takes longer

    def collect_blobs(self) -> int:
        """Drop files that nothing names any more, neither now nor after an undo, and give their room back; how many."""
        count = super().collect_blobs()
        if count:
            with self._database.writing() as connection:
                engine.shrink(connection)
        return count

    # --- backups

    @property
    def keeping(self) -> Keeping:
        """How many backups are kept and how long: settings backup.count and backup.days."""
        usual = Keeping()
        return Keeping(int(self.setting("backup.count", usual.count)), int(self.setting("backup.days", usual.days)), usual.least)

    def backup_now(self) -> Backup:
        """A verified copy; older ones are dropped as the settings say. Raises DamagedVaultError when the vault itself is."""
        with self._copying:
            backup = backups.make_backup(self._database, self._folder, self._key)
            backups.prune(self._folder, self.keeping)
            return backup

    def backup_due(self, hours: float = 24.0) -> bool:
        """Whether the newest backup is older than that, or there is none; also when the clock was set back."""
        newest = next(iter(self.backups()), None)
        now = datetime.now(UTC).replace(tzinfo=None)
        return newest is None or not timedelta(0) <= now - datetime.fromisoformat(newest.at) < timedelta(hours=hours)

    def backups(self) -> tuple[Backup, ...]:
        """The backups there are, newest first."""
        return backups.all_backups(self._folder)

    def check(self) -> None:
        """Read the whole vault through. Raises DamagedVaultError. Takes a second for every few hundred megabytes."""
        if engine.first_fault(self._folder.database, self._key) is not None:
            raise DamagedVaultError(code="vault.damaged")

    def verify(self, path: Path) -> None:
        """Read a backup through. Raises DamagedVaultError, NewerVaultError."""
        backups.verify(path, self._key)

    def restore(self, path: Path) -> Path | None:
        """Go back to a backup. What is there now is kept: the file it is in afterwards. Nobody may use the vault meanwhile."""
        with self._copying:
            backups.verify(path, self._key)
            self._database.close()
            try:
                return backups.put_back(self._folder, path, self._key)
            finally:
                self._database = opening.open_database(self._folder, self._key)
                self._fresh.clear()

    # --- one tender as a file

    def export_tender(self, key: str, passphrase: str, target: Path, cost: Cost | None = None) -> None:
        """Write everything of a tender to one encrypted file, whole or not at all.

        Raises KeyError, ValueError (an empty passphrase), VaultWriteError (vault.transfer_full, _unwritable).
        """
        from app.storage import transfer

        with self._database.reading() as connection:
            transfer.export_tender(connection, key, passphrase, target, cost or Cost())

    def import_tender(self, source: Path, passphrase: str) -> str:
        """Take a tender in from such a file, whole or not at all; its key. One that is here already becomes another one.

        Raises WrongKeyError (vault.transfer_wrong_key), DamagedVaultError (vault.transfer_damaged),
        NewerVaultError (vault.transfer_newer), InputError.
        """
        from app.storage import transfer

        return transfer.import_tender(self._database, self.put_blob, source, passphrase)
