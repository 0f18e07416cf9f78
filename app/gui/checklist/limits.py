"""How long an answer may be: the document's words ("högst 1 000 ord") as numbers, and what a text takes. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

__all__ = ["Limit", "Unit", "limits_of", "used"]

PAGE = 3000
"""Characters on an A4 page of running text at 11–12 points: what a page limit is guessed against."""


class Unit(StrEnum):
    """What a limit counts."""

    CHARACTERS = "characters"
    WORDS = "words"
    LINES = "lines"
    PAGES = "pages"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of `unit`."""

    most: int
    unit: Unit


_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            ("en", "ett", "one", "a"),
            ("två", "two"),
            ("tre", "three"),
            ("fyra", "four"),
            ("fem", "five"),
            ("sex", "six"),
            ("sju", "seven"),
            ("åtta", "eight"),
            ("nio", "nine"),
            ("tio", "ten"),
            ("elva", "eleven"),
            ("tolv", "twelve"),
        ),
        1,
    )
    for word in words
} | {"femton": 15, "tjugo": 20, "fifteen": 15, "twenty": 20}

_UNITS = (
    (Unit.CHARACTERS, r"tecken|characters?|signs?"),
    (Unit.WORDS, r"ord|words?"),
    (Unit.LINES, r"rader|rad|lines?"),
    (Unit.PAGES, r"sid(?:a|or|an|orna)|sidors?|s\.|pages?|a4\b"),
)
_SIZE = r"(?P<number>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+|\d+|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_LIMIT = re.compile(
    rf"(?<!\w){_SIZE}\)?(?:\s*st(?:ycken)?\b)?\s*(?:a4\b[\s-]*)?(?:"
    + "|".join(rf"(?P<{unit}>{words})(?!\w)" for unit, words in _UNITS)
    + ")"
)
_BARE = re.compile(r"\d+")


def limits_of(text: str | None) -> tuple[Limit, ...]:
    """Every limit in the words. A bare number is a form field's characters."""
    found: dict[Unit, int] = {}
    for part in (text or "").casefold().split(";"):
        if _BARE.fullmatch(part.strip()):
            found[Unit.CHARACTERS] = int(part)
            continue
        for match in _LIMIT.finditer(part):
            unit = next(unit for unit, _ in _UNITS if match[unit])
            written = match["number"]
            number = _NUMBERS.get(written) or int(re.sub(r"\D", "", written))
            if number:
                found.setdefault(unit, number)
    return tuple(Limit(most, unit) for unit, most in found.items())


def used(text: str, unit: Unit) -> int:
    """How many of a unit a text takes. Characters count blanks and line breaks, as forms do; pages are a guess, rounded up."""
    match unit:
        case Unit.CHARACTERS:
            return len(text)
        case Unit.WORDS:
            return len(text.split())
        case Unit.LINES:
            return len(text.splitlines())
        case Unit.PAGES:
            return ceil(len(text) / PAGE)
