"""The review of an open tender: what lies on its desk, its bid's files as they are on the disk now, and the rules over both.

Looking through files waits for the disk and for child processes: for a job's thread. What was found out of a file is kept as
long as the file stays the same, so that the next review takes moments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.core.claims import Strength
from app.core.document import DocumentKind, Finding
from app.core.errors import AnbudsklarError
from app.core.inspection import FileFacts
from app.core.packaging import PortalProfile
from app.core.review import Review
from app.core.work import BidFileRecord, ClaimRecord, ClaimState, DocumentRecord, FileLink, TenderRecord, WorkItem
from app.documents.reader import ReadRequest
from app.export.package.profiles import profile_named
from app.workflow.bid_folder import bid_files
from app.workflow.check import CancelledError, Step
from app.workflow.review_folders import Inspector, inspected, locks_and_twins
from app.workflow.reviewing import AnnexState, Locked, ReviewInputs, review_of
from app.workflow.secrecy_asked import likeliest

if TYPE_CHECKING:
    from app.workflow.bid import BidShelf
    from app.workflow.package_desk import PackageDesk

__all__ = ["Audit", "AuditBasis", "Auditor", "audit_basis_of"]

_FORM_PAGES = 60
"""Pages up to which a PDF of the procurement may be a form to fill in."""
_FORMS = (DocumentKind.XLSX, DocumentKind.DOCX)


class _Blobs(Protocol):
    def blob(self, sha256: str) -> bytes:
        """The bytes of a kept file. Raises KeyError."""
        ...


@dataclass(frozen=True, slots=True)
class AuditBasis:
    """What lies on a desk at a moment, to be taken to another thread."""

    tender: TenderRecord
    items: tuple[WorkItem, ...]
    documents: tuple[DocumentRecord, ...]
    links: tuple[FileLink, ...]
    files: tuple[BidFileRecord, ...]
    claims: tuple[ClaimRecord, ...]
    annex_stale: bool = False


@dataclass(frozen=True, slots=True)
class Audit:
    """A review and what it was made of."""

    review: Review
    inputs: ReviewInputs


def audit_basis_of(desk: PackageDesk) -> AuditBasis:
    """The desk as it is now."""
    return AuditBasis(
        desk.tender, desk.items(), desk.documents, desk.links, desk.bid_files, desk.claims(), annex_stale=desk.annex_stale
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What was found out of a file, and by which marks it is known to be the same."""

    size: int
    changed: int
    facts: tuple[FileFacts, ...]


