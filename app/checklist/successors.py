"""Which new passages stand where old ones stood: a sentence that was changed keeps the work that was done on it.

An identity follows the words, so a changed sentence has a new one. It is taken for the old sentence only when its document,
its place and its words all say so; in doubt nothing is paired, and the old item is withdrawn beside the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.checklist.identity import text_key, title_key
from app.core.checklist import ChecklistItem
from app.core.points import PointKind
from app.core.work import WorkItem

__all__ = ["successors"]

_SAME_PLACE = 60.0
"""The least likeness (0 to 100) of words at the same number, in the same cell, or between the same neighbours."""
_SAME_SECTION = 80.0
"""The least likeness of words that only have their headings in common."""
_SHARED = 8.0
"""What another place in common is worth, in likeness."""
_OTHER_THING = 92.0
"""The likeness from which words are the same demand although a long one of them is another."""
_LONG_WORD = 9
_SAME_WORD = 75.0
"""The least likeness of two forms of a word."""
_AHEAD = 4.0
"""How much better the best must be than the next best."""
_MOST_PAIRS = 250_000
"""Comparisons in one place. A document that is another one altogether is not worth more: nothing in it would be alike."""

_Place = tuple[object, ...]


def successors(
    lost: Sequence[WorkItem], found: Sequence[ChecklistItem], before: Iterable[str], newest: Iterable[str]
) -> dict[str, str]:
    """For the keys of items that the documents no longer hold, the identity of what took their place, each given once.

    `before` and `newest` are the identities of the old list and the new one in their order: what stands in both is what a
    passage is found between.
    """
    if not lost or not found:
        return {}
    before, newest = list(before), list(newest)
    kept = set(before) & set(newest)
    old_gaps, new_gaps = _gaps(before, kept), _gaps(newest, kept)
    places: dict[_Place, tuple[list[WorkItem], list[ChecklistItem]]] = {}
    for work in lost:
        item = work.found or work.item
        for place in _places(item, old_gaps):
            places.setdefault(place, ([], []))[0].append(work)
    for item in found:
        for place in _places(item, new_gaps):
            if place in places:
                places[place][1].append(item)
    scores: dict[tuple[str, str], float] = {}
    for place, (olds, news) in places.items():
        if len(olds) * len(news) <= _MOST_PAIRS:
            _score(olds, news, _SAME_SECTION if place[0] == "section" else _SAME_PLACE, scores)
    return _chosen(scores)


def _score(olds: Sequence[WorkItem], news: Sequence[ChecklistItem], least: float, scores: dict[tuple[str, str], float]) -> None:
    """Rate every pair that is alike enough to be the same demand: its likeness, and more for every place that it shares."""
    from rapidfuzz import fuzz

    for work in olds:
        old = work.found or work.item
        words = text_key(old.text)
        for new in news:
            if not _comparable(work, old, new):
                continue
            others = text_key(new.text)
            likeness = fuzz.ratio(words, others, score_cutoff=least)
            if likeness and (likeness >= _OTHER_THING or not _another_thing(words, others)):
                pair = (work.key, new.id)
                scores[pair] = scores.get(pair, likeness) + _SHARED


def _another_thing(old: str, new: str) -> bool:
    """Whether a long word gave way to another: "bifoga registreringsbevis" and "bifoga försäkringsbrev" are two demands, however
    alike. In Swedish the long words say what a demand is about."""
    from rapidfuzz import fuzz

    ours, theirs = set(old.split()), set(new.split())

    def alone(words: set[str], others: set[str]) -> bool:
        long = (word for word in words - others if len(word) >= _LONG_WORD)
        return any(all(fuzz.ratio(word, other) < _SAME_WORD for other in others) for word in long)

    return alone(ours, theirs) and alone(theirs, ours)


def _comparable(work: WorkItem, old: ChecklistItem, new: ChecklistItem) -> bool:
    """Duties after award are no part of a bid, and an answer of one type is none of another."""
    answered = bool(work.answer) and old.answer.type is not new.answer.type
    return (old.kind is PointKind.CONTRACT) is (new.kind is PointKind.CONTRACT) and old.lot == new.lot and not answered


def _chosen(scores: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """The best pairs first. Where another is as good, neither is taken: the wrong answer at a demand is worse than none."""
    by_old: dict[str, list[tuple[str, float]]] = {}
    by_new: dict[str, list[tuple[str, float]]] = {}
    for (key, identity), score in scores.items():
        by_old.setdefault(key, []).append((identity, score))
        by_new.setdefault(identity, []).append((key, score))
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for (key, identity), score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if key in chosen or identity in taken:
            continue
        near = score - _AHEAD
        rivals = any(other != identity and other not in taken and rate > near for other, rate in by_old[key])
        rivals |= any(other != key and other not in chosen and rate > near for other, rate in by_new[identity])
        if not rivals:
            chosen[key] = identity
            taken.add(identity)
    return chosen


def _places(item: ChecklistItem, gaps: Mapping[str, tuple[str, str]]) -> list[_Place]:
    """Everything that says where an item stands, in its document."""
    document, place = item.source.document, item.source.place
    titles = tuple(map(title_key, item.headings))
    places: list[_Place] = [("section", document, titles), ("words", document, text_key(item.text))]
    if any(gap := gaps.get(item.id, ("", ""))):  # between nothing and nothing is everywhere
        places.append(("gap", document, *gap))
    if item.number:
        places.append(("number", document, item.number, titles))
    if place.cell:
        places.append(("cell", document, place.sheet, place.cell))
    return places


def _gaps(order: Sequence[str], kept: set[str]) -> dict[str, tuple[str, str]]:
    """For what is not kept, what is kept nearest before it and after it."""
    after: dict[str, str] = {}
    last = ""
    for identity in reversed(order):
        if identity in kept:
            last = identity
        else:
            after[identity] = last
    gaps: dict[str, tuple[str, str]] = {}
    last = ""
    for identity in order:
        if identity in kept:
            last = identity
        else:
            gaps[identity] = last, after[identity]
    return gaps
