"""Slots of tables in Word and PDF: answer columns, label beside an empty cell, price tables, boxes with a caption inside."""

from __future__ import annotations

from dataclasses import replace

from app.core.document import AnswerType, Block, BlockKind
from app.core.points import Point, PointKind
from app.extraction import kept
from app.extraction.slots.answer_rows import take_answer_row
from app.extraction.slots.label_rows import take_captions, take_label_row
from app.extraction.slots.lexicon import first, header, is_buyers, is_instruction, label, printed_choice, whole
from app.extraction.slots.mandatory import bearing
from app.extraction.slots.marks import has_marks, is_empty
from app.extraction.slots.scan import Ask, Scan, clean
from app.extraction.slots.table_shape import Table, caption_of, is_open, shows_prompts, table_of
from app.extraction.tables import Requirements, requirements

_LETTERHEAD = 12  # a letterhead stands among the first blocks
_MANY_TABLES = 4
_MOST_CAPTION_ROWS = 8
_LONGEST_NAME = 60  # characters
_WORD = kept.pattern(r"[^\W\d_]{2}")
_NUMBER = kept.pattern(r"\d{1,3}[.)]?")


def find_table_slots(scan: Scan) -> None:
    """Add the slots of every table outside contract drafts."""
    tables: dict[int, list[int]] = {}
    for index in scan.body:
        block = scan.block(index)
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and index not in scan.taken:
            tables.setdefault(block.table, []).append(index)
    if not tables:
        return
    known: Requirements | None = None
    for rows in tables.values():
        promising = any(_promising(scan.block(index)) for index in rows) or _may_prompt(scan, rows)
        if not promising or scan.contract(rows[0]):
            continue
        if any(
            whole("letterhead", cell.text.strip(" :."))
            for index in rows[:8]
            for cell in scan.block(index).cells
            if len(cell.text) < 40
        ):
            continue
        if any(
            len(cell.text) < 60 and (rule := first("buyer_states", cell.text)) is not None and rule.search(cell.text[:30])
            for cell in scan.block(rows[0]).cells
        ):
            continue  # what the buyer states of itself and of its need
        before = scan.before(rows[0])
        if before is not None and len(scan.block(before).text) < 160 and is_buyers(scan.block(before).text):
            scan.taken.update(rows)
            continue
        first_words = [cell.text for cell in scan.block(rows[0]).cells if cell.text.strip()]
        if len(first_words) == 1 and len(first_words[0]) < _LONGEST_NAME and is_buyers(first_words[0]):
            scan.taken.update(rows)  # a box of the buyer's, named in its first row
            continue
        known = known or requirements(scan.document)
        table = table_of(scan, rows)
        if table.named and is_buyers(table.named[min(table.named)]):
            scan.taken.update(rows)
            continue
        for index in table.above:
            take_label_row(scan, table, index)
        if _price_table(scan, table):
            continue
        count = len(scan.found)
        _rows(scan, table, known)
        if (
            len(scan.found) == count + 1
            and rows[0] < _LETTERHEAD
            and scan.found[-1][2].source.quote.lower().strip(":") in ("datum", "date")
        ):
            scan.found.pop()  # the date of a letter, which its writer sets
    _merge_price_tables(scan)


def _merge_price_tables(scan: Scan) -> None:
    """A bill of quantities is one table that headings interrupt: many price tables with the same columns are one question."""
    groups: dict[str, list[tuple[int, int, Point]]] = {}
    for entry in scan.found:
        if entry[2].answer.type is AnswerType.PRICE_TABLE and "slot.price_column" in entry[2].cues:
            groups.setdefault(entry[2].source.quote, []).append(entry)
    for entries in groups.values():
        if len(entries) > _MANY_TABLES:
            block, start, point = entries[0]
            spans = tuple(sorted(span for entry in entries for span in entry[2].spans))
            scan.found = [entry for entry in scan.found if entry not in entries]
            scan.found.append((block, start, replace(point, spans=spans, headings=(), number=None)))


