"""The work on a tender: what the user decides, answers, links and plans around what was found. Data only.

Every record has a `key` (32 hexadecimal digits, never reused) that names it for as long as the vault lives, and the
`tender` it belongs to. Records are replaced, never changed: `dataclasses.replace` makes the next version.
Times are UTC, ISO 8601 with seconds; dates are local.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.checklist import ChecklistItem, DocumentSummary, Tender
from app.core.claims import AnchorState, Bidder, SecrecyClaim
from app.core.packaging import PackagePlan
from app.core.review import ReviewPlan

__all__ = [
    "BidFileRecord",
    "Change",
    "ClaimRecord",
    "ClaimState",
    "DocumentRecord",
    "FileLink",
    "HistoryEntry",
    "ItemState",
    "KeptFile",
    "Origin",
    "Record",
    "SecrecyPlan",
    "TenderRecord",
    "WorkItem",
    "new_key",
]


def new_key() -> str:
    """A key for a new record."""
    return os.urandom(16).hex()


class ItemState(StrEnum):
    """Where an item stands. Rejected means: not asked of this bidder, with a reason."""

    OPEN = "open"
    DONE = "done"
    REJECTED = "rejected"


class Origin(StrEnum):
    """How an item came to be on the list."""

    FOUND = "found"
    ADDED = "added"  # by the user, from marked text or an unassigned line
    SPLIT = "split"
    MERGED = "merged"


class ClaimState(StrEnum):
    """Where a secrecy claim stands. Withdrawn: not asked for after all, kept in sight."""

    DRAFT = "draft"
    READY = "ready"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class SecrecyPlan:
    """What the bid's secrecy needs beside its claims.

    `item` is the key of the item that asks for the request, when the user has chosen another than the one found; empty: none.
    `dismissed` names the suggestions that the user has turned down. `exported` is the fingerprint of what the annex that was
    written last (`exported_at`) says. `text_limit` is how many characters the portal's field for it takes, once that is known.
    """

    bidder: Bidder | None = None
    item: str | None = None
    dismissed: tuple[str, ...] = ()
    exported: str | None = None
    exported_at: str | None = None
    text_limit: int | None = None


@dataclass(frozen=True, slots=True)
class TenderRecord:
    """A tender in the vault. `found` is what the documents say, `edits` the user's own values by field name of `Tender`."""

    key: str
    created: str
    found: Tender = field(default_factory=Tender)
    edits: tuple[tuple[str, str], ...] = ()
    archived: str | None = None
    bid_folder: str | None = None
    secrecy: SecrecyPlan = field(default_factory=SecrecyPlan)
    review: ReviewPlan = field(default_factory=ReviewPlan)
    package: PackagePlan = field(default_factory=PackagePlan)

    @property
    def tender(self) -> str:
        """Its own key: a tender belongs to itself."""
        return self.key

    def value(self, name: str) -> str | None:
        """A fact as the user sees it: the own value before the one found. An own empty value means: none."""
        for field_name, text in self.edits:
            if field_name == name:
                return text or None
        found = getattr(self.found, name, None)
        return found if isinstance(found, str) else None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of the procurement. `file` is the hash of the file that was dropped, `member` the path inside it, if any.

    `acknowledged` are the unreadable pages that the user has looked at in another way. `reading` names the stored result
    of reading it (everything found, as the child process told it), so that the list can be built again with other documents.
    """

    key: str
    tender: str
    position: int
    summary: DocumentSummary
    file: str
    member: str | None = None
    acknowledged: tuple[int, ...] = ()
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An item of the list with all that the user has said of it.

    `item` is what is shown, `found` what was found when the user has changed it. `reviewed` is set once the user has
    decided to keep it. `reason` says why it was rejected. `replaced` hides an item that was split or merged into others;
    `parents` are the keys of the items that this one came from. `changed` is set when a newer document asks differently
    until the user has seen it, `was` what it asked before that; `withdrawn` when the newest documents no longer ask for it.
    """

    key: str
    tender: str
    position: float
    item: ChecklistItem
    origin: Origin = Origin.FOUND
    found: ChecklistItem | None = None
    state: ItemState = ItemState.OPEN
    reviewed: bool = False
    changed: bool = False
    withdrawn: bool = False
    replaced: bool = False
    reason: str | None = None
    answer: str | None = None
    owner: str | None = None
    due: str | None = None
    note: str = ""
    parents: tuple[str, ...] = ()
    was: ChecklistItem | None = None


