"""One item per thing asked for: other places that ask for the same become its `also`.

Documents asked for are merged when their names say the same and nothing tells them apart: a number, a lot, a role. A slot of its
own is never merged away. Statements are merged only when another document repeats them word for word. When in doubt both stay:
a repetition costs the bidder a glance, a lost document the bid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from app.checklist.identity import text_key, title_key
from app.core.document import AnswerType
from app.core.points import Point, PointKind, Source

_STATEMENTS = frozenset([PointKind.REQUIREMENT, PointKind.CRITERION, PointKind.DEADLINE, PointKind.CONTRACT])
_FEWEST_WORDS = 6  # shorter sentences are equal by chance
_ALIKE = 93.0  # how alike two words must be, in per cent, to be forms or misspellings of one
_LONGEST_NAME = 12  # words: a longer text describes more than a document's name
_ENDING = re.compile(r"(?:ernas|arnas|ornas|erna|arna|orna|ens|ets|en|et|er|ar|or|na|s|n)$")


@dataclass(slots=True)
class Entry:
    """A point on its way to the list, with the name of its document."""

    document: str
    point: Point


def merge(entries: Sequence[Entry]) -> list[Entry]:
    """The entries that stay, in their order, each with the places of those merged into it."""
    kept = list(entries)
    kept = _merge_attachments(kept)
    return _merge_statements(kept)


def _merge_statements(entries: list[Entry]) -> list[Entry]:
    first: dict[tuple[str, str, PointKind], int] = {}
    kept: list[Entry] = []
    for entry in entries:
        point = entry.point
        key = (text_key(point.source.quote), text_key(point.lot or ""), point.kind)
        mergeable = point.kind in _STATEMENTS and len(key[0].split()) >= _FEWEST_WORDS and point.answer.type is AnswerType.NONE
        earlier = first.get(key) if mergeable else None
        if earlier is not None and kept[earlier].document != entry.document:
            kept[earlier] = Entry(kept[earlier].document, _with(kept[earlier].point, point))
            continue
        if mergeable and earlier is None:
            first[key] = len(kept)
        kept.append(entry)
    return kept


def _merge_attachments(entries: list[Entry]) -> list[Entry]:
    places = [index for index, entry in enumerate(entries) if entry.point.kind is PointKind.ATTACHMENT]
    if len(places) < 2:
        return entries
    names = {index: document_words(_asked_for(entries[index].point)) for index in places}
    into: dict[int, int] = {}
    for index in places:
        if _is_slot(entries[index].point) or not names[index]:
            continue
        same = [
            other
            for other in places
            if other != index
            and other not in into
            and (other < index or _is_slot(entries[other].point))
            and _same_lot(entries[index].point, entries[other].point)
            and _same_words(names[index], names[other])
            and not (names[index] & _of_a_person() and _headings(entries[index].point) != _headings(entries[other].point))
        ]
        slots = [other for other in same if _is_slot(entries[other].point)]
        if len(slots) == 1:
            into[index] = slots[0]  # the slot is where the document is handed in
        elif not slots and same:
            into[index] = same[0]
    for index, target in into.items():
        entries[target] = Entry(entries[target].document, _with(entries[target].point, entries[index].point))
    return [entry for index, entry in enumerate(entries) if index not in into]


def _asked_for(point: Point) -> str:
    return point.source.quote


def document_words(text: str) -> frozenset[str]:
    """What names the document in a sentence that asks for it: its words without those of asking, in their base form."""
    found = [word for word in text_key(text).split() if word not in _fillers()]
    if not found or len(found) > _LONGEST_NAME:
        return frozenset()
    return frozenset(_base(word) for word in found)


def _same_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both name the same document: every word of either has its like in the other, numbers exactly."""
    if not one or not other:
        return False
    if one == other:
        return True
    from rapidfuzz import fuzz

    left, right = one - other, other - one
    if len(left) != len(right) or any(len(word) < 5 or any(sign.isdigit() for sign in word) for word in left | right):
        return False
    return all(max(fuzz.ratio(word, candidate) for candidate in right) >= _ALIKE for word in left)


def _same_lot(one: Point, other: Point) -> bool:
    return text_key(one.lot or "") == text_key(other.lot or "")


def _headings(point: Point) -> tuple[str, ...]:
    return tuple(title_key(heading) for heading in point.headings)


def _is_slot(point: Point) -> bool:
    """Whether the document itself has a place for the answer, rather than a sentence that asks for it."""
    return any(cue.startswith(("slot", "system", "tendsign", "form")) for cue in point.cues)


def _with(point: Point, other: Point) -> Point:
    """The point with the places of another that asks for the same thing."""
    known = {(source.document, source.quote, source.place) for source in (point.source, *point.also)}
    added: list[Source] = [
        source for source in (other.source, *other.also) if (source.document, source.quote, source.place) not in known
    ]
    return replace(point, must=point.must or (other.must and other.when is None), also=(*point.also, *added))


def _base(word: str) -> str:
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) >= 4 else word


@cache
def _words(name: str) -> frozenset[str]:
    import tomllib

    from app.core.resources import resource

    data: dict[str, Any] = tomllib.loads(resource("rules", "attachments.toml").read_text("utf-8"))
    return frozenset(data["words"][name])


def _fillers() -> frozenset[str]:
    return _words("asking")


@cache
def _of_a_person() -> frozenset[str]:
    """Documents that each role or reference has its own of: the same words under another heading ask for another one."""
    return frozenset(_base(word) for word in _words("of_a_person"))
