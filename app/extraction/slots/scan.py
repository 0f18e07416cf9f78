"""A document while its slots are looked for: what is taken, what stands before and after, and the points found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from app.core.document import AnswerType, Block, BlockKind, Box, Document, Flag, Place
from app.core.points import Answer, Point, PointKind, Source, Span
from app.extraction import kept
from app.extraction.asking import puts_to_bidder, question_number, told, without_number
from app.extraction.printouts import Key, Tag, key_of
from app.extraction.sections import ChapterKind, Outline
from app.extraction.sentences import sentences
from app.extraction.slots.lexicon import (
    Named,
    first,
    is_buyers,
    is_instruction,
    limit_in,
    limits,
    says_how,
    speaks_to_bidder,
    type_line,
    whole,
)
from app.extraction.slots.mandatory import Duty, duty
from app.extraction.slots.marks import runs, squares

_LETTER = kept.pattern(r"\s*\(?([a-zåäö]|[ivx]{2,4})[.)](?=\s)")
_NUMBER = kept.pattern(r"\s*((?:[A-ZÅÄÖ]{1,5}[-.]){0,3}\d{1,4}(?:[.\-]\d{1,4}){0,5}[a-z]?)(?:[.):]\s|\s+(?=\S))")
_WORD = kept.pattern(r"[^\W\d_]{2}")
_LONGEST_TYPE = 110
_MOST_BETWEEN = 3  # blocks without words
_MOST_OF_BUYER = 8  # fields that the buyer fills in below one another
_LONGEST_LEAD = 120  # characters
_BRACKET = kept.pattern(r"[(\[]([^()\[\]]{3,45})[)\]]\s*[.:?]?\s*$")
_APART = kept.pattern(r"\s?[()\[\]]\s?|\s[–—-]\s(?=[^–—]*$)")
_SPACES = kept.pattern(r"\s+")


@dataclass(frozen=True, slots=True)
class Words:
    """Characters of a block that a slot takes its question from."""

    block: int
    start: int
    end: int


@dataclass(slots=True)
class Ask:
    """What a finder knows of a slot. `question` are the exact words, `takes` further characters that belong to it."""

    question: Words
    type: AnswerType
    cues: tuple[str, ...]
    takes: tuple[Words, ...] = ()
    must: bool | None = None
    required: str | None = None
    options: tuple[str, ...] = ()
    limit: str | None = None
    number: str | None = None
    kind: PointKind | None = None
    place: Place | None = None
    quote: str | None = None
    text: str | None = None
    context: tuple[str, ...] = ()
    optional_kind: bool = False


@dataclass(slots=True)
class Scan:
    """One document, its outline, the blocks already taken and the points found so far.

    `left` are blocks taken for questions that the bidder does not answer, `frames` the outermost boxes of drawn boxes, `rows`
    those of each table, `answered` its columns that take answers, as far as asked for, `regions` the drawn boxes by page.
    """

    document: Document
    outline: Outline
    body: list[int] = field(default_factory=list)
    position: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    found: list[tuple[int, int, Point]] = field(default_factory=list)
    key: Key = field(default_factory=Key)
    left: set[int] = field(default_factory=set)
    frames: dict[int, int] = field(default_factory=dict)
    rows: dict[int, list[int]] = field(default_factory=dict)
    answered: dict[int, frozenset[int]] = field(default_factory=dict)
    regions: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, outline: Outline) -> Scan:
        """Ready to be looked through."""
        body = [
            index for index, block in document.body() if block.kind is not BlockKind.COMMENT and Flag.CONTENTS not in block.flags
        ]
        key = key_of(document)
        scan = cls(document, outline, body, {index: place for place, index in enumerate(body)}, key=key)
        for number, region in enumerate(document.regions):
            scan.regions.setdefault(region.page, []).append(number)
        for index in body:
            table = document.blocks[index].table
            if table is not None:
                scan.rows.setdefault(table, []).append(index)
        scan.taken.update(span.block for span in key.spans if span.end - span.start == len(document.blocks[span.block].text))
        return scan

    def block(self, index: int) -> Block:
        """A block by its number."""
        return self.document.blocks[index]

    def before(self, index: int) -> int | None:
        """The block that is read before this one, page furniture left out."""
        place = self.position[index] - 1
        return self.body[place] if place >= 0 else None

    def after(self, index: int) -> int | None:
        """The block that is read after this one, page furniture left out."""
        place = self.position[index] + 1
        return self.body[place] if place < len(self.body) else None

    def between(self, first: int, last: int) -> list[int]:
        """The blocks that are read between two others."""
        return self.body[self.position[first] + 1 : self.position[last]]

    def text(self, words: Words) -> str:
        """Words as quoted."""
        return clean(self.block(words.block).text[words.start : words.end])

    def leave(self, blocks: Iterable[int]) -> None:
        """Take blocks whose question the bidder does not answer."""
        blocks = list(blocks)
        self.taken.update(blocks)
        self.left.update(blocks)

    def contract(self, index: int) -> bool:
        """Whether the block stands in a contract draft, whose blanks are filled in when it is signed."""
        if self.outline.kind(index) is not ChapterKind.CONTRACT:
            return False
        # A form to bid on that follows the terms without a chapter of its own is not part of the contract.
        heading = self.outline.at(index)
        return heading is None or whole("bid_form", heading.title.strip(" .:").lower()) is None

    def whole(self, index: int) -> Words:
        """All of a block's words."""
        return Words(index, 0, len(self.block(index).text))

    def add(self, ask: Ask) -> None:
        """Make the point and take its blocks."""
        block = self.block(ask.question.block)
        quote = ask.quote if ask.quote is not None else clean(block.text[ask.question.start : ask.question.end])
        spans = (ask.question, *ask.takes)
        self.taken.update(words.block for words in spans)
        if not quote or is_instruction(quote):
            return
        judged = duty(quote, ask.context, ask.must, ask.required, ask.type)
        kind = ask.kind or (PointKind.ATTACHMENT if ask.type is AnswerType.FILE else PointKind.QUESTION)
        place = ask.place or self._place(spans)
        number = ask.number or self._number(ask.question, quote)
        answer = Answer(ask.type, ask.required, ask.options, limits(ask.limit, limit_in(quote) or _first_limit(ask.context)))
        point = Point(
            kind,
            judged.must,
            ask.text or quote,
            Source(self.document.id, quote, place),
            tuple(Span(*words) for words in sorted({(w.block, w.start, w.end) for w in spans if w.end > w.start})),
            number,
            self.outline.path(ask.question.block),
            None,
            judged.when,
            answer,
            (),
            tuple(dict.fromkeys((*ask.cues, *judged.cues))),
        )
        self.found.append((ask.question.block, ask.question.start, point))

    def worded_before(self, index: int) -> int | None:
        """The block before that has words or is taken."""
        place = self.before(index)
        for _ in range(_MOST_BETWEEN):
            if place is None or place in self.taken or _WORD.search(self.block(place).text):
                return place
            place = self.before(place)
        return None

    def join(self, *blocks: int) -> bool:
        """Give blocks that only say how or where an answer is given to the question found right before the first; whether any."""
        before = self.worded_before(blocks[0])
        if before is None or before not in self.taken:
            return False
        if before in self.left:
            self.leave(blocks)
            return True
        for number in range(len(self.found) - 1, -1, -1):
            block, start, point = self.found[number]
            if any(span.block == before for span in point.spans):
                spans = {*point.spans, *(Span(other, 0, len(self.block(other).text)) for other in blocks)}
                self.found[number] = (block, start, replace(point, spans=tuple(sorted(spans))))
                self.taken.update(blocks)
                return True
        return False

    def points(self) -> list[Point]:
        """The points in reading order."""
        return [point for _, _, point in sorted(self.found, key=lambda entry: entry[:2])]

    def _place(self, spans: Sequence[Words]) -> Place:
        """Page of the question, and the box around all that the slot takes on that page."""
        place = self.block(spans[0].block).place_of(spans[0].start, spans[0].end)
        if place.box is None:
            return place
        box = place.box
        for words in spans[1:]:
            other = self.block(words.block).place_of(words.start, words.end)
            if other.page == place.page and other.box is not None:
                box = Box(
                    min(box.x0, other.box.x0), min(box.y0, other.box.y0), max(box.x1, other.box.x1), max(box.y1, other.box.y1)
                )
        return Place(place.page, box, place.paragraph, place.sheet, place.cell)

    def _number(self, question: Words, quote: str) -> str | None:
        """Printed number of the question: its own, or its letter below the section's number, or the section's."""
        block = self.block(question.block)
        section = self.outline.number(question.block)
        if self.outline.is_heading(question.block):
            return section
        own = block.number.strip() if block.number and question.start == 0 else None
        letter = _LETTER.match(f"{own} " if own else quote)
        if letter is not None:
            return f"{section} {letter[1]}" if section else letter[1]
        if own:
            return own.rstrip(".)")
        asked = question_number(quote)
        if asked is not None:
            return asked
        match = _NUMBER.match(quote)
        if match is not None and ("." in match[1] or "-" in match[1] or quote[match.end(1) : match.end(1) + 1] in ".):"):
            return match[1].rstrip(".")
        return section


