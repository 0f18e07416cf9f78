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
from app.documents.package import files_in, natural_key
from app.documents.reader import ReadRequest
from app.export.package.manifest import is_package, is_package_archive
from app.export.package.sources import is_open_elsewhere, look_at, trouble
from app.workflow.check import CancelledError

__all__ = ["BidListing", "bid_files", "is_open_elsewhere", "look_at", "look_into", "trouble"]


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
        requests, failures = bid_files(folder, limits)
    except OSError:
        return BidListing(str(folder), (), (Finding("upload.folder_lost", shown),))
    files = []
    for index, request in enumerate(requests):
        if cancelled is not None and cancelled():
            raise CancelledError(shown)
        if progress is not None:
            progress(index, len(requests), request.name)
        if request.path is not None:
            files.append(look_at(request.path, request.name))
    told = []
    for finding in failures:
        if finding.code == "file.permission":
            files.append(PackageSource(str(folder / finding.file), finding.file, error=finding))
        elif finding.code != "package.empty":
            told.append(finding)
    return BidListing(str(folder), tuple(files), tuple(told))


def bid_files(folder: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[list[ReadRequest], list[Finding]]:
    """The files of a bid folder by their paths below it, in natural order, and what is left out and why. Raises nothing.

    Packages that this program has made, as folders or as ZIPs, are no part of the bid. Text of a kind that no procurement has
    (programs, logs) may well be in a bid, so it is among the files.
    """
    found, failures = files_in([folder], (), limits)
    packages: dict[Path, bool] = {}
    requests = [request for request in found if request.path is not None and not _packed(request.path, folder, packages)]
    told = []
    for finding in failures:
        path = folder / finding.file
        if finding.code != "file.skipped":
            told.append(finding)
        elif not _in_package(path.parent, folder, packages):
            requests.append(ReadRequest(finding.file, path=path, limits=limits))
    return sorted(requests, key=lambda request: natural_key(request.name)), told


def _packed(path: Path, root: Path, known: dict[Path, bool]) -> bool:
    """Whether a file belongs to a package of ours, or is the ZIP of one."""
    if path.suffix.lower() == ".zip":
        try:
            if is_package_archive(path):
                return True
        except OSError:
            return False  # looking at it tells what is wrong with it
    return _in_package(path.parent, root, known)


def _in_package(folder: Path, root: Path, known: dict[Path, bool]) -> bool:
    """Whether a folder, or one above it within the bid folder, is a package that this program has made."""
    if folder == root or root not in folder.parents:
        return False
    if folder not in known:
        known[folder] = is_package(folder) or _in_package(folder.parent, root, known)
    return known[folder]
