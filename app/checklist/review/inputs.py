"""What the review looks at, as plain data: whoever has a bid puts it together, a window from its desk, a command from folders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from app.checklist.review.matched import matched_forms
from app.core.checklist import Tender
from app.core.claims import Bidder, Strength
from app.core.inspection import FileFacts
from app.core.packaging import PortalProfile
from app.core.review import Override
from app.core.work import ClaimRecord, ClaimState, DocumentRecord, FileLink, WorkItem

__all__ = ["AnnexState", "Locked", "ReviewInputs"]


@dataclass(frozen=True, slots=True)
class AnnexState:
    """How the secrecy annex stands. `asked`: an unconditional item asks for one; `file` is its name once written; `stale`: claims
    have changed since."""

    asked: bool = False
    written: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Locked:
    """A file that tells that another one is open in a program (`~$Name.docx`)."""

    name: str


@dataclass(frozen=True)
class ReviewInputs:
    """Everything that the rules ask.

    `items` are the items of the tender list (those that are not asked of this bidder are left out by the caller). `files` are
    the bid's files as they are on the disk now; a link names its file by `FileFacts.path` and its item by `WorkItem.key`.
    `originals` are the buyer's own documents, inspected, to compare filled forms with. `folder_lost`: the bid folder cannot be
    reached, so its files are told by that and not as missing one by one. `locked` and `twins` are what the folder holds beside
    readable files: locks of open files, and names that differ only in capitals or in how å, ä and ö are stored. `answers_known`
    is False when nobody has told what is answered (the command line), and then open items are no finding.
    """

    now: datetime
    tender: Tender = field(default_factory=Tender)
    tender_deadline: str | None = None
    bid_valid_until: str | None = None
    items: tuple[WorkItem, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    files: tuple[FileFacts, ...] = ()
    links: tuple[FileLink, ...] = ()
    originals: tuple[FileFacts, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    strengths: Mapping[str, Strength] = field(default_factory=dict)
    annex: AnnexState = field(default_factory=AnnexState)
    bidder: Bidder | None = None
    profile: PortalProfile | None = None
    overrides: tuple[Override, ...] = ()
    locked: tuple[Locked, ...] = ()
    twins: tuple[tuple[str, str], ...] = ()
    own_output: frozenset[str] = frozenset()
    folder_lost: bool = False
    answers_known: bool = True

    @property
    def deadline(self) -> str | None:
        """The tender deadline as the user sees it, else as the documents say."""
        return self.tender_deadline or self.tender.tender_deadline

    @property
    def valid_until(self) -> str | None:
        """The day until which the bid must bind."""
        return self.bid_valid_until or self.tender.valid_until

    @property
    def deadline_day(self) -> str | None:
        """Its day."""
        return self.deadline[:10] if self.deadline else None

    @cached_property
    def by_path(self) -> Mapping[str, FileFacts]:
        """The bid's files by where they lie."""
        return {file.path: file for file in self.files}

    @cached_property
    def form_of(self) -> Mapping[str, FileFacts]:
        """The buyer's form that a file is a filled copy of, by the file's path."""
        return matched_forms(self.files, self.originals)

    @cached_property
    def item_by_key(self) -> Mapping[str, WorkItem]:
        """Items by their keys."""
        return {item.key: item for item in self.items}

    @cached_property
    def asked_of(self) -> Mapping[str, tuple[WorkItem, ...]]:
        """What each file answers: items by the file's path."""
        found: dict[str, list[WorkItem]] = {}
        for link in self.links:
            item = self.item_by_key.get(link.item)
            if item is not None:
                found.setdefault(link.path, []).append(item)
        return {path: tuple(items) for path, items in found.items()}

    @property
    def standing_claims(self) -> tuple[ClaimRecord, ...]:
        """Claims that are not withdrawn."""
        return tuple(claim for claim in self.claims if claim.state is not ClaimState.WITHDRAWN)
