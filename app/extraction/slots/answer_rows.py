"""Rows of requirements and questions with open cells under the names of answer columns."""

from __future__ import annotations

import re

from app.core.document import AnswerType, Block, Cell
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.slots.entry_rows import told_in
from app.extraction.slots.evidence import add_evidence
from app.extraction.slots.lexicon import Named, first, header, printed_choice, whole
from app.extraction.slots.marks import required_of, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file, clean, demands_file
from app.extraction.slots.table_shape import Table, answers_above, cell_starts, side_by_side

_WORD = kept.pattern(r"[^\W\d_]{2}")
_IDENTIFIER = kept.pattern(r"(?:[A-ZÅÄÖ]{1,6}[-–. ]?){0,3}\d{1,4}(?:[.\-]\d{1,3}){0,5}[a-z]?[.)]?|[a-zåäö][.)]")
_QUESTION_COLUMN = kept.pattern(
    r"(?i)(?:(?:ska|skall|bör)-?)?krav|fråg|kriteri|mervärde|beskrivning|krav(?:beskrivning|text)|erbjuden|requirement|question|description|criteri|specifikation"
)
_TOTAL = kept.pattern(r"(?i)\s*(?:summa|total|delsumma|totalt|sum)\b")


def take_answer_row(scan: Scan, table: Table, index: int, context: tuple[str, ...], must: bool | None) -> bool:
    """A row with open cells under the names of answer columns: one question, and an attachment where a column names a file."""
    block = scan.block(index)
    open_cells = [
        (place, cell) for place, cell in enumerate(block.cells) if table.waits(cell) and _named(table, cell) is not None
    ]
    if not open_cells:
        return False
    question = _question_cell(table, block, {place for place, _ in open_cells})
    if question is None or (_TOTAL.match(block.cells[question].text) and not any(cell.slots for _, cell in open_cells)):
        return True
    if whole("dropped", block.cells[question].text.strip()) is not None or answers_above(block.cells[question].text):
        scan.taken.add(index)
        return True
    starts = cell_starts(block)
    words = Words(index, starts[question], starts[question] + len(block.cells[question].text))
    number = next(
        (
            cell.text.strip().rstrip(".)")
            for place, cell in enumerate(block.cells)
            if place != question and cell.column < block.cells[question].column and _IDENTIFIER.fullmatch(cell.text.strip())
        ),
        None,
    )
    names = [name for _, cell in open_cells if (name := _named(table, cell)) is not None]
    options = _options(table, [cell for _, cell in open_cells], names)
    files = [name for name in names if name.type is AnswerType.FILE]
    others = [name for name in names if name.type is not AnswerType.FILE]
    quote = clean(block.cells[question].text)
    parallel = [cell for _, cell in open_cells if cell.column in side_by_side(table)]
    if len(parallel) > 1 and len(parallel) == len(open_cells):
        for cell in parallel:
            name = _named(table, cell)
            if name is not None:
                scan.add(
                    Ask(
                        words,
                        _row_type([name], [cell]),
                        ("slot.parallel_column", name.rule),
                        (scan.whole(index),),
                        _class_must(table, must),
                        options=_options(table, [cell], [name]),
                        number=number,
                        text=f"{quote} – {table.named[cell.column]}",
                        context=_row_context(block, question, context),
                        kind=PointKind.QUESTION,
                    )
                )
        return True
    kind = _row_type(others, [cell for _, cell in open_cells]) if others else AnswerType.FILE
    told, tagged = told_in(scan, index)
    if kind is AnswerType.TEXT and told is not None and told.type is not AnswerType.NONE:
        kind = told.type
    must = _class_must(table, must if must is not None else tagged)
    if kind is AnswerType.TEXT and demands_file(quote):
        kind = AnswerType.FILE  # what is written beside it only names the document
    if others:
        scan.add(
            Ask(
                words,
                kind,
                (
                    "slot.yes_no_table" if any(n.type is AnswerType.YES_NO for n in others) else "slot.answer_column",
                    others[0].rule,
                ),
                (scan.whole(index),),
                must,
                told.required if told is not None and told.required is not None and must is not False else required_of(options),
                options,
                number=number,
                context=_row_context(block, question, context),
                kind=PointKind.ATTACHMENT if kind is AnswerType.FILE else PointKind.QUESTION,
            )
        )
    add_evidence(scan, table, index, question, must, number)
    if (
        files
        and not (others and kind is AnswerType.FILE)
        and (not others or asks_for_file(quote) or any(asks_for_file(text) for text in table.named.values()))
    ):
        scan.add(
            Ask(
                words,
                AnswerType.FILE,
                ("slot.file_column", files[0].rule),
                (scan.whole(index),),
                must,
                number=number,
                context=_row_context(block, question, context),
            )
        )
    return True


