"""One sheet of a workbook that is filled in: what its cells are, which may be written, and the writing itself."""

from __future__ import annotations

from dataclasses import dataclass

from app.export.forms.looks import Look
from app.export.forms.references import Area, area_of, areas_of, cell_name, cell_of
from app.export.forms.rules import Rule, rule_of
from app.export.forms.surgery import Element, Surgeon

__all__ = ["CellValue", "FormSheet"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class CellValue:
    """What is written into a cell: text, or a number as a spreadsheet stores it, or a truth value ("1", "0")."""

    kind: str  # "text", "number" or "truth"
    stored: str


class FormSheet:
    """A sheet's part, edited in place."""

    def __init__(self, name: str, part: str, data: bytes, looks: list[Look]) -> None:
        self.name, self.part = name, part
        self.surgeon = Surgeon(data)
        self._looks = looks
        root = self.surgeon.root
        self.space: str = root.tag.partition("}")[0] + "}"
        self.data: Element | None = root.find(self.space + "sheetData")
        self.rows: dict[int, Element] = {}
        self.cells: dict[tuple[int, int], Element] = {}
        self._index()
        self.merges = [area for each in root.iter(self.space + "mergeCell") if (area := area_of(each.get("ref", ""))) is not None]
        protection = root.find(self.space + "sheetProtection")
        self.protected = protection is not None and protection.get("sheet", "0") in ("1", "true", "on")
        self._open = [area for each in root.iter(self.space + "protectedRange") for area in areas_of(each.get("sqref", ""))]
        self.rules: list[Rule] = [rule for each in root.iter() if (rule := rule_of(each)) is not None]

    def _index(self) -> None:
        row = 0
        for element in self.data if self.data is not None else ():
            if element.tag != self.space + "row":
                continue
            number = element.get("r", "")
            row = int(number) if number.isdigit() else row + 1
            self.rows.setdefault(row, element)
            column = 0
            for cell in element:
                if cell.tag == self.space + "c":
                    at = cell_of(cell.get("r", ""))
                    column = at[1] if at is not None else column + 1
                    self.cells.setdefault((row, column), cell)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell itself, or the first one of the merged cells that it is part of."""
        area = self.merge_at(row, column)
        return (area.top, area.left) if area is not None else (row, column)

    def merge_at(self, row: int, column: int) -> Area | None:
        """The merged cells that the cell is part of."""
        return next((area for area in self.merges if area.holds(row, column)), None)

    def look(self, row: int, column: int) -> Look:
        """The format of the cell, there or not: its own, else its row's, else its column's."""
        number = self._style(row, column)
        return self._looks[number] if number < len(self._looks) else Look()

    def _style(self, row: int, column: int) -> int:
        cell = self.cells.get((row, column))
        if cell is not None:
            return _number(cell.get("s"))
        element = self.rows.get(row)
        if element is not None and element.get("customFormat") in ("1", "true"):
            return _number(element.get("s"))
        for each in self.surgeon.root.iter(self.space + "col"):
            if _number(each.get("min")) <= column <= _number(each.get("max")):
                return _number(each.get("style"))
        return 0

    def locked(self, row: int, column: int) -> bool:
        """Whether the sheet's protection keeps the cell from being changed."""
        if not self.protected or any(area.holds(row, column) for area in self._open):
            return False
        return self.look(row, column).locked

    def computed(self, row: int, column: int) -> bool:
        """Whether a formula gives the cell's value, its own or one that spreads over several cells."""
        cell = self.cells.get((row, column))
        if cell is not None and cell.find(self.space + "f") is not None:
            return True
        for each in self.cells.values():
            formula = each.find(self.space + "f")
            if formula is not None and formula.get("t") == "array":
                area = area_of(formula.get("ref", ""))
                if area is not None and area.holds(row, column):
                    return True
        return False

    def holds_text(self, row: int, column: int) -> bool:
        """Whether some text stands in the cell."""
        cell = self.cells.get((row, column))
        if cell is None or cell.get("t") not in ("s", "str", "inlineStr"):
            return False
        return any((each.text or "").strip() for each in cell.iter(self.space + "v", self.space + "t"))

    def rule(self, row: int, column: int) -> Rule | None:
        """What the sheet says may be entered into the cell."""
        return next((rule for rule in self.rules if any(area.holds(row, column) for area in rule.areas)), None)

    def write(self, row: int, column: int, value: CellValue) -> None:
        """Put the value into the cell. Its format, and everything around it, stays."""
        cell = self.cells.get((row, column))
        if cell is None:
            cell = self._new_cell(row, column)
            self._fill(cell, value)
            self._place(cell, row, column)
            self.cells[row, column] = cell
        else:
            self._fill(cell, value)
            self.surgeon.changed(cell)

    def _fill(self, cell: Element, value: CellValue) -> None:
        for child in list(cell):
            if child.tag in (self.space + "v", self.space + "is", self.space + "f"):
                cell.remove(child)
        # What rich data the old value had (a linked type, a picture in the cell) does not hold of the new one.
        for name in ("t", "vm", "cm"):
            cell.attrib.pop(name, None)
        cell.text = None
        if value.kind == "text":
            cell.set("t", "inlineStr")
            holder = cell.makeelement(self.space + "is", {})
            text = holder.makeelement(self.space + "t", {_SPACE: "preserve"})
            text.text = value.stored
            holder.append(text)
            cell.insert(0, holder)
            return
        if value.kind == "truth":
            cell.set("t", "b")
        stored = cell.makeelement(self.space + "v", {})
        stored.text = value.stored
        cell.insert(0, stored)

    def _new_cell(self, row: int, column: int) -> Element:
        root = self.surgeon.root
        cell = root.makeelement(self.space + "c", {"r": cell_name(row, column)}, nsmap=root.nsmap)
        style = self._style(row, column)
        if style:
            cell.set("s", str(style))
        return cell

    def _place(self, cell: Element, row: int, column: int) -> None:
        """A new cell among the others of its row, and the row among the others."""
        holder = self.rows.get(row)
        if holder is None:
            root = self.surgeon.root
            holder = root.makeelement(self.space + "row", {"r": str(row)}, nsmap=root.nsmap)
            holder.append(cell)
            if self.data is None:
                raise ValueError("a sheet without cells")
            later = min((number for number in self.rows if number > row), default=None)
            self.surgeon.insert(holder, self.data, self.rows[later] if later is not None else None)
            self.rows[row] = holder
        else:
            right = min((at[1] for at in self.cells if at[0] == row and at[1] > column), default=None)
            self.surgeon.insert(cell, holder, self.cells[row, right] if right is not None else None)
            self._widen(holder, column)
        self._extend(row, column)

    def _widen(self, holder: Element, column: int) -> None:
        first, _, last = (holder.get("spans") or "").partition(":")
        if first.isdigit() and last.isdigit() and not int(first) <= column <= int(last):
            holder.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
            self.surgeon.changed(holder)

    def _extend(self, row: int, column: int) -> None:
        """The sheet says how far its cells reach."""
        dimension = self.surgeon.root.find(self.space + "dimension")
        area = area_of(dimension.get("ref", "")) if dimension is not None else None
        if dimension is None or area is None or area.holds(row, column):
            return
        first = cell_name(min(area.top, row), min(area.left, column))
        last = cell_name(max(area.bottom, row), max(area.right, column))
        dimension.set("ref", f"{first}:{last}")
        self.surgeon.changed(dimension)


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isdigit() else 0
