"""The bid's own files into a tender: read by a child process, kept as they are, and every claim's marks found in them again.

The reading side works apart from the desk and hands over `BidArrival`s, as `intake` does for the procurement's documents.
Originals are read, never written.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from app.core.locks import can_be_unlocked
from app.core.work import BidFileRecord, ClaimRecord, new_key
from app.documents.reader import ReadRequest
from app.secrecy.anchors import Finder
from app.workflow.bid_origin import Origin, file_name, is_archive, is_there, moved_from
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
    "Unpack",
    "bid_basis_of",
    "changed_on_disk",
    "is_of_bid",
    "settle_bid",
]

_KEPT = 8
"""Documents that stay open in memory: a bid has that many, seldom more."""


_NO_FILES = frozenset({"file.skipped", "file.unsafe"})
"""What is told of something in an archive that is no file to read."""


class Parse(Protocol):
    """Reads one file in a child process."""

    def __call__(self, name: str, data: bytes, limits: Limits) -> Document:
        """The whole document. Raises errors of the tree."""
        ...


class Unpack(Protocol):
    """Reads the files in an archive, in child processes."""

    def __call__(self, name: str, data: bytes, limits: Limits, cancelled: Callable[[], bool]) -> Iterable[Document | Finding]:
        """Each by its name, which begins with the archive's, or why it could not be read. Raises CancelledError."""
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
    """One run of reading. `look` gives the desk's present state, `deliver` takes what has come; both may cross threads.

    `unpack` opens archives, whose files are then files of the bid like any others; without it an archive is told as unread.
    """

    def __init__(
        self,
        parse: Parse,
        blobs: Blobs,
        shelf: BidShelf,
        look: Callable[[], BidBasis],
        deliver: Callable[[BidArrival], None],
        limits: Limits = DEFAULT_LIMITS,
        unpack: Unpack | None = None,
    ) -> None:
        self._parse = parse
        self._unpack = unpack
        self._blobs = blobs
        self._shelf = shelf
        self._look = look
        self._deliver = deliver
        self._limits = limits
        self._run = new_key()
        self._next = 0
        self._failures: list[Finding] = []

    def read_paths(
        self, paths: Sequence[Path], *, progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> tuple[Finding, ...]:
        """Read files and folders into the bid; what could not be taken at all. A file that is there already is read again.

        One that lay elsewhere and is gone from there (renamed, or moved with its folder) keeps its claims. Raises CancelledError;
        what came before stays.
        """
        from app.documents.package import files_in

        requests, failures = files_in([path.absolute() for path in paths], (), self._limits)
        known = self._look().files
        gone = [record for record in known if not is_there(record)]
        work = []
        for request in requests:
            olds = tuple(record for record in known if record.path == str(request.path)) or moved_from(request, gone)
            gone = [record for record in gone if record not in olds]
            work.append((request, olds))
        self._failures = failures
        self._read(work, True, progress, cancelled)
        return tuple(self._failures)

    def read_again(
        self, files: Iterable[BidFileRecord], *, progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> tuple[Finding, ...]:
        """Read files anew from where they lie. One that is gone stays as it was read, with an error. Raises CancelledError."""
        by_path: dict[str, list[BidFileRecord]] = {}
        for record in files:
            by_path.setdefault(record.path, []).append(record)
        work = [(ReadRequest(file_name(olds[0]), Path(path), limits=self._limits), tuple(olds)) for path, olds in by_path.items()]
        self._failures = []
        self._read(work, False, progress, cancelled)
        return tuple(self._failures)

    def _read(
        self,
        work: Sequence[tuple[ReadRequest, tuple[BidFileRecord, ...]]],
        new: bool,
        progress: Callable[[Step], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """`new` tells whether what is in an archive and not in the bid yet is taken as well."""
        self._next = max((record.position for record in self._look().files), default=-1) + 1
        for index, (request, olds) in enumerate(work):
            if cancelled():
                raise CancelledError(request.name)
            progress(Step(index, request.name, request.name, index, len(work)))
            for record, old in self._records(request, olds, new, cancelled):
                if record != old:
                    self._deliver(BidArrival((record,), self._places(record, old), self._run))
                if cancelled():
                    raise CancelledError(request.name)
            progress(Step(index, request.name, request.name, index + 1, len(work), finished=True))

    def _records(
        self, request: ReadRequest, olds: tuple[BidFileRecord, ...], new: bool, cancelled: Callable[[], bool]
    ) -> Iterator[tuple[BidFileRecord, BidFileRecord | None]]:
        """What the file is now, or the files in it, each with what it was."""
        single = next((record for record in olds if record.member is None), None)
        try:
            data = request.bytes()
        except AnbudsklarError as error:
            finding = replace(error.finding(), file=request.name)
            for old in olds or (None,):
                yield self._unread(Origin(request, b""), old, finding), old
            return
        origin = Origin(request, data)
        if olds and not new and all(origin.is_as_read(record) for record in olds):
            return
        if single is not None and origin.is_as_read(single):
            name = single.summary.name if origin.path == single.path else request.name
            yield replace(single, path=origin.path, summary=replace(single.summary, name=name)), single
            return
        try:
            document = self._parse(request.name, data, self._limits)
        except CancelledError:
            raise
        except AnbudsklarError as error:
            finding = replace(error.finding(), file=request.name)
            if self._unpack is not None and is_archive(finding):
                yield from self._members(origin, self._unpack(request.name, data, self._limits, cancelled), olds, new)
            else:
                yield self._unread(origin, single, finding), single
        else:
            yield self._taken(origin, single, document), single

    def _members(
        self, origin: Origin, found: Iterable[Document | Finding], olds: Sequence[BidFileRecord], new: bool
    ) -> Iterator[tuple[BidFileRecord, BidFileRecord | None]]:
        """The files in an archive. What is embedded in one of them is no file of the bid."""
        known = {record.member: record for record in olds if record.member is not None}
        met: list[str] = []
        whole = True
        for one in found:
            name = one.name if isinstance(one, Document) else one.file
            member = origin.member_of(name)
            if isinstance(one, Finding) and (member is None or one.code in _NO_FILES):
                self._failures.append(one)
                whole = whole and (member is not None or one.code == "package.empty")
            elif member is not None and not any(member.startswith(f"{other}/") for other in met):
                met.append(member)
                old = known.pop(member, None)
                if old is not None and origin.is_as_read(old):
                    yield replace(old, path=origin.path, summary=replace(old.summary, name=name)), old
                elif old is not None or new:
                    inner = replace(origin, member=member)
                    made = self._unread(inner, old, one) if isinstance(one, Finding) else self._taken(inner, old, one)
                    yield made, old
        if whole:  # an archive that could not be read to its end says nothing of what is not in it
            for old in known.values():
                finding = Finding("file.not_found", old.summary.name)
                yield replace(old, summary=replace(old.summary, error=finding)), old

    def _taken(self, origin: Origin, old: BidFileRecord | None, document: Document) -> BidFileRecord:
        """A file that was read."""
        key, name = old.key if old is not None else new_key(), origin.name
        digest = origin.digest if origin.member is None else document.sha256
        summary = DocumentSummary(key, name, document.kind, digest, document.pages, document.unreadable_pages, document.warnings)
        return self._record(origin, old, summary, self._blobs.put_blob(origin.data), self._shelf.keep(document))

    def _unread(self, origin: Origin, old: BidFileRecord | None, finding: Finding) -> BidFileRecord:
        """One that was not, as what was read of it before. Where only a password is missing, the file is there to be opened."""
        kept = self._blobs.put_blob(origin.data) if origin.data and can_be_unlocked(finding) else ""
        if old is not None and old.reading is not None:
            changed = replace(old, file=kept, size=len(origin.data)) if kept else old
            return replace(changed, summary=replace(old.summary, error=finding))
        key = old.key if old is not None else new_key()
        digest = origin.digest if kept else ""
        return self._record(origin, old, DocumentSummary(key, origin.name, DocumentKind.OTHER, digest, error=finding), kept, None)

    def _record(
        self, origin: Origin, old: BidFileRecord | None, summary: DocumentSummary, kept: str, reading: str | None
    ) -> BidFileRecord:
        position = old.position if old is not None else self._next
        self._next += old is None
        size = len(origin.data) if kept else 0
        tender = self._look().tender
        return BidFileRecord(summary.id, tender, position, summary, origin.path, kept, size, reading, member=origin.member)

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
        if not record.file and is_there(record):
            continue
        try:
            path = Path(record.path)
            same = path.stat().st_size == record.size
            if same:
                with path.open("rb") as stream:
                    running = sha256()
                    while piece := stream.read(1 << 20):
                        running.update(piece)
                same = running.hexdigest() == (record.summary.sha256 if record.member is None else record.file)
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
