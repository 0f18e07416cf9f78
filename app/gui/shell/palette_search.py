"""Finding things by a few letters: all words first, likeness when that gives too little. Plain Python, made for 20,000 things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz, process

from app.core.folding import folded

__all__ = ["Found", "Group", "Index", "Thing", "fold"]

_MOST = 8
"""Hits shown of each group."""
_LIKE = 72
"""The least likeness, 0 to 100."""
_FUZZY_LENGTH = 64
"""Characters of a thing that likeness looks at: names are short, and of an item the beginning says what it is."""


class Group(IntEnum):
    """What a thing is, in the order of the results."""

    ACTION = 0
    PAGE = 1
    TENDER = 2
    ITEM = 3
    ELSEWHERE = 4  # items of other tenders, which only the vault can find


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to find. `target` is an action's name, a page's number as text, or a key; of an item elsewhere its tender's key,
    a slash and its own. `extra` is searched too. `heading` is the one above it, where that is not its group's."""

    group: Group
    target: str
    text: str
    extra: str = ""
    keys: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, best first within its group."""

    thing: Thing
    score: float


def fold(text: str) -> str:
    """For comparing: spaces as one."""
    return " ".join(folded(text).split())


class Index:
    """Things prepared for searching: folded once, not on every key."""

    def __init__(self, things: Sequence[Thing] = ()) -> None:
        self._groups: dict[Group, tuple[list[Thing], list[str], list[str]]] = {group: ([], [], []) for group in Group}
        self.add(things)

    def add(self, things: Sequence[Thing]) -> None:
        """More things. A few thousand at a time keep the window awake."""
        for thing in things:
            group, whole, beginnings = self._groups[thing.group]
            text = fold(f"{thing.text} {thing.extra}")
            group.append(thing)
            whole.append(text)
            beginnings.append(text[:_FUZZY_LENGTH])

    def search(self, text: str) -> list[Found]:
        """The best of each group. Nothing typed gives the actions, pages and tenders."""
        wanted = fold(text)
        groups = self._groups.items()
        if not wanted:
            return [Found(thing, 0) for group, (things, _, _) in groups if group is not Group.ITEM for thing in things[:_MOST]]
        hits = {group: _exact(wanted, whole) for group, (_, whole, _) in groups}
        if len(wanted) > 2 and not any(hits.values()):  # what is only alike would stand above what was meant
            hits = {group: _alike(wanted, beginnings) for group, (_, _, beginnings) in groups}
        return [Found(self._groups[group][0][number], score) for group in hits for number, score in hits[group][:_MOST]]


def _exact(wanted: str, texts: list[str]) -> list[tuple[int, float]]:
    """Those that hold every word: the sooner in the text and the nearer to a word's beginning the better."""
    words = wanted.split()
    first = words[0]
    hits = []
    for number, text in enumerate(texts):
        at = text.find(first)
        if at < 0 or any(word not in text for word in words[1:]):
            continue
        begins = at == 0 or f" {first}" in text
        hits.append((number, 200.0 - min(at, 80) + (40.0 if begins else 0.0) + (20.0 if wanted in text else 0.0)))
    hits.sort(key=lambda hit: (-hit[1], hit[0]))
    return hits


def _alike(wanted: str, texts: list[str]) -> list[tuple[int, float]]:
    """Those that nearly hold it: letters missing, swapped or wrong."""
    result = process.extract(wanted, texts, scorer=fuzz.partial_ratio, score_cutoff=_LIKE, limit=_MOST, processor=None)
    return [(number, score) for _text, score, number in result]
