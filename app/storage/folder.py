"""Where the vault lies, and files in it that nobody else may read: permissions first, then content, whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.errors import VaultWriteError

__all__ = ["DATABASE", "VaultFolder", "default_folder", "disk_is_full", "writing_files"]

DATABASE = "vault.db"
_OTHERS = ("-wal", "-shm", "-journal")
"""What the database keeps beside its file."""


def default_folder() -> Path:
    """The user's own data folder, or what ANBUDSKLAR_HOME says."""
    own = os.environ.get("ANBUDSKLAR_HOME")
    if own:
        return Path(own)
    from platformdirs import user_data_path

    return user_data_path("Anbudsklar", appauthor=False)


def disk_is_full(error: OSError) -> bool:
    """Whether there is no room: on the disk, in the user's share of it, or in one file."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def writing_files() -> Iterator[None]:
    """Failures of the file system as errors of the vault."""
    try:
        yield
    except OSError as error:
        refused = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST)
        code = "vault.disk_full" if disk_is_full(error) else "vault.read_only" if refused else "vault.io_error"
        raise VaultWriteError(code=code) from error


class VaultFolder:
    """The places inside a vault's folder, and how its files are made. Raises VaultWriteError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = path / DATABASE
        self.creating = path / f"{DATABASE}.creating"
        self.envelope = path / "vault.json"
        self.lock = path / "vault.lock"
        self.backups = path / "backups"
        self.envelope_copy = self.backups / "vault.json"

    @property
    def writable(self) -> bool:
        """Whether files can be made in it, or it can be made, as far as can be told without trying: Windows may still refuse."""
        for folder in (self.path, *self.path.absolute().parents):
            with suppress(PermissionError):  # what may not be looked into is passed by
                if folder.exists():
                    return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)
        return False

    def make(self) -> None:
        """The folder with its inner ones, for this user alone."""
        with writing_files():
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700)
            self.backups.mkdir(mode=0o700, exist_ok=True)

    def tidy(self) -> None:
        """What came from elsewhere may be open to others, or without its inner folder. What cannot be mended stays."""
        with suppress(OSError):
            self.backups.mkdir(mode=0o700, exist_ok=True)
        for path in (self.path, self.backups, *self.path.glob("vault*"), *self.backups.glob("vault*")):
            with suppress(OSError):
                mode = path.stat().st_mode
                if mode & 0o077:
                    path.chmod(mode & 0o700)

    def new_file(self, path: Path) -> None:
        """An empty file for this user alone, before anything is written to it."""
        with writing_files():
            path.unlink(missing_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def write(self, path: Path, data: bytes) -> None:
        """The whole content on the disk, or the file as it was."""
        partial = path.with_name(f"{path.name}.partial")
        try:
            self.new_file(partial)
            with writing_files():
                with partial.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                self.replace(partial, path)
        except VaultWriteError:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise

    def replace(self, source: Path, target: Path) -> None:
        """Rename for good: also after a power cut."""
        with writing_files():
            source.replace(target)
            self._sync(target.parent)

    def remove_database(self, path: Path) -> None:
        """A database file and what lies beside it."""
        with writing_files():
            for name in (path.name, *(path.name + ending for ending in _OTHERS)):
                path.with_name(name).unlink(missing_ok=True)

    def set_aside(self, path: Path, name: str) -> Path | None:
        """Keep a database under another name with what lies beside it, which goes first: it must never meet another file."""
        if not path.exists():
            return None
        target = path.with_name(f"{name}.db")
        number = 1
        while target.exists():
            number += 1
            target = path.with_name(f"{name}-{number}.db")
        with writing_files():
            for ending in (*_OTHERS, ""):
                source = path.with_name(path.name + ending)
                if source.exists():
                    source.replace(target.with_name(target.name + ending))
            self._sync(path.parent)
        return target

    @staticmethod
    def sync(path: Path) -> None:
        """The file's content is on the disk."""
        with writing_files(), path.open("rb+") as file:
            os.fsync(file.fileno())

    @staticmethod
    def _sync(folder: Path) -> None:
        if os.name != "posix":  # Windows has no way to sync a folder, and writes names through
            return
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
