"""Printed numbers of headings, and the best chain of them over a whole document.

A chapter's number follows on those before it; a list that starts again at 1 does not. The chain is the heaviest increasing
sequence of numbers, where following directly on the number before (3.1 → 3.2, 3.2 → 3.2.1, 3.2.1 → 4) weighs extra.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from app.extraction import kept

# "17.00" is a time: no part of a number begins with a nought.
_DECIMAL = kept.pattern(r"(\d{1,3}(?:\.(?!0)\d{1,3}){0,6})(?:\.?\)?)(?=\s|$)")
_LETTERED = kept.pattern(r"([A-Z](?:\.\d{1,3}){1,5})\.?(?=\s|$)")
_CODE = kept.pattern(r"([A-ZÅÄÖ]{2,4}(?:\.\d{1,6})?)(?=\s+[A-ZÅÄÖ0-9]|$)")
_LABEL = kept.pattern(
    r"((?:avsnitt|kapitel|kap\.|del|bilaga|bilagor|section|chapter|part|appendix|annex|exhibit|article|artikel|schedule|attachment)"
    r"\s+(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivxlc]{1,6}|[a-z]))\b[.:)]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, its parts for comparing, and where the title begins after it."""

    printed: str
    parts: tuple[int, ...]
    end: int


def decimal(text: str) -> Number | None:
    """The decimal number that the text starts with: "3.2.1 Title". None for years, quantities and the like."""
    match = _DECIMAL.match(text)
    if match is None:
        return None
    parts = tuple(int(part) for part in match[1].split("."))
    # A chapter numbered beyond 99, or with a part 0 in front ("0,5"), is a quantity, a year or a postcode.
    if parts[0] == 0 or parts[0] > 99:
        return None
    return Number(match[1], parts, match.end())


def lettered(text: str) -> Number | None:
    """A number that starts with a letter: "A.1.2 Title"."""
    match = _LETTERED.match(text)
    if match is None:
        return None
    first, *rest = match[1].split(".")
    return Number(match[1], (ord(first) - 64, *(int(part) for part in rest)), match.end())


def code(text: str) -> Number | None:
    """A code such as those of construction works' general provisions: "AFB.41 Title". Each digit is a level."""
    match = _CODE.match(text)
    if match is None:
        return None
    letters, _, digits = match[1].partition(".")
    return Number(match[1], (*(ord(letter) for letter in letters), *(int(digit) for digit in digits)), match.end())


def label(text: str) -> Number | None:
    """A named part of the document: "Section 3", "Bilaga 2", "Kapitel 4"."""
    match = _LABEL.match(text)
    return Number(match[1], (), match.end()) if match is not None else None


def best_chain(numbers: Sequence[tuple[int, ...]], weights: Sequence[float]) -> list[int]:
    """Indexes of the heaviest chain of strictly increasing numbers. Takes O(n log n)."""
    if not numbers:
        return []
    ranks = sorted(set(numbers))
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    latest: dict[tuple[int, ...], int] = {}
    totals: list[float] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        rank = bisect_left(ranks, number)
        total, previous = _highest(tree, rank)
        for expected in _predecessors(number):
            candidate = latest.get(expected)
            # Following directly is worth more than any single heading's own weight: it is what makes a chain a chain.
            if candidate is not None and totals[candidate] + 2.0 > total:
                total, previous = totals[candidate] + 2.0, candidate
        if previous < 0 and number == (1,):
            total += 1.0
        totals.append(total + weights[index])
        before.append(previous)
        if number not in latest or totals[index] > totals[latest[number]]:
            latest[number] = index
        _raise(tree, rank + 1, (totals[index], index))
    chain: list[int] = []
    place = max(range(len(totals)), key=totals.__getitem__)
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


def _predecessors(number: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Numbers that this one may directly follow: its parent, or its elder sibling. Deeper ones are found by rank."""
    if number[-1] > 1:
        return [(*number[:-1], number[-1] - 1)]
    return [number[:-1]] if len(number) > 1 else []


def _highest(tree: Sequence[tuple[float, int]], rank: int) -> tuple[float, int]:
    best = (0.0, -1)
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return best


def _raise(tree: list[tuple[float, int]], rank: int, value: tuple[float, int]) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], value)
        rank += rank & -rank