def _named(table: Table, cell: Cell) -> Named | None:
    return next(
        (table.columns[column] for column in range(cell.column, cell.column + cell.column_span) if column in table.columns), None
    )


def _question_cell(table: Table, block: Block, answers: set[int]) -> int | None:
    """The cell that asks: the one under a column of requirements or questions, else the one with most words."""
    candidates = [place for place, cell in enumerate(block.cells) if place not in answers and _WORD.search(cell.text)]
    if not candidates:
        return None
    for place in candidates:
        name = table.named.get(block.cells[place].column, "")
        if _QUESTION_COLUMN.match(name) and len(block.cells[place].text.split()) > 2:
            return place
    left = [place for place in candidates if place < max(answers)] or candidates
    longest = max(left, key=lambda place: len(block.cells[place].text.split()))
    if len(block.cells[longest].text.split()) <= 4:
        return left[0] if not _IDENTIFIER.fullmatch(block.cells[left[0]].text.strip()) else longest
    return longest


def _options(table: Table, cells: list[Cell], names: list[Named]) -> tuple[str, ...]:
    heads = [table.named.get(cell.column, "") for cell, name in zip(cells, names, strict=False) if name.type is AnswerType.YES_NO]
    single = tuple(head.strip() for head in heads if head.strip().lower() in ("ja", "nej", "yes", "no"))
    if single:
        return single
    for cell in cells:
        found = tuple(square.option for square in squares(cell.text) if square.option)
        if found:
            return found
        offered = next((slot.options for slot in cell.slots if slot.options), ()) or printed_choice(cell.text)
        if offered:
            return offered[:30]
    return ()


def _row_type(names: list[Named], cells: list[Cell]) -> AnswerType:
    kinds = [name.type for name in names]
    if AnswerType.YES_NO in kinds:
        return AnswerType.YES_NO
    offered = [slot.options for cell in cells for slot in cell.slots if slot.options]
    if offered and yes_no(offered[0]):
        return AnswerType.YES_NO
    told = [slot.type for cell in cells for slot in cell.slots if slot.type is not AnswerType.TEXT]
    if told and kinds[0] is AnswerType.TEXT:
        return told[0]
    for cell in cells:
        options = tuple(square.option for square in squares(cell.text))
        if options:
            return AnswerType.YES_NO if yes_no(options) or not any(options) else AnswerType.CHOICE
        if printed_choice(cell.text):
            return AnswerType.YES_NO
    return kinds[0]


def _class_must(table: Table, must: bool | None) -> bool | None:
    if must is not None:
        return must
    for column, name in table.named.items():
        if re.match(r"(?i)(?:bör-?krav|mervärde|önskemål|desirable)", name):
            return False
        if re.match(r"(?i)(?:ska(?:ll)?-?krav|obligatorisk|mandatory)", name) and column not in table.columns:
            return True
    return None


def _row_context(block: Block, question: int, context: tuple[str, ...]) -> tuple[str, ...]:
    own = tuple(cell.text for place, cell in enumerate(block.cells) if place != question and 0 < len(cell.text) < 60)
    marks = tuple(text for text in context if first("optional", text) is not None and header(text) is None)
    return (*own, *marks)
