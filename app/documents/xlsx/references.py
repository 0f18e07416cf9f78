"""Cell references: "C12", "$A$1:$B$4", "'Sheet one'!A1". Rows and columns count from 1."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

__all__ = ["Area", "areas", "cell_of", "column_name", "column_of", "moved_formula", "split_sheet"]

_REFERENCE = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.$])(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})(?![\w(.!])")
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_AREA = re.compile(r"\$?([A-Za-z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Za-z]{1,3})?\$?(\d{1,7})?)?")
_MOST = 100_000


class Area(NamedTuple):
    """A rectangle of cells, corners included."""

    top: int
    left: int
    bottom: int
    right: int

    def cells(self) -> int:
        """How many cells it covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


@lru_cache(maxsize=20_000)
def _letters(name: str) -> int:
    value = 0
    for letter in name.upper():
        value = value * 26 + ord(letter) - 64
    return value


def column_of(reference: str) -> int:
    """The column of a cell's reference, 0 when it is none. Hot: called for every cell of a sheet."""
    letters = reference.rstrip("0123456789")
    return _letters(letters) if letters.isascii() and letters.isalpha() and len(letters) < 4 else 0


@lru_cache(maxsize=20_000)
def column_name(column: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_of(row: int, column: int) -> str:
    """The reference of a cell."""
    return f"{column_name(column)}{row}"


def moved_formula(formula: str, origin: str, cell: str) -> str:
    """The formula of one cell as another has it that shares it: references without $ move along."""
    down = _row_of(cell) - _row_of(origin)
    right = column_of(cell) - column_of(origin)

    def move(found: re.Match[str]) -> str:
        if not found[4]:
            return found[0]  # words in quotes
        column = found[2] if found[1] else column_name(_letters(found[2]) + right)
        return f"{found[1]}{column}{found[3]}{found[4] if found[3] else int(found[4]) + down}"

    return _REFERENCE.sub(move, formula)


def _row_of(cell: str) -> int:
    digits = cell[len(cell.rstrip("0123456789")) :]
    return int(digits) if digits else 0


def areas(text: str) -> tuple[Area, ...]:
    """The areas of a list like "A1:B2 C3 D:D". What is no reference is left out."""
    found: list[Area] = []
    for piece in text.split()[:_MOST]:
        match = _AREA.fullmatch(piece)
        if match is None or not (match[1] or match[2]):
            continue
        left = _letters(match[1]) if match[1] else 1
        top = int(match[2]) if match[2] else 1
        alone = ":" not in piece
        right = _letters(match[3]) if match[3] else (left if alone else _LAST_COLUMN)
        bottom = int(match[4]) if match[4] else (top if alone else _LAST_ROW)
        if alone and not (match[1] and match[2]):
            continue
        top, bottom = sorted((top, bottom))
        left, right = sorted((left, right))
        if top >= 1 and left >= 1:
            found.append(Area(top, left, min(bottom, _LAST_ROW), min(right, _LAST_COLUMN)))
    return tuple(found)


def split_sheet(reference: str) -> tuple[str | None, str]:
    """The sheet that a reference names, unquoted, and the rest."""
    sheet, mark, rest = reference.rpartition("!")
    if not mark:
        return None, reference
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, rest
