"""Slots of workbooks: unlocked, validated and coloured cells, empty cells under the names of answer columns or beside labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from app.core.document import AnswerType, Cell, Place, SlotOrigin
from app.extraction import kept
from app.extraction.slots.grid import Entry, Sheet, column_letters, sheets
from app.extraction.slots.lexicon import Named, group, header, is_buyers, label, parallel, speaks_to_bidder
from app.extraction.slots.scan import Ask, Scan, Words, clean, demands_file
from app.extraction.slots.sheet_rows import (
    Found,
    is_price,
    own_class,
    own_number,
    rows_of_buyer,
    without_comments,
    without_references,
    without_sums,
)
from app.extraction.tables import Requirements, names_class, requirements

_MOST_PRICES = 60  # more prices than this in one column are one price table
_SECTION = 3  # rows without anything that end a section
_AMOUNT = kept.pattern(r"(?i)\s*(?:total|delsumma|summa|belopp|amount|extended|line total|subtotal)")
_ANSWERS = ("ja", "nej", "yes", "no")
_FIGURES = kept.pattern(r"[-–—\s\d.,%]*(?:kr|sek|st|%|€|\$)?[-–—\s]*", re.IGNORECASE)


def find_sheet_slots(scan: Scan) -> None:
    """Add each answer cell of each visible sheet."""
    listed = frozenset(scan.taken)  # rows that another finder has read already
    known: Requirements | None = None
    for sheet in sheets(scan):
        if is_buyers(sheet.name) and not speaks_to_bidder(sheet.name):
            continue
        closed = rows_of_buyer(scan, sheet)
        cells = [entry for entry in _answer_cells(sheet) if entry.row not in closed and entry.block not in listed]
        if not cells:
            continue
        sheet.asked.update(entry.row for entry in cells)
        known = known or requirements(scan.document)
        found = [
            Found(entry, *labels)
            for entry in cells
            if entry.block not in known.groups and (labels := _labels(sheet, entry)) is not None and not _is_class(labels[1])
        ]
        prices: dict[int, list[Found]] = {}
        for one in without_sums(sheet, without_references(without_comments(found))):
            if is_price(one.entry, one.column):
                prices.setdefault(one.entry.left, []).append(one)
                continue
            row = known.rows.get(one.entry.block)
            _add(scan, sheet, one, row.must if row else None, row.number if row else None)
        for group_of in prices.values():
            if len(group_of) > _MOST_PRICES:
                _add_table(scan, sheet, group_of)
            else:
                for one in group_of:
                    _add(scan, sheet, one, None, None)


def _is_class(above: Entry | None) -> bool:
    """Whether a cell stands in the buyer's own column of classes, which can have a list of its own."""
    return above is not None and names_class(above.text)


def _answer_cells(sheet: Sheet) -> Iterator[Entry]:
    """Cells to fill in: what the file marks as such, and on sheets without protection what stands empty where answers go."""
    marked = {(entry.row, entry.left) for row in sheet.rows.values() for entry in row if entry.answer and _waits(entry)}
    for row in sheet.order:
        for entry in sheet.rows[row]:
            if (entry.row, entry.left) in marked:
                yield entry
    if sheet.protected:
        return
    yield from (entry for entry in _under_headers(sheet) if (entry.row, entry.left) not in marked)
    if not marked:
        yield from _beside_labels(sheet, {entry.row for entry in _under_headers(sheet)})


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


def _columns(row: list[Entry]) -> dict[int, tuple[Entry, Named]]:
    """The columns of a header row that take answers; none when the row is not a header."""
    named = [(entry, header(entry.text)) for entry in row if entry.text.strip()]
    if sum(entry.text.strip().lower() in _ANSWERS for entry, _ in named) == 1:
        return {}  # one "Ja" is an answer; columns for answers are two
    side_by_side = parallel([entry.text for entry, _ in named])
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
    return answers if len(answers) < len(named) else {}


def _under_headers(sheet: Sheet) -> Iterator[Entry]:
    """Empty cells under the names of answer columns, in rows that say what is asked."""
    columns: dict[int, tuple[Entry, Named]] = {}
    last = 0
    for row in sheet.order:
        entries = sheet.rows[row]
        if not any(entry.text.strip() for entry in entries) or row - last > _SECTION + 2:
            columns = columns if row - last <= _SECTION else {}
        last = row
        found = _columns(entries)
        if found:
            columns = found
            continue
        if not columns:
            continue
        words = [entry for entry in entries if entry.text.strip() and entry.left not in columns]
        if not any(re.search(r"[^\W\d_]{2}", entry.text) for entry in words):
            continue
        if len(words) == 1 and len(entries) <= 1:
            continue  # a heading inside the table
        by_left = {entry.left: entry for entry in entries}
        for left, (head, name) in columns.items():
            entry = by_left.get(left)
            if entry is None and not any(other.left <= left <= other.right for other in entries):
                place = Place(sheet=sheet.name, cell=f"{column_letters(left)}{row}")
                entry = Entry(row, left, head.right, "", words[0].block, words[0].start, Cell("", left, 1, 1, place))
            if entry is not None and not entry.text.strip() and not entry.computed and not is_buyers(head.text):
                if name.type is AnswerType.PRICE and not _has_quantity(sheet, head, entries):
                    continue
                yield entry


