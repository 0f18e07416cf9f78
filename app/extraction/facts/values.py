"""How the value that belongs to a fact's words is read: beside them, in the next lines, or in the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.core.document import Block, BlockKind, Cell, Document, Place
from app.extraction import kept
from app.extraction.facts.changes import Changes, is_asked, is_gone
from app.extraction.facts.dates import Moment, moments, period
from app.extraction.facts.lists import word
from app.extraction.facts.organisations import organisation_in_front
from app.extraction.facts.reach import is_beyond, sentence_stop
from app.extraction.sentences import sentences

NUMBER_BEFORE = kept.pattern(r"(?:(?:[A-ZÅÄÖ]{1,3}\.?)?\d[\d.]{0,12}[.)]?\s+)?(?:[•·▪–-]\s*)?")
_CELL_START = kept.pattern(r"\t")
_LONGEST_NAME = 8  # words
_NEAR = 150  # a date further than this after its words belongs to something else
_FILLER = kept.pattern(r"[\s:.,–—=-]*(?:(?:är|den|is|on|the|satt till|kl|klockan|datum|date)\b[\s:.,–-]*)*")
_BETWEEN_BEFORE = kept.pattern(r"[\s,]*(?:är|utgör|is|som(?: ny)?|as(?: the)?(?: new)?|=|:|–|-)?\s*")
_RELATIVE = kept.pattern(
    r"[\s,]*(?:före|innan|efter|before|prior\s+to|ahead\s+of|in\s+advance\s+of|after|from|från)\s+[\w\s-]{3,60}?"
    r"(?=\s+(?:will|shall|must|may|can|ska|skall|får|kan|kommer|besvaras|för|genom|via|och|and|to|so)\b|[^\w\s-]|$)",
    re.IGNORECASE,
)
_CASE = kept.pattern(
    r"(?:nr|no|number|id)?[.:#\s]{0,4}"
    r"((?:[A-ZÅÄÖ]{1,8}(?:[- ](?=[A-ZÅÄÖ]{0,4}\d))?)?[\w/:–-]*\d[\w/:–-]*(?:\.\d[\w/:–-]*)*(?:\s?[/-]\s?\d+)?)"
)
_CASE_ALONE = kept.pattern(r"(?:[A-ZÅÄÖ]{1,8}[- ]?)?\d[\w/:–-]{3,24}")
_WORKING_DAYS = kept.pattern(
    r"(?<!\w)(?:\d{1,3}|\w+)\s(?:\(\w+\)\s)?(?:(?:working|business)\sdays?|(?:arbets|var|bank)dag\w*)", re.IGNORECASE
)
_ANY_LABEL = kept.pattern(r"(?<=\s)[A-ZÅÄÖ][\w-]+(?=\s?:\s)")
_TELEPHONE = kept.pattern(r"\+?0\d{1,3}-\d{5,8}")
_AROUND = " \t:–-"
_SHORTEST_SENTENCE = 6  # characters: less before a full stop is an abbreviation
_ORGANISATION_NUMBER = kept.pattern(r"\d{6}-\d{4}")


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where its words stand. `end` of a value in another block than the rule's words is that block's."""

    value: str
    quote: str
    place: Place
    precise: bool = False  # a time stands with the date, or the value its label