class Auditor:
    """Keeps what was found out of files. One review at a time."""

    def __init__(
        self, inspector: Callable[[Callable[[], bool]], Inspector], blobs: _Blobs, shelf: BidShelf | None = None
    ) -> None:
        self._inspector = inspector
        self._blobs = blobs
        self._shelf = shelf
        self._files: dict[str, _Known] = {}
        self._originals: dict[str, tuple[FileFacts, ...]] = {}
        self.own: tuple[PortalProfile, ...] = ()
        """Portals as the user knows them."""

    def audit(
        self,
        basis: AuditBasis,
        now: datetime,
        *,
        progress: Callable[[Step], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        again: bool = False,
    ) -> Audit:
        """The review. `again`: look through every file once more. What cannot be read is a row, never an exception.

        Raises CancelledError.
        """
        stop = cancelled or _never
        inspector = self._inspector(stop)
        if again:
            self._files.clear()
        folder = Path(basis.tender.bid_folder) if basis.tender.bid_folder else None
        lost = folder is not None and not folder.is_dir()
        requests = _requests(basis, folder)
        total = len(requests)
        files: list[FileFacts] = []
        for number, request in enumerate(requests):
            if stop():
                raise CancelledError(request.name)
            if progress is not None:
                progress(Step(number, request.name, request.name, number, total))
            files += self._facts(request, inspector, stop)
        if progress is not None and total:
            progress(Step(total, "", "", total, total, finished=True))
        locks, twins = locks_and_twins(folder) if folder is not None else ((), ())
        inputs = ReviewInputs(
            now=now,
            tender=basis.tender.found,
            tender_deadline=basis.tender.value("tender_deadline"),
            bid_valid_until=basis.tender.value("valid_until"),
            items=basis.items,
            documents=basis.documents,
            files=tuple(files),
            links=basis.links,
            originals=tuple(self._forms(basis.documents, inspector, stop)),
            claims=basis.claims,
            strengths=self._strengths(basis),
            annex=_annex(basis),
            bidder=basis.tender.secrecy.bidder,
            profile=profile_named(basis.tender.package.profile, self.own),
            overrides=basis.tender.review.overrides,
            locked=tuple(map(Locked, locks)),
            twins=twins,
            folder_lost=lost,
        )
        return Audit(review_of(inputs), inputs)

    # --- files

    def _facts(self, request: ReadRequest, inspector: Inspector, stop: Callable[[], bool]) -> tuple[FileFacts, ...]:
        path = str(request.path)
        try:
            status = Path(path).stat()
        except OSError:
            return ()  # a linked file that is gone is told as gone
        known = self._files.get(path)
        if known is None or (known.size, known.changed) != (status.st_size, status.st_mtime_ns):
            known = _Known(status.st_size, status.st_mtime_ns, inspected(request, inspector))
            if stop():
                raise CancelledError(request.name)
            self._files[path] = known
        return known.facts

    def _forms(self, documents: Sequence[DocumentRecord], inspector: Inspector, stop: Callable[[], bool]) -> Iterator[FileFacts]:
        """The procurement's documents that may be forms, inspected once each."""
        for file, records in _by_file(documents).items():
            if stop():
                raise CancelledError(records[0].summary.name)
            if file not in self._originals:
                self._originals[file] = self._original(file, records[0], inspector)
            wanted = {record.summary.name for record in records}
            yield from (facts for facts in self._originals[file] if facts.name in wanted)

    def _original(self, file: str, record: DocumentRecord, inspector: Inspector) -> tuple[FileFacts, ...]:
        name = record.summary.name.removesuffix(f"/{record.member}") if record.member else record.summary.name
        try:
            found = inspector.inspect(ReadRequest(name, data=self._blobs.blob(file)))
        except (KeyError, AnbudsklarError):
            return ()
        return () if isinstance(found, Finding) else found

    # --- secrecy

    def _strengths(self, basis: AuditBasis) -> dict[str, Strength]:
        from app.secrecy.strength import Context, judge
        from app.workflow.insight import Insights

        claims = [record for record in basis.claims if record.state is not ClaimState.WITHDRAWN]
        if not claims:
            return {}
        covered = Insights(self._shelf).of(basis.files, claims).covered if self._shelf is not None else {}
        shares = {record.claim.number: covered.get(record.key, 0.0) for record in claims}
        context = Context(basis.tender.secrecy.bidder, basis.tender.value("buyer") or "", covered=shares)
        every = [record.claim for record in claims]
        found = {}
        for record in claims:
            try:
                found[record.key] = judge(record.claim, every, context).strength
            except AnbudsklarError:  # a kind or ground that this version does not know
                found[record.key] = Strength.WEAK
        return found


def _requests(basis: AuditBasis, folder: Path | None) -> list[ReadRequest]:
    """The bid's files: what lies in its folder, what was read into it, what items are linked to; each once."""
    found: dict[str, ReadRequest] = {}
    if folder is not None and folder.is_dir():
        requests, _ = bid_files(folder)
        for request in requests:
            found[str(request.path)] = replace(request, name=request.name.removeprefix(f"{folder.name}/"))
    for path in (*(record.path for record in basis.files), *(link.path for link in basis.links)):
        if path and path not in found:
            found[path] = ReadRequest(Path(path).name, Path(path))
    return list(found.values())


def _by_file(documents: Sequence[DocumentRecord]) -> dict[str, list[DocumentRecord]]:
    found: dict[str, list[DocumentRecord]] = {}
    for record in documents:
        summary = record.summary
        short = summary.kind is DocumentKind.PDF and (summary.pages or 0) <= _FORM_PAGES
        if record.file and summary.error is None and (summary.kind in _FORMS or short):
            found.setdefault(record.file, []).append(record)
    return found


def _annex(basis: AuditBasis) -> AnnexState:
    plan = basis.tender.secrecy
    item = likeliest(basis.items, plan.item)
    asked = item is not None and item.item.must and item.item.when is None
    return AnnexState(asked, plan.exported is not None, basis.annex_stale)


def _never() -> bool:
    return False