@dataclass(frozen=True, slots=True)
class FileLink:
    """A file of the bid that answers an item. `sha256` and `size` (bytes) are those of the file when it was linked."""

    key: str
    tender: str
    item: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BidFileRecord:
    """A file of the bid itself, as it was when it was read last. The original stays where it is and is never written.

    `summary.id` is the record's own key, which anchors of claims name as their file. `path` is where it lies on the disk,
    `file` the hash of the kept bytes, `size` their number, `reading` the kept document (blocks and all) that anchors are found
    in again. Both hashes are missing for a file that could not be read; `summary.error` then says why. One that only wants a
    password is kept, to be opened with it. `member` is its path inside the archive, for a file that lies in one: `path`, `file`
    and `size` are then the archive's.
    """

    key: str
    tender: str
    position: int
    summary: DocumentSummary
    path: str
    file: str = ""
    size: int = 0
    reading: str | None = None
    member: str | None = None

    @property
    def place(self) -> str:
        """Its path on the disk, and on into the archive where it lies in one."""
        return self.path if self.member is None else f"{self.path}/{self.member}"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept with the tender though nothing is read of it for the list: what the portal gave after submission.

    `use` is a stable word ("receipt", "printout"), `file` the hash of the bytes, `size` their number, `at` when (UTC).
    """

    key: str
    tender: str
    use: str
    name: str
    file: str
    size: int
    at: str


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A secrecy claim with all that the user has said of it. Anchors name their files by the keys of `BidFileRecord`s.

    `position` is where the first anchor stands in its file: the number of its block and how far into it. `places` says for
    each anchor how it was found in the file as it is now; `exported` is the fingerprint of what the last annex says of it.
    """

    key: str
    tender: str
    position: float
    claim: SecrecyClaim
    state: ClaimState = ClaimState.DRAFT
    places: tuple[AnchorState, ...] = ()
    exported: str | None = None

    def place_state(self, anchor: int) -> AnchorState:
        """How an anchor, by its number from 0, was found."""
        return self.places[anchor] if anchor < len(self.places) else AnchorState.FOUND

    @property
    def lost(self) -> bool:
        """Whether some of what it points at is nowhere any more: then the bid is not ready. A withdrawn one points at nothing."""
        return self.state is not ClaimState.WITHDRAWN and AnchorState.LOST in self.places[: len(self.claim.anchors)]


Record = TenderRecord | DocumentRecord | WorkItem | FileLink | BidFileRecord | ClaimRecord | KeptFile
"""What the vault keeps versions of."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that was done. `action` is a stable code, `values` what its words need, `records` the keys it touched.

    `undone` entries can be done again until something else is done. What is typed names its `item` among the values.
    """

    number: int
    tender: str
    at: str
    action: str
    values: tuple[tuple[str, str], ...] = ()
    records: tuple[str, ...] = ()
    undone: bool = False

    @property
    def typed(self) -> str | None:
        """The key of the item that it was typed at."""
        return dict(self.values).get("item")

    def goes_on(self, action: str, values: tuple[tuple[str, str], ...]) -> bool:
        """Whether a step may join this one: the same again, or typed on at the same item, whatever it says by now."""
        same = self.values == values if self.typed is None else self.typed == dict(values).get("item")
        return self.action == action and same


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did: `records` are new or as they are now, `gone` the keys of those that are no more."""

    records: tuple[Record, ...] = ()
    gone: tuple[str, ...] = ()
    entry: HistoryEntry | None = None
