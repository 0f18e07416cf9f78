"""Questions printed as rows of a table, with the kind of answer in a row or cell of its own, as portals print their forms.

The number, the question and its tag stand in one row; the kind of answer stands beside them, in the next row, or as the last
line of the question's own cell; rows below it wait for the answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from app.core.document import AnswerType, Block, BlockKind, Cell, Flag
from app.extraction import kept
from app.extraction.asking import puts_to_bidder, question_number
from app.extraction.printouts import Tag, is_points
from app.extraction.slots.answer_kinds import kind_in_clauses
from app.extraction.slots.lexicon import LEADS, Named, is_margin, printed_choice, type_line, whole
from app.extraction.slots.marks import required_of, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, alternatives, answered_by_buyer, asked_words, joined_kind
from app.extraction.slots.table_shape import ROW_NUMBER, cell_starts, is_open, looks_like_head, table_of
from app.extraction.slots.type_lines import may_name_kind

_LEVELLED = kept.pattern(r"(?:[A-ZÅÄÖ]{1,5}[-.]?)?\d{1,3}(?:\.\d{1,3})+[a-z]?[.):]?\s")
_WORD = kept.pattern(r"[^\W\d_]{2}")
_LONGEST_TYPE = 110
_FEWEST_WORDS = 2
_YES_NO = ("ja", "nej", "yes", "no")


@dataclass(slots=True)
class _Row:
    """A row's cells by what they are: their places in the row."""

    index: int
    words: list[int] = field(default_factory=list)
    kinds: list[tuple[int, Named, tuple[str, ...]]] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)
    number: str | None = None
    empty: bool = False


def find_entry_rows(scan: Scan) -> None:
    """Add the questions of tables that name the kind of answer below or beside each of them."""
    for index in scan.body:
        block = scan.block(index)
        if index in scan.taken or block.kind is not BlockKind.TABLE_ROW or not may_name_kind(block.text):
            continue
        row = _row(scan, index)
        if row.kinds:
            _take(scan, row)
        elif row.words:
            _take_joined(scan, row)


def kind_in(text: str) -> tuple[Named, tuple[str, ...]] | None:
    """The kind of answer that a text names and nothing else, and the alternatives printed with it."""
    if not 3 <= len(text) <= _LONGEST_TYPE:
        return None
    options = alternatives(text)
    named = type_line(text) or kind_in_clauses(text)
    if named is not None:
        return named, options or printed_choice(text)
    if options and yes_no(options) and len(text.split()) <= 3 * len(options) and squares(text)[0].start <= 1:
        return Named("slot.yes_no_squares", AnswerType.YES_NO), options
    return None


def is_name(text: str) -> bool:
    """Whether a text only names what stands beside it: the kind of answer, the tag, or the answer itself."""
    bare = text.strip(" \t.:*")
    return bare.lower() in LEADS or whole("attribute", bare) is not None or whole("answer_lead", bare) is not None


def told_in(scan: Scan, index: int) -> tuple[Named | None, bool | None]:
    """What the cells of a row of questions say beside their answer cell: the kind of answer, and whether it must be given."""
    row = _row(scan, index)
    must = next((tag.must for tag in row.tags if tag.must is not None), None)
    kinds = [named for _, named, _ in row.kinds if row.tags or not named.boxed]
    return (kinds[0] if len(kinds) == 1 else None), must


def _row(scan: Scan, index: int) -> _Row:
    """The cells of a row told apart."""
    row = _Row(index)
    for place, cell in enumerate(scan.block(index).cells):
        text = cell.text.strip()
        if not text:
            continue
        if text.lower() in _YES_NO and row.tags:
            # "Obligatorisk: Nej" beside each other
            if text.lower() in ("nej", "no"):
                row.tags[-1] = Tag("optional", False)
            continue
        if is_name(text):
            continue
        tag = scan.key.tag(text)
        kind = kind_in(text) if tag is None else None
        if kind is not None:
            row.kinds.append((place, *kind))
        elif tag is not None:
            row.tags.append(tag)
        elif is_points(text) or is_margin(text):
            continue
        elif not row.words and ROW_NUMBER.fullmatch(text):
            row.number = text.rstrip(".):")
        elif _WORD.search(text):
            row.words.append(place)
    row.empty = not any(cell.text.strip() for cell in scan.block(index).cells)
    return row


