"""The ledger: where every line of a document went. Nothing is left out without being seen.

A line is page furniture, part of a point, context that needs no second look, or unassigned. Context is what the layout or a rule
of `resources/rules/context.toml` explains, and sentences that hold no word of demand; the rest stays in sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from app.core.document import Block, BlockKind, Document, Flag, Line, Place
from app.core.points import Fact, LineClass, LineCounts, Point, PointKind, UnassignedLine
from app.extraction import kept
from app.extraction.apart import Apart, set_apart
from app.extraction.asking import demands, puts_to_bidder
from app.extraction.hints import Hints
from app.extraction.rules import Rule, rule_file, rules, word_bounded, words, words_pattern
from app.extraction.sections import FINITE_VERB, ChapterKind, Outline
from app.extraction.sentences import sentences
from app.extraction.slots.table_shape import heads_open_column, is_sum, lone_rows, names_columns
from app.extraction.terms import ends_contract
from app.extraction.vocabulary import Vocabulary

_WORD = kept.pattern(r"\w+")
_LISTED = frozenset([BlockKind.LIST_ITEM, BlockKind.TABLE_ROW])
_LETTERS = kept.pattern(r"[^\W\d_]{3}")
_SILENT = frozenset([Flag.CONTENTS, Flag.HEADER_ROW])
_SHORT_CELL = 25  # characters: a shorter cell labels or classes what stands in the row
_LONGEST_LINE = 160  # characters: longer texts are no type line, legend or address
_FEWEST_WORDS = 3
_BLANK = kept.pattern(r"[\W_]*(?:\w[\W_]*){0,2}")
_DEMANDING = frozenset([ChapterKind.REQUIREMENTS, ChapterKind.QUALIFICATION, ChapterKind.ADMINISTRATIVE])


def account(
    document: Document, outline: Outline, points: Sequence[Point], facts: Sequence[Fact], apart: Apart | None = None
) -> tuple[LineCounts, tuple[UnassignedLine, ...]]:
    """The class of every line, counted, and the lines that nothing explains, in reading order."""
    counts = dict.fromkeys(LineClass, 0)
    unassigned: list[UnassignedLine] = []
    for block, classes, left in _entries(document, outline, points, facts, apart):
        for number, line_class in enumerate(classes):
            counts[line_class] += 1
            if line_class is LineClass.UNASSIGNED:
                text = left.get(number) or _line_text(block, number)
                unassigned.append(UnassignedLine(text, _line_place(block, block.lines[number])))
    return (
        LineCounts(
            total=sum(counts.values()),
            items=counts[LineClass.ITEMS],
            context=counts[LineClass.CONTEXT],
            furniture=counts[LineClass.FURNITURE],
            unassigned=counts[LineClass.UNASSIGNED],
        ),
        tuple(unassigned),
    )


def classify(
    document: Document, outline: Outline, points: Sequence[Point], facts: Sequence[Fact]
) -> Iterable[tuple[Block, list[LineClass]]]:
    """Each block with the class of each of its lines.

    A line that holds a point and beside it a sentence that nothing explains is unassigned: in formats where a paragraph is one
    line, a point found in it doesn't speak for the rest.
    """
    for block, classes, _ in _entries(document, outline, points, facts, None):
        yield block, classes


def _entries(
    document: Document, outline: Outline, points: Sequence[Point], facts: Sequence[Fact], apart: Apart | None
) -> Iterator[tuple[Block, list[LineClass], dict[int, str]]]:
    """Each block with the class of each of its lines, and what is left of lines that hold more than the point found in them."""
    taken = _spans(points, len(document.blocks))
    stated = _quotes(facts)
    judge = _Judge(document, outline, points, facts, apart or set_apart(document, outline))
    lead_demands = led = False
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.FURNITURE:
            yield block, [LineClass.FURNITURE] * len(block.lines), {}
            continue
        classes = [LineClass.CONTEXT] * len(block.lines)
        unexplained = judge.unexplained(index, block, under_demand=lead_demands and (led or block.kind in _LISTED))
        for span in unexplained:
            _mark(classes, block, span, LineClass.UNASSIGNED)
        quotes = stated.get(block.place.page) if classes else None
        told = [(found, found + len(quote)) for quote in quotes if (found := block.text.find(quote)) >= 0] if quotes else []
        for span in told:
            _mark(classes, block, span, LineClass.CONTEXT)
        held = taken.get(index, []) if classes else []
        for span in held:
            _mark(classes, block, span, LineClass.ITEMS)
        left: dict[int, str] = {}
        if (held or told) and (unexplained or block.kind is BlockKind.TABLE_ROW):
            if held and block.kind is BlockKind.TABLE_ROW:
                unexplained = judge.own(index, judge.unexplained_cells(index, block))
            left = _left(classes, block, unexplained, [*held, *told])
        led = block.text.rstrip().endswith(":")
        if led:
            # What a lead-in governs is as much worth a look as the lead-in itself.
            lead_demands = index in taken or bool(unexplained)
        elif block.kind not in _LISTED:
            lead_demands = led = False
        yield block, classes, left


def _mark(classes: list[LineClass], block: Block, span: tuple[int, int], line_class: LineClass) -> None:
    if len(classes) == 1:
        classes[0] = line_class
        return
    start, end = span
    for number in range(block.line_at(start), block.line_at(max(start, end - 1)) + 1):
        classes[number] = line_class


def _left(
    classes: list[LineClass], block: Block, unexplained: Sequence[tuple[int, int]], held: Sequence[tuple[int, int]]
) -> dict[int, str]:
    """Sentences that no point holds on lines that points hold, by the line they begin on; these lines become unassigned."""
    found: dict[int, str] = {}
    for start, end in unexplained:
        lines = range(block.line_at(start), block.line_at(max(start, end - 1)) + 1)
        if any(first < end and start < last for first, last in held):
            continue
        if any(classes[number] is LineClass.UNASSIGNED and number not in found for number in lines):
            continue
        text = block.text[start:end]
        found[lines[0]] = f"{found[lines[0]]} {text}" if lines[0] in found else text
        classes[lines[0]] = LineClass.UNASSIGNED
    return found


def _spans(points: Sequence[Point], blocks: int) -> dict[int, list[tuple[int, int]]]:
    """Characters that the points take, by block."""
    found: dict[int, list[tuple[int, int]]] = {}
    for point in points:
        for span in point.spans:
            if 0 <= span.block < blocks:
                found.setdefault(span.block, []).append((max(0, span.start), max(0, span.end)))
    return found


def _quotes(facts: Sequence[Fact]) -> dict[int | None, list[str]]:
    """The words of the facts by page."""
    found: dict[int | None, list[str]] = {}
    for fact in facts:
        if fact.source.quote:
            found.setdefault(fact.source.place.page, []).append(fact.source.quote)
    return found


class _Judge:
    """Decides which lines of a block that no point took are context."""

    def __init__(
        self, document: Document, outline: Outline, points: Sequence[Point], facts: Sequence[Fact], apart: Apart
    ) -> None:
        self.outline = outline
        # A contract section is shown by its first duty; its other sentences are terms of the same duty.
        self.shown = {
            heading.block
            for point in points
            if point.kind is PointKind.CONTRACT and point.spans and (heading := outline.at(point.spans[0].block)) is not None
        }
        self.bare = apart.bare
        self.grounds = apart.grounds | apart.left
        self.others = {span.block: span for span in (*apart.log.others, *apart.key.spans)}
        self.buyer = _buyer_acts(frozenset(_names(facts)))
        # Headings that a slot below them has taken for its question are explained by it.
        self.asked = {
            heading.block for point in points if point.spans and (heading := outline.at(point.spans[0].block)) is not None
        }
        self.asking_tables = {
            document.blocks[span.block].table
            for point in points
            for span in point.spans
            if 0 <= span.block < len(document.blocks)
        }

        self.lone = lone_rows(document)
        self.required = apart.declared.required
        self.heads = _heads(document, self.asking_tables)

    def unexplained(self, index: int, block: Block, *, under_demand: bool) -> list[tuple[int, int]]:
        """Stretches of the block that are not context."""
        return self.own(index, self._unexplained(index, block, under_demand=under_demand))

    def own(self, index: int, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The stretches without what other bidders have asked in a log."""
        others = self.others.get(index) if stretches else None
        if others is None:
            return stretches
        return [(start, end) for start, end in stretches if not (others.start <= start and end <= others.end)]

    def _unexplained(self, index: int, block: Block, *, under_demand: bool) -> list[tuple[int, int]]:
        count = len(block.lines)
        if (
            not count
            or not _SILENT.isdisjoint(block.flags)
            or (
                (block.kind is BlockKind.HEADING or self.outline.is_heading(index))
                and (index in self.asked or not (puts_to_bidder(block.text.strip()) or demands(block.text)))
            )
            or _is_blank(block.text)
            or _is_known_line(block.text)
            or index in self.grounds
        ):
            return []
        heading = self.outline.at(index)
        chapter = self.outline.kind(index)
        if chapter is ChapterKind.CONTRACT and heading is not None and heading.block in self.shown:
            return []
        if block.kind is BlockKind.TABLE_ROW:
            if index in self.heads or names_columns(block, self.lone):
                return []
            asking = block.table is not None and block.table in self.asking_tables
            if asking and is_sum(block):
                return []
            if not asking and not _demands(block.text):
                return []
            return [_line_span(block, number) for number in range(count) if _LETTERS.search(_line_text(block, number))]
        listed = chapter in _DEMANDING and block.kind is BlockKind.LIST_ITEM
        # In a specification without any word of demand each sentence may be one.
        # So it may where the document declares all that is said there to be required.
        plain = ((self.bare and chapter is ChapterKind.REQUIREMENTS) or index in self.required) and (
            len(block.text.split()) >= _FEWEST_WORDS
        )
        fragment_counts = under_demand or listed or plain
        return [
            (start, end)
            for start, end in sentences(block.text)
            if not self._explained(block.text[start:end], chapter, fragment_counts=fragment_counts)
        ]

    def unexplained_cells(self, index: int, block: Block) -> list[tuple[int, int]]:
        """Whole sentences in the cells of a row that are not context; labels and classes beside what was found are."""
        chapter = self.outline.kind(index)
        found: list[tuple[int, int]] = []
        offset = 0
        for cell in block.cells:
            for start, end in sentences(block.text, offset, offset + len(cell.text)) if len(cell.text) > _SHORT_CELL else ():
                sentence = block.text[start:end]
                if FINITE_VERB.search(sentence) and not self._explained(sentence, chapter, fragment_counts=False):
                    found.append((start, end))
            offset += len(cell.text) + 1
        return found

    def _explained(self, sentence: str, chapter: ChapterKind, *, fragment_counts: bool) -> bool:
        if _is_blank(sentence) or (chapter is ChapterKind.CONTRACT and ends_contract(sentence)):
            return True
        informs = chapter is ChapterKind.INFORMATION
        asks = sentence.endswith("?") or (fragment_counts and not informs)
        if not asks and (not _demands(sentence) or (informs and FINITE_VERB.search(sentence) is None)):
            return True
        return self.buyer.match(sentence) is not None or _is_statement(sentence)