class Page:
    """The blocks of a document as a value reader walks through them."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.published: date | None = None
        self.changes = Changes(document)
        self._starts: tuple[int, list[int]] = (-1, [])

    def label_starts(self, index: int) -> list[int]:
        """Where labels may start in the block: at its lines and cells, and after the number before it.

        The last answer is kept: many rules ask of one block before they turn to the next.
        """
        if self._starts[0] != index:
            block = self.blocks[index]
            starts = {begin for begin, _ in spans_of_lines(block)} | {found.end() for found in _CELL_START.finditer(block.text)}
            if (numbered := NUMBER_BEFORE.match(block.text)) is not None:
                starts.add(numbered.end())
            self._starts = index, sorted(starts)
        return self._starts[1]

    def following(self, index: int, count: int) -> Iterator[tuple[int, Block]]:
        """The next blocks that are not furniture, with their numbers."""
        for number, block in enumerate(self.blocks[index + 1 : index + 1 + count * 4], index + 1):
            if block.kind is not BlockKind.FURNITURE and block.text.strip():
                yield number, block
                count -= 1
                if count == 0:
                    return

    def below(self, index: int, column: int) -> tuple[Block, Cell] | None:
        """The cell below in the table of the row that is block number `index`, with its row."""
        row = self.blocks[index]
        for block in self.blocks[index + 1 : index + 3]:
            if block.kind is BlockKind.TABLE_ROW and block.table == row.table:
                return next(((block, cell) for cell in block.cells if cell.column == column and cell.text.strip()), None)
        return None

    def beside_or_below(self, index: int, offset: int) -> tuple[Block, Cell] | None:
        """The cell that a label cell speaks of: the next one in its row, or the one below where a row holds only labels."""
        block = self.blocks[index]
        cell = cell_at(block, offset)
        if cell is None:
            return None
        beside = next((other for other in block.cells if other.column > cell.column and other.text.strip()), None)
        if beside is not None and not _labels().match(beside.text):
            return block, beside
        return self.below(index, cell.column)

    def date(self, index: int, start: int, end: int, *, relative: bool = False) -> Found | None:
        """The date that the words at `start` to `end` of the block announce; `relative`: else "six days before the deadline"."""
        block = self.blocks[index]
        text = block.text
        stop = min(len(text), end + _NEAR + sum(close - begin for begin, close in self.changes.gone(index)))
        stop = sentence_stop(text, end, stop)
        if relative and (phrase := _before_another_day(block, start, end, stop)) is not None:
            return phrase
        for moment in self._standing(index, start, stop):
            if is_beyond(text, end, moment.start):
                break
            if moment.start >= end or moment.end > end:
                return self._dated(block, start, moment)
        before = self._standing(index, max(0, start - 60), start)
        if before and _BETWEEN_BEFORE.fullmatch(text, before[-1].end, start) is not None:
            return self._dated(block, before[-1].start, before[-1], start)
        if block.cells:
            cell = cell_at(block, start)
            below = self.below(index, cell.column) if cell is not None else None
            if below is not None and (dates := moments(below[1].text)):
                value = self._value(dates[0], below[1].text)
                return Found(value, below[1].text.strip(), place_in(*below), dates[0].clock is not None)
            return None
        if _introduces(block, end):
            for number, following in self.following(index, 2):
                dates = self._standing(number, 0, 90)
                if dates and dates[0].start < 40:
                    return self._dated(following, dates[0].start, dates[0])
        return None

    def _standing(self, index: int, start: int, stop: int) -> list[Moment]:
        """The days of a stretch that hold: not those of an old wording, nor those that somebody asks for."""
        text = self.blocks[index].text
        found = moments(text, start, stop)
        if not found:
            return found
        gone = self.changes.gone(index)
        return [moment for moment in found if not is_gone(moment.start, gone) and not is_asked(text, moment)]

    def period(self, index: int, start: int, end: int) -> Found | None:
        """The length of time within or right after the words."""
        block = self.blocks[index]
        found = period(block.text, start, min(len(block.text), end + 40))
        if found is None:
            return None
        return Found(found[0], block.text[start : max(end, found[2])], block.place_of(start, max(end, found[2])), True)

    def reference(self, index: int, start: int, end: int) -> Found | None:
        """The number of a case after its label, or under it where labels and values stand in columns."""
        block = self.blocks[index]
        match = _CASE.match(block.text, end)
        if match is not None and (value := _case(match[1])) is not None:
            return Found(value, block.text[start : match.end()], block.place_of(start, match.end()), True)
        if block.cells:
            other = self.beside_or_below(index, start)
            if other is not None and (match := _CASE.fullmatch(other[1].text.strip())) is not None:
                value = _case(match[1])
                return Found(value, other[1].text.strip(), place_in(*other), True) if value else None
            return None
        rest = block.text[end:]
        if not re.fullmatch(r"[\s:.#]*(?:[A-ZÅÄÖ ]{0,60}\.?)?", rest):
            return None
        for following in self.blocks[index + 1 : index + 3]:
            for match in _CASE_ALONE.finditer(following.text[:120]):
                value = _case(match[0])
                if value is not None and re.search(r"[-–/:]|\d{5}", value):
                    return Found(value, match[0], following.place_of(match.start(), match.end()))
        return None

    def name(self, index: int, start: int, end: int, *, several: bool) -> tuple[Found | None, Found | None]:
        """What a label introduces: the rest of its line or cell, else the line (`several`: lines) after it.

        The second value is the number of the case where it stands by itself under the name.
        """
        block = self.blocks[index]
        if block.cells:
            cell = cell_at(block, start)
            if cell is None or len(cell.text) > (end - start) + 12:
                return None, None
            other = self.beside_or_below(index, start)
            spans = [(other[0], begin, stop) for begin, stop in _cell_lines(*other)] if other is not None else []
        else:
            spans = list(self._lines_from(index, end, several))
        taken: list[tuple[Block, int, int]] = []
        case: Found | None = None
        for source, begin, stop in spans:
            text = source.text[begin:stop].strip(_AROUND)
            if not text:
                continue
            if source is block and len(text.split()) <= _LONGEST_NAME:
                text = text.rstrip(".")  # the label and the name are a sentence: "Beställare är Väsby Bostäder."
            if taken and _case_line(text):
                case = Found(_case(text) or text, text, source.place_of(begin, stop), True)
            if not several and _ends_name(text) and (front := organisation_in_front(text)) is not None:
                at = source.text.index(front, begin)
                taken.append((source, at, at + len(front)))
                break
            if _ends_name(text) or (taken and source is not taken[0][0] and source.font_size != taken[0][0].font_size):
                break
            taken.append((source, begin, stop))
            if not several or (source is block and begin == end) or len(taken) == 3:
                break
        if not taken:
            return None, None
        value = " ".join(source.text[begin:stop].strip(_AROUND) for source, begin, stop in taken)
        source, begin, stop = taken[0]
        return Found(value, source.text[begin:stop].strip(_AROUND), source.place_of(begin, stop), source is block), case

    def sentence(self, index: int, start: int) -> Found | None:
        """The sentence around the character at `start`."""
        block = self.blocks[index]
        for begin, stop in sentences(block.text):
            if begin <= start < stop:
                value = block.text[begin:stop]
                return Found(value, value, block.place_of(begin, stop))
        return None

    def _lines_from(self, index: int, end: int, several: bool) -> Iterator[tuple[Block, int, int]]:
        """Lines as spans: the rest of the line that holds `end`, the block's other lines, then those of the next blocks."""
        block = self.blocks[index]
        for begin, stop in spans_of_lines(block):
            if stop > end:
                yield block, max(begin, end), _own_end(block.text, max(begin, end), stop, titled=several)
        for _, following in self.following(index, 4):
            if following.cells:
                return
            for begin, stop in spans_of_lines(following):
                yield following, begin, stop

    def _dated(self, block: Block, start: int, moment: Moment, end: int = 0) -> Found:
        stop = max(moment.end, end)
        begin = min(start, moment.start)
        value = self._value(moment, block.text, start)
        place = place_in(block, cell_at(block, moment.start))
        if place is block.place:
            place = block.place_of(begin, stop)
        return Found(value, block.text[begin:stop].strip(), place, moment.clock is not None)

    def _value(self, moment: Moment, text: str, start: int = 0) -> str:
        if moment.value is not None:
            return moment.value
        # "from 3 February 2031 to 17 February": the day that makes way tells the year, else the day of publication does.
        before = next((one.value for one in moments(text, start, moment.start) if one.value is not None), None)
        earliest = date.fromisoformat(before[:10]) if before is not None else self.published
        return (moment.after(earliest) if earliest is not None else None) or text[moment.start : moment.end]


