"""The bid folder, looked at again whenever it or the list has changed: on a job's thread, what is known at once first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal

from app.checklist.matching import Fit, SeenFile, fits
from app.core.checklist import DocumentSummary
from app.core.library import LibraryDocument
from app.core.work import FileLink, WorkItem
from app.gui.following import Following
from app.gui.jobs import Control, Job
from app.gui.session import Session
from app.workflow.bid_folder import BidListing, look_at, look_into
from app.workflow.bid_matching import BidMatches, ages_of, heads_of, match_bid
from app.workflow.check import Runner
from app.workflow.desk import Desk
from app.workflow.readiness import on_tender_list

__all__ = ["Looked", "Looking", "Runners"]

_CALM = 300
"""Milliseconds in which changes are gathered: a program that saves writes more than once."""
_MOST_WATCHED = 100
"""Folders. Each is asked for on the window's own thread, and may lie on a slow share."""

Runners = Callable[[], Runner]


@dataclass(frozen=True, slots=True)
class Looked:
    """What lies in the folder and what fits what. `shelf` are fitting documents of the library by the item's id, `ages` how many
    months old they may be, `twins` names that are one to systems which compare them loosely. `whole`: the files' first lines are
    read."""

    listing: BidListing = field(default_factory=lambda: BidListing(""))
    matches: BidMatches = field(default_factory=BidMatches)
    shelf: Mapping[str, tuple[Fit, ...]] = field(default_factory=dict)
    ages: Mapping[str, int] = field(default_factory=dict)
    twins: tuple[tuple[str, str], ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Basis:
    """What lies on the desk at a moment."""

    folder: str | None
    items: tuple[WorkItem, ...]
    links: tuple[FileLink, ...]
    documents: tuple[DocumentSummary, ...]
    library: tuple[LibraryDocument, ...]
    passwords: tuple[str, ...]


class Looking(Following):
    """Looks at the bid folder of the desk that is open."""

    known = Signal(object)  # Looked
    busy_changed = Signal(object)  # bool

    def __init__(self, session: Session, runners: Runners, parent: QObject) -> None:
        super().__init__(session, _CALM, parent)
        self._runners = runners
        self._library: tuple[LibraryDocument, ...] = ()
        self._heads: dict[str, tuple[str, ...]] = {}
        self._listing: BidListing | None = None
        self._twins: tuple[tuple[str, str], ...] = ()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_disk)
        self.looked = Looked()

    def set_library(self, documents: Sequence[LibraryDocument]) -> None:
        """The library's documents, which may fit as well."""
        new = tuple(documents)
        if new != self._library:
            self._library = new
            self.look()

    def wake(self, awake: bool) -> None:
        """Whether anybody looks. Files change without telling, on some disks."""
        if awake:
            self._listing = None
        super().wake(awake)

    def look(self) -> None:
        """Something has changed; which folder it is among it."""
        if self._desk is not None and (self._desk.tender.bid_folder or "") != (self._listing or BidListing("")).folder:
            self._listing = None
        super().look()

    def look_into(self) -> None:
        """Something has changed in the folder."""
        self._listing = None
        self.look()

    # --- how

    def _forget(self) -> None:
        self._listing = None
        self._heads.clear()
        self.looked = Looked()

    def _on_disk(self, path: str) -> None:
        del path
        self.look_into()

    def _job_for(self, desk: Desk) -> Job:
        tender = desk.tender
        basis = _Basis(
            tender.bid_folder,
            desk.items(),
            desk.links,
            tuple(record.summary for record in desk.documents),
            tuple(one for one in self._library if one.retired is None),
            tuple(self._session.passwords.of(desk.key)),
        )
        seen = (self._listing, self._twins) if self._listing is not None else None
        job = Job(partial(_looked, basis, seen, dict(self._heads), self._runners), partial(self._take, desk), self)
        job.finished.connect(partial(self._on_finished, desk))
        return job

    def _start(self) -> None:
        super()._start()
        self.busy_changed.emit(self.busy)

    def _take(self, desk: Desk, looked: Looked) -> None:
        if desk is self._desk:
            self.looked = looked
            self._listing, self._twins = looked.listing, looked.twins
            self._watch(desk.tender.bid_folder, looked.listing)
            self.known.emit(looked)

    def _on_finished(self, desk: Desk, found: tuple[Looked, dict[str, tuple[str, ...]]]) -> None:
        if desk is self._desk:
            self._heads = found[1]
            self._take(desk, found[0])

    def _on_ended(self) -> None:
        super()._on_ended()
        self.busy_changed.emit(self.busy)

    def _watch(self, folder: str | None, listing: BidListing) -> None:
        """The folders that were there a moment ago: asking a disk that is away would block the window.

        Not each file: what saves a file by putting a new one in its place changes the folder, and whoever writes into one in
        another program is back from there when it is looked at again.
        """
        lost = any(finding.code == "upload.folder_lost" for finding in listing.findings)
        wanted: list[str] = []
        if folder and not lost:
            files = [file.path for file in listing.files if file.error is None and Path(folder) in Path(file.path).parents]
            folders = dict.fromkeys([folder, *(str(Path(path).parent) for path in files)])
            wanted = list(folders)[:_MOST_WATCHED]
        known = set(self._watcher.directories())
        if gone := sorted(known - set(wanted)):
            self._watcher.removePaths(gone)
        if new := [path for path in wanted if path not in known]:
            self._watcher.addPaths(new)