def _promising(block: Block) -> bool:
    """Whether a row has anything that could be filled in."""
    return any(
        cell.slots
        or not cell.text.strip()
        or has_marks(cell.text)
        or is_empty(cell.text)
        or cell.text.rstrip().endswith(":")
        or printed_choice(cell.text)
        for cell in block.cells
    ) or bool(block.slots)


def _may_prompt(scan: Scan, rows: list[int]) -> bool:
    """Whether a table without anything open names a column of answers, or is nothing but a few names of fields."""
    first = scan.block(rows[0])
    if any(
        len(cell.text) < _LONGEST_NAME and (name := header(cell.text)) and name.type is not AnswerType.NONE
        for cell in first.cells
    ):
        return True
    if shows_prompts(scan, rows):
        return True
    return len(rows) <= _MOST_CAPTION_ROWS and all(
        len(cell.text) < _LONGEST_NAME and label(cell.text) is not None for cell in first.cells if cell.text.strip()
    )


def _price_table(scan: Scan, table: Table) -> bool:
    """A table with an open price column is one question. Its words are the names of its columns."""
    prices = [column for column, name in table.columns.items() if name.type is AnswerType.PRICE]
    if not prices or not table.head or not table.rows:
        return False
    open_rows = [
        index
        for index in table.rows
        if any(cell.column in prices and is_open(cell) for cell in scan.block(index).cells)
        and _WORD.search(scan.block(index).text)
    ]
    blank_rows = [index for index in table.rows if all(is_open(cell) for cell in scan.block(index).cells)]
    if not open_rows and len(blank_rows) != len(table.rows):
        return False
    if any(name.type is AnswerType.YES_NO for name in table.columns.values()):
        return False
    head = table.head[-1]
    caption = caption_of(scan, table.head[0])
    quote = clean(scan.block(head).text)
    takes = [*(scan.whole(index) for index in (*table.head, *table.rows))]
    scan.add(
        Ask(
            scan.whole(head),
            AnswerType.PRICE_TABLE,
            ("slot.price_column", *dict.fromkeys(table.columns[column].rule for column in prices)),
            tuple(takes),
            quote=quote,
            text=f"{caption}: {quote}" if caption else quote,
            context=tuple(filter(None, (bearing(caption or ""),))),
        )
    )
    return True


def _rows(scan: Scan, table: Table, known: Requirements) -> None:
    context = tuple(filter(None, map(bearing, tuple(table.named.values())[:6])))
    grid = table.columns and table.head
    blank = [index for index in table.rows if _is_blank(scan.block(index))]
    if grid and table.rows and len(blank) == len(table.rows):
        _blank_table(scan, table)
        return
    if not table.head and not table.columns and take_captions(scan, table):
        return
    for index in table.rows:
        block = scan.block(index)
        if index in scan.taken or is_instruction(block.text) or is_buyers(block.text) or index in known.groups:
            continue
        row = known.rows.get(index)
        if grid and take_answer_row(scan, table, index, context, row.must if row is not None else None):
            continue
        take_label_row(scan, table, index)


def _is_blank(block: Block) -> bool:
    """Whether a row has nothing but open cells, perhaps after its number."""
    if not block.cells or not all(map(is_open, block.cells[1:])):
        return False
    first = block.cells[0]
    return is_open(first) or (len(block.cells) > 1 and _NUMBER.fullmatch(first.text.strip()) is not None)


def _blank_table(scan: Scan, table: Table) -> None:
    """Only names of columns and empty rows below: one question, to be filled in as often as needed."""
    head = table.head[-1]
    caption = caption_of(scan, table.head[0])
    quote = clean(scan.block(head).text)
    kinds = {name.type for name in table.columns.values()}
    scan.add(
        Ask(
            scan.whole(head),
            kinds.pop() if len(kinds) == 1 else AnswerType.TEXT,
            ("slot.blank_table",),
            tuple(scan.whole(index) for index in (*table.head, *table.rows)),
            quote=quote,
            text=f"{caption}: {quote}" if caption else quote,
            context=tuple(filter(None, (bearing(caption or ""),))),
            kind=PointKind.QUESTION,
        )
    )