def _is_blank(text: str) -> bool:
    """Whether it holds two letters or digits at most. Mostly the first three tell."""
    return not (len(text) > 2 and text[:3].isalnum()) and _BLANK.fullmatch(text) is not None


def _heads(document: Document, tables: AbstractSet[int | None]) -> frozenset[int]:
    """Rows that name the columns of tables in which something is filled in, though neither a mark nor their words tell."""
    rows: dict[int, list[int]] = {}
    for index, block in document.body():
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and block.table in tables:
            rows.setdefault(block.table, []).append(index)
    return frozenset(found[0] for found in rows.values() if heads_open_column([document.blocks[index] for index in found]))


def _demands(text: str) -> bool:
    """Whether a text holds a word that a demand on the bidder could be made with."""
    return any(_demanding().told(text.lower().split()))


def _is_known_line(text: str) -> bool:
    if len(text) > _LONGEST_LINE and not text.startswith("["):
        return False
    stripped = text.strip()
    return any(rule.pattern.fullmatch(stripped) for rule in _hinted(text, "line"))


def _is_statement(sentence: str) -> bool:
    return any(rule.pattern.search(sentence) for rule in _hinted(sentence, "statement"))


def _hinted(text: str, role: str) -> Iterator[Rule]:
    indexed, hints = _by_role(role)
    return (indexed[number] for number in hints.wanted(text))


