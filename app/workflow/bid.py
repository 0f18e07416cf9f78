"""The bid's own files into a tender: read by a child process, kept as they are, and every claim's marks found in them again.

The reading side works apart from the desk and hands over `BidArrival`s, as `intake` does for the procurement's documents.
Originals are read, never written.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Protocol

from app.core.checklist import DocumentSummary
from app.core.claims import AnchorState
from app.core.document import Document, DocumentKind, Finding
from app.core.errors import AnbudsklarError, DamagedVaultError, NotFoundError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.work import BidFileRecord, ClaimRecord, new_key
from app.documents.reader import ReadRequest
from app.secrecy.anchors import Finder
from app.workflow.check import CancelledError, Step
from app.workflow.intake import Blobs
from app.workflow.marks import again
from app.workflow.secrecy_desk import Placed, SecrecyDesk
from app.workflow.stored_reading import packed_document, unpacked_document

__all__ = [
    "BidArrival",
    "BidBasis",
    "BidIntake",
    "BidShelf",
    "Parse",
    "bid_basis_of",
    "changed_on_disk",
    "is_of_bid",
    "settle_bid",
]

_KEPT = 8
"""Documents that stay open in memory: a bid has that many, seldom more."""


class Parse(Protocol):
    """Reads one file in a child process."""

    def __call__(self, name: str, data: bytes, limits: Limits) -> Document:
        """The whole document. Raises errors of the tree."""
        ...


@dataclass(frozen=True, slots=True)
class BidBasis:
    """What was on the desk when the reading side looked."""

    tender: str
    files: tuple[BidFileRecord, ...]
    claims: tuple[ClaimRecord, ...]


@dataclass(frozen=True, slots=True)
class BidArrival:
    """What reading has brought so far: files, and where the claims' marks are in them, by claim."""

    files: tuple[BidFileRecord, ...]
    places: Mapping[str, tuple[Placed, ...]]
    run: str


def bid_basis_of(desk: SecrecyDesk) -> BidBasis:
    """The desk as it is now."""
    return BidBasis(desk.key, desk.bid_files, desk.claims())


def settle_bid(desk: SecrecyDesk, arrival: BidArrival) -> None:
    """Take an arrival in, where the desk lives. What the user has marked or moved meanwhile stays as it is."""
    known = {record.key: record for record in desk.bid_files}
    files = []
    for record in arrival.files:
        old = known.get(record.key)
        files.append(record if old is None else replace(record, position=old.position))
    desk.take_in_bid(files, arrival.places, run=arrival.run)


