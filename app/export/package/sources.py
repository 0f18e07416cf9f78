"""A file of the bid as it lies on a disk: its size and hash, and why it cannot be read. Nothing is parsed or written."""

from __future__ import annotations

import errno
from hashlib import sha256
from pathlib import Path

from app.core.document import Finding
from app.core.packaging import PackageSource

__all__ = ["is_open_elsewhere", "look_at", "trouble"]

_PIECE = 1 << 20
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
    """A file as it is now; with an error when it cannot be read. Raises nothing."""
    shown = name or path.name
    running, size = sha256(), 0
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                running.update(piece)
                size += len(piece)
    except OSError as error:
        return PackageSource(str(path), shown, error=trouble(error, path, shown))
    return PackageSource(str(path), shown, size, running.hexdigest())


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
