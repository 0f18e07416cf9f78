"""The bid folder as it is now: its files with size and hash, and in words why one cannot be used. Nothing is parsed or written.

It waits for the disk, which may be a share that is gone: not for the window's own thread.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from app.core.document import Finding
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.packaging import PackageSource
from app.documents.package import files_in
from app.export.package.manifest import is_package
from app.workflow.check import CancelledError

__all__ = ["BidListing", "is_open_elsewhere", "look_at", "look_into", "trouble"]

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


@dataclass(frozen=True, slots=True)
class BidListing:
    """What lies in the bid folder. A file that cannot be read is among `files` with its error; `findings` are about the rest."""

    folder: str
    files: tuple[PackageSource, ...] = ()
    findings: tuple[Finding, ...] = ()


def look_into(
    folder: Path,
    limits: Limits = DEFAULT_LIMITS,
    *,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> BidListing:
    """All files of the folder, in natural order. Packages made by this program, hidden files and links are left out.

    A folder that is not there (any more) is a finding, `upload.folder_lost`, and no file. Raises CancelledError.
    """
    shown = folder.name or str(folder)
    try:
        if not folder.is_dir():
            return BidListing(str(folder), (), (Finding("upload.folder_lost", shown),))
        requests, failures = files_in([folder], (), limits)
    except OSError:
        return BidListing(str(folder), (), (Finding("upload.folder_lost", shown),))
    packages: dict[Path, bool] = {}
    paths = [(request.path, request.name) for request in requests if request.path is not None]
    paths = [(path, name) for path, name in paths if not _in_package(path.parent, folder, packages)]
    files = []
    for index, (path, name) in enumerate(paths):
        if cancelled is not None and cancelled():
            raise CancelledError(shown)
        if progress is not None:
            progress(index, len(paths), name)
        files.append(look_at(path, name))
    for finding in failures:
        if finding.code == "file.permission":
            files.append(PackageSource(str(folder / finding.file), finding.file, error=finding))
    told = tuple(finding for finding in failures if finding.code not in ("file.permission", "package.empty"))
    return BidListing(str(folder), tuple(files), told)


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


def _in_package(folder: Path, root: Path, known: dict[Path, bool]) -> bool:
    """Whether a folder, or one above it within the bid folder, is a package that this program has made."""
    if folder == root or root not in folder.parents:
        return False
    if folder not in known:
        known[folder] = is_package(folder) or _in_package(folder.parent, root, known)
    return known[folder]
