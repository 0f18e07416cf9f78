"""Files into a tender: read by a runner, kept as they are, and the list grown while they come.

The reading side works apart from the desk (in the window: on a thread of its own) and hands over `Arrival`s; the desk takes them
in where it lives, so that what the user does meanwhile is never overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic
from typing import Protocol

from app.core.checklist import DocumentSummary, Tender
from app.core.document import Finding
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import Glimpse, Reading
from app.core.work import DocumentRecord, WorkItem, new_key
from app.documents.reader import ReadRequest
from app.workflow.check import CancelledError, Runner, Step
from app.workflow.desk import Desk
from app.workflow.stored_reading import packed, unpacked

__all__ = ["Arrival", "Basis", "Blobs", "Intake", "basis_of", "settle"]

_PATIENCE = 0.3
"""Seconds between two growths of the list while files keep coming."""


class Blobs(Protocol):
    """Where files are kept."""

    def put_blob(self, data: bytes) -> str:
        """Keep the bytes; their SHA-256."""
        ...

    def blob(self, sha256: str) -> bytes:
        """The bytes again."""
        ...


@dataclass(frozen=True, slots=True)
class Basis:
    """What was on the desk when the reading side looked."""

    tender: str
    documents: tuple[DocumentRecord, ...]
    items: Mapping[str, WorkItem]
    linked: frozenset[str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What reading has brought so far. `lasting` ones are written to the vault, others only shown until the next comes."""

    found: Tender
    documents: tuple[DocumentRecord, ...]
    puts: tuple[WorkItem, ...]
    gone: tuple[str, ...]
    basis: Basis
    lasting: bool
    run: str


@dataclass(slots=True)
class _Progress:
    """What has been read in this run, by the number of the request."""

    requests: list[ReadRequest]
    results: list[list[Reading | Finding]]
    failures: list[Finding]
    glimpses: dict[int, Reading] = field(default_factory=dict)


def basis_of(desk: Desk) -> Basis:
    """The desk as it is now."""
    return Basis(desk.key, desk.documents, desk.everything(), frozenset(link.item for link in desk.links))


def settle(desk: Desk, arrival: Arrival) -> None:
    """Take an arrival in, where the desk lives. What the user has changed since the basis keeps the user's part."""
    basis = arrival.basis.items
    puts: list[WorkItem] = []
    now = desk.everything()
    for item in arrival.puts:
        current = now.get(item.key)
        if current is None and item.key in basis:
            continue  # removed meanwhile
        if current is None or current is basis.get(item.key):
            puts.append(item)
        else:
            moved = replace(current, position=item.position, changed=item.changed, withdrawn=item.withdrawn, was=item.was)
            newest = item.found or item.item
            puts.append(replace(moved, item=newest) if current.found is None else replace(moved, found=newest))
    gone = [key for key in arrival.gone if now.get(key) is basis.get(key)]
    acknowledged = {record.key: record.acknowledged for record in desk.documents}
    documents = [replace(record, acknowledged=acknowledged.get(record.key, ())) for record in arrival.documents]
    desk.take_in(arrival.found, documents, puts, gone, run=arrival.run, lasting=arrival.lasting)


