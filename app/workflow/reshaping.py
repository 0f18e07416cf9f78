"""Items made of other items: splitting, merging, adding from marked text. Records in, records out; nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.core.checklist import ChecklistItem
from app.core.points import PointKind, Source
from app.core.work import ItemState, Origin, WorkItem, new_key

__all__ = ["added", "merged", "own_place", "split", "without_document"]

_STEP = 1 / 1024
"""Between the positions of parts: a thousand parts keep their order before the next item (positions of found items are whole)."""


def split(item: WorkItem, texts: Sequence[str]) -> tuple[WorkItem, tuple[WorkItem, ...]]:
    """The item as replaced, and a part for every text. A part that stands word for word in the quote has its own quote."""
    parts = []
    for number, text in enumerate(texts):
        key = new_key()
        quote = text if text in item.item.source.quote else item.item.source.quote
        piece = replace(item.item, id=key, text=text, source=replace(item.item.source, quote=quote))
        # The answer belongs to the whole; the first part keeps it, so that nothing written is lost from sight.
        answer = item.answer if number == 0 else None
        parts.append(
            replace(
                item,
                key=key,
                item=piece,
                origin=Origin.SPLIT,
                found=None,
                state=ItemState.OPEN,
                position=item.position + (number + 1) * _STEP,
                answer=answer,
                parents=(item.key,),
            )
        )
    return replace(item, replaced=True), tuple(parts)


def merged(items: Sequence[WorkItem]) -> tuple[tuple[WorkItem, ...], WorkItem]:
    """The items as replaced, and the one that stands for all of them, at the first one's place."""
    first = items[0]
    others = items[1:]
    seen = {(source.document, source.quote, source.place) for source in (first.item.source, *first.item.also)}
    also = list(first.item.also)
    for other in others:
        for source in (other.item.source, *other.item.also):
            if (source.document, source.quote, source.place) not in seen:
                seen.add((source.document, source.quote, source.place))
                also.append(source)
    key = new_key()
    whole = replace(
        first.item,
        id=key,
        text="\n".join(dict.fromkeys(item.item.text for item in items)),
        must=any(item.item.must for item in items),
        also=tuple(also),
        cues=tuple(dict.fromkeys(cue for item in items for cue in item.item.cues)),
    )
    answers = [item.answer for item in items if item.answer]
    notes = [item.note for item in items if item.note]
    one = replace(
        first,
        key=key,
        item=whole,
        origin=Origin.MERGED,
        found=None,
        state=ItemState.DONE if all(item.state is ItemState.DONE for item in items) else ItemState.OPEN,
        reviewed=any(item.reviewed for item in items),
        reason=None,
        position=first.position + _STEP / 2,
        answer="\n\n".join(answers) or None,
        owner=next((item.owner for item in items if item.owner), None),
        due=min((item.due for item in items if item.due), default=None),
        note="\n".join(notes),
        parents=tuple(item.key for item in items),
    )
    return tuple(replace(item, replaced=True) for item in items), one


def added(
    tender: str, text: str, kind: PointKind, must: bool, source: Source, headings: Sequence[str], position: float
) -> WorkItem:
    """An item of the user's own making, kept from the start."""
    key = new_key()
    item = ChecklistItem(key, kind, must, text, source, headings=tuple(headings), cues=("user.added",))
    return WorkItem(key, tender, position, item, Origin.ADDED, reviewed=True)


def without_document(items: Iterable[WorkItem], document: str) -> tuple[list[str], list[WorkItem]]:
    """Keys of the items that only this document (its id) asks for; items that others ask for too, without their places in it."""
    gone: list[str] = []
    kept: list[WorkItem] = []
    for item in items:
        places = (item.item.source, *item.item.also)
        left = tuple(place for place in places if place.document != document)
        if not left:
            gone.append(item.key)
        elif len(left) < len(places):
            headings = item.item.headings if left[0] is item.item.source else ()
            kept.append(replace(item, item=replace(item.item, source=left[0], also=left[1:], headings=headings)))
    return gone, kept


def own_place(items: Sequence[WorkItem], source: Source) -> float:
    """Where an added item belongs among `items` (in order): after the last one of its document that stands before it."""
    before, after = -1.0, None
    for item in items:
        if item.item.source.document != source.document:
            continue
        if _reading_order(item.item.source) <= _reading_order(source):
            before = max(before, item.position)
        elif after is None:
            after = item.position
    if before < 0:
        return after - _STEP if after is not None else (items[-1].position + 1 if items else 0.0)
    return before + _STEP / 4


def _reading_order(source: Source) -> tuple[int, float, int]:
    place = source.place
    return place.page or 0, place.box.y0 if place.box is not None else 0.0, place.paragraph or 0
