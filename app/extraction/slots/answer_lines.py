"""Boxes of a printout that end in a line for the answer: "Svar: Fritextsvar (max 200 tecken)", "Answer: Yes/No".

The line names the kind of answer, the yes and no to tick, that no answer is needed, or that the buyer gives it. What is asked
stands above it in the same box, or beside it; the cells in the margin hold the number of the box and what class it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.core.document import AnswerType, Block, BlockKind, Cell
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.asking import told, without_number
from app.extraction.printouts import Tag, is_points
from app.extraction.sentences import sentences
from app.extraction.slots.answer_kinds import Told, answer_type, told_by
from app.extraction.slots.lexicon import LEADS, is_buyers, type_line, whole
from app.extraction.slots.marks import required_of, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file
from app.extraction.slots.table_shape import cell_starts

_LEAD = kept.pattern(r"\s*([^\W\d_][^:\n\t]{2,31}?)\s*:\s*")
_TICK = kept.pattern(r"[☐□❑❒▢◻⬜◯○]|\[ {0,3}\]|\( {1,3}\)")
_NUMBER = kept.pattern(
    r"(?:(?:nr|no|nummer|number|ruta|box|punkt|item|fråga|question|krav|requirement|rad|row)\b\.?\s*)?"
    r"((?:[A-ZÅÄÖ]{1,5}[-.]?)?\d{1,4}(?:[.\-]\d{1,4}){0,5}[a-z]?)(?!\w)[.):]?",
    re.IGNORECASE,
)
_NUMBERED = kept.pattern(
    r"\s*(?:nr|no|nummer|ruta|box|fråga|question)\b\.?\s*[A-ZÅÄÖ]{0,3}-?\d{1,4}(?:\.\d{1,3})*[.):]?(?:\s+|$)", re.IGNORECASE
)
_WORD = kept.pattern(r"[^\W\d_]{2}")
_EDGES = " \t.:*|–-"
_LONGEST_MARK = 60  # characters
_LONGEST = 130  # characters of a line for the answer
_LONG = 90  # words: more than this is not all question
_MOST_ROWS = 6  # of one box
_FEWEST_KNOWN, _FEW = 3, 5  # lines that name a kind of answer, words of one that nobody knows
_FEWEST_WORDS = 3  # of a question that stands beside its answer line


class _Line(NamedTuple):
    """A line for the answer: its words, what it says after its name, and the cell it stands in (by its place in the row)."""

    words: Words
    value: str
    cell: int


class _Box(NamedTuple):
    """The cells that hold what is asked, in reading order, the rows they stand in, and what stands in the margin beside them."""

    asked: tuple[Words, ...]
    rows: tuple[int, ...]
    margin: tuple[str, ...]


def find_answer_lines(scan: Scan) -> None:
    """Add what is asked in every box that ends in a line for the answer.

    A row that names the question, says how it is answered and goes on below ("Fråga 3. Pris | Svarstyp: Tal") ends no box.
    """
    lines = [(index, line) for index in scan.body if index not in scan.taken for line in _answer_line(scan, index)]
    ends = {index for index, _ in lines}
    known = sum(1 for _, line in lines if _said(line).type is not None)
    for index, line in lines:
        said = _said(line)
        options = tuple(square.option.partition("(")[0].strip() for square in squares(line.value) if square.option)
        if whole("no_answer", line.value.strip(" .()")) is not None:
            if not _beside(scan, index, line):
                scan.leave([index])  # what stands above it is still demanded
            continue
        if not (said.type is not None or said.buyers or is_buyers(line.value) or yes_no(options) or _is_alike(line, known)):
            continue
        box = _box(scan, index, line, ends)
        if box is not None:
            _take(scan, line, box, said, options)


def _said(line: _Line) -> Told:
    return told_by(_TICK.sub(" ", line.value).strip())


def _is_alike(line: _Line, known: int) -> bool:
    """Whether a few words of the printout's own name a kind of answer, as its other lines do: "Svar: Tidpunkt (klockslag)"."""
    return known >= _FEWEST_KNOWN and len(line.value.split()) <= _FEW and line.value[-1] not in ".:?"


def _answer_line(scan: Scan, index: int) -> Iterator[_Line]:
    """The line for the answer in a row of a table, where there is one: the last printed line of a cell.

    A paragraph is one when it is nothing else; those that only name a kind of answer are read by `type_lines`.
    """
    block = scan.block(index)
    if ":" not in block.text:
        return
    if block.kind is not BlockKind.TABLE_ROW:
        lead = _LEAD.match(block.text) if block.kind is BlockKind.PARAGRAPH and len(block.text) <= _LONGEST else None
        if lead is None or not block.text[lead.end() :].strip() or type_line(block.text) is not None:
            return
        head, _, name = lead[1].rpartition(" ")
        if _is_lead(lead[1]) or (_is_lead(name) and _is_mark(scan, head)):
            yield _Line(scan.whole(index), " ".join(block.text[lead.end() :].split()), 0)
        return
    starts = cell_starts(block)
    for place, cell in enumerate(block.cells):
        for start in _line_starts(block, starts[place], cell):
            text = block.text[start : starts[place] + len(cell.text)]
            lead = _LEAD.match(text) if len(text) <= _LONGEST else None
            if lead is None or not text[lead.end() :].strip() or not _is_lead(lead[1]):
                continue
            yield _Line(Words(index, start, start + len(text)), " ".join(text[lead.end() :].split()), place)
            return


