"""Slots of tables in documents with pages: answer columns, label beside an empty cell, price tables, boxes with a caption inside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.document import AnswerType, Block, BlockKind, Cell, Flag, SlotOrigin
from app.core.points import PointKind
from app.extraction.slots.lexicon import Named, first, header, is_buyers, is_instruction, label, whole
from app.extraction.slots.marks import has_marks, is_empty, required_of, runs, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file, clean
from app.extraction.tables import requirement_rows

_WORD = re.compile(r"[^\W\d_]{2}")
_IDENTIFIER = re.compile(r"(?:[A-ZÅÄÖ]{1,6}[-–. ]?){0,3}\d{1,4}(?:[.\-]\d{1,3}){0,5}[a-z]?[.)]?|[a-zåäö][.)]")
_QUESTION_COLUMN = re.compile(
    r"(?i)(?:(?:ska|skall|bör)-?)?krav|fråg|kriteri|mervärde|beskrivning|krav(?:beskrivning|text)|erbjuden|requirement|question|description|criteri|specifikation"
)
_TOTAL = re.compile(r"(?i)\s*(?:summa|total|delsumma|totalt|sum)\b")


_CONTROLS = (SlotOrigin.CONTENT_CONTROL, SlotOrigin.LEGACY_FIELD)


@dataclass(slots=True)
class _Table:
    """The rows of one table. `columns` names the columns that take answers, `named` all that have a name."""

    rows: list[int]
    head: list[int]
    columns: dict[int, Named]
    named: dict[int, str]
    above: list[int]


def find_table_slots(scan: Scan) -> None:
    """Add the slots of every table outside contract drafts."""
    tables: dict[int, list[int]] = {}
    for index in scan.body:
        block = scan.block(index)
        if block.kind is BlockKind.TABLE_ROW and block.table is not None and index not in scan.taken:
            tables.setdefault(block.table, []).append(index)
    if not tables:
        return
    classes: dict[int, bool | None] | None = None
    for rows in tables.values():
        if not any(_promising(scan.block(index)) for index in rows) or scan.contract(rows[0]):
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
        if classes is None:
            classes = {index: row.must for index, row in requirement_rows(scan.document).items()}
        table = _table(scan, rows)
        for index in table.above:
            _label_row(scan, table, index)
        if _price_table(scan, table):
            continue
        _rows(scan, table, classes)


def _promising(block: Block) -> bool:
    """Whether a row has anything that could be filled in."""
    return any(
        cell.slots or not cell.text.strip() or has_marks(cell.text) or is_empty(cell.text) or cell.text.rstrip().endswith(":")
        for cell in block.cells
    ) or bool(block.slots)


def _table(scan: Scan, rows: list[int]) -> _Table:
    head: list[int] = []
    for index in rows:
        if Flag.HEADER_ROW not in scan.block(index).flags:
            break
        head.append(index)
    above: list[int] = []
    if not head:
        # The names of the columns may stand below a caption or a few labelled fields in the same table.
        for place in range(min(4, len(rows) - 1)):
            if _looks_like_head(scan.block(rows[place])):
                above, head = rows[:place], rows[place : place + 1]
                break
    head = [index for index in head if not any(_open(cell) and cell.slots for cell in scan.block(index).cells)]
    columns: dict[int, Named] = {}
    named: dict[int, str] = {}
    for index in head:
        for cell in scan.block(index).cells:
            text = " ".join(cell.text.split())
            if not text:
                continue
            for column in range(cell.column, cell.column + cell.column_span):
                if cell.column_span > 1 and column in named:
                    continue
                named[column] = text
                found = header(text)
                if found is not None and found.type is not AnswerType.NONE:
                    columns[column] = found
                else:
                    columns.pop(column, None)
    body = [index for index in rows if index not in head and index not in above]
    # A column that stands empty in every row is there to be filled in, unless its name says that the buyer uses it.
    for column, text in named.items():
        if column in columns or header(text) is not None or is_buyers(text) or len(body) < 1:
            continue
        cells = [cell for index in body for cell in scan.block(index).cells if cell.column == column]
        if cells and len(cells) * 10 >= len(body) * 7 and all(_open(cell) for cell in cells) and (len(body) > 1 or columns):
            columns[column] = Named("slot.empty_column", AnswerType.TEXT)
    for column, text in list(named.items()):
        if is_buyers(text):
            columns.pop(column, None)
    return _Table(body, head, columns, named, above)


def _looks_like_head(block: Block) -> bool:
    texts = [cell.text.strip() for cell in block.cells if cell.text.strip()]
    if len(texts) < 2 or any(cell.slots for cell in block.cells):
        return False
    known = [header(text) for text in texts]
    if any(name is not None and name.type is not AnswerType.NONE for name in known):
        return len(texts) == len(block.cells) or (sum(name is not None for name in known) * 2 >= len(texts) and len(texts) > 1)
    # Short words in every cell and nothing to fill in.
    return (
        len(texts) == len(block.cells)
        and all(len(text.split()) <= 6 and not text.endswith(":") for text in texts)
        and Flag.BOLD in block.flags
    )


def _open(cell: Cell) -> bool:
    """Whether the cell is empty or holds only what marks a place to fill in."""
    if is_empty(cell.text):
        return True
    if has_marks(cell.text) and squares(cell.text):
        return len(cell.text.split()) <= 14
    return bool(cell.slots) and (
        not _WORD.search(cell.text) or any(slot.value and slot.value in cell.text for slot in cell.slots)
    )


def _starts(block: Block) -> dict[int, int]:
    """Where each cell's text starts in the row's text, by the cell's place in the row."""
    starts: dict[int, int] = {}
    at = 0
    for place, cell in enumerate(block.cells):
        starts[place] = at
        at += len(cell.text) + 1
    return starts


