"""Where a document sets an old wording against a new one: days in the old wording no longer hold.

A notice of changes prints both, beside each other in a table ("Tidigare lydelse", "Ny lydelse"), under each other, or in one
sentence ("flyttas från den 3 till den 17 februari"). Whoever reads the first day that comes reads the wrong one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.document import Block, BlockKind, Document, Flag
from app.extraction import kept
from app.extraction.facts.dates import Moment, moments
from app.extraction.facts.lists import word
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
_QUOTED = kept.pattern(
    r"(?:\bi ?stället för|\bdär det står|\binstead of|\bwhere it (?:says|reads|states))[\s:]*[“”\"„»«][^“”\"»«]*[“”\"»«]",
    re.IGNORECASE,
)
_GAP = kept.pattern(r"[\s,):;–-]*")
_LOOK = 60  # characters beside a day that say whether it still holds
_FOLLOWING = 6  # paragraphs that a heading such as "Tidigare lydelse" speaks of


@dataclass(frozen=True, slots=True)
class _Label:
    """What a text's first words say of the rest: old wording or new, and where they end; `alone`: nothing follows."""

    later: bool
    end: int
    alone: bool


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
            return bool(self.columns(index)[0]) or self._row_is(index, later=True) or self._moved_near(index, at)
        below = self._blocks[index + 1] if index + 1 < len(self._blocks) else None
        if below is not None and Flag.STRUCK in below.flags and below.place.paragraph == block.place.paragraph:
            return True
        labelled = self._label(index)
        return (labelled is not None and not labelled.alone) or self._under(index, later=True) or self._moved_near(index, at)

    def asked(self, index: int, at: int) -> bool:
        """Whether what the block says at character `at` stands in a bidder's question: its column, its line, or a sentence
        that asks."""
        block = self._blocks[index]
        if block.cells:
            column = _column_at(block, at)
            first = self._first_row(index)
            if any(cell.column == column and _is(word("asked"), cell.text) for cell in self._blocks[first].cells):
                return True
        start = block.text.rfind("\t", 0, at) + 1
        label = word("asked").match(block.text, start)
        if label is not None and block.text[label.end() :].lstrip(" \t0123456789.").startswith(":"):
            answer = word("answered").search(block.text, label.end(), at)
            if answer is None or not block.text[answer.end() :].lstrip(" 0123456789.").startswith(":"):
                return True
        return any(begin <= at < end and block.text[begin:end].rstrip().endswith("?") for begin, end in sentences(block.text))

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

    def _first_row(self, index: int) -> int:
        table, first = self._blocks[index].table, index
        while first > 0 and self._blocks[first - 1].table == table and self._blocks[first - 1].cells:
            first -= 1
        return first

    def _read_heads(self, index: int) -> tuple[frozenset[int], frozenset[int]]:
        first = self._first_row(index)
        heads = list(range(first, min(first + 2, len(self._blocks))))
        if first > 0 and self._blocks[first - 1].kind is BlockKind.FURNITURE and self._blocks[first - 1].cells:
            heads.insert(0, first - 1)  # the heads of a table that goes on over a page stand among what repeats there
        for number in heads:
            cells = [cell for cell in self._blocks[number].cells if cell.text.strip()]
            if len(cells) < 2:
                continue
            old = frozenset(cell.column for cell in cells if _is(word("earlier"), cell.text) or _is(word("stood"), cell.text))
            new = any(_is(word("later"), cell.text) or _is(word("stands"), cell.text) for cell in cells)
            # "Före", "Under", "Efter" are the parts of a work, not two wordings.
            if old and new and not any(_is(word("meanwhile"), cell.text) for cell in cells):
                return old, frozenset()
            asked = frozenset(cell.column for cell in cells if _is(word("asked"), cell.text))
            if asked and len(cells) > 2 and any(_is(word("answered"), cell.text) for cell in cells):
                return frozenset(), asked
        return frozenset(), frozenset()

    def _of_row(self, index: int) -> list[Span]:
        block = self._blocks[index]
        old, asked = self.columns(index)
        whole = self._row_is(index, later=False)
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

    def _row_is(self, index: int, *, later: bool) -> bool:
        """Whether a row's first cell says that it holds the old wording (`later`: the new one)."""
        cells = self._blocks[index].cells
        if len(cells) < 2:
            return False
        if _is(word("later") if later else word("earlier"), cells[0].text):
            return True
        if not _is(word("stands") if later else word("stood"), cells[0].text):
            return False
        beside = index - 1 if later else index + 1
        other = self._blocks[beside] if 0 <= beside < len(self._blocks) else None
        return (
            other is not None
            and len(other.cells) > 1
            and any(
                _is(label, other.cells[0].text)
                for label in ((word("earlier"), word("stood")) if later else (word("later"), word("stands")))
            )
        )

    def _label(self, index: int) -> _Label | None:
        """The label of an old or a new wording that a block begins with. Words that say so only beside one another ("Före",
        "Står") count where the other one is near."""
        text = self._blocks[index].text
        for pattern, later, sure in (
            (word("earlier"), False, True),
            (word("later"), True, True),
            (word("stood"), False, False),
            (word("stands"), True, False),
        ):
            match = _labels(pattern, text)
            alone = _is(pattern, text)
            if (match is not None or alone) and (sure or self._has_other(index, later=later)):
                return _Label(later, match.end() if match is not None else len(text), alone)
        return None

    def _has_other(self, index: int, *, later: bool) -> bool:
        """Whether the other wording's label stands above a new one's (below an old one's), or on its line."""
        others = (word("earlier"), word("stood")) if later else (word("later"), word("stands"))
        text = self._blocks[index].text
        if not later and _new_label(text, 0) is not None:
            return True
        near = self._blocks[max(0, index - _FOLLOWING) : index] if later else self._blocks[index + 1 : index + 1 + _FOLLOWING]
        return any(_labels(other, block.text) is not None or _is(other, block.text) for block in near for other in others)

    def _of_text(self, index: int) -> list[Span]:
        block = self._blocks[index]
        text = block.text
        label = self._label(index)
        if label is not None and not label.later and not label.alone:
            new = _new_label(text, label.end)
            return [(0, new if new is not None else len(text))]
        if self._under(index, later=False):
            return [(0, len(text))]
        return _replaced(text, 0, len(text))

    def _under(self, index: int, *, later: bool) -> bool:
        """Whether the nearest line above that is such a label alone is the old one's (`later`: the new one's)."""
        if self._blocks[index].kind is BlockKind.HEADING:
            return False
        for number in range(index - 1, max(0, index - _FOLLOWING) - 1, -1):
            label = self._label(number)
            if label is not None and label.alone:
                return label.later is later
            if self._blocks[number].kind is BlockKind.HEADING:
                return False
        return False


