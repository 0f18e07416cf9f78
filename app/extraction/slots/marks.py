"""Places to fill in that stand in the text: runs of underscores and dots, squares to tick, the grey words of empty controls."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from app.extraction import kept
from app.extraction.slots.lexicon import group

# These begin with a class of all their first characters, and look back at which it was: a search then passes over other text at
# once, as most text holds none of them.
_RUN = kept.pattern(
    r"[_.…-](?:(?<=_)(?:[\s_]{0,3}_){2,}|(?<=\.)[ ]?(?:\.[ ]?){5,}|(?<=…)(?:\s?…)+|(?<=-)\s?(?:-\s?){7,}|(?<=[:\s]…)(?=\s|$))"
)
_SQUARE = kept.pattern(r"[☐□❑❒▢◻⬜◯○☑☒\[(](?:(?<=[^\[(])|(?<=\[)(?: {0,3}|[xX])\]|(?<=\() {1,3}\))")
_MARK = kept.pattern(
    r"[☐□❑❒▢◻⬜◯○☑☒…_.\-\[(](?:(?<=[^_.\-\[(])|(?<=_)(?:__| _)|(?<=\.)(?:\.\.\.| \. \.)|(?<=-)(?:---| - -)|"
    r"(?<=\[)(?:[ \]]|[xX]\])|(?<=\() [ )])"
)
_EMPTY_SQUARE = kept.pattern(r"[☐□❑❒▢◻⬜◯○]|\[ {0,3}\]|\( {1,3}\)")
_YES_NO = {"ja": "Ja", "nej": "Nej", "yes": "Yes", "no": "No"}
_CURRENCY = kept.pattern(
    r"(?:kr|sek|€|\$|eur|usd|£|%|st|tim|h|:-|/ ?tim(?:me)?|kr/tim(?:me)?|sek/tim(?:me)?|per timme|"
    r"kr/st|kr/mån|exkl\.? moms|,|\s)+",
    re.IGNORECASE,
)
_UNIT = kept.pattern(
    r"db(?:\(a\))?|[mck]?m[23²³]?|kvm|[mk]?g|kilo|ton|[dcm]?l|liter|[mk]?w|[mk]?wh|v|a|lux|°c|grader|procent|poäng|"
    r"sek(?:und(?:er)?)?|min(?:ut(?:er)?)?|timm(?:e|ar)|(?:arbets|kalender)?dag(?:ar)?|dygn|vecko?r?|månad(?:er)?|år|"
    r"styck(?:en)?|personer|gånger|percent|seconds?|minutes?|hours?|(?:working |calendar )?days?|weeks?|months?|years?|pieces?",
    re.IGNORECASE,
)


class Square(NamedTuple):
    """A square to tick and the words beside it."""

    start: int
    end: int
    option: str
    option_start: int
    option_end: int


@cache
def _placeholders() -> re.Pattern[str]:
    return kept.pattern("|".join(rule.pattern.pattern for rule in group("placeholder")), re.IGNORECASE)


def has_marks(text: str) -> bool:
    """Whether something in the text looks like a place to fill in. Cheap."""
    return _MARK.search(text) is not None


def may_be_control(text: str) -> bool:
    """Whether the text holds letters of the words that an empty control shows ("Klicka här", "[Välj]"). Cheap."""
    return "[" in text or "lick" in text or "älj" in text or "hoose" in text


def runs(text: str) -> list[tuple[int, int]]:
    """Blanks of underscores, dots and the like, and placeholders, in order and apart."""
    found = [match.span() for match in _RUN.finditer(text)]
    if may_be_control(text) or "<" in text or "här" in text or " here" in text or "elect" in text:
        found.extend(match.span() for match in _placeholders().finditer(text))
    found.sort()
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start <= apart[-1][1] + 1:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def is_empty(text: str) -> bool:
    """Whether nothing but blanks, squares, placeholders, a currency or a unit stands here, as in a cell to fill in."""
    stripped = text.strip()
    if not stripped:
        return True
    if len(stripped) > 160:
        return False
    rest = stripped
    blanks = runs(stripped)
    for start, end in reversed(blanks):
        rest = rest[:start] + rest[end:]
    rest = rest.strip(" \t.:,;*")
    # Letters that are a unit after a blank can be anything alone.
    return not rest or _CURRENCY.fullmatch(rest) is not None or (bool(blanks) and _UNIT.fullmatch(rest) is not None)


def squares(text: str) -> list[Square]:
    """Squares with the words that each ticks: those after it, or those before it where the line starts with words."""
    found = list(_SQUARE.finditer(text))
    if not found or not any(_EMPTY_SQUARE.match(match[0]) for match in found):
        return []
    before = text[: found[0].start()].rstrip(" :")
    after = text[found[0].end() : found[1].start() if len(found) > 1 else len(text)].strip()
    last_word = re.split(r"[\s/?:.]+", before)[-1].lower() if before else ""
    first_after = re.split(r"[\s/,.:]+", after)[0].lower() if after else ""
    trailing = (
        bool(before)
        and last_word in _YES_NO
        and first_after not in ("ja", "yes")
        and not (len(found) > 1 and first_after in _YES_NO and text[found[-1].end() :].strip() != "")
    )
    if before and not after and len(found) == 1:
        trailing = True
    result: list[Square] = []
    for number, match in enumerate(found):
        if trailing:
            begin = found[number - 1].end() if number else 0
            words = text[begin : match.start()]
            if number == 0 and last_word in _YES_NO:
                begin += words.lower().rfind(last_word)
                words = text[begin : match.start()]
            elif number == 0:
                begin, words = match.start(), ""
            end = match.start()
        else:
            begin = match.end()
            end = found[number + 1].start() if number + 1 < len(found) else len(text)
            words = text[begin:end]
        option = words.strip(" \t/,;:.")
        result.append(Square(match.start(), match.end(), option, begin, end))
    return result


def yes_no(options: tuple[str, ...]) -> bool:
    """Whether the options are yes and no (perhaps with a third for what does not apply)."""
    words = {re.split(r"[\s,.(:]", option.strip().lower(), maxsplit=1)[0] for option in options if option.strip()}
    return bool(words) and bool(words & set(_YES_NO)) and len(words - set(_YES_NO)) <= 1 and len(options) <= 3


def required_of(options: tuple[str, ...]) -> str | None:
    """The one answer there is a square for: only "Ja" can be ticked, so it must be."""
    words = {option.strip().lower() for option in options if option.strip()}
    return _YES_NO[next(iter(words))] if len(words) == 1 and next(iter(words)) in _YES_NO else None
