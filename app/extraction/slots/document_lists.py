"""Tables that list the documents to hand in: each row is an attachment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.core.document import AnswerType, Block, BlockKind, Cell
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.rules import Rule, rules
from app.extraction.sections import FINITE_VERB
from app.extraction.slots.lexicon import first, header, is_comment, whole
from app.extraction.slots.marks import is_empty
from app.extraction.slots.scan import Ask, Scan, Words, clean
from app.extraction.slots.table_shape import cell_starts, is_open, lines_above
from app.extraction.tables import class_said, mark, names_class, names_requirement, requirement_rows

_WORD = kept.pattern(r"[^\W\d_]{2}")
_NUMBER = kept.pattern(r"(?:[A-ZÅÄÖ]{1,5}[-.–]?){0,2}\d{1,4}(?:[.\-]\d{1,3}){0,5}[a-z]?[.)]?")
_FIRST_ROWS = 4  # a header stands below a caption at most
_MOST_HEADER_WORDS = 10
_MOST_NAME_WORDS = 40
_FEWEST_QUESTION_WORDS = 3
_LONGEST_CLASS = 30  # characters


class _Head(NamedTuple):
    """The row that names the columns: where the documents stand, whether they are handed in, who says so, and which columns take
    answers to what the rows ask besides."""

    place: int
    document: int
    attached: int | None
    classes: tuple[int, str] | None
    rule: Rule
    answers: frozenset[int] = frozenset()


def find_document_lists(scan: Scan) -> None:
    """Add each document of the tables that list what belongs to the tender."""
    tables: dict[int, list[int]] = {}
    for index in scan.body:
        block = scan.block(index)
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and index not in scan.taken:
            tables.setdefault(block.table, []).append(index)
    for rows in tables.values():
        head = _head(scan, rows) or _headless(scan, rows)
        if head is not None and not scan.contract(rows[0]) and _is_handed_in(scan, rows, head):
            _take(scan, rows, head)


def _head(scan: Scan, rows: list[int]) -> _Head | None:
    for place, index in enumerate(rows[:_FIRST_ROWS]):
        cells = scan.block(index).cells
        if len(cells) > 1 and sum(bool(cell.text.strip()) for cell in cells) < 2:
            continue  # a caption in the table
        documents: list[tuple[int, Rule]] = []
        attached: int | None = None
        classes: tuple[int, str] | None = None
        for cell in cells:
            text = " ".join(cell.text.split()).strip(" .:*")
            if not text or len(text.split()) > _MOST_HEADER_WORDS:
                continue
            if names_requirement(text):
                return None
            if attached is None and whole("attached_column", text) is not None:
                attached = cell.column
            elif names_class(text):
                classes = (cell.column, text)
            elif (rule := whole("document_column", text)) is not None:
                documents.append((cell.column, rule))
        if documents:
            # Of two columns the one that holds words names the documents, the other numbers them.
            column, rule = max(documents, key=lambda found: _worded(scan, rows[place + 1 :], found[0]))
            return _Head(place, column, attached, classes, rule, _answers(cells, column, attached))
    return None


def _answers(cells: Sequence[Cell], document: int, attached: int | None) -> frozenset[int]:
    """The columns that are named for an answer, others than those of the documents themselves."""
    named = {cell.column: header(cell.text) for cell in cells if cell.column not in (document, attached)}
    return frozenset(
        column
        for column, name in named.items()
        if name is not None and name.type not in (AnswerType.NONE, AnswerType.FILE) and not is_comment(_text(cells, column))
    )


def _text(cells: Sequence[Cell], column: int) -> str:
    return next((cell.text for cell in cells if cell.column == column), "")


def _worded(scan: Scan, rows: list[int], column: int) -> int:
    """How many rows have words in the column."""
    return sum(any(cell.column == column and _WORD.search(cell.text) for cell in scan.block(index).cells) for index in rows)


def _headless(scan: Scan, rows: list[int]) -> _Head | None:
    """A list without header: in each row a class ("Ska") beside the name of a document."""
    named = 0
    columns: set[int] = set()
    for index in rows:
        cells = [cell for cell in scan.block(index).cells if cell.text.strip() and not _NUMBER.fullmatch(cell.text.strip())]
        names = [cell for cell in cells if mark(cell.text) is None]
        if len(cells) != 2 or len(names) != 1 or len(names[0].text.split()) > _MOST_NAME_WORDS:
            return None
        columns.add(names[0].column)
        named += word("own_document").search(names[0].text) is not None or word("document").search(names[0].text) is not None
    if len(columns) != 1 or named * 2 < len(rows) or FINITE_VERB.search(" ".join(scan.block(i).cells[0].text for i in rows)):
        return None
    return _Head(-1, columns.pop(), None, (-1, ""), rules("slots")[0])


def _is_handed_in(scan: Scan, rows: list[int], head: _Head) -> bool:
    """Whether the documents belong to the tender: the column says so, or the words above the table do."""
    if head.place >= 0 and len(rows) < head.place + 2:
        return False
    if head.rule.fields.get("listed"):
        return True
    above = _above(scan, rows, head)
    if any(first("document_heading", text) is not None for text in above):
        return True
    if any(
        first("with_tender", cell.text) is not None for index in rows[head.place + 1 :] for cell in _beside(scan, index, head)
    ):
        return True
    # Whether a document is mandatory is said only of what is handed in.
    told = head.attached is not None or head.classes is not None
    return told and all(first("buyers_documents", text) is None for text in above)


def _beside(scan: Scan, index: int, head: _Head) -> list[Cell]:
    """The row's other cells."""
    return [cell for cell in scan.block(index).cells if cell.column != head.document]


