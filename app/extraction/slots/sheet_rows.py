"""What the rows of a sheet tell of its answer cells: whose they are, which of them ask, and how they are numbered."""

from __future__ import annotations

from typing import NamedTuple

from app.core.document import AnswerType, BlockKind
from app.extraction import kept
from app.extraction.slots.grid import Entry, Sheet
from app.extraction.slots.lexicon import Named, is_buyers, is_comment, label, speaks_to_bidder, whole
from app.extraction.slots.scan import Scan, asks_for_file, clean, demands_file
from app.extraction.slots.sheet_tables import SheetTables
from app.extraction.tables import mark

_YES_AND_NO = ("ja", "nej", "yes", "no")
_LONGEST_HEADING = 80  # characters
_LONGEST_CLASS = 24  # characters
_TEXT_COLUMN = "slot.header_text"
_ROW_NUMBER = kept.pattern(r"(?:[A-ZÅÄÖ]{1,5}[-.–]?){0,2}\d{1,4}(?:[.\-]\d{1,3}){0,5}[a-z]?[.)]?")


class Found(NamedTuple):
    """A cell to fill in, the cell that says what is asked, the head of the column, and what that head names."""

    entry: Entry
    name: Entry
    above: Entry | None
    column: Named | None


def rows_of_buyer(scan: Scan, tables: SheetTables) -> dict[int, list[tuple[int, int]]]:
    """By row the columns below a line that says that the buyer fills them in, up to the next heading or a line that names the
    bidder. Of tables side by side each is looked at by itself.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    closed: dict[int, bool] = {}
    last = 0
    for row in tables.sheet.order:
        if tables.begins(row) and sum(1 for entry in tables.sheet.rows[row] if entry.text.strip()) == 1:
            closed = {left: told for left, told in closed.items() if not left}  # a title ends what stood beside the first table
        for part in tables.parts(row):
            left, right = tables.columns(row, part[0].left)
            texts = [entry for entry in part if entry.text.strip()]
            if len(texts) == 1 and len(texts[0].text) <= _LONGEST_HEADING and not any(entry.answer for entry in part):
                closed[left] = _is_closed(scan, texts[0], closed.get(left, False), row > last + 1)
            if closed.get(left, False):
                found.setdefault(row, []).append((left, right))
        last = row
    return found


def _is_closed(scan: Scan, entry: Entry, before: bool, apart: bool) -> bool:
    """Whether what follows a line that stands alone is the buyer's; `before` is what held above it."""
    text = entry.text
    if is_buyers(text):
        return not speaks_to_bidder(text)
    if not before:
        return False
    heads = scan.block(entry.block).kind is BlockKind.HEADING or (apart and label(text) is None)
    return not (speaks_to_bidder(text) or (heads and not text.rstrip().endswith((":", "?"))))


def without_comments(found: list[Found]) -> list[Found]:
    """What asks, without the columns that only take a comment on an answer in the same row."""
    rows: dict[tuple[int, Entry], list[Found]] = {}
    for one in found:
        rows.setdefault((one.entry.row, one.name), []).append(one)
    dropped: set[Found] = set()
    for same in rows.values():
        others = [one for one in same if one.column is not None and one.above is not None and not is_comment(one.above.text)]
        if any(one.column is not None and one.column.type is not AnswerType.FILE for one in others):
            dropped.update(
                one
                for one in same
                if one.column is not None
                and one.column.rule == _TEXT_COLUMN
                and one.above is not None
                and is_comment(one.above.text)
            )
    return [one for one in found if one not in dropped]


def without_references(found: list[Found]) -> list[Found]:
    """What asks, without the columns that only name an annex beside an answer, where nothing says that there is one."""
    answered = {
        (one.entry.row, one.name)
        for one in found
        if one.column is not None and one.column.type not in (AnswerType.FILE, AnswerType.NONE)
    }
    return [
        one
        for one in found
        if one.column is None
        or one.column.type is not AnswerType.FILE
        or (one.entry.row, one.name) not in answered
        or one.entry.text.strip()
        or asks_for_file(one.name.text)
        or (one.above is not None and asks_for_file(one.above.text))
    ]


def one_of_yes_and_no(found: list[Found]) -> list[Found]:
    """What asks, each pair of columns to tick ("Ja", "Nej") as one question at the first of them."""
    seen: set[tuple[int, Entry]] = set()
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.entry.row, one.entry.left)):
        if one.above is not None and one.above.text.strip(" .:").lower() in _YES_AND_NO:
            if (one.entry.row, one.name) in seen:
                continue
            seen.add((one.entry.row, one.name))
        kept.append(one)
    return kept


def without_doubles(found: list[Found]) -> list[Found]:
    """What asks, without the other answer columns of a row that asks for a document and has a column to name it in."""
    named = {(one.entry.row, one.name) for one in found if one.column is not None and one.column.type is AnswerType.FILE}
    return [
        one
        for one in found
        if one.column is None
        or one.column.type is not AnswerType.TEXT
        or (one.entry.row, one.name) not in named
        or not demands_file(one.name.text)
    ]


def without_sums(sheet: Sheet, found: list[Found]) -> list[Found]:
    """What asks, without the sum below a column of figures, filled in or worked out by the sheet."""
    figured = {entry.left for row in sheet.rows.values() for entry in row if entry.computed}
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: one.entry.row):
        if not one.entry.answer and one.entry.left in figured and whole("sum", clean(one.name.text).strip(" :*.")):
            continue
        if is_price(one.entry, one.column) or (one.column is not None and one.column.type is AnswerType.NUMBER):
            figured.add(one.entry.left)
        kept.append(one)
    return kept


def is_price(entry: Entry, column: Named | None) -> bool:
    """Whether the file or the head of the column says that a price goes here."""
    slots = entry.cell.slots if entry.cell is not None else ()
    return any(slot.type is AnswerType.PRICE for slot in slots) or (column is not None and column.type is AnswerType.PRICE)


def own_class(tables: SheetTables, entry: Entry, name: Entry) -> bool | None:
    """What a class alone in a cell of the row ("Bör") says, where no header names a column of classes."""
    marks = {
        told
        for other in tables.beside(entry)
        if other is not name
        and not other.answer
        and 1 < len(other.text) <= _LONGEST_CLASS
        and (told := mark(other.text)) is not None
    }
    return marks.pop() if len(marks) == 1 else None


def own_number(tables: SheetTables, entry: Entry, name: Entry) -> str | None:
    """The number left of what is asked, where a row starts with it."""
    row = tables.beside(entry) if entry.row == name.row else tables.inside(name.row, name.left)
    first = next((other for other in row if other.text.strip()), None)
    if first is None or first.right >= name.left or first.answer:
        return None
    text = first.text.strip()
    return text.rstrip(".)") if _ROW_NUMBER.fullmatch(text) is not None else None