class Asked(NamedTuple):
    """The words of a question without the tags printed at the end of its lines; `quote` when they are more than one stretch."""

    words: Words
    quote: str | None
    tags: tuple[Tag, ...]


def asked_words(scan: Scan, words: Words) -> Asked:
    """A question's words, and the tag that its first or only line ends with."""
    block = scan.block(words.block)
    second = next((line.start for line in block.lines if words.start < line.start < words.end), words.end)
    found = scan.key.cut(block.text[words.start : second])
    if found is None:
        bracket = _BRACKET.search(block.text, words.start, words.end)
        tag = scan.key.tag(bracket[1]) if bracket is not None else None
        return Asked(words, None, (tag,) if tag is not None and not tag.buyers else ())
    start, tag = found
    cut = words.start + start
    if second == words.end:
        return Asked(Words(words.block, words.start, cut), None, (tag,))
    return Asked(words, clean(f"{block.text[words.start : cut].rstrip()} {block.text[second : words.end]}"), (tag,))


def joined_kind(scan: Scan, words: Words, *, marked: bool = False) -> tuple[Named, int] | None:
    """The kind of answer that the last printed line of a text names to the question in the lines above it, and its start.

    The line begins with a capital, and the question before it is numbered, ends in a sign or is `marked` by what stands beside
    it: "… besvaras med / Ja eller Nej" is one sentence.
    """
    block = scan.block(words.block)
    start = max((line.start for line in block.lines if words.start < line.start < words.end), default=None)
    if start is None or not 3 <= words.end - start <= _LONGEST_TYPE or not block.text[start].isupper():
        return None
    before = block.text[words.start : start].rstrip()
    marked = marked or _NUMBER.match(before) is not None
    if not marked and not before.endswith((".", "?", ":", "!", ")")) and scan.key.cut(before) is None:
        return None
    named = type_line(block.text[start : words.end].strip())
    if named is None or named.boxed or (named.weak and not (marked or puts_to_bidder(before))):
        return None
    return named, start