def _above(scan: Scan, rows: list[int], head: _Head) -> list[str]:
    """The caption in the table, the lines right above it and the heading that it stands under."""
    return [*(scan.block(index).text for index in rows[: max(0, head.place)]), *lines_above(scan, rows[0])]


def _take(scan: Scan, rows: list[int], head: _Head) -> None:
    stated = requirement_rows(scan.document) if head.classes is not None else {}
    group = ""
    for index in rows[head.place + 1 :]:
        block = scan.block(index)
        if len([cell for cell in block.cells if cell.text.strip()]) == 1 and len(block.text.split()) <= _MOST_HEADER_WORDS:
            group = block.text.strip()  # "Lämnas i förekommande fall": of the rows below
            if not any(_WORD.search(cell.text) for cell in block.cells if cell.column == head.document):
                scan.taken.add(index)
                continue
        place = next((n for n, cell in enumerate(block.cells) if cell.column == head.document), None)
        if place is None or block.cells[place].column_span == sum(cell.column_span for cell in block.cells) > 1:
            continue
        cell = block.cells[place]
        if not _WORD.search(cell.text) or is_open(cell) or len(cell.text.split()) > _MOST_NAME_WORDS:
            continue
        answer = next((other for other in block.cells if other.column == head.attached), None)
        if answer is not None and not is_empty(answer.text) and whole("not_attached", answer.text.strip(" .")) is not None:
            continue
        beside = [other.text.strip(" .") for other in _beside(scan, index, head)]
        if any(" " in text and (whole("not_attached", text) or whole("later_document", text)) is not None for text in beside):
            continue
        if whole("document_column", cell.text.strip(" .:")) is not None and answer is not None and not is_open(answer):
            continue  # the names of the columns once more
        row = stated.get(index)
        must = row.must if row is not None else _class(block, head)
        asks = _asks_besides(block, place, head)
        _add(scan, index, place, answer, must, group, asks)
        if asks:
            scan.taken.discard(index)  # the finder of tables takes the question


def _asks_besides(block: Block, place: int, head: _Head) -> bool:
    """Whether the row has a question of its own beside the document, and a cell that waits for the answer."""
    return any(cell.column in head.answers and is_open(cell) for cell in block.cells) and any(
        number != place and cell.column not in head.answers and len(cell.text.split()) >= _FEWEST_QUESTION_WORDS
        for number, cell in enumerate(block.cells)
    )


def _class(block: Block, head: _Head) -> bool | None:
    """What the row's cell in the column of classes says."""
    column, name = head.classes or (-1, "")
    cell = next((cell for cell in block.cells if cell.column == column), None)
    return class_said(name, cell.text.strip()) if cell is not None and len(cell.text) < _LONGEST_CLASS else None


def _add(scan: Scan, index: int, place: int, answer: Cell | None, stated: bool | None, group: str, asks: bool) -> None:
    block = scan.block(index)
    start = cell_starts(block)[place]
    cell = block.cells[place]
    # What stands beside a question of its own speaks of that question.
    others = [other for number, other in enumerate(block.cells) if number != place and other.text.strip() and not asks]
    told = {must for other in others if len(other.text) < _LONGEST_CLASS and (must := mark(other.text)) is not None}
    must = told.pop() if len(told) == 1 else stated
    number = next((other.text.strip().rstrip(".)") for other in others if _NUMBER.fullmatch(other.text.strip())), None)
    scan.add(
        Ask(
            Words(index, start, start + len(cell.text)),
            AnswerType.FILE,
            ("slot.document_list",),
            (Words(index, start, start + len(cell.text)) if asks else scan.whole(index),),
            must,
            number=number,
            place=(answer or cell).place if (answer or cell).place.cell is not None else None,
            quote=clean(cell.text),
            context=(*(other.text for other in others if len(other.text) < 80), *((group,) if group else ())),
        )
    )
