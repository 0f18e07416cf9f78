"""A spreadsheet's cells by sheet, row and column, made from the blocks that were read: pure, no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.document import Document, Flag, Place
from app.gui.source.flowtext import squeezed

__all__ = ["At", "Book", "BookCell", "Sheet", "area_of", "column_letters"]

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_NARROWEST, _WIDEST = 6, 44
_SEEN = 300
"""Rows that the widths of columns are reckoned from."""
_MOST_SPANS = 2000


class At(NamedTuple):
    """A cell, its row and column from 0."""

    row: int
    column: int


@dataclass(slots=True)
class BookCell:
    """What a cell holds."""

    text: str
    strong: bool = False
    header: bool = False
    hidden: bool = False
    fill_in: bool = False


@dataclass(slots=True)
class Sheet:
    """One sheet. `widths` are characters a column, `lines` the lines that a row needs when it is more than one.

    `alone` are cells with nothing beside them: their text runs on over the empty ones, as a spreadsheet shows it.
    """

    name: str
    hidden: bool = False
    cells: dict[At, BookCell] = field(default_factory=dict)
    spans: dict[At, tuple[int, int]] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    widths: list[int] = field(default_factory=list)
    lines: dict[int, int] = field(default_factory=dict)
    alone: set[At] = field(default_factory=set)

    def put(self, at: At, cell: BookCell, rows: int = 1, columns: int = 1) -> None:
        """Add a cell. What stands over another (a text box) is added below its text."""
        there = self.cells.get(at)
        if there is not None and there.text and cell.text != there.text:
            cell = BookCell(f"{there.text}\n{cell.text}" if cell.text else there.text, there.strong, there.header, there.hidden)
        self.cells[at] = cell
        if (rows > 1 or columns > 1) and len(self.spans) < _MOST_SPANS:
            self.spans[at] = (rows, columns)
        self.rows = min(_MOST_ROWS, max(self.rows, at.row + rows))
        self.columns = min(_MOST_COLUMNS, max(self.columns, at.column + columns))

    def measure(self) -> None:
        """Reckon how wide columns and how high rows are."""
        self.widths = [_NARROWEST] * self.columns
        for at, cell in self.cells.items():
            if at.row < _SEEN and at not in self.spans and at not in self.alone:
                longest = max(map(len, cell.text.split("\n")))
                self.widths[at.column] = min(_WIDEST, max(self.widths[at.column], longest + 2))
        for at in self.alone - self.spans.keys():
            last, longest = at.column, max(map(len, self.cells[at].text.split("\n"))) + 2
            while last + 1 < self.columns and sum(self.widths[at.column : last + 1]) < longest:
                last += 1
            if last == at.column:
                self.widths[last] = min(_WIDEST, max(self.widths[last], longest))
            elif len(self.spans) < _MOST_SPANS:
                self.spans[at] = (1, last - at.column + 1)
        for at, cell in self.cells.items():
            _, across = self.spans.get(at, (1, 1))
            wide = sum(self.widths[at.column : at.column + across]) or 1
            lines = sum(1 + len(line) // wide for line in cell.text.split("\n"))
            if lines > self.lines.get(at.row, 1):
                self.lines[at.row] = min(lines, 40)


class Book:
    """All sheets of a document."""

    def __init__(self, document: Document) -> None:
        self._by_name: dict[str, Sheet] = {name: Sheet(name) for name in document.sheets}
        for block in document.blocks:
            name = block.place.sheet or ""
            sheet = self._by_name.setdefault(name, Sheet(name))
            strong, header = Flag.BOLD in block.flags, Flag.HEADER_ROW in block.flags
            if block.cells:
                for cell in block.cells:
                    area = area_of(cell.place.cell)
                    if area is not None:
                        made = BookCell(
                            cell.text,
                            strong or Flag.BOLD in cell.flags,
                            header,
                            Flag.HIDDEN in block.flags | cell.flags,
                            bool(cell.flags & {Flag.FILL_IN, Flag.UNLOCKED}) or bool(cell.slots),
                        )
                        sheet.put(area[0], made, cell.row_span, cell.column_span)
            else:
                area = area_of(block.place.cell)
                if area is not None:
                    if area[0] not in sheet.cells:
                        sheet.alone.add(area[0])
                    sheet.put(area[0], BookCell(block.text, strong, header, Flag.HIDDEN in block.flags))
                elif Flag.HIDDEN in block.flags:
                    sheet.hidden = True
        self.sheets = tuple(self._by_name.values())
        for sheet in self.sheets:
            sheet.measure()

    def sheet_of(self, place: Place) -> int | None:
        """The number of the sheet of a place; the only sheet for a file that has no names of sheets."""
        name = place.sheet or ""
        return next((number for number, sheet in enumerate(self.sheets) if sheet.name == name), None)

    def cells_of(self, place: Place, quote: str) -> tuple[At, ...]:
        """The cells that a quote at a place is about: the one named, and those of its row whose text is part of the quote."""
        number, area = self.sheet_of(place), area_of(place.cell)
        if number is None or area is None:
            return ()
        sheet = self.sheets[number]
        first, last = area
        found = {first}
        if last != first:
            found |= {at for at in sheet.cells if first.row <= at.row <= last.row and first.column <= at.column <= last.column}
        wanted, _ = squeezed(quote)
        for column in range(sheet.columns if wanted and sheet.columns < 400 else 0):
            cell = sheet.cells.get(At(first.row, column))
            signs = squeezed(cell.text)[0] if cell is not None else ""
            if len(signs) > 1 and signs in wanted:
                found.add(At(first.row, column))
        return tuple(sorted(found))

    def find(self, text: str) -> Iterator[tuple[int, At, str, int]]:
        """Sheet, cell, its text and the place in it of every place where a text stands."""
        wanted = " ".join(text.casefold().split())
        for number, sheet in enumerate(self.sheets):
            for at in sorted(sheet.cells) if wanted else ():
                whole = sheet.cells[at].text
                start = whole.lower().find(wanted)
                if start >= 0:
                    yield number, at, whole, start


def area_of(reference: str | None) -> tuple[At, At] | None:
    """First and last cell of "B2" or "B2:C3"."""
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return None
    first = At(int(found[2]) - 1, _number(found[1]))
    last = At(int(found[4]) - 1, _number(found[3])) if found[3] else first
    return first, last


def _number(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value - 1


def column_letters(column: int) -> str:
    """ "A" for 0, "AA" for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