def _line_starts(block: Block, start: int, cell: Cell) -> list[int]:
    """Where a cell begins, and its last printed line."""
    end = start + len(cell.text)
    later = [line.start for line in block.lines if start < line.start < end]
    broken = block.text.rfind("\n", start, end)
    if broken > start:
        later.append(broken + 1)
    return [start, max(later)] if later else [start]


def _is_lead(name: str) -> bool:
    bare = name.strip(" *.").lower()
    return bare in LEADS or whole("answer_part", bare) is not None or whole("part_kind", bare) is not None


def _beside(scan: Scan, index: int, line: _Line) -> list[Words]:
    """What is asked in the row of the answer line: the lines above it in its cell, or the cell with most words."""
    block = scan.block(index)
    if block.kind is not BlockKind.TABLE_ROW:
        return []
    starts = cell_starts(block)
    own = Words(index, starts[line.cell], line.words.start)
    if _WORD.search(block.text[own.start : own.end]) is not None:
        return [own]
    others = [
        Words(index, starts[place], starts[place] + len(cell.text))
        for place, cell in enumerate(block.cells)
        if place != line.cell and len(cell.text.split()) >= _FEWEST_WORDS and not _is_mark(scan, cell.text)
    ]
    return [max(others, key=lambda words: words.end - words.start)] if others else []


class _Mark(NamedTuple):
    """What stands in the margin of a box: its number, and the tag that classes it."""

    number: str | None
    tag: Tag | None


def _mark(scan: Scan, text: str) -> _Mark | None:
    """What a text says that only numbers or classes a box: "Nr 014", "Krav", "Nr 014 Fråga", "Utvärdering | 0–5 poäng"."""
    if len(text) > _LONGEST_MARK:
        return None
    words = text.strip(_EDGES)
    numbered = _NUMBER.match(words)
    number = numbered[1] if numbered is not None and not words[numbered.end() :][:1].isalnum() else None
    rest = words[numbered.end() :].strip(_EDGES) if numbered is not None and number else words
    parts = [part.strip(_EDGES) for part in rest.split("|")]
    tags = [scan.key.tag(part) for part in parts]
    if all(
        not part or tag is not None or is_points(part) or whole("part_question", part) is not None
        for part, tag in zip(parts, tags, strict=True)
    ):
        return _Mark(number, next((tag for tag in tags if tag is not None), None))
    return None


def _is_mark(scan: Scan, text: str) -> bool:
    return _mark(scan, text) is not None


def _box(scan: Scan, index: int, line: _Line, ends: set[int]) -> _Box | None:
    """What is asked above or beside an answer line."""
    block = scan.block(index)
    if block.kind is not BlockKind.TABLE_ROW:
        return _paragraphs(scan, index, ends)
    margin = [cell.text.strip() for place, cell in enumerate(block.cells) if place != line.cell and cell.text.strip()]
    if beside := _beside(scan, index, line):
        after = scan.after(index)
        below = scan.block(after) if after is not None and after not in ends else None
        if below is not None and below.table == block.table and not any(_is_mark(scan, cell.text) for cell in below.cells[:-1]):
            return None
        asked = scan.block(beside[0].block).text[beside[0].start : beside[0].end].strip()
        return _Box(tuple(beside), (index,), tuple(text for text in margin if text != asked))
    asked_cells: list[Words] = []
    rows = [index]
    place = scan.before(index)
    while place is not None and len(rows) <= _MOST_ROWS and place not in scan.taken and place not in ends:
        other = scan.block(place)
        if other.kind is not BlockKind.TABLE_ROW or not _same_box(other, scan.block(rows[0])):
            break
        cell, words = _cell_above(other, place, block.cells[line.cell].column)
        rows.insert(0, place)
        if _is_mark(scan, cell.text):
            cell = Cell("", cell.column)
        elif _WORD.search(cell.text) is not None:
            asked_cells.insert(0, words)
        beside_it = [text for each in other.cells if each.text != cell.text and (text := each.text.strip())]
        margin += beside_it
        if any((mark := _mark(scan, text)) is not None and mark.number for text in beside_it):
            break
        place = scan.before(place)
    return _Box(tuple(asked_cells), tuple(rows), tuple(margin)) if asked_cells else None


