"""Rows of forms: a label beside an empty cell, a label and its field in one cell, boxes with a caption inside."""

from __future__ import annotations

import re

from app.core.document import AnswerType, Block, Cell, SlotOrigin
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.slots.lexicon import Named, first, is_buyers, is_instruction, label, printed_choice, whole
from app.extraction.slots.marks import has_marks, required_of, runs, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file, demands_file
from app.extraction.slots.table_shape import Table, answers_above, cell_starts, is_open

_WORD = kept.pattern(r"[^\W\d_]{2}")
_MONEY = kept.pattern(r"(?<!\w)(?:kr|sek)(?!\w)|[€$]|kr/", re.IGNORECASE)
_NUMBER = kept.pattern(r"(?:[A-ZÅÄÖ]{1,3}[-.]?)?\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?[.)]?")
_CHOICES = ("ja", "nej", "yes", "no")
_CONTROLS = (SlotOrigin.CONTENT_CONTROL, SlotOrigin.LEGACY_FIELD)


def take_label_row(scan: Scan, table: Table, index: int) -> None:
    """Label beside an empty cell, once or several times in a row, and cells that hold their label and their field."""
    block = scan.block(index)
    if _take_yes_no(scan, index):
        return
    starts = cell_starts(block)
    found = 0
    cells = block.cells
    form = _is_form(scan, table)
    hinted = form and _has_open(scan, table)
    for place, cell in enumerate(cells):
        text = cell.text.strip()
        following = cells[place + 1] if place + 1 < len(cells) else None
        words = Words(index, starts[place], starts[place] + len(cell.text))
        if text in table.prompts:
            continue
        if not _WORD.search(text) or is_instruction(text) or is_buyers(text) or is_buyers(table.named.get(cell.column, "")):
            continue
        if place == 0 and len(cells) > 1 and answers_above(text):
            return  # the row above asks
        if cell.slots and not is_open(cell):
            if first("buyer_states", text) is None:
                told = next((slot.type for slot in cell.slots if slot.type is not AnswerType.TEXT), None)
                own = label(text)
                options = next((slot.options for slot in cell.slots if slot.options), ())[:30]
                kind = told or (own.type if own is not None else AnswerType.FILE if asks_for_file(text) else AnswerType.TEXT)
                cue = f"slot.{cell.slots[0].origin.value}"
                scan.add(Ask(words, kind, (cue, *((own.rule,) if own is not None else ())), (words,), options=options))
                found += 1
            continue
        waits = following is not None and (table.waits(following) or (hinted and _is_hint(following) and place + 2 == len(cells)))
        if following is not None and waits and not (has_marks(text) and runs(text)):
            if following.slots and following.slots[0].origin in _CONTROLS and first("buyer_states", text) is not None:
                continue
            named = label(text)
            asks = (
                named is not None
                or text.endswith(("?", ":"))
                or first("ask", text) is not None
                or bool(following.slots)
                or bool(printed_choice(following.text))
                or asks_for_file(text)
            )
            if not asks and not (form and len(text.split()) <= 40):
                continue
            if is_buyers(text) or (following.slots and not _fillable(following)):
                continue
            options = tuple(square.option for square in squares(following.text) if square.option) or printed_choice(
                following.text
            )
            if not options:
                options = next((slot.options for slot in following.slots if slot.options), ())[:30]
            kind = _cell_type(following, named, options, text)
            scan.add(
                Ask(
                    words,
                    kind,
                    ("slot.label_cell", *((named.rule,) if named is not None else ())),
                    (scan.whole(index),),
                    True if any(slot.required for slot in following.slots) else None,
                    required_of(options),
                    options,
                    context=tuple(other.text for other in cells[place + 2 :] if 0 < len(other.text) < 120),
                )
            )
            found += 1
    if not found and any(has_marks(cell.text) or cell.slots for cell in cells):
        scan.taken.discard(index)  # left to the finder of blanks


def _take_yes_no(scan: Scan, index: int) -> bool:
    """A question beside cells that say yes and no and are ticked, by a field or a drawn square: one question."""
    block = scan.block(index)
    choices = [cell for cell in block.cells if cell.text.strip(" .:").lower() in _CHOICES]
    asking = [place for place, cell in enumerate(block.cells) if len(cell.text.split()) > 1 and cell not in choices]
    if len(choices) < 2 or len(asking) != 1 or not any(cell.slots for cell in choices):
        return False
    place = asking[0]
    start = cell_starts(block)[place]
    options = tuple(cell.text.strip(" .:") for cell in choices)
    number = next((cell.text.strip().rstrip(".)") for cell in block.cells[:place] if cell.text.strip()), None)
    scan.add(
        Ask(
            Words(index, start, start + len(block.cells[place].text)),
            AnswerType.YES_NO,
            ("slot.checkbox", "slot.yes_no_cells"),
            (scan.whole(index),),
            options=options,
            number=number,
            kind=PointKind.QUESTION,
        )
    )
    return True