@cache
def _by_role(role: str) -> tuple[tuple[Rule, ...], Hints]:
    found = tuple(rule for rule in rules("context") if rule.fields["role"] == role)
    return found, Hints(found)


def _names(facts: Sequence[Fact]) -> Iterable[str]:
    for fact in facts:
        if fact.name == "buyer":
            yield fact.value
            # "Norrverket AB" calls itself Norrverket further on.
            first = fact.value.split()[0]
            if len(first) > 3 and first.lower() not in ("region", "kommunen", "city", "state", "county", "department"):
                yield first


@cache
def _buyer_acts(names: frozenset[str]) -> re.Pattern[str]:
    named = "".join(rf"|{re.escape(name)}" for name in sorted(names, key=len, reverse=True))
    verbs = words("context")["buyer_verb"]
    compiled = word_bounded if names else words_pattern
    return compiled(rf"(?:the )?(?:{words('parties')['buyer']}{named})(?:,? \w+){{0,2}} {verbs}")


@cache
def _demanding() -> Vocabulary[bool]:
    """Tells of what stands between white space whether a word in it could make a demand."""
    lists = rule_file("context")["words"]
    exact, beginnings = frozenset(lists["demand"]), tuple(lists["demand_beginnings"])
    return Vocabulary(lambda piece: any(word in exact or word.startswith(beginnings) for word in _WORD.findall(piece)))


def _line_span(block: Block, number: int) -> tuple[int, int]:
    start = 0 if number == 0 else block.lines[number].start
    return start, block.lines[number + 1].start if number + 1 < len(block.lines) else len(block.text)


def _line_text(block: Block, number: int) -> str:
    start, end = _line_span(block, number)
    return block.text[start:end].strip()


def _line_place(block: Block, line: Line) -> Place:
    return Place(
        line.page if line.page is not None else block.place.page,
        line.box if line.box is not None else block.place.box,
        block.place.paragraph,
        block.place.sheet,
        block.place.cell,
    )
