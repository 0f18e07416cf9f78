"""Slots of workbooks: unlocked, validated and coloured cells, empty cells under the names of answer columns or beside labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.core.document import AnswerType, Cell, Place, SlotOrigin
from app.extraction import kept
from app.extraction.slots.grid import Entry, Sheet, column_letters, sheets
from app.extraction.slots.lexicon import Named, alike, group, header, is_buyers, label, parallel, speaks_to_bidder
from app.extraction.slots.scan import Ask, Scan, Words, clean, demands_file
from app.extraction.slots.sheet_labels import context_of, is_begun, labels, names_row
from app.extraction.slots.sheet_rows import (
    Found,
    is_price,
    one_of_yes_and_no,
    own_class,
    own_number,
    rows_of_buyer,
    without_comments,
    without_doubles,
    without_references,
    without_sums,
)
from app.extraction.slots.sheet_tables import SheetTables
from app.extraction.tables import Requirements, names_class, requirements

_LONGEST_HEAD = 60  # characters
_MOST_PRICES = 60  # more prices than this in one column are one price table
_SECTION = 3  # rows without anything that end a section
_AMOUNT = kept.pattern(r"(?i)\s*(?:total|delsumma|summa|belopp|amount|extended|line total|subtotal)")
_ANSWERS = ("ja", "nej", "yes", "no")
_TICKED = (("Ja", "Nej"), ("Yes", "No"))
_FIGURES = kept.pattern(r"[-–—\s\d.,%]*(?:kr|sek|st|%|€|\$)?[-–—\s]*", re.IGNORECASE)


def find_sheet_slots(scan: Scan) -> None:
    """Add each answer cell of each visible sheet."""
    listed = frozenset(scan.taken)  # rows that another finder has read already
    known: Requirements | None = None
    for sheet in sheets(scan):
        if is_buyers(sheet.name) and not speaks_to_bidder(sheet.name):
            continue
        tables = SheetTables.of(sheet)
        closed = rows_of_buyer(scan, tables)
        cells = [
            entry
            for entry in _answer_cells(tables)
            if entry.block not in listed and not any(left <= entry.left <= right for left, right in closed.get(entry.row, ()))
        ]
        if not cells:
            continue
        sheet.asked.update(entry.row for entry in cells)
        known = known or requirements(scan.document)
        found = [
            Found(entry, *told)
            for entry in cells
            if entry.block not in known.groups and (told := labels(tables, entry)) is not None and not _is_class(told[1])
        ]
        prices: dict[int, list[Found]] = {}
        for one in without_sums(sheet, without_doubles(one_of_yes_and_no(without_references(without_comments(found))))):
            if is_price(one.entry, one.column):
                prices.setdefault(one.entry.left, []).append(one)
                continue
            row = known.rows.get(one.entry.block)
            _add(scan, tables, one, row.must if row else None, row.number if row else None)
        for group_of in prices.values():
            if len(group_of) > _MOST_PRICES:
                _add_table(scan, sheet, group_of)
            else:
                for one in group_of:
                    _add(scan, tables, one, None, None)


def _is_class(above: Entry | None) -> bool:
    """Whether a cell stands in the buyer's own column of classes, which can have a list of its own."""
    return above is not None and names_class(above.text)


def _answer_cells(tables: SheetTables) -> Iterator[Entry]:
    """Cells to fill in: what the file marks as such, and on sheets without protection what stands empty where answers go."""
    sheet = tables.sheet
    marked = {(entry.row, entry.left): entry for row in sheet.rows.values() for entry in row if entry.answer and _waits(entry)}
    for row in sheet.order:
        for entry in sheet.rows[row]:
            if (entry.row, entry.left) in marked:
                yield entry
    under = [entry for entry in _under_headers(tables) if (entry.row, entry.left) not in marked]
    yield from (entry for entry in under if not sheet.protected or (entry.answer and entry.text))
    # A list is set where one of its values is wanted, and says nothing of the places for words beside it.
    if not sheet.protected and all(_is_list(entry) for entry in marked.values()):
        below = list(_below_labels(tables))
        yield from below
        yield from _beside_labels(tables, {entry.row for entry in (*under, *marked.values(), *below)})