def _price_table(scan: Scan, table: _Table) -> bool:
    """A table with an open price column is one question. Its words are the names of its columns."""
    prices = [column for column, name in table.columns.items() if name.type is AnswerType.PRICE]
    if not prices or not table.head or not table.rows:
        return False
    open_rows = [
        index
        for index in table.rows
        if any(cell.column in prices and _open(cell) for cell in scan.block(index).cells) and _WORD.search(scan.block(index).text)
    ]
    blank_rows = [index for index in table.rows if all(_open(cell) for cell in scan.block(index).cells)]
    if not open_rows and len(blank_rows) != len(table.rows):
        return False
    if any(name.type is AnswerType.YES_NO for name in table.columns.values()):
        return False
    head = table.head[-1]
    caption = _caption(scan, table.head[0])
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
            context=(caption,) if caption else (),
        )
    )
    return True


def _caption(scan: Scan, index: int) -> str | None:
    before = scan.before(index)
    if before is None or before in scan.taken:
        return None
    text = scan.block(before).text
    return clean(text).rstrip(":") if 2 < len(text) <= 100 and scan.block(before).kind is not BlockKind.TABLE_ROW else None


def _rows(scan: Scan, table: _Table, classes: dict[int, bool | None]) -> None:
    context = tuple(table.named.values())[:6]
    grid = table.columns and table.head
    blank = [index for index in table.rows if scan.block(index).cells and all(_open(cell) for cell in scan.block(index).cells)]
    if grid and table.rows and len(blank) == len(table.rows):
        _blank_table(scan, table)
        return
    if not table.head and not table.columns and _captions(scan, table):
        return
    for index in table.rows:
        block = scan.block(index)
        if index in scan.taken or is_instruction(block.text) or is_buyers(block.text):
            continue
        if grid and _answer_row(scan, table, index, context, classes.get(index)):
            continue
        _label_row(scan, table, index)


def _blank_table(scan: Scan, table: _Table) -> None:
    """Only names of columns and empty rows below: one question, to be filled in as often as needed."""
    head = table.head[-1]
    caption = _caption(scan, table.head[0])
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
            context=(caption,) if caption else (),
            kind=PointKind.QUESTION,
        )
    )