def _take(scan: Scan, row: _Row) -> None:
    block = scan.block(row.index)
    if len(row.kinds) > 1 or Flag.HEADER_ROW in block.flags:
        return
    _, named, options = row.kinds[0]
    if row.words:
        if any(tag.buyers for tag in row.tags):
            scan.leave([row.index])
        elif _asks_beside(scan, row, named):
            _add(scan, row, row, named, options, [])
        return
    if _heads_columns(scan, row):
        return
    above = _question_row(scan, row.index)
    if above is not None:
        question, between = above
        text = scan.block(question.index).cells[question.words[0]].text.strip()
        marked = question.number or question.tags or _is_put(text)
        # "Pris" alone in a row is a label as well: it names the kind of answer to a question that is tagged.
        if (named.weak and not marked) or (named.boxed and not (question.tags or row.tags)):
            return
        _add(scan, question, row, named, options, between)


def _heads_columns(scan: Scan, row: _Row) -> bool:
    """Whether a row without a question names columns: "Krav | Ja/Nej | Kommentar", or an open cell below its kind of answer."""
    block, place = scan.block(row.index), row.kinds[0][0]
    if any(scan.key.tag(cell.text) is not None for cell in block.cells[:place]) or any(
        is_name(cell.text) for cell in block.cells[place + 1 :]
    ):
        return True
    after = scan.after(row.index)
    if after is None or scan.block(after).table != block.table or not _row(scan, after).words:
        return False
    column = block.cells[place].column
    return any(cell.column == column and is_open(cell) for cell in scan.block(after).cells)


def _is_put(text: str) -> bool:
    """Whether words are plainly a question of a form: numbered as one, starred, or put to the bidder."""
    bare = text.rstrip(" *")
    return question_number(bare) is not None or _LEVELLED.match(bare) is not None or bare != text or puts_to_bidder(bare)


def _asks_beside(scan: Scan, row: _Row, named: Named) -> bool:
    """Whether the one text beside the kind of answer is a question, and no other cell of the row waits for the answer."""
    block = scan.block(row.index)
    if len(row.words) != 1:
        return False
    text = block.cells[row.words[0]].text.strip()
    numbered = (row.number is not None and "." in row.number) or _LEVELLED.match(text) is not None
    if len(text.split()) < _FEWEST_WORDS or not (numbered or row.tags or _is_put(text)):
        return False
    if not numbered and row.number is None and not row.tags and looks_like_head(block):
        return False
    if printed_choice(block.cells[row.kinds[0][0]].text) and not row.tags:
        return False  # yes and no to be circled: the finder of tables knows what such a row is
    if any(is_open(cell) and not cell.text.strip() for cell in block.cells):
        columns = _answered(scan, block.table)
        return not any(not cell.text.strip() and cell.column in columns for cell in block.cells)
    return bool(row.tags) or (not named.boxed and (not named.weak or numbered or row.number is not None))


def _answered(scan: Scan, table: int | None) -> Collection[int]:
    """The columns of a table that take answers. Asked for again and again, row by row."""
    if table is None:
        return ()
    known = scan.answered.get(table)
    if known is None:
        known = scan.answered[table] = frozenset(table_of(scan, scan.rows.get(table, [])).columns)
    return known