def _before_another_day(block: Block, start: int, end: int, stop: int) -> Found | None:
    """The words that count from another day ("tio dagar före anbudstidens utgång") where no date stands before them."""
    text = block.text
    length, working = period(text, end, stop), _WORKING_DAYS.search(text, end, stop)
    if working is not None:
        begin, over = working.span()
    elif length is not None:
        _, begin, over = length
    else:
        return None
    rest = _RELATIVE.match(text, over)
    if rest is None or any(moment.end <= begin for moment in moments(text, start, stop)):
        return None
    phrase = " ".join(text[begin : rest.end()].split())
    return Found(phrase, text[start : rest.end()].strip(), block.place_of(start, rest.end()))


def _own_end(text: str, begin: int, stop: int, *, titled: bool) -> int:
    """Where the value that a label introduces ends on its line: at the sentence's end, or before the next label.

    `titled`: a title may hold a colon itself ("Leasing: fordon"), so only the labels that are known end it.
    """
    labels = (word("next_labels"),) if titled else (word("next_labels"), _ANY_LABEL)
    spans = sentences(text, begin, stop)
    end = spans[0][1] if len(spans) > 1 and spans[0][1] - begin > _SHORTEST_SENTENCE else stop
    end -= end < stop and text[end - 1] == "."
    starts = [found.start() for label in labels for found in label.finditer(text, begin, end)]
    return min((start for start in starts if text[begin:start].strip(_AROUND)), default=end)


