"""The cells of one sheet by row and column, from the blocks that hold them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.document import Block, BlockKind, Cell, Flag
from app.extraction import kept
from app.extraction.slots.scan import Scan

_REFERENCE = kept.pattern(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_WIDEST = 256  # columns
_MOST_ABOVE = 60


class Entry(NamedTuple):
    """A cell: its row, its columns (from 0, the last one included), its words, its block and where they start in its text."""

    row: int
    left: int
    right: int
    text: str
    block: int
    start: int
    cell: Cell | None
    bold: bool = False

    @property
    def answer(self) -> bool:
        """Whether the file itself says that this cell is filled in."""
        return self.cell is not None and bool(self.cell.slots)

    @property
    def computed(self) -> bool:
        """Whether a formula gives its value."""
        return self.cell is not None and Flag.COMPUTED in self.cell.flags


@dataclass(slots=True)
class Sheet:
    """A sheet's cells in reading order."""

    name: str
    rows: dict[int, list[Entry]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    protected: bool = False
    heads: set[int] = field(default_factory=set)  # rows that the reader knows as names of columns
    asked: set[int] = field(default_factory=set)  # rows with something to fill in
    columns: dict[int, list[Entry]] = field(default_factory=dict)  # the cells with words, once asked for

    def above(self, entry: Entry, most: int = 400) -> Iterator[Entry]:
        """Cells that stand above some column of this one, the nearest first."""
        place = bisect_left(self.order, entry.row)
        for row in reversed(self.order[max(0, place - most) : place]):
            for other in self.rows[row]:
                if other.left <= entry.right and other.right >= entry.left:
                    yield other

    def texts_above(self, entry: Entry) -> Iterator[Entry]:
        """The cells with words among those above, the nearest first. What it costs follows how many are looked at."""
        last = min(entry.right, entry.left + _WIDEST)
        if entry.left == last:
            column = self.texts_of(entry.left)
            place = bisect_left(column, entry.row, key=row_of)
            yield from map(column.__getitem__, range(place - 1, -1, -1))
            return
        found: set[Entry] = set()
        for number in range(entry.left, last + 1):
            column = self.texts_of(number)
            place = bisect_left(column, entry.row, key=row_of)
            found.update(column[max(0, place - _MOST_ABOVE) : place])
        yield from sorted(found, key=lambda other: (-other.row, other.left))

    def texts_of(self, column: int) -> list[Entry]:
        """The cells with words in a column, from the top."""
        if not self.columns:
            self._fill_columns()
        return self.columns.get(column, [])

    def _fill_columns(self) -> None:
        for row in self.order:
            for entry in self.rows[row]:
                if entry.text.strip():
                    for column in range(entry.left, min(entry.right, entry.left + _WIDEST) + 1):
                        self.columns.setdefault(column, []).append(entry)


def row_of(entry: Entry) -> int:
    """The row of a cell, to sort and search by."""
    return entry.row


def sheets(scan: Scan) -> list[Sheet]:
    """The sheets that can be seen, with their cells."""
    found: dict[str, Sheet] = {}
    for index in scan.body:
        block = scan.block(index)
        name = block.place.sheet or next((cell.place.sheet for cell in block.cells if cell.place.sheet), None)
        if name is None or (Flag.HIDDEN in block.flags and not block.cells):
            continue
        sheet = found.setdefault(name, Sheet(name))
        for entry in _entries(index, block):
            if Flag.HEADER_ROW in block.flags:
                sheet.heads.add(entry.row)
            if entry.cell is not None and (Flag.HIDDEN in entry.cell.flags or Flag.HIDDEN in block.flags):
                continue
            if entry.row not in sheet.rows:
                sheet.order.append(entry.row)
            sheet.rows.setdefault(entry.row, []).append(entry)
            if entry.cell is not None and Flag.UNLOCKED in entry.cell.flags:
                sheet.protected = True
    for sheet in found.values():
        sheet.order.sort()
        for row in sheet.rows.values():
            row.sort(key=lambda entry: entry.left)
    return list(found.values())


def _entries(index: int, block: Block) -> Iterator[Entry]:
    if block.kind is not BlockKind.TABLE_ROW or not block.cells:
        reference = parse(block.place.cell)
        if reference is not None and block.text:
            row, left, right = reference
            cell = Cell(block.text, left, right - left + 1, 1, block.place, block.slots, block.flags) if block.slots else None
            yield Entry(row, left, right, block.text, index, 0, cell, Flag.BOLD in block.flags)
        return
    start = 0
    own = parse(block.place.cell)
    for cell in block.cells:
        reference = parse(cell.place.cell) or ((own[0], cell.column, cell.column) if own else None)
        if reference is not None:
            row = reference[0]
            yield Entry(
                row, cell.column, cell.column + cell.column_span - 1, cell.text, index, start, cell, Flag.BOLD in cell.flags
            )
        start += len(cell.text) + 1


def parse(reference: str | None) -> tuple[int, int, int] | None:
    """Row, first and last column of a reference such as "B12" or "B12:C14"; rows from 1, columns from 0."""
    match = _REFERENCE.fullmatch(reference) if reference else None
    if match is None:
        return None
    left = column_number(match[1])
    return int(match[2]), left, column_number(match[3]) if match[3] else left


def column_number(letters: str) -> int:
    """A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
