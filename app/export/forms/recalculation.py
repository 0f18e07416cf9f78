"""Which stored results of formulas no longer hold when cells have changed, and telling the spreadsheet to calculate anew.

A result that may depend on a changed cell is taken away rather than left standing: who only looks at the file must not see a
sum that
is wrong. What a formula depends on is read off its references; where it cannot be told (names, tables, computed references),
it is taken to depend on everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.export.forms.references import Area, area_of
from app.export.forms.sheet import FormSheet
from app.export.forms.surgery import Element, Surgeon

__all__ = ["drop_results", "set_calculation"]

_STRING = re.compile(r'"(?:[^"]|"")*"')
_REFERENCE = re.compile(
    r"(?:(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*|\d\w*)!)?"
    r"(?P<area>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?\d{1,7}:\$?\d{1,7})"
    r"(?![\w(!])"
)
_FUNCTION = re.compile(r"[A-Za-z_][\w.]*(?=\()")
_UNTOLD = frozenset({"INDIRECT", "OFFSET", "INDEX", "CHOOSE"})
_WORD = re.compile(r"[A-Za-z_\\][\w.\\]*")
_CONSTANTS = frozenset({"TRUE", "FALSE"})

Cell = tuple[str, int, int]


class _Formula:
    """A formula's cell and what it reads. `everything`: nobody can tell."""

    def __init__(self, sheet: FormSheet, row: int, column: int, cell: Element, text: str, shift: tuple[int, int]) -> None:
        self.sheet, self.row, self.column, self.cell = sheet, row, column, cell
        bare = _STRING.sub('""', text)
        self.reads: list[tuple[str, Area]] = []
        rest = bare
        for match in _REFERENCE.finditer(bare):
            area = area_of(match["area"].replace("$", ""))
            name = (match["sheet"] or sheet.name).strip()
            if name.startswith("'"):
                name = name[1:-1].replace("''", "'")
            if area is not None:
                self.reads.append((name.casefold(), _shifted(area, match["area"], shift)))
        rest = _REFERENCE.sub(" ", bare)
        functions = {each.upper().removeprefix("_XLFN.") for each in _FUNCTION.findall(rest)}
        words = {each.upper() for each in _WORD.findall(_FUNCTION.sub(" ", rest))} - _CONSTANTS
        self.everything = bool(functions & _UNTOLD or words or "[" in rest or "#REF" in rest or not text)

    def depends(self, changed: Iterable[Cell]) -> bool:
        """Whether one of the cells is among those that it reads."""
        return any(name == sheet and area.holds(row, column) for sheet, row, column in changed for name, area in self.reads)


def drop_results(sheets: Iterable[FormSheet], changed: set[Cell]) -> tuple[int, set[str]]:
    """Take away what no longer holds. Answers with how many formulas that were, and the names of the sheets they are on."""
    formulas = [formula for sheet in sheets for formula in _formulas(sheet)]
    if not formulas or not changed:
        return 0, set()
    stale: list[_Formula] = []
    fresh, waiting = {(name.casefold(), row, column) for name, row, column in changed}, formulas
    while fresh:
        found = [each for each in waiting if (not stale and each.everything) or each.depends(fresh)]
        gone = set(map(id, found))
        waiting = [each for each in waiting if id(each) not in gone]
        stale += found
        fresh = {(each.sheet.name.casefold(), each.row, each.column) for each in found}
    touched: set[str] = set()
    count = 0
    for each in stale:
        count += 1
        stored = each.cell.find(each.sheet.space + "v")
        if stored is None:
            continue
        each.cell.remove(stored)
        if each.cell.get("t") in ("str", "e", "b"):
            each.cell.attrib.pop("t")
        each.sheet.surgeon.changed(each.cell)
        touched.add(each.sheet.name)
    return count, touched


def _formulas(sheet: FormSheet) -> Iterable[_Formula]:
    shared: dict[str, tuple[str, int, int]] = {}
    for (row, column), cell in sheet.cells.items():
        formula = cell.find(sheet.space + "f")
        if formula is None:
            continue
        text, shift, group = formula.text or "", (0, 0), formula.get("si")
        if formula.get("t") == "shared" and group is not None:
            if text:
                shared.setdefault(group, (text, row, column))
            elif group in shared:
                text, top, left = shared[group]
                shift = (row - top, column - left)
        yield _Formula(sheet, row, column, cell, text, shift)


def _shifted(area: Area, written: str, shift: tuple[int, int]) -> Area:
    """The area that a copy of a shared formula reads: what is not fixed by a dollar sign moves along."""
    down, right = shift
    if not (down or right):
        return area
    first, _, last = written.partition(":")
    last = last or first

    def moved(value: int, by: int, fixed: bool) -> int:
        return value if fixed else max(1, value + by)

    def fixed_row(part: str) -> bool:
        return re.search(r"\$\d", part) is not None

    return Area(
        moved(area.top, down, fixed_row(first)),
        moved(area.left, right, first.startswith("$")),
        moved(area.bottom, down, fixed_row(last)),
        moved(area.right, right, last.startswith("$")),
    )


def set_calculation(workbook: Surgeon) -> None:
    """Have the spreadsheet calculate everything when the file is opened."""
    root = workbook.root
    space = root.tag.partition("}")[0] + "}"
    calculation = root.find(space + "calcPr")
    if calculation is not None:
        calculation.set("fullCalcOnLoad", "1")
        workbook.changed(calculation)
        return
    new = root.makeelement(space + "calcPr", {"fullCalcOnLoad": "1"}, nsmap=root.nsmap)
    before = ("sheets", "functionGroups", "externalReferences", "definedNames")
    last = max((index for index, each in enumerate(root) if each.tag in {space + name for name in before}), default=len(root) - 1)
    workbook.insert(new, root, root[last + 1] if last + 1 < len(root) else None)
