"""Cells and areas by their names: "C12", "$A$1:$B$4", "D:D". Rows and columns count from 1."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Area", "area_of", "areas_of", "cell_name", "cell_of"]

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?(?::\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,6})?)?")


class Area(NamedTuple):
    """A rectangle of cells, corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    value = 0
    for letter in letters.upper():
        value = value * 26 + ord(letter) - 64
    return value


def cell_of(name: str) -> tuple[int, int] | None:
    """Row and column of a cell's name; None when it is none."""
    match = _CELL.fullmatch(name.strip())
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def cell_name(row: int, column: int) -> str:
    """The name of a cell."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def area_of(text: str) -> Area | None:
    """The area that a name names; None when it is none."""
    match = _AREA.fullmatch(text.strip())
    if match is None or not (match[1] or match[2]):
        return None
    left, top = column_number(match[1]) if match[1] else 1, int(match[2]) if match[2] else 1
    if ":" not in text:
        return Area(top, left, top, left) if match[1] and match[2] else None
    right = column_number(match[3]) if match[3] else LAST_COLUMN
    bottom = int(match[4]) if match[4] else LAST_ROW
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def areas_of(text: str) -> tuple[Area, ...]:
    """The areas of a list of names parted by blanks."""
    return tuple(area for piece in text.split() if (area := area_of(piece)) is not None)
