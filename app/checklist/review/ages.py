"""How old a document may be that answers an item: "högst tre månader gammalt"."""

from __future__ import annotations

from app.checklist.review.lexicon import count_of
from app.checklist.review.lexicon import first as first_match
from app.core.checklist import ChecklistItem
from app.core.points import PointKind

__all__ = ["most_months"]


def most_months(item: ChecklistItem) -> int | None:
    """In months, by the item's words or by the places that they come from; only an attachment has an age."""
    if item.kind is not PointKind.ATTACHMENT:
        return None
    for text in (item.text, item.source.quote, *(source.quote for source in item.also)):
        match = first_match("age", text)
        if match is not None and (months := count_of(match["count"])):
            return months
    return None
