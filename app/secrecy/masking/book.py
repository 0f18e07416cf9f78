"""The cells of a workbook as the file holds them: their stored text or number, their formula, and whether they are in sight."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.errors import CorruptFileError
from app.secrecy.masking.needles import plain_number
from app.secrecy.masking.package import Package, local

__all__ = ["Area", "Book", "Cell", "Sheet", "areas_of", "column_of", "reference_of"]

Element = Any

_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_COLUMN = re.compile(r"^\$?([A-Za-z]{1,3})$")
_ROW = re.compile(r"^\$?([0-9]{1,7})$")
_SHOWN_DIGITS = 15
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, rows and columns from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(slots=True, eq=False)
class Cell:
    """A cell with something in it. `number` is its stored number, `formula` its own or the one it shares."""

    sheet: Sheet
    row: int
    column: int
    element: Element
    text: str
    number: Decimal | None
    formula: str | None
    in_sight: bool

    @property
    def name(self) -> str:
        """As users name it."""
        return f"{self.sheet.name}!{reference_of(self.row, self.column)}"


@dataclass(slots=True, eq=False)
class Sheet:
    """A sheet: `name` as the workbook has it, the part that holds it, and its cells row by row."""

    name: str
    part: str
    root: Element
    hidden: bool
    cells: list[Cell]


def column_of(letters: str) -> int:
    """The number of a column, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def reference_of(row: int, column: int) -> str:
    """The name of a cell: B3."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def areas_of(text: str) -> list[Area]:
    """The areas that an A1 range names (several are parted by blanks, commas or semicolons). Raises ValueError."""
    found = []
    for part in re.split(r"[,;\s]+", text.strip()):
        first, _, last = part.partition(":")
        found.append(_area(first, last or first))
    if not found:
        raise ValueError("no range")
    return found


def _area(first: str, last: str) -> Area:
    if (one := _REFERENCE.match(first)) and (other := _REFERENCE.match(last)):
        rows = sorted((int(one.group(2)), int(other.group(2))))
        columns = sorted((column_of(one.group(1)), column_of(other.group(1))))
        return Area(rows[0], columns[0], rows[1], columns[1])
    if (one := _COLUMN.match(first)) and (other := _COLUMN.match(last)):
        columns = sorted((column_of(one.group(1)), column_of(other.group(1))))
        return Area(1, columns[0], _MOST_ROWS, columns[1])
    if (one := _ROW.match(first)) and (other := _ROW.match(last)):
        rows = sorted((int(one.group(1)), int(other.group(1))))
        return Area(rows[0], 1, rows[1], _MOST_COLUMNS)
    raise ValueError("no range")


class Book:
    """The workbook of a package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = package.main()
        root = package.tree(self.main)
        if root is None or local(root) != "workbook":
            raise CorruptFileError(package.name)
        self.root = root
        self._shared = self._strings()
        targets = {entry.get("Id"): target for entry, target in package.relations(self.main)}
        self.sheets: list[Sheet] = []
        for entry in root.iter():
            if local(entry) == "sheet":
                keys = [value for name, value in entry.attrib.items() if name.endswith("}id")]
                part = targets.get(keys[0] if keys else "", "")
                sheet_root = package.tree(part)
                if sheet_root is not None and local(sheet_root) == "worksheet":
                    self._add(entry, part, sheet_root)

    @property
    def strings(self) -> Element | None:
        """The root of the shared strings."""
        parts = self.package.related(self.main, "sharedStrings")
        return self.package.tree(parts[0]) if parts else None

    def cells(self) -> Iterator[Cell]:
        """All cells of all sheets."""
        for sheet in self.sheets:
            yield from sheet.cells

    def _strings(self) -> list[str]:
        return [string_text(entry) for entry in self.strings] if self.strings is not None else []

    def _add(self, entry: Element, part: str, root: Element) -> None:
        sheet = Sheet(entry.get("name", ""), part, root, entry.get("state", "visible") != "visible", [])
        hidden_columns = [
            (int(column.get("min", "1")), int(column.get("max", "1")))
            for column in root.iter()
            if local(column) == "col" and column.get("hidden") in ("1", "true")
        ]
        masters: dict[str, tuple[str, str]] = {}
        row_number = 0
        for row in (element for element in root.iter() if local(element) == "row"):
            row_number = int(row.get("r") or row_number + 1)
            hidden_row = row.get("hidden") in ("1", "true")
            column = 0
            for element in row:
                if local(element) != "c":
                    continue
                match = _REFERENCE.match(element.get("r") or "")
                column = column_of(match.group(1)) if match else column + 1
                seen = not (sheet.hidden or hidden_row or any(low <= column <= high for low, high in hidden_columns))
                cell = self._cell(sheet, row_number, column, element, masters, seen=seen)
                if cell is not None:
                    sheet.cells.append(cell)
        self.sheets.append(sheet)

    def _cell(
        self, sheet: Sheet, row: int, column: int, element: Element, masters: dict[str, tuple[str, str]], *, seen: bool
    ) -> Cell | None:
        value = next((child.text or "" for child in element if local(child) == "v"), None)
        formula = self._formula(element, reference_of(row, column), masters)
        kind, number = element.get("t", "n"), None
        if kind == "s":
            index = int(value) if value and value.isdigit() else -1
            text = self._shared[index] if 0 <= index < len(self._shared) else ""
        elif kind == "inlineStr":
            text = "".join(string_text(child) for child in element if local(child) == "is")
        else:
            text = value or ""
            if kind == "n" and text:
                try:
                    number = Decimal(text)
                except InvalidOperation:
                    number = None
                else:
                    text = (plain_number(text) or text) if "E" in text.upper() or len(text) > _SHOWN_DIGITS else text
        if not text and formula is None:
            return None
        return Cell(sheet, row, column, element, text, number, formula, seen)

    def _formula(self, element: Element, name: str, masters: dict[str, tuple[str, str]]) -> str | None:
        found = next((child for child in element if local(child) == "f"), None)
        if found is None:
            return None
        key, text = found.get("si", ""), found.text or ""
        if found.get("t") != "shared" or not key:
            return text
        if text:
            masters[key] = (text, name)
            return text
        master = masters.get(key)
        return _translated(*master, name) if master else ""


def _translated(formula: str, origin: str, name: str) -> str:
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        return str(Translator(f"={formula}", origin=origin).translate_formula(name))[1:]
    except (TranslatorError, ValueError, IndexError):
        return formula


def string_text(entry: Element) -> str:
    """The text of a shared or inline string, without readings (phonetic runs)."""
    found: list[str] = []
    for child in entry:
        if local(child) == "t":
            found.append(child.text or "")
        elif local(child) == "r":
            found += [text.text or "" for text in child if local(text) == "t"]
    return "".join(found)