def spans_of_lines(block: Block) -> Iterator[tuple[int, int]]:
    """Where each source line of a block starts and ends in its text."""
    starts = [line.start for line in block.lines] or [0]
    starts[0] = 0
    for number, begin in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else len(block.text)
        if stop > begin:
            yield begin, stop


def cell_at(block: Block, offset: int) -> Cell | None:
    """The cell of a table row that holds the character at `offset` of the row's text."""
    begin = 0
    for cell in block.cells:
        if begin <= offset <= begin + len(cell.text):
            return cell
        begin += len(cell.text) + 1
    return None


def _cell_lines(block: Block, cell: Cell) -> Iterator[tuple[int, int]]:
    begin = 0
    for other in block.cells:
        if other is cell:
            break
        begin += len(other.text) + 1
    end = begin + len(cell.text)
    starts = sorted({begin, *(line.start for line in block.lines if begin < line.start < end)})
    yield from zip(starts, [*starts[1:], end], strict=True)


def _introduces(block: Block, end: int) -> bool:
    """Whether the words that end at `end` are all of a block that announces what follows: a heading, a label, "… är den:"."""
    if _FILLER.fullmatch(block.text, end) is None:
        return False
    return (
        block.kind is BlockKind.HEADING or len(block.text) < 60 or block.text.rstrip().endswith((":", "den", "är", "the", "on"))
    )


def place_in(block: Block, cell: Cell | None) -> Place:
    """Place of a cell where the format knows it, else of its row."""
    if cell is None or (cell.place.page is None and cell.place.cell is None and cell.place.paragraph is None):
        return block.place
    return cell.place


def _case(text: str) -> str | None:
    value = text.strip(" .:/–-")
    digits = sum(letter.isdigit() for letter in value)
    if digits < 2 or len(value) > 40 or value.isalpha() or _ORGANISATION_NUMBER.fullmatch(value) or _TELEPHONE.fullmatch(value):
        return None
    if re.fullmatch(r"20\d\d-\d\d-\d\d|\d{1,2}:\d\d|20\d\d", value):
        return None
    return value


def _ends_name(text: str) -> bool:
    return bool(
        _case_line(text)
        or _labels().match(text)
        or (text.endswith(".") and len(text.split()) > 3)
        or text.isdigit()
        or "@" in text
    )


def _case_line(text: str) -> bool:
    return " " not in text and _case(text) is not None


def _labels() -> re.Pattern[str]:
    return word("labels")