class Intake:
    """One run of reading. `look` gives the desk's present state, `deliver` takes what has come; both may cross threads."""

    def __init__(
        self,
        runner: Runner,
        blobs: Blobs,
        look: Callable[[], Basis],
        deliver: Callable[[Arrival], None],
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self._runner = runner
        self._blobs = blobs
        self._look = look
        self._deliver = deliver
        self._limits = limits
        self._run = new_key()
        self._files: dict[int, str] = {}
        self._keys: dict[str, str] = {}
        self._readings: dict[str, str] = {}
        self._glimpsed: set[str] = set()

    def read_paths(
        self,
        paths: Sequence[Path],
        passwords: Sequence[str] = (),
        *,
        progress: Callable[[Step], None],
        cancelled: Callable[[], bool],
        listed: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        """Read files and folders into the tender. Files that cannot be read become documents with an error.

        `listed` is told the names of the files before the first is read. Raises CancelledError; what came before stays.
        """
        from app.documents.package import files_in

        requests, failures = files_in(paths, passwords, self._limits)
        if listed is not None:
            listed([request.name for request in requests])
        self._read([replace(request, glimpse=True) for request in requests], failures, progress, cancelled)

    def read_again(
        self,
        documents: Sequence[DocumentRecord],
        passwords: Sequence[str] = (),
        *,
        progress: Callable[[Step], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Read kept files once more, for instance with a password. Raises CancelledError."""
        requests: dict[str, ReadRequest] = {}
        for record in documents:
            if record.file:
                name = record.summary.name.removesuffix(f"/{record.member}") if record.member else record.summary.name
                data = self._blobs.blob(record.file)
                requests.setdefault(name, ReadRequest(name, None, data, tuple(passwords), self._limits))
        self._read(list(requests.values()), [], progress, cancelled)

    def _read(
        self,
        requests: list[ReadRequest],
        failures: list[Finding],
        progress: Callable[[Step], None],
        cancelled: Callable[[], bool],
    ) -> None:
        state = _Progress(requests, [[] for _ in requests], failures)
        try:
            waiting = self._listen(state, progress, cancelled)
        except CancelledError:
            # What was read to its end stays; what was only glimpsed does not.
            state.glimpses.clear()
            if any(state.results):
                self._bring(state, lasting=True)
            raise
        if waiting or not requests:
            self._bring(state, lasting=True)

    def _listen(self, state: _Progress, progress: Callable[[Step], None], cancelled: Callable[[], bool]) -> bool:
        """Take what the runner brings; whether some of it is not written yet.

        Nothing is written while a document is only glimpsed: half a reading must not be kept as the whole.
        """
        known = {record.summary.name for record in self._look().documents}
        last = monotonic()
        waiting = False
        for index, result in self._runner.run(state.requests, progress, cancelled):
            if isinstance(result, Glimpse):
                # Of a document that is here already, the whole comes soon enough.
                if result.reading.document.name not in known:
                    state.glimpses[index] = result.reading
                    self._glimpsed.add(result.reading.document.name)
                    self._bring(state, lasting=False)
                    self._keep_ahead(index, state)
                continue
            state.glimpses.pop(index, None)
            state.results[index].append(result)
            waiting = True
            if monotonic() - last >= _PATIENCE:
                waiting = bool(state.glimpses)
                self._bring(state, lasting=not waiting)
                last = monotonic()
        return waiting

    def _bring(self, state: _Progress, *, lasting: bool) -> None:
        from app.checklist.build import build
        from app.checklist.reconcile import reconcile

        basis = self._look()
        fresh = dict(_fresh(state))
        known = {record.summary.id: record for record in basis.documents}
        readings = [*self._kept(basis.documents, fresh), *(reading for _, reading in fresh.values())]
        order = {record.summary.name: record.position for record in basis.documents}
        readings.sort(key=lambda reading: order.get(reading.document.name, len(order)))
        broken = [finding for group in state.results for finding in group if isinstance(finding, Finding)]
        kept_errors = [
            record.summary.error
            for record in basis.documents
            if record.summary.error is not None and record.summary.name not in {*fresh, *(finding.file for finding in broken)}
        ]
        checklist = build(readings, [*kept_errors, *state.failures, *broken])
        records = tuple(
            self._record(basis.tender, summary, known.get(summary.id), position, fresh, state, lasting)
            for position, summary in enumerate(checklist.documents)
        )
        changed = tuple(record for record in records if record != known.get(record.summary.id))
        new = reconcile(basis.tender, basis.items, checklist.items, basis.linked)
        listed = {record.key for record in records}
        lost = (record for record in basis.documents if record.key not in listed)
        gone = (*new.gone, *(record.key for record in lost if not record.file or record.summary.name in self._glimpsed))
        self._deliver(Arrival(checklist.tender, changed, new.puts, gone, basis, lasting, self._run))

    def _kept(self, documents: Sequence[DocumentRecord], fresh: Mapping[str, object]) -> Iterator[Reading]:
        """What was found in the documents that this run does not read."""
        for record in documents:
            if record.reading is not None and record.summary.name not in fresh:
                yield unpacked(self._blobs.blob(record.reading))

    def _record(
        self,
        tender: str,
        summary: DocumentSummary,
        old: DocumentRecord | None,
        position: int,
        fresh: Mapping[str, tuple[int, Reading]],
        state: _Progress,
        lasting: bool,
    ) -> DocumentRecord:
        key = self._keys.setdefault(summary.id, old.key if old is not None else new_key())
        acknowledged = old.acknowledged if old is not None and old.summary.sha256 == summary.sha256 else ()
        index, reading = fresh.get(summary.name, (None, None))
        if index is None:
            index = _request_of(summary.name, state.requests)
        if index is None:
            file, member, kept = (old.file, old.member, old.reading) if old is not None else ("", None, None)
        else:
            name = state.requests[index].name
            member = summary.name[len(name) + 1 :] if summary.name != name else None
            file = self._keep_file(index, state.requests[index]) if lasting else self._files.get(index, "")
            kept = self._keep_reading(reading) if lasting and reading is not None else None
        return DocumentRecord(key, tender, position, summary, file, member, acknowledged, kept)

    def _keep_ahead(self, index: int, state: _Progress) -> None:
        """The file of a glimpse, while the whole of it is being read: what is on the list can be shown where it stands. Should
        nothing come of the reading, the vault throws away what no document needs."""
        from app.core.errors import AnbudsklarError

        if index not in self._files:
            with suppress(AnbudsklarError):  # told when it has to be kept
                self._keep_file(index, state.requests[index])
                self._bring(state, lasting=False)

    def _keep_reading(self, reading: Reading) -> str:
        name = reading.document.name
        if name not in self._readings:
            self._readings[name] = self._blobs.put_blob(packed(reading))
        return self._readings[name]

    def _keep_file(self, index: int, request: ReadRequest) -> str:
        if index not in self._files:
            from app.core.errors import AnbudsklarError

            try:
                self._files[index] = self._blobs.put_blob(request.bytes())
            except AnbudsklarError as error:
                if not error.code_used.startswith(("file.", "limit.")):
                    raise
                self._files[index] = ""  # it is gone or too large: what was read of it stays on the list
        return self._files[index]


def _fresh(state: _Progress) -> Iterator[tuple[str, tuple[int, Reading]]]:
    for index, group in enumerate(state.results):
        for result in group:
            if isinstance(result, Reading):
                yield result.document.name, (index, result)
        if index in state.glimpses:
            reading = state.glimpses[index]
            yield reading.document.name, (index, reading)


def _request_of(name: str, requests: Sequence[ReadRequest]) -> int | None:
    for index, request in enumerate(requests):
        if name == request.name or name.startswith(request.name + "/"):
            return index
    return None
