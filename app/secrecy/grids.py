"""The cells of a document's sheets by sheet, row and column, and A1 ranges among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.core.document import Document
from app.secrecy.flow import Span

__all__ = ["Area", "Grid", "area_of", "cell_name"]

_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$", re.IGNORECASE)
_MOST_CELLS = 200_000


class Area(NamedTuple):
    """A rectangle of cells, rows and columns from 1, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """As a spreadsheet writes it: "B5" or "B5:C9"."""
        first = cell_name(self.top, self.left)
        return first if self[:2] == self[2:] else f"{first}:{cell_name(self.bottom, self.right)}"

    def moved(self, rows: int, columns: int) -> Area:
        """The same rectangle elsewhere."""
        return Area(self.top + rows, self.left + columns, self.bottom + rows, self.right + columns)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell, row by row."""
        return ((row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1))


def area_of(name: str | None) -> Area | None:
    """The rectangle that an A1 range names; None for what is none."""
    match = _RANGE.match((name or "").strip())
    if match is None:
        return None
    top, left = int(match[2]), _column(match[1])
    bottom, right = (int(match[4]), _column(match[3])) if match[3] else (top, left)
    area = Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    return area if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _MOST_CELLS else None


def cell_name(row: int, column: int) -> str:
    """A1 for row 1, column 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Grid:
    """Where the cells of a document stand in its blocks."""

    def __init__(self, document: Document) -> None:
        self._spans: dict[tuple[str, int, int], Span] = {}
        self._texts: dict[tuple[str, int, int], str] = {}
        for index, block in enumerate(document.blocks):
            if block.place.sheet is None:
                continue
            at = 0
            for cell in block.cells:
                self._keep(
                    cell.place.sheet or block.place.sheet, cell.place.cell, Span(index, at, at + len(cell.text)), cell.text
                )
                at += len(cell.text) + 1
            if not block.cells:
                self._keep(block.place.sheet, block.place.cell, Span(index, 0, len(block.text)), block.text)

    def _keep(self, sheet: str, name: str | None, span: Span, text: str) -> None:
        area = area_of(name)
        if area is not None:
            self._spans.setdefault((sheet, area.top, area.left), span)
            self._texts.setdefault((sheet, area.top, area.left), text)

    def text(self, sheet: str, row: int, column: int) -> str:
        """What a cell shows; nothing for an empty one."""
        return self._texts.get((sheet, row, column), "")

    def spans(self, sheet: str, area: Area) -> tuple[Span, ...]:
        """Where the filled cells of a rectangle stand in the blocks."""
        found = (self._spans.get((sheet, row, column)) for row, column in area.cells())
        return tuple(span for span in found if span is not None and span.start < span.end)

    def quote(self, sheet: str, area: Area) -> str:
        """The texts of a rectangle: cells with a tab between them, rows on lines of their own."""
        return "\n".join(
            "\t".join(" ".join(self.text(sheet, row, column).split()) for column in range(area.left, area.right + 1))
            for row in range(area.top, area.bottom + 1)
        )

    def filled(self) -> Iterator[tuple[str, int, int, str]]:
        """Sheet, row, column and text of every cell that shows something."""
        for (sheet, row, column), text in self._texts.items():
            if text.strip():
                yield sheet, row, column, text
