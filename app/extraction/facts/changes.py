"""Where a document sets an old wording against a new one: days in the old wording no longer hold.

A notice of changes prints both, beside each other in a table ("Tidigare lydelse", "Ny lydelse"), under each other, or in one
sentence ("flyttas från den 3 till den 17 februari"). Whoever reads the first day that comes reads the wrong one.
"""

from __future__ import annotations

import re
from functools import cache

from app.core.document import BlockKind, Document, Flag
from app.extraction import kept
from app.extraction.facts.dates import Moment, moments
from app.extraction.rules import words, words_pattern
from app.extraction.sentences import sentences

Span = tuple[int, int]

_DAY_WORDS = (
    r"(?:\b(?:den|the|kl(?:ockan|\.)?|datum(?:et)?|date|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s:.,]*)*"
)
_FROM = kept.pattern(r"\b(?:från(?: och med)?|from)[\s:]+" + _DAY_WORDS + r"$", re.IGNORECASE)
_TO = kept.pattern(r"[^.;!?]{0,60}?\b(?:till|to|until|t\.?\s?o\.?\s?m\.?)[\s:]+" + _DAY_WORDS + r"$", re.IGNORECASE)
_NOT = kept.pattern(
    r"(?:\b(?:i ?stället för|instead of|rather than|in place of|(?:det )?tidigare(?: datumet| angivna)?|(?:the )?previous(?:ly)?|"
    r"former(?:ly)?|(?:the )?original(?:ly)?|ursprunglig(?:en|a)|gamla|var|was|(?:och )?(?:inte|ej)|(?:and )?not)[\s:]+)"
    + _DAY_WORDS
    + r"$",
    re.IGNORECASE,
)
_GONE = kept.pattern(
    r"[\s,):]*(?:(?:har |is |has been |have been |hereby )?(?:utgår|utgått|ersätts|ersatts|ändras|ändrats|flyttas|flyttats|"
    r"replaced|changed|amended|moved|postponed|superseded|deleted)\b|gäller (?:inte|ej) längre|(?:is )?no longer|[-–=]*[→⇒>])",
    re.IGNORECASE,
)
_LOOK = 60  # characters beside a day that say whether it still holds
_FOLLOWING = 6  # paragraphs that a heading such as "Tidigare lydelse" speaks of


