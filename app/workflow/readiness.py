"""How far a bid has come: what is done, what is missing, what nobody has looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.points import PointKind
from app.core.work import ClaimRecord, DocumentRecord, FileLink, ItemState, WorkItem

__all__ = ["Readiness", "on_tender_list", "readiness", "without_file"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Counts over the tender list: duties after award, rejected items, those that the documents no longer ask for and those
    split or merged away are not on it.

    `unread_pages` are unreadable pages that nobody has acknowledged, `unread_documents` those that could not be read at all.
    `owners` has the names in use with what they have left, most first. `lost_claims` are secrecy claims that point at something
    which is not in the bid's files any more: the bid is not ready while there are any.
    """

    total: int = 0
    done: int = 0
    must_missing: int = 0
    unreviewed: int = 0
    unread_pages: int = 0
    unread_documents: int = 0
    unassigned: int = 0
    owners: tuple[tuple[str, int], ...] = ()
    lost_claims: int = 0

    @property
    def missing(self) -> int:
        """Items that are not done."""
        return self.total - self.done

    @property
    def share(self) -> float:
        """How much is done, 0 to 1. An empty list is not done."""
        return self.done / self.total if self.total else 0.0


def on_tender_list(item: WorkItem) -> bool:
    """Whether the bid must deal with the item before it is handed in."""
    asked = item.item.kind is not PointKind.CONTRACT and not item.withdrawn
    return asked and item.state is not ItemState.REJECTED and not item.replaced


def without_file(items: Iterable[WorkItem], links: Iterable[FileLink]) -> tuple[str, ...]:
    """The keys of attachments that must be handed in and that no file is linked to."""
    linked = {link.item for link in links}
    asked = (item for item in items if item.item.kind is PointKind.ATTACHMENT and item.item.must and item.key not in linked)
    return tuple(item.key for item in asked if on_tender_list(item))


def readiness(items: Iterable[WorkItem], documents: Iterable[DocumentRecord], claims: Iterable[ClaimRecord] = ()) -> Readiness:
    """The counts of one tender."""
    total = done = must_missing = unreviewed = 0
    owners: dict[str, int] = {}
    for item in items:
        if not on_tender_list(item):
            continue
        total += 1
        if item.state is ItemState.DONE:
            done += 1
            continue
        must_missing += item.item.must
        unreviewed += not item.reviewed
        if item.owner:
            owners[item.owner] = owners.get(item.owner, 0) + 1
    pages = unread = unassigned = 0
    for document in documents:
        pages += len(set(document.summary.unreadable_pages) - set(document.acknowledged))
        unread += document.summary.error is not None
        unassigned += document.summary.lines.unassigned
    ranked = tuple(sorted(owners.items(), key=lambda owner: (-owner[1], owner[0].casefold())))
    lost = sum(claim.lost for claim in claims)
    return Readiness(total, done, must_missing, unreviewed, pages, unread, unassigned, ranked, lost)