def _fillable(cell: Cell) -> bool:
    return any(slot.origin is not SlotOrigin.DRAWN_LINE or not cell.text.strip() for slot in cell.slots)


def _cell_type(cell: Cell, named: Named | None, options: tuple[str, ...], text: str) -> AnswerType:
    told = next((slot.type for slot in cell.slots if slot.type is not AnswerType.TEXT), None)
    if told is not None and not (options and yes_no(options)):
        return told
    if options:
        return AnswerType.YES_NO if yes_no(options) else AnswerType.CHOICE
    if asks_for_file(text) or demands_file(text):
        return AnswerType.FILE
    if named is not None:
        return named.type
    if _MONEY.search(cell.text) is not None:
        return AnswerType.PRICE
    return AnswerType.TEXT


def _is_form(scan: Scan, table: Table) -> bool:
    """Whether most rows are a label and an empty cell, so that unknown labels count too."""
    rows = [scan.block(index) for index in table.rows]
    beside = [
        row
        for row in rows
        if len(row.cells) >= 2 and _WORD.search(_name(row)) and (table.waits(row.cells[-1]) or _is_hint(row.cells[-1]))
    ]
    known = [row for row in beside if label(_name(row)) is not None or _name(row).rstrip().endswith((":", "?"))]
    if any(cell.slots or squares(cell.text) for row in beside for cell in row.cells[1:]):
        return True
    return (
        len(beside) >= 2
        and len(beside) * 3 >= len(rows) * 2
        and ((bool(known) and len(known) * 3 >= len(beside)) or _two_columns(rows))
    )


def _name(row: Block) -> str:
    """What a row of a form begins with, after the number in a cell of its own."""
    first = row.cells[0].text
    return row.cells[1].text if len(row.cells) > 2 and _NUMBER.fullmatch(first.strip()) is not None else first


def _is_hint(cell: Cell) -> bool:
    """Whether the cell says itself how it is to be filled in ("Högst 100 ord")."""
    return whole("fill_hint", cell.text.strip()) is not None


def _has_open(scan: Scan, table: Table) -> bool:
    """Whether the table has open cells at all: one of instructions alone explains how something else is filled in."""
    return any(is_open(cell) for index in table.rows for cell in scan.block(index).cells[1:])


def _two_columns(rows: list[Block]) -> bool:
    """A table of two columns, perhaps numbered, of which the right one is empty throughout, without a header, is a form."""
    return len(rows) >= 2 and all(
        len(row.cells) == (2 if _name(row) is row.cells[0].text else 3)
        and is_open(row.cells[-1])
        and len(_name(row).split()) <= 25
        for row in rows
    )


def take_captions(scan: Scan, table: Table) -> bool:
    """Boxes with only a caption inside ("Företagsnamn | Org.nr"), the answer written below the caption in the same box."""
    rows = [scan.block(index) for index in table.rows]
    cells = [cell for row in rows for cell in row.cells if cell.text.strip()]
    known = [cell for cell in cells if label(cell.text) is not None]
    if (
        len(cells) < 3
        or len(known) * 4 < len(cells) * 3
        or any(is_open(cell) or cell.slots for row in rows for cell in row.cells)
    ):
        return False
    # Where most captions end with a colon, the words without one are a heading of their column.
    colons = sum(cell.text.rstrip().endswith(":") for cell in known) * 2 > len(known)
    for index in table.rows:
        block = scan.block(index)
        starts = cell_starts(block)
        for place, cell in enumerate(block.cells):
            named = label(cell.text)
            if named is not None and (not colons or cell.text.rstrip().endswith(":")):
                # Dots to write on may stand above the caption in its cell.
                blanks = runs(cell.text)
                begin = blanks[-1][1] if blanks and _WORD.search(cell.text[blanks[-1][1] :]) else 0
                begin += len(cell.text[begin:]) - len(cell.text[begin:].lstrip())
                words = Words(index, starts[place] + begin, starts[place] + len(cell.text))
                scan.add(Ask(words, named.type, ("slot.caption_cell", named.rule), (scan.whole(index),)))
    return True
