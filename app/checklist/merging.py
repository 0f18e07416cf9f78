"""One item per thing asked for: other places that ask for the same become its `also`.

Documents asked for are merged when their names say the same and nothing tells them apart: a number, a lot, a role. A slot of its
own is never merged away. Statements are merged only when another document repeats them word for word. When in doubt both stay:
a repetition costs the bidder a glance, a lost document the bid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from app.checklist.identity import text_key, title_key
from app.core.document import AnswerType
from app.core.points import Point, PointKind

_STATEMENTS = frozenset([PointKind.REQUIREMENT, PointKind.CRITERION, PointKind.DEADLINE, PointKind.CONTRACT])
_FEWEST_WORDS = 6  # shorter sentences are equal by chance
_ALIKE = 93.0  # how alike two words must be, in per cent, to be forms or misspellings of one
_MOST_NAMES = 800  # more names than this are compared word for word only
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
    """Between documents only: what one says twice may be asked of two lots."""
    if len({entry.document for entry in entries}) < 2:
        return entries
    first: dict[tuple[str, str, PointKind], int] = {}
    repeated: dict[int, list[Point]] = {}
    kept: list[Entry] = []
    for entry in entries:
        point = entry.point
        key = (text_key(point.source.quote), text_key(point.lot or ""), point.kind)
        mergeable = point.kind in _STATEMENTS and len(key[0].split()) >= _FEWEST_WORDS and point.answer.type is AnswerType.NONE
        earlier = first.get(key) if mergeable else None
        if earlier is not None and kept[earlier].document != entry.document:
            repeated.setdefault(earlier, []).append(point)
            continue
        if mergeable and earlier is None:
            first[key] = len(kept)
        kept.append(entry)
    for earlier, points in repeated.items():
        kept[earlier] = Entry(kept[earlier].document, _with(kept[earlier].point, points))
    return kept


def _merge_attachments(entries: list[Entry]) -> list[Entry]:
    named = {
        index: words
        for index, entry in enumerate(entries)
        if entry.point.kind is PointKind.ATTACHMENT and (words := document_words(_asked_for(entry.point)))
    }
    buckets: dict[tuple[str, int], _Bucket] = {}
    for index, words in named.items():
        point = entries[index].point
        bucket = buckets.setdefault((text_key(point.lot or ""), len(words)), _Bucket())
        bucket.names.setdefault(words, _Places())
        if _is_slot(point):
            bucket.names[words].slots.append((index, _headings(point)))
    into: dict[int, list[int]] = {}
    gone: set[int] = set()
    for index, words in named.items():
        point = entries[index].point
        if _is_slot(point):
            continue
        # A document that each person has one of is another one under another heading.
        headings = _headings(point) if words & _of_a_person() else None
        bucket = buckets[text_key(point.lot or ""), len(words)]
        target = bucket.target(words, headings)
        if target is None:
            places = bucket.names[words]
            places.standing.setdefault(None, index)
            places.standing.setdefault(_headings(point), index)
        else:
            into.setdefault(target, []).append(index)
            gone.add(index)
    for target, merged in into.items():
        entries[target] = Entry(
            entries[target].document, _with(entries[target].point, [entries[index].point for index in merged])
        )
    return [entry for index, entry in enumerate(entries) if index not in gone]


@dataclass(slots=True)
class _Places:
    """Where one document is asked for: the slots that take it, and the first sentences that do, by their headings (None: any)."""

    slots: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    standing: dict[tuple[str, ...] | None, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Bucket:
    """Documents of one lot whose names have as many words: only these can be named alike."""

    names: dict[frozenset[str], _Places] = field(default_factory=dict)
    known: dict[frozenset[str], list[_Places]] = field(default_factory=dict)

    def target(self, words: frozenset[str], headings: tuple[str, ...] | None) -> int | None:
        """The place that a sentence asking for the document belongs to: its one slot, or else the first sentence."""
        alike = self._alike(words)
        slots = [index for places in alike for index, under in places.slots if headings is None or under == headings]
        if slots:
            return slots[0] if len(slots) == 1 else None
        return min((places.standing[headings] for places in alike if headings in places.standing), default=None)

    def _alike(self, words: frozenset[str]) -> list[_Places]:
        if words not in self.known:
            others = self.names if len(self.names) <= _MOST_NAMES else (words,)
            self.known[words] = [self.names[other] for other in others if _same_words(words, other)]
        return self.known[words]


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


def _headings(point: Point) -> tuple[str, ...]:
    return tuple(title_key(heading) for heading in point.headings)


def _is_slot(point: Point) -> bool:
    """Whether the document itself has a place for the answer, rather than a sentence that asks for it."""
    return any(cue.startswith(("slot", "system", "tendsign", "form")) for cue in point.cues)


def _with(point: Point, others: Sequence[Point]) -> Point:
    """The point with the places of others that ask for the same thing."""
    places = {(source.document, source.quote, source.place): source for source in (point.source, *point.also)}
    must, when = point.must, point.when
    for other in others:
        if other.must and other.when is None:
            # What one place asks for sometimes and another always is asked for always.
            must, when = True, None
        for source in (other.source, *other.also):
            places.setdefault((source.document, source.quote, source.place), source)
    return replace(point, must=must, when=when, also=tuple(places.values())[1:])


def _base(word: str) -> str:
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) >= 4 else word


@cache
def _words(name: str) -> frozenset[str]:
    from app.core.resources import resource
    from app.core.tables import read_table

    data: dict[str, Any] = read_table(resource("rules", "attachments.toml"))
    return frozenset(data["words"][name])


def _fillers() -> frozenset[str]:
    return _words("asking")


@cache
def _of_a_person() -> frozenset[str]:
    """Documents that each role or reference has its own of: the same words under another heading ask for another one."""
    return frozenset(_base(word) for word in _words("of_a_person"))
