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
    """At most `most` of `unit`. Pages may be halves."""

    most: int | float
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
} | {
    word: number
    for number, words in (
        (15, ("femton", "fifteen")),
        (20, ("tjugo", "twenty")),
        (30, ("trettio", "thirty")),
        (40, ("fyrtio", "forty")),
        (50, ("femtio", "fifty")),
        (100, ("hundra", "etthundra", "ett hundra", "hundred", "one hundred")),
        (0.5, ("halv", "en halv", "half", "half a", "½")),
    )
    for word in words
}

_UNITS = (
    (Unit.CHARACTERS, r"tecken|tkn\.?|characters?|chars?\.?|signs?"),
    (Unit.WORDS, r"ord|words?"),
    (Unit.LINES, r"rader|rad|lines?"),
    (Unit.PAGES, r"sid(?:a|or)|sid\.|s\.|pages?|a4\b"),
)
_KINDS = "|".join(rf"(?P<{unit}>{words})(?!\w)" for unit, words in _UNITS)
_SIZE = (
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f.,]\d{3})+(?!\d)|\d+(?:[.,]5|½)?|"
    + "|".join(map(re.escape, sorted(_NUMBERS, key=len, reverse=True)))
    + ")"
)
_LIMIT = re.compile(
    rf"(?P<about>\b(?:ca|cirka|ungefär|omkring|about|approx(?:imately)?|around)\.?\s*)?(?<![\w.,]){_SIZE}(?:\s*\([^)]{{1,12}}\))?\)?"
    rf"(?:\s*st(?:ycken)?\b)?\s*(?:a4\b[\s-]*(?:size\b)?\s*)?(?:{_KINDS})"
)
"""1 500 tecken, två (2) A4-sidor, 300 words."""
_AFTER = re.compile(
    rf"(?:\bantal(?:et)?\s+|\bnumber\s+of\s+|\bmax(?:imum|imalt)?\.?\s+|^|[(,.]\s*)(?:{_KINDS})(?:\s+(?:limit|count|max(?:imum)?))?"
    rf"\s*(?:[:=]\s*(?:högst|max(?:imum|imalt)?\.?|at\s+most|up\s+to)?|(?:is|är|får\s+vara)?\s*(?:högst|max(?:imum|imalt)?\.?|at\s+most))"
    rf"\s*{_SIZE}(?![\w.,]*\d)"
)
"""Max antal tecken: 2000, antal sidor högst 4, word limit: 250."""
_BARE = re.compile(r"\d+")


def limits_of(text: str | None) -> tuple[Limit, ...]:
    """Every limit in the words. A bare number is a form field's characters; an "about" counts where nothing else does."""
    found: dict[Unit, int | float] = {}
    about: dict[Unit, int | float] = {}
    for part in (text or "").casefold().split(";"):
        if _BARE.fullmatch(part.strip()):
            found[Unit.CHARACTERS] = int(part)
            continue
        for match in (*_AFTER.finditer(part), *_LIMIT.finditer(part)):
            unit = next(unit for unit, _ in _UNITS if match[unit])
            if number := _number(match["number"]):
                (about if match.groupdict().get("about") else found).setdefault(unit, number)
    return tuple(Limit(most, unit) for unit, most in (found or about).items())


def _number(written: str) -> int | float:
    if written in _NUMBERS:
        return _NUMBERS[written]
    half = re.fullmatch(r"(\d+)(?:[.,]5|½)", written)
    return int(half[1]) + 0.5 if half else int(re.sub(r"\D", "", written))


def used(text: str, unit: Unit) -> int | float:
    """How many of a unit a text takes. Characters count blanks and line breaks, as forms do; pages are a guess, in halves."""
    match unit:
        case Unit.CHARACTERS:
            return len(text)
        case Unit.WORDS:
            return len(text.split())
        case Unit.LINES:
            return len(text.splitlines())
        case Unit.PAGES:
            halves = ceil(2 * len(text) / PAGE)
            return halves // 2 if halves % 2 == 0 else halves / 2