class BidShelf:
    """The documents of bids as they were read, and finders over them; the latest few are kept. Safe to use from any thread."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._finders: OrderedDict[str, Finder] = OrderedDict()
        self._lock = Lock()

    def document(self, record: BidFileRecord) -> Document:
        """What was read of a file. Raises DamagedVaultError when it was not."""
        return self.finder(record).document

    def finder(self, record: BidFileRecord) -> Finder:
        """For making and finding anchors in a file."""
        if record.reading is None:
            raise DamagedVaultError(record.summary.name, code="vault.damaged")
        with self._lock:
            found = self._finders.get(record.reading)
            if found is not None:
                self._finders.move_to_end(record.reading)
                return found
        made = Finder(unpacked_document(self._blobs.blob(record.reading)))
        with self._lock:
            self._finders[record.reading] = made
            while len(self._finders) > _KEPT:
                self._finders.popitem(last=False)
        return made

    def keep(self, document: Document) -> str:
        """Keep what was read; the name to find it by."""
        return self._blobs.put_blob(packed_document(document))


class BidIntake:
    """One run of reading. `look` gives the desk's present state, `deliver` takes what has come; both may cross threads."""

    def __init__(
        self,
        parse: Parse,
        blobs: Blobs,
        shelf: BidShelf,
        look: Callable[[], BidBasis],
        deliver: Callable[[BidArrival], None],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._parse = parse
        self._blobs = blobs
        self._shelf = shelf
        self._look = look
        self._deliver = deliver
        self._limits = limits
        self._run = new_key()

    def read_paths(
        self, paths: Sequence[Path], *, progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> tuple[Finding, ...]:
        """Read files and folders into the bid; what could not be taken at all. A file that is there already is read again.

        One that lay elsewhere and is gone from there (renamed, or moved with its folder) keeps its claims. Raises CancelledError;
        what came before stays.
        """
        from app.documents.package import files_in

        requests, failures = files_in([path.absolute() for path in paths], (), self._limits)
        known = {record.path: record for record in self._look().files}
        gone = [record for record in known.values() if not _is_there(record)]
        position = max((record.position for record in known.values()), default=-1) + 1
        work: list[tuple[ReadRequest, BidFileRecord | None, int]] = []
        for request in requests:
            old = known.get(str(request.path)) or _moved_from(request, gone)
            if old in gone:
                gone.remove(old)
            work.append((request, old, old.position if old is not None else position))
            position += old is None
        self._read(work, progress, cancelled)
        return tuple(failures)

    def read_again(
        self, files: Iterable[BidFileRecord], *, progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> None:
        """Read files anew from where they lie. One that is gone stays as it was read, with an error. Raises CancelledError."""
        work: list[tuple[ReadRequest, BidFileRecord | None, int]] = [
            (ReadRequest(record.summary.name, Path(record.path), limits=self._limits), record, record.position)
            for record in files
        ]
        self._read(work, progress, cancelled)

    def _read(
        self,
        work: Sequence[tuple[ReadRequest, BidFileRecord | None, int]],
        progress: Callable[[Step], None],
        cancelled: Callable[[], bool],
    ) -> None:
        for index, (request, old, position) in enumerate(work):
            if cancelled():
                raise CancelledError(request.name)
            progress(Step(index, request.name, request.name, index, len(work)))
            record = self._record(request, old, position)
            if record != old:
                self._deliver(BidArrival((record,), self._places(record, old), self._run))
            progress(Step(index, request.name, request.name, index + 1, len(work), finished=True))

    def _record(self, request: ReadRequest, old: BidFileRecord | None, position: int) -> BidFileRecord:
        key = old.key if old is not None else new_key()
        tender = self._look().tender
        path = str(request.path)
        try:
            data = request.bytes()
            digest = sha256(data).hexdigest()
            if old is not None and old.summary.sha256 == digest and old.reading is not None and old.summary.error is None:
                name = old.summary.name if path == old.path else request.name
                return replace(old, path=path, summary=replace(old.summary, name=name))
            document = self._parse(request.name, data, self._limits)
        except CancelledError:
            raise
        except AnbudsklarError as error:
            finding = replace(error.finding(), file=request.name)
            if old is not None:
                return replace(old, summary=replace(old.summary, error=finding))
            summary = DocumentSummary(key, request.name, DocumentKind.OTHER, "", error=finding)
            return BidFileRecord(key, tender, position, summary, path)
        summary = DocumentSummary(
            key,
            request.name,
            document.kind,
            digest,
            document.pages,
            document.unreadable_pages,
            document.warnings,
        )
        kept = self._shelf.keep(document)
        return BidFileRecord(key, tender, position, summary, path, self._blobs.put_blob(data), len(data), kept)

    def _places(self, record: BidFileRecord, old: BidFileRecord | None) -> dict[str, tuple[Placed, ...]]:
        """Where all marks of all claims that point into the file are now; those in other files stay as they are.

        In a file that is not there any more they are nowhere: what cannot be handed in must not look ready. When it is there
        again they are looked up.
        """
        if old is None:
            return {}
        if _is_missing(record):
            return self._nowhere(record.key)
        if record.reading is None or (record.reading == old.reading and not _is_missing(old)):
            return {}
        finder = self._shelf.finder(record)
        before = None
        with suppress(AnbudsklarError):
            before = self._shelf.finder(old)
        found: dict[str, tuple[Placed, ...]] = {}
        for claim in self._look().claims:
            anchors = claim.claim.anchors
            if any(anchor.file == record.key for anchor in anchors):
                found[claim.key] = tuple(
                    again(finder, Placed(anchor, claim.place_state(number), claim.position), old.summary.sha256, before)
                    if anchor.file == record.key
                    else Placed(anchor, claim.place_state(number), claim.position)
                    for number, anchor in enumerate(anchors)
                )
        return found

    def _nowhere(self, file: str) -> dict[str, tuple[Placed, ...]]:
        return {
            claim.key: tuple(
                Placed(anchor, AnchorState.LOST if anchor.file == file else claim.place_state(number), claim.position)
                for number, anchor in enumerate(claim.claim.anchors)
            )
            for claim in self._look().claims
            if any(anchor.file == file for anchor in claim.claim.anchors)
        }


def changed_on_disk(files: Iterable[BidFileRecord]) -> tuple[BidFileRecord, ...]:
    """Files that are not what was read: changed, or gone. Waits for the disk; a hash is made only where the size is the same.

    Of a file that could not be read nothing is known but whether it is there.
    """
    changed = []
    for record in files:
        if not record.file and _is_there(record):
            continue
        try:
            path = Path(record.path)
            same = path.stat().st_size == record.size
            if same:
                with path.open("rb") as stream:
                    running = sha256()
                    while piece := stream.read(1 << 20):
                        running.update(piece)
                same = running.hexdigest() == record.summary.sha256
        except OSError:
            same = False
        if not same:
            changed.append(record)
    return tuple(changed)


def is_of_bid(files: Iterable[BidFileRecord], path: Path) -> bool:
    """Whether a path leads to one of the bid's own files: nothing is ever written there."""
    for record in files:
        with suppress(OSError):
            if path.samefile(record.path):
                return True
    return False


def _is_missing(record: BidFileRecord) -> bool:
    """Whether the file was not there when it was read last."""
    return record.summary.error is not None and record.summary.error.code == NotFoundError.code


def _is_there(record: BidFileRecord) -> bool:
    try:
        return Path(record.path).exists()
    except OSError:
        return False


def _moved_from(request: ReadRequest, gone: Sequence[BidFileRecord]) -> BidFileRecord | None:
    """The file that lay elsewhere, of those that are gone: the one with the same content, else the only one of the same name."""
    if not gone:
        return None
    with suppress(AnbudsklarError, OSError):
        digest = sha256(request.bytes()).hexdigest()
        same = next((record for record in gone if record.summary.sha256 == digest), None)
        if same is not None:
            return same
    named = [record for record in gone if Path(record.path).name == Path(request.name).name]
    return named[0] if len(named) == 1 else None
