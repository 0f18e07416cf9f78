"""Questions over all tenders, answered by the database: how far each has come, and where words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.folding import folded
from app.core.points import PointKind
from app.core.work import ItemState
from app.storage.database import Ask

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Hit", "KindCount", "TenderCounts", "overview", "search"]

_PAPERS = ("count", "unread_pages", "failed", "unassigned")


@dataclass(frozen=True, slots=True)
class KindCount:
    """Items of one kind that are on the list: all of them, and those that are done."""

    kind: PointKind
    total: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class TenderCounts:
    """Counts over a tender's list, meaning what the fields of the same name mean for an open one (`workflow.readiness`).

    Items that were replaced or withdrawn are in none of them. `rejected` and the contract's kind in `kinds` are apart from
    the total. `owners` have what they have left, most first.
    `next_due` is the first due date of what is not done.
    """

    tender: str
    total: int = 0
    done: int = 0
    must_missing: int = 0
    unreviewed: int = 0
    rejected: int = 0
    documents: int = 0
    unread_pages: int = 0
    unread_documents: int = 0
    unassigned: int = 0
    lost_claims: int = 0
    next_due: str | None = None
    kinds: tuple[KindCount, ...] = ()
    owners: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> int:
        """Items that are not done."""
        return self.total - self.done

    @property
    def share(self) -> float:
        """How much is done, 0 to 1. An empty list is not done."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Hit:
    """An item that has the words looked for."""

    tender: str
    item: str
    kind: PointKind
    state: ItemState
    must: bool
    number: str | None
    text: str


class _Tally:
    def __init__(self) -> None:
        self.total = self.done = self.must_missing = self.unreviewed = self.rejected = 0
        self.due: str | None = None
        self.kinds: dict[str, list[int]] = {}
        self.owners: dict[str, int] = {}


def overview(ask: Ask) -> tuple[TenderCounts, ...]:
    """The counts of every tender, in the order they were made."""
    tallies: dict[str, _Tally] = {}
    for row in ask("counts"):
        tally, count = tallies.setdefault(row["tender"], _Tally()), row["count"]
        if row["state"] == ItemState.REJECTED:
            tally.rejected += count
            continue
        done = row["state"] == ItemState.DONE
        of_kind = tally.kinds.setdefault(row["kind"], [0, 0])
        of_kind[0] += count
        of_kind[1] += count * done
        if row["kind"] == PointKind.CONTRACT:
            continue
        tally.total += count
        tally.done += count * done
        if not done:
            owner = row["owner"]
            tally.must_missing += count * row["must"]
            tally.unreviewed += count * (not row["reviewed"])
            tally.due = min(filter(None, (tally.due, row["due"])), default=None)
            if owner:
                tally.owners[owner] = tally.owners.get(owner, 0) + count
    papers = {row["tender"]: [int(row[name]) for name in _PAPERS] for row in ask("papers")}
    lost = {row["tender"]: row["count"] for row in ask("lost_claims")}
    keys = (row["key"] for row in ask("tender_keys"))
    return tuple(_counts(key, tallies.get(key, _Tally()), papers.get(key, [0, 0, 0, 0]), lost.get(key, 0)) for key in keys)


def _counts(tender: str, tally: _Tally, papers: list[int], lost: int) -> TenderCounts:
    count, unread_pages, unread_documents, unassigned = papers
    return TenderCounts(
        tender,
        total=tally.total,
        done=tally.done,
        must_missing=tally.must_missing,
        unreviewed=tally.unreviewed,
        rejected=tally.rejected,
        documents=count,
        unread_pages=unread_pages,
        unread_documents=unread_documents,
        unassigned=unassigned,
        lost_claims=lost,
        next_due=tally.due,
        kinds=tuple(KindCount(kind, *tally.kinds[kind]) for kind in PointKind if kind in tally.kinds),
        owners=tuple(sorted(tally.owners.items(), key=lambda owner: (-owner[1], owner[0].casefold()))),
    )


def search(connection: Connection, words: str, limit: int) -> tuple[Hit, ...]:
    """Items that have every one of the words somewhere, by tender and place on the list. No words find nothing."""
    from sqlalchemy import and_, select

    from app.storage.schema import item_words, items

    wanted = folded(words).split()
    if not wanted:
        return ()
    # Narrow rows first; the wide ones only for what is shown.
    found = (
        select(item_words.c.key)
        .where(and_(*(item_words.c.words.contains(word, autoescape=True) for word in sorted(wanted, key=len, reverse=True))))
        .order_by(item_words.c.tender, item_words.c.position, item_words.c.key)
        .limit(limit)
    )
    columns = (items.c.tender, items.c.key, items.c.kind, items.c.state, items.c.must, items.c.number, items.c.text)
    shown = select(*columns).where(items.c.key.in_(found)).order_by(items.c.tender, items.c.position, items.c.key)
    return tuple(
        Hit(tender, key, PointKind(kind), ItemState(state), must, number, text)
        for tender, key, kind, state, must, number, text in connection.execute(shown)
    )
