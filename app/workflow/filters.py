"""Which items of a checklist to show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.core.checklist import Checklist, ChecklistItem
from app.core.document import AnswerType
from app.core.points import PointKind

__all__ = ["FILTERS", "only"]

FILTERS = ("must", "missing", *(kind.value for kind in PointKind))
"""`must`: the bid can be rejected without it. `missing`: to be answered or handed in with the bid. The rest are kinds."""


def only(checklist: Checklist, filters: Iterable[str]) -> Checklist:
    """The checklist with the items that one of the given kinds takes and that all given states (must, missing) hold for."""
    wanted = set(filters)
    kinds = wanted - {"must", "missing"}

    def kept(item: ChecklistItem) -> bool:
        return (
            (not kinds or item.kind.value in kinds)
            and (item.must or "must" not in wanted)
            and (_to_supply(item) or "missing" not in wanted)
        )

    return replace(checklist, items=tuple(item for item in checklist.items if kept(item))) if wanted else checklist


def _to_supply(item: ChecklistItem) -> bool:
    """Nothing is recorded of the bid yet, so everything that takes an answer or a file is missing."""
    if item.kind is PointKind.CONTRACT:
        return False
    return item.kind in (PointKind.QUESTION, PointKind.ATTACHMENT) or item.answer.type is not AnswerType.NONE