def is_asked(text: str, moment: Moment) -> bool:
    """Whether a day stands in a question or a wish: what a bidder asks for is not what the buyer says."""
    for begin, end in sentences(text):
        if begin <= moment.start < end:
            return text[begin:end].rstrip().endswith("?") or word("wishes").search(text, begin, moment.start) is not None
    return False


def is_gone(at: int, gone: tuple[Span, ...]) -> bool:
    """Whether the character at `at` stands in an old wording."""
    return any(begin <= at < end for begin, end in gone)


def _replaced(text: str, start: int, end: int) -> list[Span]:
    """Days of one text that the words beside them take back in favour of another day."""
    found = moments(text, start, end)
    if len(found) < 2:
        return []
    quoted = [match.span() for match in _QUOTED.finditer(text, start, end)]
    if any(is_gone(moment.start, tuple(quoted)) for moment in found):
        return quoted if any(not is_gone(moment.start, tuple(quoted)) for moment in found) else []
    gone = []
    for number, moment in enumerate(found):
        before = text[max(start, moment.start - _LOOK) : moment.start]
        after = text[moment.end : min(end, moment.end + _LOOK)]
        moved = (
            number + 1 < len(found)
            and _FROM.search(before) is not None
            and _TO.fullmatch(text, moment.end, found[number + 1].start) is not None
            and _is_moved(text, moment, found[number + 1])
        )
        if moved or _NOT.search(before) is not None or _GONE.match(after) is not None:
            gone.append((moment.start, moment.end))
    return gone if len(gone) < len(found) else []


def _is_moved(text: str, old: Moment, new: Moment) -> bool:
    """Whether the sentence around "från … till …" says that something moves: else these are the ends of a period.

    The word stands before the days with no other verb between ("flyttas från", not "ändras och gäller från"), or right after.
    What only may be prolonged has not moved.
    """
    for begin, end in sentences(text):
        if begin <= old.start < end:
            if word("moves").match(text, _skipped(text, new.end), end) is not None:
                return True
            moving = list(word("moves").finditer(text, begin, old.start))
            return (
                bool(moving)
                and word("lasts").search(text, moving[-1].end(), old.start) is None
                and word("may").search(text, begin, moving[-1].start()) is None
            )
    return False


def _skipped(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap is not None else at


def _column_at(block: Block, at: int) -> int | None:
    """The column of a row's cell that holds the character at `at`."""
    begin = 0
    for cell in block.cells:
        if begin <= at <= begin + len(cell.text):
            return cell.column
        begin += len(cell.text) + 1
    return None


def _new_label(text: str, start: int) -> int | None:
    """Where on the same line the new wording's label stands."""
    sure = word("later").search(text, start) if start else None
    if sure is not None:
        return sure.start()
    beside = (match for match in word("stands").finditer(text, start) if text[match.end() :].lstrip().startswith(":"))
    return next((match.start() for match in beside), None)


def _labels(label: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The label that a text begins with, before a colon."""
    match = label.match(text)
    return match if match is not None and text[match.end() :].lstrip().startswith(":") else None


def _is(label: re.Pattern[str], text: str) -> bool:
    """Whether a text is the label alone."""
    match = label.match(text.lstrip())
    return match is not None and not text.lstrip()[match.end() :].strip(" :.")