def _has_quantity(sheet: Sheet, head: Entry, entries: list[Entry]) -> bool:
    """Whether a row of a price table has a quantity or a unit, where the table has columns for them."""
    wanted = [
        other.left
        for other in sheet.rows[head.row]
        if re.match(r"(?i)\s*(?:mängd|antal|kvantitet|enhet|quantity|qty|unit\s*$)", other.text)
    ]
    return not wanted or any(entry.left in wanted and entry.text.strip() for entry in entries)


def _beside_labels(sheet: Sheet, used: set[int]) -> Iterator[Entry]:
    """Empty cells right of labels that forms use, on sheets that mark nothing."""
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
            if following is not None and following.left == entry.right + 1:
                if not following.computed:
                    yield following
            elif following is None or following.left > entry.right + 1:
                place = Place(sheet=sheet.name, cell=f"{column_letters(entry.right + 1)}{row}")
                cell = Cell("", entry.right + 1, 1, 1, place)
                yield Entry(row, entry.right + 1, entry.right + 1, "", entry.block, entry.start, cell)


def _labels(sheet: Sheet, entry: Entry) -> tuple[Entry, Entry | None, Named | None] | None:
    """The cell that says what is asked, the head of the column, and what that head names."""
    above = next((other for other in sheet.above(entry) if not other.answer and _is_head(other)), None)
    column = header(above.text) if above is not None else None
    left = [other for other in sheet.left_of(entry) if not other.answer and re.search(r"[^\W\d_]{2}", other.text)]
    row = sheet.rows[entry.row]
    name: Entry | None = None
    if left:
        name = left[0]
        if column is not None:
            # In a table with named columns the longest words of the row ask, not the unit or quantity beside the answer.
            name = max(left, key=lambda other: (min(len(other.text), 60), -other.left))
            nearest = next((other for other in left if header_of(sheet, other) is None), name)
            name = name if len(name.text) >= len(nearest.text) else nearest
    elif above is not None and above.row >= entry.row - _SECTION:
        return above, None, column
    elif any(other.left > entry.right and other.text.strip() and not other.answer for other in row):
        right = next(other for other in row if other.left > entry.right and other.text.strip() and not other.answer)
        if len(right.text.split()) > 1 and entry.cell is not None and entry.cell.slots:
            name = right
    return None if name is None else (name, above, column)


def header_of(sheet: Sheet, entry: Entry) -> Named | None:
    """What the head of a cell's column names."""
    above = next((other for other in sheet.above(entry, 40) if not other.answer and header(other.text) is not None), None)
    return header(above.text) if above is not None else None


def _is_head(entry: Entry) -> bool:
    text = entry.text.strip()
    return bool(re.search(r"[^\W\d_]{2}", text)) and len(text) <= 160 and not text.endswith(".")


def _context(sheet: Sheet, entry: Entry, name: Entry, above: Entry | None) -> tuple[str, ...]:
    """Words that bear on whether the cell must be filled in: its own prompt, the column's head, the head of its section."""
    texts = [entry.text] if entry.text.strip() else []
    if above is not None:
        texts.append(above.text)
    previous = entry.row
    for other in sheet.above(replace_columns(entry, name), 60):
        if previous - other.row > 1:
            break
        previous = other.row
        # A class in a row above, or the name of a column of classes, speaks of other rows.
        if other.text.strip() and other.row not in sheet.asked and not _names_class(sheet, other):
            texts.append(other.text)
    for other in sheet.rows[entry.row]:
        if other.left > entry.right and other.text.strip() and not other.answer and "(" in other.text:
            texts.append(other.text)
    return tuple(texts)


def replace_columns(entry: Entry, name: Entry) -> Entry:
    """The answer's row with the columns from its label to itself."""
    return entry._replace(left=min(entry.left, name.left), right=max(entry.right, name.right))


def _names_class(sheet: Sheet, entry: Entry) -> bool:
    return names_class(entry.text) and sum(1 for other in sheet.rows[entry.row] if other.text.strip()) > 1


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


def _add(scan: Scan, sheet: Sheet, found: Found, must: bool | None, number: str | None) -> None:
    entry, name, above, column = found
    if is_buyers(name.text) or (above is not None and is_buyers(above.text)) or scan.contract(name.block):
        return
    slots = entry.cell.slots if entry.cell is not None else ()
    kind = _type(entry, name, above, column)
    options = slots[0].options[:30] if slots else ()
    origin = slots[0].origin.value if slots else "empty_cell"
    quote = clean(name.text)
    head = clean(above.text) if above is not None else ""
    text = f"{quote} – {head}" if head and head != quote and len(head) <= 60 and kind is not AnswerType.FILE else quote
    if kind is AnswerType.FILE and head:
        text = f"{quote} ({head.rstrip(':')})" if len(head) <= 60 else quote
    place = entry.cell.place if entry.cell is not None else Place(sheet=sheet.name)
    if place.sheet is None:
        place = replace(place, sheet=sheet.name)
    takes = [Words(entry.block, entry.start, entry.start + len(entry.text))] if entry.cell is not None and entry.text else []
    # A prompt alone ("Ange bilagans namn") says nothing of duty; a condition in it does.
    context = _context(sheet, entry, name, above)
    cues = [f"slot.{origin}"]
    if column is not None:
        cues.append(column.rule)
    scan.add(
        Ask(
            Words(name.block, name.start, name.start + len(name.text)),
            kind,
            tuple(cues),
            tuple(takes),
            True if slots and slots[0].required else must if must is not None else own_class(sheet, entry, name),
            None,
            options,
            slots[0].limit if slots else None,
            number or own_number(sheet, name),
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