def _paragraphs(scan: Scan, index: int, ends: set[int]) -> _Box | None:
    """What is asked in the paragraph above an answer line, with the marks above, between and before its name."""
    margin = [scan.block(index).text.partition(":")[0].rpartition(" ")[0]]
    rows = [index]
    asked: list[Words] = []
    place = scan.before(index)
    while place is not None and len(rows) <= _MOST_ROWS and place not in scan.taken and place not in ends:
        block = scan.block(place)
        marked = _is_mark(scan, block.text)
        if block.kind is BlockKind.TABLE_ROW or (not marked and (asked or scan.outline.is_heading(place))):
            break
        rows.insert(0, place)
        numbered = _NUMBERED.match(block.text)
        if marked:
            margin.append(block.text)
        else:
            asked.append(Words(place, numbered.end() if numbered is not None else 0, len(block.text)))
        if numbered is not None:
            margin.append(numbered[0])
            break
        place = scan.before(place)
    # Without a number above it, a mark before the question may be the last box's.
    return (
        _Box(tuple(asked), tuple(rows if len(rows) <= 2 else rows[rows.index(asked[0].block) :]), tuple(margin))
        if asked
        else None
    )


def _same_box(above: Block, below: Block) -> bool:
    """Whether a row stands in the same box as the one below it, which may go on over a page."""
    if below.table is None or above.table == below.table:
        return below.table is not None
    pages = (above.place.page, below.place.page)
    return None not in pages and pages[0] != pages[1] and len(above.cells) == len(below.cells)


def _cell_above(block: Block, index: int, column: int) -> tuple[Cell, Words]:
    """The cell of a row in a column, or the one with most words when the column is cut otherwise there."""
    cells = list(enumerate(block.cells))
    place, cell = next(
        ((place, cell) for place, cell in cells if cell.column == column and _WORD.search(cell.text)),
        max(cells, key=lambda found: len(found[1].text)),
    )
    start = cell_starts(block)[place]
    return cell, Words(index, start, start + len(cell.text))


def _take(scan: Scan, line: _Line, box: _Box, said: Told, options: tuple[str, ...]) -> None:
    marks = [mark for text in box.margin if (mark := _mark(scan, text)) is not None]
    tags = [mark.tag for mark in marks if mark.tag is not None]
    index = line.words.block
    if said.type is AnswerType.NONE or said.buyers or is_buyers(line.value) or any(tag.buyers for tag in tags):
        scan.leave({*box.rows, index})
        return
    file = said.type is AnswerType.FILE
    words = _asking(scan, box, file)
    kind = answer_type(said, [], options, scan.text(words)) if said.type is not None or options else AnswerType.TEXT
    rows = {*box.rows, index}
    beside = [
        Words(row, start, start + len(cell.text))
        for row in sorted(rows)
        for (place, start), cell in zip(cell_starts(scan.block(row)).items(), scan.block(row).cells, strict=True)
        if _is_mark(scan, cell.text) and cell.text.strip()
    ]
    scan.add(
        Ask(
            words,
            kind,
            ("slot.answer_line", *((said.rule,) if said.rule else ()), *(f"printout.tag_{tag.meaning}" for tag in tags)),
            (*beside, line.words),
            _must(said, tags),
            said.required or required_of(options),
            options,
            said.limit,
            next((mark.number for mark in marks if mark.number), None),
        )
    )
    scan.taken.update(rows)


def _must(said: Told, tags: list[Tag]) -> bool | None:
    """What the answer line says comes before what the box is classed as."""
    if said.must is not None or said.required is not None:
        return said.must if said.must is not None else True
    return next((tag.must for tag in tags if tag.must is not None), None)


def _asking(scan: Scan, box: _Box, file: bool) -> Words:
    """The words that ask: of a box that explains first, the sentence that is put to the bidder; otherwise all of it."""
    for cell in reversed(box.asked):
        found = _asking_in(scan, cell, file)
        if found is not None:
            return found
    cell = box.asked[0]
    text = scan.block(cell.block).text[cell.start : cell.end]
    if len(text.split()) > _LONG:
        start, end = sentences(text)[-1]
        return Words(cell.block, cell.start + start, cell.start + end)
    return cell


def _asking_in(scan: Scan, cell: Words, file: bool) -> Words | None:
    text = scan.block(cell.block).text[cell.start : cell.end]
    spans = sentences(text)
    said = [text[start:end].strip() for start, end in spans]
    kinds = [found[0] if words and (found := told(without_number(words))) is not None else None for words in said]
    wanted = PointKind.ATTACHMENT if file else PointKind.QUESTION
    first = last = next((number for number, kind in enumerate(kinds) if kind is wanted), None)
    if file and first is None:
        first = last = next((number for number, words in enumerate(said) if asks_for_file(words)), None)
    if not file and (open_ones := [number for number, words in enumerate(said) if words.endswith("?")]):
        first = last = open_ones[-1]
    if first is None or last is None:
        first = last = next((number for number, kind in enumerate(kinds) if kind is not None), None)
    if first is None or last is None:
        return None
    while not file and last + 1 < len(kinds) and kinds[first] is not None and kinds[last + 1] is kinds[first]:
        last += 1  # "Beskriv rutinen. Ange vem som ansvarar.": one place to answer
    return Words(cell.block, cell.start + spans[first][0], cell.start + spans[last][1])
