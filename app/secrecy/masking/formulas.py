"""Which cells show something that was computed from a masked one.

A total of many masked prices tells little; a cell that is computed from one masked cell and open ones gives it away. References
are read generously: what cannot be told counts as a dependency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from app.secrecy.masking.book import Area, Book, Cell, Sheet, areas_of
from app.secrecy.masking.folding import compact, find, folded
from app.secrecy.masking.needles import number_in
from app.secrecy.masking.package import local

__all__ = ["Dependents", "dependents"]

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_PLACE = re.compile(
    r"(?:('(?:[^']|'')+'|[\w.\[\]]+(?::[\w.]+)?)!)?"
    r"(\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})(?![\w(])"
)
_NAME = re.compile(r"(?<![\w.!'])([A-Za-z_\\][\w.\\]*)(?![\w.(!])")
_TABLE = re.compile(r"([A-Za-z_\\][\w.\\]*)\[")

_LEAST_TEXT = 3
_ERROR = Decimal("1e-9")
_ROUNDED_FROM = 100


class Dependents(NamedTuple):
    """Cells by how they depend: `copies` show the masked value itself, `telling` are computed from one masked cell,
    `further` from several or over other cells."""

    copies: list[Cell]
    telling: list[Cell]
    further: list[Cell]

    def all(self) -> list[Cell]:
        """All of them."""
        return [*self.copies, *self.telling, *self.further]


def dependents(book: Book, masked: set[Cell]) -> Dependents:
    """The cells that depend on masked ones, directly or over others."""
    scope = _Scope(book)
    shown = _Shown(masked)
    found = Dependents([], [], [])
    known = set(masked)
    around = masked
    while around:
        reached: set[Cell] = set()
        for cell in book.cells():
            if cell.formula and cell not in known:
                touched = scope.touched(cell, around)
                if touched:
                    reached.add(cell)
                    near = scope.touched(cell, masked)
                    (found.copies if shown.by(cell) else found.telling if len(near) == 1 else found.further).append(cell)
        known |= reached
        around = reached
    return found


class _Shown:
    """What masked cells show, and whether a cell that was computed from them shows it, too: rounded, or within a sentence."""

    def __init__(self, masked: set[Cell]) -> None:
        self._values = [cell.number for cell in masked if cell.number is not None]
        self._texts = {text for cell in masked if len(text := compact(cell.text)) >= _LEAST_TEXT or cell.number is not None}

    def by(self, cell: Cell) -> bool:
        """Whether the cell shows the value of a masked one."""
        number = cell.number if cell.number is not None else number_in(cell.text)
        if number is not None and any(_alike(number, value) for value in self._values):
            return True
        if cell.number is not None:
            return False
        text = folded(cell.text)
        return any(next(find(text, wanted, bounded=True), None) is not None for wanted in self._texts)


def _alike(number: Decimal, value: Decimal) -> bool:
    """The same number, with the error of a computation or rounded: a price of 1285.40 is told by 1285."""
    apart = abs(abs(number) - abs(value))
    return apart <= abs(value) * _ERROR or (abs(value) >= _ROUNDED_FROM and apart < 1)


class _Scope:
    """What the references of a workbook's formulas lead to."""

    def __init__(self, book: Book) -> None:
        self._sheets = {sheet.name.casefold(): sheet for sheet in book.sheets}
        self._book = book
        self._names: dict[str, str] = {}
        for element in book.root.iter():
            if local(element) == "definedName":
                self._names[element.get("name", "").casefold()] = element.text or ""
        self._tables: dict[str, tuple[Sheet, Area]] = dict(_tables(book))
        self._known: dict[Cell, list[tuple[Sheet, Area]]] = {}

    def touched(self, cell: Cell, wanted: set[Cell]) -> set[Cell]:
        """Which of the wanted cells the formula of a cell refers to."""
        if cell not in self._known:
            self._known[cell] = list(self._areas(cell.formula or "", cell.sheet, 0))
        return {
            other
            for other in wanted
            if any(other.sheet is sheet and area.holds(other.row, other.column) for sheet, area in self._known[cell])
        }

    def _areas(self, formula: str, home: Sheet, depth: int) -> Iterator[tuple[Sheet, Area]]:
        bare = _TEXT.sub('""', formula)
        for where, place in _PLACE.findall(bare):
            name = where.strip("'").replace("''", "'").casefold()
            sheets = [self._sheets[name]] if name in self._sheets else [] if name and ":" not in name else [home]
            if ":" in name:  # a formula over several sheets
                sheets = self._book.sheets
            for sheet in sheets:
                for area in _areas(place):
                    yield sheet, area
        for name in _TABLE.findall(bare):
            if name.casefold() in self._tables:
                yield self._tables[name.casefold()]
        if depth < 5:
            for name in _NAME.findall(bare):
                if name.casefold() in self._names:
                    yield from self._areas(self._names[name.casefold()], home, depth + 1)


def _areas(place: str) -> list[Area]:
    try:
        return areas_of(place)
    except ValueError:
        return []


def _tables(book: Book) -> Iterator[tuple[str, tuple[Sheet, Area]]]:
    for sheet in book.sheets:
        for part in book.package.related(sheet.part, "table"):
            root = book.package.tree(part)
            if root is not None and (areas := _areas(root.get("ref", ""))):
                for key in ("name", "displayName"):
                    yield root.get(key, "").casefold(), (sheet, areas[0])


def names_in(formula: str, names: Mapping[str, object]) -> bool:
    """Whether a formula uses one of the names."""
    return any(name.casefold() in names for name in _NAME.findall(_TEXT.sub('""', formula)))
