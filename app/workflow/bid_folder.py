"""The bid folder as it is now: its files with size and hash, and in words why one cannot be used. Nothing is parsed or written.

It waits for the disk, which may be a share that is gone: not for the window's own thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.core.document import Finding
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.packaging import PackageSource
from app.documents.package import files_in
from app.export.package.manifest import is_package
from app.export.package.sources import is_open_elsewhere, look_at, trouble
from app.workflow.check import CancelledError

__all__ = ["BidListing", "is_open_elsewhere", "look_at", "look_into", "trouble"]


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
    told = []
    for finding in failures:
        path = folder / finding.file
        if finding.code == "file.permission":
            files.append(PackageSource(str(path), finding.file, error=finding))
        elif finding.code == "file.skipped" and not _in_package(path.parent, folder, packages):
            files.append(look_at(path, finding.file))  # text of a kind that no procurement has may well be in a bid
        elif finding.code not in ("file.skipped", "package.empty"):
            told.append(finding)
    return BidListing(str(folder), tuple(files), tuple(told))


def _in_package(folder: Path, root: Path, known: dict[Path, bool]) -> bool:
    """Whether a folder, or one above it within the bid folder, is a package that this program has made."""
    if folder == root or root not in folder.parents:
        return False
    if folder not in known:
        known[folder] = is_package(folder) or _in_package(folder.parent, root, known)
    return known[folder]
