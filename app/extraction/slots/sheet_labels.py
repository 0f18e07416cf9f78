"""What is asked at an answer cell of a sheet: the cell that asks, the head of the column, and the words that bear on both."""

from __future__ import annotations

from app.core.document import BlockKind
from app.extraction import kept
from app.extraction.asking import puts_to_bidder
from app.extraction.slots.grid import Entry
from app.extraction.slots.lexicon import Named, group, header, is_question_column
from app.extraction.slots.mandatory import bearing
from app.extraction.slots.scan import Scan
from app.extraction.slots.sheet_tables import SheetTables
from app.extraction.tables import names_class, names_requirement

_WORD = kept.pattern(r"[^\W\d_]{2}")
_SPAN = kept.pattern(r"\d\s?[x×–-]\s?\d|[<>≤≥]\s?\d|\d\s?[^\W\d_]$")
_SECTION = 3  # rows that a name may stand above its place when nothing in the row asks
_LONGEST_COMPARED = 60  # characters
_LONGEST_HEAD = 160  # characters
_LONGEST_LABEL = 200  # characters
_LONGEST_BEGUN = 60  # characters


def labels(tables: SheetTables, entry: Entry) -> tuple[Entry, Entry | None, Named | None] | None:
    """The cell that says what is asked, the head of the column, and what that head names."""
    above = next((other for other in tables.sheet.texts_above(entry) if not other.answer and _is_head(tables, other)), None)
    if above is not None and not tables.reaches(above, entry):
        above = None
    column = tables.named(above) if above is not None else None
    if is_begun(entry) and column is not None:
        return entry, above, column
    row = tables.beside(entry)
    texts = [other for other in row if not other.answer and _WORD.search(other.text)]
    left = [other for other in reversed(texts) if other.right < entry.left]
    right = [other for other in texts if other.left > entry.right]
    name: Entry | None = None
    headed = column is not None or (above is not None and above.row in tables.sheet.heads)
    if headed and (asks := _asks_on_the_right(tables, left, right)) is not None:
        name = asks
    elif left:
        name = left[0] if column is None else _longest(tables, left)
    elif headed and (figures := _figures(tables, entry, row)) is not None:
        name = figures
    elif not texts and (over := _sentence_over(tables, entry)) is not None:
        return over, None, None
    elif above is not None and above.row >= entry.row - _SECTION:
        return above, None, column
    elif right and len(right[0].text.split()) > 1 and entry.cell is not None and entry.cell.slots:
        name = right[0]
    return None if name is None else (name, above, column)


def names_row(text: str) -> bool:
    """Whether a text can say what its row is about: it has a word, or is a size or span."""
    return _WORD.search(text) is not None or _SPAN.search(text) is not None


def _figures(tables: SheetTables, entry: Entry, row: list[Entry]) -> Entry | None:
    """The size or span that names a row without words: "85x150", "1–50"; a number that only counts the rows does not."""
    for other in row:
        if other.right < entry.left and not other.answer and not other.computed and _SPAN.search(other.text):
            return other if tables.head(other) is not None else None
    return None


def _sentence_over(tables: SheetTables, entry: Entry) -> Entry | None:
    """The sentence that asks directly above a place as wide as itself: "Describe your plan." and the box below it."""
    over = next((other for other in tables.sheet.above(entry, 1)), None)
    asks = over is not None and over.row == entry.row - 1 and not over.answer and puts_to_bidder(over.text.strip())
    return over if asks and over is not None and over.text.rstrip().endswith(".") else None


def is_begun(entry: Entry) -> bool:
    """Whether the cell holds the beginning of its answer, as "Certificate:"."""
    text = entry.text.strip()
    prompts = any(rule.pattern.match(text) is not None for rule in group("prompt"))
    return text.endswith(":") and 2 < len(text) <= _LONGEST_BEGUN and not prompts and header(text) is None