def _is_list(entry: Entry) -> bool:
    slots = entry.cell.slots if entry.cell is not None else ()
    return all(slot.origin is SlotOrigin.VALIDATED_CELL and slot.options for slot in slots)


def _waits(entry: Entry) -> bool:
    """Whether the cell waits for an answer: empty, a zero, a prompt, or one of the values that it lets in."""
    text = entry.text.strip()
    if not text or _FIGURES.fullmatch(text) is not None:
        return True
    slots = entry.cell.slots if entry.cell is not None else ()
    prompts = any(rule.pattern.match(text) is not None for rule in group("prompt"))
    offered = any(text in slot.options for slot in slots)
    if not prompts and not offered and header(text) is not None and text.lower() not in _ANSWERS:
        return False  # a list of answers can be set for a whole column, its name included
    if any(slot.origin in (SlotOrigin.VALIDATED_CELL, SlotOrigin.CHECKBOX) for slot in slots):
        return True
    return prompts


def _columns(row: list[Entry], grouped: bool = False) -> dict[int, tuple[Entry, Named]]:
    """The columns of a header row that take answers; none when the row is not a header. `grouped` when another header row stands
    on it, which can name the column of what asks.
    """
    named = [(entry, header(entry.text)) for entry in row if entry.text.strip()]
    if sum(entry.text.strip().lower() in _ANSWERS for entry, _ in named) == 1:
        return {}  # one "Ja" is an answer; columns for answers are two
    same = alike(tuple(entry.text for entry, _ in named))
    if same:
        named = [(entry, name or same.get(entry.text)) for entry, name in named]
    side_by_side = parallel([entry.text for entry, _ in named if entry.text not in same])
    if side_by_side:
        return {
            entry.left: (entry, Named("slot.parallel_column", AnswerType.TEXT))
            for entry, _ in named
            if entry.text in side_by_side
        }
    if len(named) < 2 or sum(1 for _, name in named if name is not None) < max(1, len(named) // 2):
        return {}
    answers = {entry.left: (entry, name) for entry, name in named if name is not None and name.type is not AnswerType.NONE}
    if any(re.match(r"(?i)\s*(?:à|á|a['’´`]?-|enhets|unit)", entry.text) for entry, _ in answers.values()):
        # Beside a price per unit the amount is computed.
        answers = {left: pair for left, pair in answers.items() if not _AMOUNT.match(pair[0].text)}
    return answers if grouped or len(answers) < len(named) else {}


def _heads(tables: SheetTables, row: int) -> dict[int, tuple[int, dict[int, tuple[Entry, Named]]]]:
    """The columns that a row names, by the table that they stand in, with its last column. A row that names the columns of one
    table can be a row of another beside it.
    """
    grouped = row in tables.sheet.heads and row - 1 in tables.sheet.heads
    whole = _columns(tables.sheet.rows[row], grouped)
    found: dict[int, tuple[int, dict[int, tuple[Entry, Named]]]] = {}
    for part in tables.parts(row):
        first, last = tables.columns(row, part[0].left)
        own = _columns(part) if len(part) < len(tables.sheet.rows[row]) else whole
        columns = {left: pair for left, pair in whole.items() if first <= left <= last} | own
        if columns or whole:
            found[first] = (last, columns)
    return found


def _under_headers(tables: SheetTables) -> Iterator[Entry]:
    """Empty cells under the names of answer columns, in rows that say what is asked."""
    sheet = tables.sheet
    columns: dict[int, tuple[Entry, Named]] = {}
    last = 0
    for row in sheet.order:
        entries = sheet.rows[row]
        if not any(entry.text.strip() for entry in entries) or row - last > _SECTION + 2:
            columns = columns if row - last <= _SECTION else {}
        last = row
        heads = _heads(tables, row)
        for first, (end, found) in heads.items():
            columns = {left: pair for left, pair in columns.items() if not first <= left <= end} | found
        if not heads and tables.starts_table(row):
            columns = {}  # the names of a table that takes no answers
        if len(entries) <= 1 or not columns:
            continue  # a heading inside the table
        for left, (head, name) in columns.items():
            if head.row < row and tables.columns(row, left)[0] not in heads:
                yield from _under(tables, row, left, head, name, columns)


def _under(
    tables: SheetTables, row: int, left: int, head: Entry, name: Named, columns: dict[int, tuple[Entry, Named]]
) -> Iterator[Entry]:
    """The cell of a row under the name of an answer column, if it waits and the row says what is asked."""
    sheet = tables.sheet
    entries = sheet.rows[row]
    entry = next((other for other in entries if other.left == left), None)
    if entry is None:
        if any(other.left <= left <= other.right for other in entries):
            return
        first = next((other for other in entries if other.text.strip()), entries[0])
        place = Place(sheet=sheet.name, cell=f"{column_letters(left)}{row}")
        entry = Entry(row, left, head.right, "", first.block, first.start, Cell("", left, 1, 1, place))
    begun = is_begun(entry) and name.type is AnswerType.FILE
    if (entry.text.strip() and not begun) or entry.computed or is_buyers(head.text):
        return
    if not begun and not any(names_row(other.text) and other.left not in columns for other in tables.beside(entry)):
        return
    if not tables.reaches(head, entry) or (name.type is AnswerType.PRICE and not _has_quantity(tables, head, entries)):
        return
    yield entry


def _has_quantity(tables: SheetTables, head: Entry, entries: list[Entry]) -> bool:
    """Whether a row of a price table has a quantity or a unit, where the table has columns for them."""
    wanted = [
        other.left
        for other in tables.inside(head.row, head.left)
        if re.match(r"(?i)\s*(?:mängd|antal|kvantitet|enhet|quantity|qty|unit\s*$)", other.text)
    ]
    return not wanted or any(entry.left in wanted and entry.text.strip() for entry in entries)


def _below_labels(tables: SheetTables) -> Iterator[Entry]:
    """Drawn cells below the names of a form that stand in one row: "Företagsnamn | Organisationsnummer" and an empty row."""
    sheet = tables.sheet
    for row in sheet.order:
        texts = [entry for entry in sheet.rows[row] if entry.text.strip()]
        if len(texts) < 2 or row + 1 not in sheet.rows or any(label(entry.text) is None for entry in texts):
            continue
        places = [entry for entry in sheet.rows[row + 1] if any(entry.left == text.left for text in texts)]
        if len(places) == len(texts) and not any(entry.text.strip() or entry.computed for entry in sheet.rows[row + 1]):
            yield from places


def _is_title(tables: SheetTables, entry: Entry) -> bool:
    """Whether a text in bold stands alone over the labels of its section."""
    below = next((other for other in tables.sheet.rows.get(entry.row + 1, ()) if other.text.strip()), None)
    return (
        below is not None
        and entry.bold
        and (below.row in tables.sheet.heads or not below.bold)
        and sum(1 for other in tables.inside(entry.row, entry.left) if other.text.strip()) == 1
    )


def _beside_labels(tables: SheetTables, used: set[int]) -> Iterator[Entry]:
    """Empty cells right of labels that forms use, on sheets that mark nothing."""
    sheet = tables.sheet
    for row in sheet.order:
        entries = sheet.rows[row]
        if row in used or row in sheet.heads or _columns(entries):
            continue
        for number, entry in enumerate(entries):
            text = entry.text.strip()
            following = entries[number + 1] if number + 1 < len(entries) else None
            if (
                not text
                or len(text) > 90
                or (following is not None and following.left == entry.right + 1 and following.text.strip())
            ):
                continue
            if label(text) is None and not (text.endswith((":", "?")) and len(text) > 2):
                continue
            if _is_worked_out(entries[number + 1 :]) or _is_title(tables, entry):
                continue
            if following is not None and following.left == entry.right + 1:
                if not following.computed:
                    yield following
            elif following is None or following.left > entry.right + 1:
                place = Place(sheet=sheet.name, cell=f"{column_letters(entry.right + 1)}{row}")
                cell = Cell("", entry.right + 1, 1, 1, place)
                yield Entry(row, entry.right + 1, entry.right + 1, "", entry.block, entry.start, cell)


def _is_worked_out(after: list[Entry]) -> bool:
    """Whether the next thing in the row is a value that the sheet works out."""
    told = next((other for other in after if other.computed or other.answer or other.text.strip()), None)
    return told is not None and told.computed


def _type(entry: Entry, name: Entry, above: Entry | None, column: Named | None) -> AnswerType:
    slots = entry.cell.slots if entry.cell is not None else ()
    own = slots[0].type if slots else AnswerType.TEXT
    if column is not None and column.type is AnswerType.FILE:
        return AnswerType.FILE
    if own is not AnswerType.TEXT:
        return own
    if demands_file(name.text) and (column is None or column.type is AnswerType.TEXT):
        return AnswerType.FILE
    if column is not None and column.type is not AnswerType.NONE and above is not None and above.block != name.block:
        return column.type
    named = label(name.text)
    return named.type if named is not None else own


def _add(scan: Scan, tables: SheetTables, found: Found, must: bool | None, number: str | None) -> None:
    entry, name, above, column = found
    sheet = tables.sheet
    if is_buyers(name.text) or (above is not None and is_buyers(above.text)) or scan.contract(name.block):
        return
    slots = entry.cell.slots if entry.cell is not None else ()
    kind = _type(entry, name, above, column)
    options = slots[0].options[:30] if slots else ()
    origin = slots[0].origin.value if slots else "empty_cell"
    quote = clean(name.text)
    asked = quote.rstrip(" :") if name is entry else quote
    head = clean(above.text) if above is not None else ""
    group_of = tables.group(above) if above is not None else None
    ticked = head.strip(" .:").lower() in _ANSWERS
    if ticked:
        options, head = options or _TICKED[head.strip(" .:").lower() in _ANSWERS[2:]], ""
    if group_of is not None and len(group_of.text) + len(head) < _LONGEST_HEAD:
        head = f"{clean(group_of.text)}, {head}"
    text = f"{asked} – {head}" if head and head != quote and len(head) <= _LONGEST_HEAD and kind is not AnswerType.FILE else asked
    if kind is AnswerType.FILE and head:
        text = f"{asked} ({head.rstrip(':')})" if len(head) <= _LONGEST_HEAD else asked
    place = entry.cell.place if entry.cell is not None else Place(sheet=sheet.name)
    if place.sheet is None:
        place = replace(place, sheet=sheet.name)
    takes = [Words(entry.block, entry.start, entry.start + len(entry.text))] if entry.cell is not None and entry.text else []
    # A prompt alone ("Ange bilagans namn") says nothing of duty; a condition in it does.
    context = context_of(scan, tables, entry, name, above)
    cues = [f"slot.{origin}"]
    if column is not None:
        cues.append(column.rule)
    scan.add(
        Ask(
            Words(name.block, name.start, name.start + len(name.text)),
            kind,
            tuple(cues),
            tuple(takes),
            True if slots and slots[0].required else must if must is not None else own_class(tables, entry, name),
            None,
            options,
            slots[0].limit if slots else None,
            number or own_number(tables, entry, name),
            None,
            place,
            quote,
            text,
            context,
        )
    )


def _add_table(scan: Scan, sheet: Sheet, prices: list[Found]) -> None:
    """A column of many prices is one question: the price table."""
    first_entry, name, above, column = prices[0]
    last_entry = prices[-1][0]
    head = above or name
    place = Place(
        sheet=sheet.name,
        cell=f"{column_letters(first_entry.left)}{first_entry.row}:{column_letters(last_entry.left)}{last_entry.row}",
    )
    row = scan.block(head.block).text
    takes = [Words(one.name.block, one.name.start, one.name.start + len(one.name.text)) for one in prices]
    takes.append(scan.whole(head.block))
    scan.add(
        Ask(
            Words(head.block, head.start, head.start + len(head.text)),
            AnswerType.PRICE_TABLE,
            ("slot.price_column", *((column.rule,) if column is not None else ())),
            tuple(takes),
            place=place,
            quote=clean(head.text),
            text=f"{sheet.name}: {clean(row)}",
        )
    )