class Changes:
    """What of a document's text is out of date, or was asked by a bidder rather than said by the buyer."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._tables: dict[int | None, tuple[frozenset[int], frozenset[int]]] = {}
        self._known: dict[int, tuple[Span, ...]] = {}

    def gone(self, index: int) -> tuple[Span, ...]:
        """The stretches of a block's text that an old wording takes up."""
        if index not in self._known:
            block = self._blocks[index]
            self._known[index] = tuple(self._of_row(index) if block.cells else self._of_text(index))
        return self._known[index]

    def announces(self, index: int, at: int) -> bool:
        """Whether what the block says at character `at` stands there as new, the old wording beside it."""
        block = self._blocks[index]
        if block.cells:
            return bool(self.columns(index)[0]) or _is(_later(), block.cells[0].text) or self._moved_near(index, at)
        below = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if below is not None and Flag.STRUCK in below.flags and below.place.paragraph == block.place.paragraph:
            return True
        labelled = _labels(_later(), block.text) or _labels(_earlier(), block.text)
        return labelled is not None or self._under(index, later=True) or self._moved_near(index, at)

    def _moved_near(self, index: int, at: int) -> bool:
        """Whether a day makes way for another in the sentence around the character."""
        gone = self.gone(index)
        if not gone:
            return False
        text = self._blocks[index].text
        return any(begin <= at < end and begin <= old < end for begin, end in sentences(text) for old, _ in gone)

    def columns(self, index: int) -> tuple[frozenset[int], frozenset[int]]:
        """The columns of the old wording, and those of what bidders ask, in the table of a row."""
        table = self._blocks[index].table
        if table not in self._tables:
            self._tables[table] = self._read_heads(index)
        return self._tables[table]

    def _read_heads(self, index: int) -> tuple[frozenset[int], frozenset[int]]:
        table, first = self._blocks[index].table, index
        while first > 0 and self._blocks[first - 1].table == table and self._blocks[first - 1].cells:
            first -= 1
        heads = list(range(first, min(first + 2, len(self._blocks))))
        if first > 0 and self._blocks[first - 1].kind is BlockKind.FURNITURE and self._blocks[first - 1].cells:
            heads.insert(0, first - 1)  # the heads of a table that goes on over a page stand among what repeats there
        for number in heads:
            cells = [cell for cell in self._blocks[number].cells if cell.text.strip()]
            if len(cells) < 2:
                continue
            old = frozenset(cell.column for cell in cells if _is(_earlier(), cell.text))
            if old and any(_is(_later(), cell.text) for cell in cells):
                return old, frozenset()
            asked = frozenset(cell.column for cell in cells if _is(_asked(), cell.text))
            if asked and len(cells) > 2 and any(_is(_answered(), cell.text) for cell in cells):
                return frozenset(), asked
        return frozenset(), frozenset()

    def _of_row(self, index: int) -> list[Span]:
        block = self._blocks[index]
        old, asked = self.columns(index)
        whole = len(block.cells) > 1 and _is(_earlier(), block.cells[0].text)
        found: list[Span] = []
        begin = 0
        for number, cell in enumerate(block.cells):
            end = begin + len(cell.text)
            if cell.column in old or cell.column in asked or (whole and number > 0) or Flag.STRUCK in cell.flags:
                found.append((begin, end))
            else:
                found += _replaced(block.text, begin, end)
            begin = end + 1
        return found

    def _of_text(self, index: int) -> list[Span]:
        block = self._blocks[index]
        text = block.text
        if (label := _labels(_earlier(), text)) is not None:
            new = _later().search(text, label.end())
            return [(0, new.start() if new is not None else len(text))]
        if self._under(index, later=False):
            return [(0, len(text))]
        return _replaced(text, 0, len(text))

    def _under(self, index: int, *, later: bool) -> bool:
        """Whether the nearest line above that is such a label alone is the old one's (`later`: the new one's)."""
        if self._blocks[index].kind is BlockKind.HEADING:
            return False
        for block in reversed(self._blocks[max(0, index - _FOLLOWING) : index]):
            if _is(_later(), block.text):
                return later
            if _is(_earlier(), block.text):
                return not later
            if block.kind is BlockKind.HEADING:
                return False
        return False


def is_asked(text: str, moment: Moment) -> bool:
    """Whether a day stands in a question or a wish: what a bidder asks for is not what the buyer says."""
    for begin, end in sentences(text):
        if begin <= moment.start < end:
            return text[begin:end].rstrip().endswith("?") or _wish().search(text, begin, moment.start) is not None
    return False


def is_gone(at: int, gone: tuple[Span, ...]) -> bool:
    """Whether the character at `at` stands in an old wording."""
    return any(begin <= at < end for begin, end in gone)


def _replaced(text: str, start: int, end: int) -> list[Span]:
    """Days of one text that the words beside them take back in favour of another day."""
    found = moments(text, start, end)
    if len(found) < 2:
        return []
    gone = []
    for number, moment in enumerate(found):
        before = text[max(start, moment.start - _LOOK) : moment.start]
        after = text[moment.end : min(end, moment.end + _LOOK)]
        moved = (
            number + 1 < len(found)
            and _FROM.search(before) is not None
            and _TO.fullmatch(text, moment.end, found[number + 1].start) is not None
        )
        if moved or _NOT.search(before) is not None or _GONE.match(after) is not None:
            gone.append((moment.start, moment.end))
    return gone if len(gone) < len(found) else []


def _labels(label: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The label that a text begins with, before a colon."""
    match = label.match(text)
    return match if match is not None and text[match.end() :].lstrip().startswith(":") else None


def _is(label: re.Pattern[str], text: str) -> bool:
    """Whether a text is the label alone."""
    match = label.match(text.lstrip())
    return match is not None and not text.lstrip()[match.end() :].strip(" :.")


@cache
def _earlier() -> re.Pattern[str]:
    return words_pattern(words("facts")["earlier"])


@cache
def _later() -> re.Pattern[str]:
    return words_pattern(words("facts")["later"])


@cache
def _asked() -> re.Pattern[str]:
    return words_pattern(words("facts")["asked"])


@cache
def _answered() -> re.Pattern[str]:
    return words_pattern(words("facts")["answered"])


@cache
def _wish() -> re.Pattern[str]:
    return words_pattern(words("facts")["wishes"])