def _looked(
    basis: _Basis,
    seen: tuple[BidListing, tuple[tuple[str, str], ...]] | None,
    heads: dict[str, tuple[str, ...]],
    runners: Runners,
    control: Control,
) -> tuple[Looked, dict[str, tuple[str, ...]]]:
    """Names first, then the first lines of files that have not been read yet."""
    listing, twins = seen if seen is not None else _seen(basis.folder, control)
    listing = _with_links(listing, basis.links)
    fresh = any(file.error is None and file.sha256 not in heads for file in listing.files)
    if fresh:
        control.deliver(_matched(basis, listing, twins, heads, whole=False))
        runner = runners()
        try:
            heads = heads_of(listing.files, runner, heads, passwords=basis.passwords, cancelled=control.cancelled)
        finally:
            if callable(close := getattr(runner, "close", None)):
                close()
    return _matched(basis, listing, twins, heads, whole=True), heads


def _seen(folder: str | None, control: Control) -> tuple[BidListing, tuple[tuple[str, str], ...]]:
    from app.workflow.review_folders import locks_and_twins

    if not folder:
        return BidListing(""), ()
    listing = look_into(Path(folder), cancelled=control.cancelled)
    return listing, locks_and_twins(Path(folder))[1]


def _with_links(listing: BidListing, links: Sequence[FileLink]) -> BidListing:
    """Linked files that lie elsewhere as well; a file that was linked after the look is looked at once more."""
    known = {file.path: file for file in listing.files}
    odd = [link.path for link in links if link.path not in known or known[link.path].sha256 != link.sha256]
    again = {path: look_at(Path(path), known[path].name if path in known else None) for path in dict.fromkeys(odd)}
    linked = {link.path for link in links}
    root = Path(listing.folder) if listing.folder else None
    kept = [file for file in listing.files if file.path in linked or (root is not None and root in Path(file.path).parents)]
    files = [again.pop(file.path, file) for file in kept]
    return replace(listing, files=(*files, *again.values()))


def _matched(
    basis: _Basis,
    listing: BidListing,
    twins: tuple[tuple[str, str], ...],
    heads: Mapping[str, tuple[str, ...]],
    *,
    whole: bool,
) -> Looked:
    matches = match_bid(basis.items, basis.links, listing, basis.documents, heads)
    offered = [SeenFile(one.key, one.filename, one.file, (one.name,)) for one in basis.library]
    shelf = fits((item.item for item in basis.items if on_tender_list(item)), offered) if offered else {}
    ages = ages_of(item for item in basis.items if item.item.id in shelf)
    return Looked(listing, matches, shelf, ages, twins, whole)