def _asks_on_the_right(tables: SheetTables, left: list[Entry], right: list[Entry]) -> Entry | None:
    """What asks when the answers stand before it: "Nr | Uppfylls? | Krav"."""
    if not right or any(_asks(tables, other) for other in left):
        return None
    asking = next((other for other in right if _asks(tables, other)), None)
    if asking is not None:
        return asking
    if any(not tables.is_attribute(other) for other in left):
        return None
    named = [other for other in right if tables.head(other) is not None and not tables.is_attribute(other)]
    return max(named, key=lambda other: (min(len(other.text), _LONGEST_COMPARED), -other.left), default=None)


def _asks(tables: SheetTables, entry: Entry) -> bool:
    head = tables.head(entry)
    return head is not None and (names_requirement(head.text) or is_question_column(head.text))


def _longest(tables: SheetTables, left: list[Entry]) -> Entry:
    """In a table with named columns the longest words of the row ask, not the unit or quantity beside the answer."""
    asking = [other for other in left if not tables.is_attribute(other)] or left
    name = max(asking, key=lambda other: (min(len(other.text), _LONGEST_COMPARED), -other.left))
    nearest = next((other for other in asking if header_of(tables, other) is None), name)
    return name if len(name.text) >= len(nearest.text) else nearest


def header_of(tables: SheetTables, entry: Entry) -> Named | None:
    """What the head of a cell's column names."""
    above = tables.name_above(entry)
    return header(above.text) if above is not None else None


def _is_head(tables: SheetTables, entry: Entry) -> bool:
    text = entry.text.strip()
    if entry.row not in tables.sheet.heads and is_begun(entry):
        return False
    return bool(_WORD.search(text)) and len(text) <= _LONGEST_HEAD and not text.endswith(".")


def context_of(scan: Scan, tables: SheetTables, entry: Entry, name: Entry, above: Entry | None) -> tuple[str, ...]:
    """Words that bear on whether the cell must be filled in: its own prompt, the column's head, the head of its section."""
    sheet = tables.sheet
    texts: list[str] = []
    # What the file itself says of the cell: the prompt of a list, or the legend's words for its colour.
    slots = entry.cell.slots if entry.cell is not None else ()
    own = [entry.text] if entry.text.strip() else []
    own.extend(slot.label for slot in slots if slot.label and len(slot.label) <= _LONGEST_LABEL)
    if above is not None:
        texts.append(above.text)
    previous = entry.row
    for other in sheet.above(_both(entry, name), 60):
        if previous - other.row > 1:
            if previous - other.row == 2 and _is_title(scan, tables, other):
                texts.append(other.text)
            break
        previous = other.row
        # A class in a row above, or the name of a column of classes, speaks of other rows.
        if other.text.strip() and other.row not in sheet.asked and not _names_class(tables, other):
            texts.append(other.text)
    texts.extend(
        other.text for other in tables.titles(entry) if other.text not in (*own, *texts) and _is_title(scan, tables, other)
    )
    for other in tables.beside(entry):
        if other.left > entry.right and other is not name and other.text.strip() and not other.answer and "(" in other.text:
            texts.append(other.text)
    return (*own, *filter(None, map(bearing, texts)))


def _is_title(scan: Scan, tables: SheetTables, entry: Entry) -> bool:
    """Whether a text stands alone in its row of a table, in bold or as a heading: over the section below it."""
    alone = sum(1 for other in tables.inside(entry.row, entry.left) if other.text.strip() or other.answer) == 1
    block = scan.block(entry.block)
    return alone and bool(entry.text.strip()) and not entry.answer and (entry.bold or block.kind is BlockKind.HEADING)


def _both(entry: Entry, name: Entry) -> Entry:
    """The answer's row with the columns from its label to itself."""
    return entry._replace(left=min(entry.left, name.left), right=max(entry.right, name.right))


def _names_class(tables: SheetTables, entry: Entry) -> bool:
    return names_class(entry.text) and sum(1 for other in tables.sheet.rows[entry.row] if other.text.strip()) > 1
