"""How much a checklist asks for: counts by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.checklist import ChecklistItem
from app.core.points import PointKind


@dataclass(frozen=True, slots=True)
class Count:
    """How many items there are of a kind, and how many of them the bid can be rejected without."""

    total: int = 0
    must: int = 0


def counts(items: Iterable[ChecklistItem]) -> dict[PointKind, Count]:
    """Counts of every kind, also of those that there are none of, in the order of the kinds."""
    total = dict.fromkeys(PointKind, 0)
    must = dict.fromkeys(PointKind, 0)
    for item in items:
        total[item.kind] += 1
        must[item.kind] += item.must
    return {kind: Count(total[kind], must[kind]) for kind in PointKind}


def tender_list(items: Iterable[ChecklistItem]) -> list[ChecklistItem]:
    """The items that concern the bid; duties after award are kept apart from them."""
    return [item for item in items if item.kind is not PointKind.CONTRACT]