def _answer_row(scan: Scan, table: _Table, index: int, context: tuple[str, ...], must: bool | None) -> bool:
    """A row with open cells under the names of answer columns: one question, and an attachment where a column names a file."""
    block = scan.block(index)
    open_cells = [(place, cell) for place, cell in enumerate(block.cells) if _open(cell) and _named(table, cell) is not None]
    if not open_cells:
        return False
    question = _question_cell(table, block, {place for place, _ in open_cells})
    if question is None or (_TOTAL.match(block.cells[question].text) and not any(cell.slots for _, cell in open_cells)):
        return True
    starts = _starts(block)
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
    if others:
        scan.add(
            Ask(
                words,
                _row_type(others, [cell for _, cell in open_cells]),
                (
                    "slot.yes_no_table" if any(n.type is AnswerType.YES_NO for n in others) else "slot.answer_column",
                    others[0].rule,
                ),
                (scan.whole(index),),
                _class_must(table, block, must),
                required_of(options),
                options,
                number=number,
                context=_row_context(table, block, question, context),
                kind=PointKind.QUESTION,
            )
        )
    if files and (not others or asks_for_file(quote) or any(asks_for_file(text) for text in table.named.values())):
        scan.add(
            Ask(
                words,
                AnswerType.FILE,
                ("slot.file_column", files[0].rule),
                (scan.whole(index),),
                _class_must(table, block, must),
                number=number,
                context=_row_context(table, block, question, context),
            )
        )
    return True


def _named(table: _Table, cell: Cell) -> Named | None:
    return next(
        (table.columns[column] for column in range(cell.column, cell.column + cell.column_span) if column in table.columns), None
    )


def _question_cell(table: _Table, block: Block, answers: set[int]) -> int | None:
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


def _options(table: _Table, cells: list[Cell], names: list[Named]) -> tuple[str, ...]:
    heads = [table.named.get(cell.column, "") for cell, name in zip(cells, names, strict=False) if name.type is AnswerType.YES_NO]
    single = tuple(head.strip() for head in heads if head.strip().lower() in ("ja", "nej", "yes", "no"))
    if single:
        return single
    for cell in cells:
        found = tuple(square.option for square in squares(cell.text) if square.option)
        if found:
            return found
        offered = next((slot.options for slot in cell.slots if slot.options), ())
        if offered:
            return offered[:30]
    return ()


def _row_type(names: list[Named], cells: list[Cell]) -> AnswerType:
    kinds = [name.type for name in names]
    if AnswerType.YES_NO in kinds:
        return AnswerType.YES_NO
    told = [slot.type for cell in cells for slot in cell.slots if slot.type is not AnswerType.TEXT]
    if told and kinds[0] is AnswerType.TEXT:
        return told[0]
    for cell in cells:
        options = tuple(square.option for square in squares(cell.text))
        if options:
            return AnswerType.YES_NO if yes_no(options) or not any(options) else AnswerType.CHOICE
    return kinds[0]


def _class_must(table: _Table, block: Block, must: bool | None) -> bool | None:
    if must is not None:
        return must
    for column, name in table.named.items():
        if re.match(r"(?i)(?:bör-?krav|mervärde|önskemål|desirable)", name):
            return False
        if re.match(r"(?i)(?:ska(?:ll)?-?krav|obligatorisk|mandatory)", name) and column not in table.columns:
            return True
    return None


def _row_context(table: _Table, block: Block, question: int, context: tuple[str, ...]) -> tuple[str, ...]:
    own = tuple(cell.text for place, cell in enumerate(block.cells) if place != question and 0 < len(cell.text) < 60)
    marks = tuple(text for text in context if first("optional", text) is not None and header(text) is None)
    return (*own, *marks)


