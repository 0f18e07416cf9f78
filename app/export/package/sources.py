"""A file of the bid as it lies on a disk: its size and hash, and why it cannot be read. Nothing is parsed or written."""

from __future__ import annotations

import errno
import os
import time
from hashlib import sha256
from pathlib import Path

from app.core.document import Finding
from app.core.packaging import PackageSource

__all__ = ["forget", "is_open_elsewhere", "look_at", "trouble"]

_PIECE = 1 << 20
_SETTLED = 3_000_000_000
"""Nanoseconds after which a file's time tells whether it has changed: some file systems count in steps of two seconds."""
_MOST_KNOWN = 4096
_known: dict[tuple[str, int, int, int], str] = {}
"""Hashes by path, size, time and number on the disk."""
_AWAY = frozenset(
    number
    for name in (
        "EIO",
        "ENODEV",
        "ENXIO",
        "ESTALE",
        "ENETDOWN",
        "ENETUNREACH",
        "ENETRESET",
        "EHOSTDOWN",
        "EHOSTUNREACH",
        "ETIMEDOUT",
    )
    if (number := getattr(errno, name, None)) is not None
)
_AWAY_WINDOWS = frozenset({21, 53, 55, 59, 64, 67, 121, 1167, 1225, 1231, 1236})
"""The drive is not ready, the network path was not found, the name is gone, time ran out, the connection was closed."""
_LOCKED_WINDOWS = frozenset({32, 33})
"""Another program has the file open, or a part of it."""


def look_at(path: Path, name: str | None = None) -> PackageSource:
    """A file as it is now; with an error when it cannot be read. Raises nothing.

    A file that has the size and time of when it was last looked at is not read again: a bid may lie on a slow share, and is
    looked at after every change. One that was written just now is, for its time may stay the same while it is written on.
    """
    shown = name or path.name
    running, size = sha256(), 0
    try:
        with path.open("rb") as stream:
            state = os.fstat(stream.fileno())
            key = (str(path), state.st_size, state.st_mtime_ns, state.st_ino)
            if (digest := _known.get(key)) is not None:
                return PackageSource(str(path), shown, state.st_size, digest)
            while piece := stream.read(_PIECE):
                running.update(piece)
                size += len(piece)
    except OSError as error:
        return PackageSource(str(path), shown, error=trouble(error, path, shown))
    digest = running.hexdigest()
    if size == state.st_size and time.time_ns() - state.st_mtime_ns > _SETTLED:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[key] = digest
    return PackageSource(str(path), shown, size, digest)


def forget(path: Path) -> None:
    """Look at a file afresh the next time: it was not what it was thought to be."""
    for key in [key for key in _known if key[0] == str(path)]:
        _known.pop(key, None)


def trouble(error: OSError, path: Path, name: str) -> Finding:
    """Why a file cannot be read, by what is most likely: gone, its drive gone, open in another program, not allowed."""
    if getattr(error, "winerror", None) in _LOCKED_WINDOWS:
        return Finding("upload.locked", name)
    if error.errno in _AWAY or getattr(error, "winerror", None) in _AWAY_WINDOWS:
        return Finding("upload.drive_lost", name)
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        try:
            drive_there = path.parent.is_dir()
        except OSError:
            drive_there = False
        return Finding("file.not_found" if drive_there else "upload.folder_lost", name)
    if isinstance(error, PermissionError):
        return Finding("upload.locked" if is_open_elsewhere(path) else "file.permission", name)
    return Finding("upload.drive_lost" if error.errno else "file.error", name)


def is_open_elsewhere(path: Path) -> bool:
    """Whether Word, Excel or LibreOffice has the file open: they leave a small file beside it for as long."""
    name = path.name
    beside = [f"~${name}", f".~lock.{name}#"]
    if len(path.stem) > 6:
        beside.append(f"~${name[2:]}")  # Word leaves out two letters of a longer name
    try:
        return any(path.with_name(other).exists() for other in beside)
    except (OSError, ValueError):
        return False