def _question_row(scan: Scan, index: int) -> tuple[_Row, list[int]] | None:
    """The row above that asks, and rows between the two that hold nothing but tags."""
    table = scan.block(index).table
    between: list[int] = []
    place = scan.before(index)
    while place is not None and place not in scan.taken and len(between) < 3:
        block = scan.block(place)
        if block.kind is not BlockKind.TABLE_ROW or block.table != table:
            return None
        row = _row(scan, place)
        if row.kinds:
            return None
        if row.words:
            return (row, between) if len(row.words) == 1 else None
        between.append(place)
        place = scan.before(place)
    return None


def _take_joined(scan: Scan, row: _Row) -> None:
    """A cell whose last printed line names the kind of answer to the question above it in the same cell."""
    block = scan.block(row.index)
    if len(row.words) != 1 or len(block.lines) < 2:
        return
    start = cell_starts(block)[row.words[0]]
    words = Words(row.index, start, start + len(block.cells[row.words[0]].text))
    found = joined_kind(scan, words, marked=row.number is not None or bool(row.tags))
    if found is not None:
        named, last = found
        _add(scan, row, row, named, alternatives(block.text[last : words.end]), [], Words(row.index, words.start, last))


def _add(
    scan: Scan,
    question: _Row,
    row: _Row,
    named: Named,
    options: tuple[str, ...],
    between: list[int],
    words: Words | None = None,
) -> None:
    block = scan.block(question.index)
    place = question.words[0]
    if words is None:
        start = cell_starts(block)[place]
        words = Words(question.index, start, start + len(block.cells[place].text))
    asked = asked_words(scan, words)
    tags = [*question.tags, *row.tags, *(tag for other in between for tag in _row(scan, other).tags), *asked.tags]
    takes = sorted({question.index, row.index, *between, *_below(scan, row.index, named.type, tags)})
    if named.type is AnswerType.NONE or any(tag.buyers for tag in tags) or any(_buyers(scan.block(index)) for index in takes):
        scan.leave(takes)
        return
    must = named.must
    if must is None:
        must = next((tag.must for tag in tags if tag.must is not None), None)
    if must is None and scan.key.starred:
        must = "*" in block.text
    scan.add(
        Ask(
            asked.words,
            named.type,
            ("slot.answer_type_row", named.rule, *dict.fromkeys(f"printout.tag_{tag.meaning}" for tag in tags)),
            tuple(scan.whole(index) for index in takes),
            must,
            (named.required or required_of(options)) if must is not False or named.must is False else None,
            options,
            named.limit,
            question.number,
            quote=asked.quote,
        )
    )


def _buyers(block: Block) -> bool:
    return any(len(cell.text) < 120 and answered_by_buyer(cell.text) for cell in block.cells)


def _below(scan: Scan, index: int, kind: AnswerType, tags: list[Tag]) -> Iterator[int]:
    """Rows below that wait for the answer or hold more tags, and the rows of a price table."""
    table = scan.block(index).table
    place = scan.after(index)
    while place is not None and place not in scan.taken:
        block = scan.block(place)
        if block.kind is not BlockKind.TABLE_ROW or (block.table != table and not _goes_on(block, index, scan)):
            return
        row = _row(scan, place)
        if row.kinds or (row.words and (kind is not AnswerType.PRICE_TABLE or _asks_again(scan, place))):
            return
        if not row.words and not row.empty and row.number is not None:
            return
        tags += row.tags
        yield place
        place = scan.after(place)


def _goes_on(block: Block, index: int, scan: Scan) -> bool:
    """An empty row on the next page is the rest of a box that the page has cut."""
    page = scan.block(index).place.page
    return page is not None and block.place.page == page + 1 and not any(map(_says, block.cells))


def _says(cell: Cell) -> bool:
    return bool(cell.text.strip())


def _asks_again(scan: Scan, index: int) -> bool:
    """Whether the row right after this one names the kind of answer to it: another question begins."""
    after = scan.after(index)
    if after is None or scan.block(after).kind is not BlockKind.TABLE_ROW:
        return False
    row = _row(scan, after)
    return bool(row.kinds) and not row.words
