"""Tables that list the documents to hand in: each row is an attachment."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.core.document import AnswerType, BlockKind, Cell
from app.extraction.rules import Rule
from app.extraction.slots.lexicon import first, whole
from app.extraction.slots.marks import is_empty
from app.extraction.slots.scan import Ask, Scan, Words, clean
from app.extraction.slots.table_shape import cell_starts, is_open
from app.extraction.tables import RequirementRow, mark, names_class, names_requirement, requirement_rows

_WORD = re.compile(r"[^\W\d_]{2}")
_NUMBER = re.compile(r"(?:[A-ZÅÄÖ]{1,5}[-.–]?){0,2}\d{1,4}(?:[.\-]\d{1,3}){0,5}[a-z]?[.)]?")
_FIRST_ROWS = 4  # a header stands below a caption at most
_MOST_HEADER_WORDS = 10
_MOST_NAME_WORDS = 40
_BLOCKS_ABOVE = 2


class _Head(NamedTuple):
    """The row that names the columns: where the documents stand, whether they are handed in, and who says so."""

    place: int
    document: int
    attached: int | None
    classes: bool
    rule: Rule


def find_document_lists(scan: Scan) -> None:
    """Add each document of the tables that list what belongs to the tender."""
    tables: dict[int, list[int]] = {}
    for index in scan.body:
        block = scan.block(index)
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and index not in scan.taken:
            tables.setdefault(block.table, []).append(index)
    for rows in tables.values():
        head = _head(scan, rows)
        if head is not None and not scan.contract(rows[0]) and _is_handed_in(scan, rows, head):
            _take(scan, rows, head)


def _head(scan: Scan, rows: list[int]) -> _Head | None:
    for place, index in enumerate(rows[:_FIRST_ROWS]):
        cells = scan.block(index).cells
        if len(cells) > 1 and sum(bool(cell.text.strip()) for cell in cells) < 2:
            continue  # a caption in the table
        document: tuple[int, Rule] | None = None
        attached: int | None = None
        classes = False
        for cell in cells:
            text = " ".join(cell.text.split()).strip(" .:*")
            if not text or len(text.split()) > _MOST_HEADER_WORDS:
                continue
            if names_requirement(text):
                return None
            if attached is None and whole("attached_column", text) is not None:
                attached = cell.column
            elif names_class(text):
                classes = True
            elif document is None and (rule := whole("document_column", text)) is not None:
                document = (cell.column, rule)
        if document is not None:
            return _Head(place, document[0], attached, classes, document[1])
    return None


def _is_handed_in(scan: Scan, rows: list[int], head: _Head) -> bool:
    """Whether the documents belong to the tender: the column says so, or the words above the table do."""
    if len(rows) < head.place + 2:
        return False
    if head.rule.fields.get("listed"):
        return True
    above = _above(scan, rows, head)
    if any(first("document_heading", text) is not None for text in above):
        return True
    return head.attached is not None and all(first("buyers_documents", text) is None for text in above)


def _above(scan: Scan, rows: list[int], head: _Head) -> list[str]:
    """The caption in the table, the lines right above it and the heading that it stands under."""
    texts = [scan.block(index).text for index in rows[: head.place]]
    place = scan.before(rows[0])
    for _ in range(_BLOCKS_ABOVE):
        if place is None or scan.block(place).kind is BlockKind.TABLE_ROW:
            break
        texts.append(scan.block(place).text)
        place = scan.before(place)
    heading = scan.outline.at(rows[0])
    if heading is not None:
        texts.append(heading.title)
    return texts


def _take(scan: Scan, rows: list[int], head: _Head) -> None:
    stated = requirement_rows(scan.document) if head.classes else {}
    for index in rows[head.place + 1 :]:
        block = scan.block(index)
        place = next((n for n, cell in enumerate(block.cells) if cell.column == head.document), None)
        if place is None or block.cells[place].column_span == sum(cell.column_span for cell in block.cells) > 1:
            continue
        cell = block.cells[place]
        if not _WORD.search(cell.text) or is_open(cell) or len(cell.text.split()) > _MOST_NAME_WORDS:
            continue
        answer = next((other for other in block.cells if other.column == head.attached), None)
        if answer is not None and not is_empty(answer.text) and whole("not_attached", answer.text.strip(" .")) is not None:
            continue
        if whole("document_column", cell.text.strip(" .:")) is not None and answer is not None and not is_open(answer):
            continue  # the names of the columns once more
        _add(scan, index, place, answer, stated.get(index))


def _add(scan: Scan, index: int, place: int, answer: Cell | None, row: RequirementRow | None) -> None:
    block = scan.block(index)
    start = cell_starts(block)[place]
    cell = block.cells[place]
    others = [other for number, other in enumerate(block.cells) if number != place and other.text.strip()]
    told = {must for other in others if len(other.text) < 30 and (must := mark(other.text)) is not None}
    must = told.pop() if len(told) == 1 else row.must if row is not None else None
    number = next((other.text.strip().rstrip(".)") for other in others if _NUMBER.fullmatch(other.text.strip())), None)
    scan.add(
        Ask(
            Words(index, start, start + len(cell.text)),
            AnswerType.FILE,
            ("slot.document_list",),
            (scan.whole(index),),
            must,
            number=number,
            place=(answer or cell).place if (answer or cell).place.cell is not None else None,
            quote=clean(cell.text),
            context=tuple(other.text for other in others if len(other.text) < 80),
        )
    )