def _label_row(scan: Scan, table: _Table, index: int) -> None:
    """Label beside an empty cell, once or several times in a row, and cells that hold their label and their field."""
    block = scan.block(index)
    starts = _starts(block)
    found = 0
    cells = block.cells
    form = _is_form(scan, table)
    for place, cell in enumerate(cells):
        text = cell.text.strip()
        following = cells[place + 1] if place + 1 < len(cells) else None
        words = Words(index, starts[place], starts[place] + len(cell.text))
        if not _WORD.search(text) or is_instruction(text) or is_buyers(text):
            continue
        if cell.slots and not _open(cell):
            if first("buyer_states", text) is None:
                told = next((slot.type for slot in cell.slots if slot.type is not AnswerType.TEXT), None)
                own = label(text)
                options = next((slot.options for slot in cell.slots if slot.options), ())[:30]
                kind = told or (own.type if own is not None else AnswerType.FILE if asks_for_file(text) else AnswerType.TEXT)
                cue = f"slot.{cell.slots[0].origin.value}"
                scan.add(Ask(words, kind, (cue, *((own.rule,) if own is not None else ())), (words,), options=options))
                found += 1
            continue
        if following is not None and _open(following) and not (has_marks(text) and runs(text)):
            if following.slots and following.slots[0].origin in _CONTROLS and first("buyer_states", text) is not None:
                continue
            named = label(text)
            asks = named is not None or text.endswith(("?", ":")) or bool(following.slots) or asks_for_file(text)
            if not asks and not (form and len(text.split()) <= 40):
                continue
            if is_buyers(text) or (following.slots and not _fillable(following)):
                continue
            options = tuple(square.option for square in squares(following.text) if square.option)
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


def _fillable(cell: Cell) -> bool:
    return any(slot.origin is not SlotOrigin.DRAWN_LINE or not cell.text.strip() for slot in cell.slots)


def _cell_type(cell: Cell, named: Named | None, options: tuple[str, ...], text: str) -> AnswerType:
    told = next((slot.type for slot in cell.slots if slot.type is not AnswerType.TEXT), None)
    if told is not None:
        return told
    if options:
        return AnswerType.YES_NO if yes_no(options) else AnswerType.CHOICE
    if asks_for_file(text):
        return AnswerType.FILE
    if named is not None:
        return named.type
    if re.fullmatch(r"(?i).*(?:kr|sek|€|\$).*", cell.text.strip()) and cell.text.strip():
        return AnswerType.PRICE
    return AnswerType.TEXT


def _is_form(scan: Scan, table: _Table) -> bool:
    """Whether most rows are a label and an empty cell, so that unknown labels count too."""
    rows = [scan.block(index) for index in table.rows]
    beside = [row for row in rows if len(row.cells) >= 2 and _WORD.search(row.cells[0].text) and _open(row.cells[-1])]
    known = [row for row in beside if label(row.cells[0].text) is not None or row.cells[0].text.rstrip().endswith((":", "?"))]
    if any(cell.slots for row in beside for cell in row.cells[1:]):
        return True
    return (
        len(beside) >= 2
        and len(beside) * 3 >= len(rows) * 2
        and ((bool(known) and len(known) * 3 >= len(beside)) or _two_columns(rows))
    )


def _two_columns(rows: list[Block]) -> bool:
    """A table of two columns of which the right one is empty throughout, without a header, is a form."""
    return len(rows) >= 2 and all(
        len(row.cells) == 2 and _open(row.cells[1]) and len(row.cells[0].text.split()) <= 25 for row in rows
    )


def _captions(scan: Scan, table: _Table) -> bool:
    """Boxes with only a caption inside ("Företagsnamn | Org.nr"), the answer written below the caption in the same box."""
    rows = [scan.block(index) for index in table.rows]
    cells = [cell for row in rows for cell in row.cells if cell.text.strip()]
    known = [cell for cell in cells if label(cell.text) is not None]
    if len(cells) < 3 or len(known) * 4 < len(cells) * 3 or any(_open(cell) or cell.slots for row in rows for cell in row.cells):
        return False
    for index in table.rows:
        block = scan.block(index)
        starts = _starts(block)
        for place, cell in enumerate(block.cells):
            named = label(cell.text)
            if named is not None:
                words = Words(index, starts[place], starts[place] + len(cell.text))
                scan.add(Ask(words, named.type, ("slot.caption_cell", named.rule), (words,)))
    return True