def alternatives(text: str) -> tuple[str, ...]:
    """The alternatives printed with their squares in a type line, without what the line says after them."""
    found = [square.option for square in squares(text) if square.option]
    if found:
        last, stop, rest = found[-1].partition(". ")
        if stop and says_how(rest):
            found[-1] = last
    return tuple(found)


def answered_by_buyer(text: str) -> bool:
    """Whether words at a question say that the buyer answers it. Words that ask the bidder, with the same phrase in them, tell of
    something else: "Beskriv hur blanketter som fylls i av kunden sparas"."""
    for cell in text.split("\t") if is_buyers(text) else ():
        for start, end in sentences(cell):
            words, *apart = _APART.split(cell[start:end])
            if any(map(is_buyers, apart)) or (is_buyers(words) and not puts_to_bidder(words.strip())):
                return True
    return False


def clean(text: str) -> str:
    """Words as quoted: blanks and white space around them gone, tabs and runs of spaces one space."""
    return (
        _SPACES.sub(" ", text).strip(" \t_…").rstrip(".…").strip()
        if _ends_in_leader(text)
        else _SPACES.sub(" ", text).strip(" \t_")
    )


def _ends_in_leader(text: str) -> bool:
    return text.rstrip().endswith(("...", "…", ". . ."))


def _first_limit(texts: Sequence[str]) -> str | None:
    return next((limit for text in texts if (limit := limit_in(text)) is not None), None)


def buyers(scan: Scan, index: int) -> bool:
    """Whether a block, or the short line right before it, says that the buyer fills it in."""
    if answered_by_buyer(scan.block(index).text):
        return True
    heading = scan.outline.at(index)
    if heading is not None and len(heading.title) < _LONGEST_LEAD and is_buyers(heading.title):
        return True
    before = scan.before(index)
    # What leads in a box of the buyer's fields stands before the first of them.
    for _ in range(_MOST_OF_BUYER):
        if before is None or before in scan.taken or not runs(scan.block(before).text):
            break
        if is_buyers(scan.block(before).text) or speaks_to_bidder(scan.block(index).text):
            break  # a line that is itself filled in speaks of itself alone
        before = scan.before(before)
    if before is None:
        return False
    text = scan.block(before).text.strip()
    if len(text) >= _LONGEST_LEAD or runs(text) or not is_buyers(text):
        return False
    return text.endswith((":", ")")) or whole("buyer", text.strip(" .")) is not None


def asks_for_file(text: str) -> bool:
    """Whether the words ask for a document."""
    return first("attach", text) is not None


def demands_file(text: str) -> bool:
    """Whether the words begin by telling the bidder to hand in a document: "Bifoga CV", "Provide a certificate"."""
    words = without_number(text.strip())
    found = told(words) if words else None
    return found is not None and found[0] is PointKind.ATTACHMENT


def is_type_line(text: str) -> bool:
    """Whether the line only names a kind of answer."""
    return type_line(text) is not None


__all__ = ["Ask", "Duty", "Scan", "Words", "asks_for_file", "buyers", "clean", "demands_file", "is_type_line"]
