"""One sheet's cells, streamed: what holds text, and of the empty cells only those that could be a place to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, NamedTuple
from unicodedata import normalize

from lxml import etree

from app.core.errors import LimitError
from app.core.limits import Limits
from app.documents.xlsx.references import Area, areas, column_of
from app.documents.xlsx.styles import Style, number_text
from app.documents.xlsx.xml import attribute, children, local, stream

__all__ = ["Grid", "Raw", "Rule", "Tally", "cells_between", "clean", "read_grid", "shared_strings"]

_TAGS = (
    "row",
    "col",
    "mergeCell",
    "sheetProtection",
    "protectedRange",
    "dataValidation",
    "drawing",
    "legacyDrawing",
    "tablePart",
    "headerFooter",
    "pane",
    "autoFilter",
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_EMPTY_PER_ROW = 256
_MOST_AREAS = 200_000


class Raw(NamedTuple):
    """A cell as stored. `kind` is "t" for text, "n" for a number or date, "b" for a truth value, "e" for an error,
    "" when empty, "?" for a formula whose value was never stored."""

    text: str
    kind: str
    style: int
    formula: bool


class Rule(NamedTuple):
    """A data validation: what may be entered where, and what it tells the user."""

    kind: str
    formula: str
    areas: tuple[Area, ...]
    title: str
    prompt: str


@dataclass(slots=True)
class Tally:
    """Counts what the whole workbook holds against the limits."""

    file: str
    limits: Limits
    cells: int = 0
    characters: int = 0
    cut: bool = False

    def add(self, cells: int, characters: int) -> None:
        """Count cells with text. Raises LimitError."""
        self.cells += cells
        self.characters += characters
        if self.cells > self.limits.cells:
            raise LimitError(self.file, code="limit.cells", limit=self.limits.cells)
        if self.characters > self.limits.characters:
            raise LimitError(self.file, code="limit.unpacked", limit=self.limits.characters)


@dataclass(slots=True)
class Grid:
    """A sheet as stored. Rows and columns count from 1, as the file has them."""

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    row_styles: dict[int, int] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    protected: bool = False
    open_areas: list[Area] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    drawings: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    header_rows: set[int] = field(default_factory=set)

    def column_style(self, column: int) -> int:
        """The format that an absent cell of the column has."""
        for first, last, style in self.column_styles:
            if first <= column <= last:
                return style
        return 0

    def is_hidden_column(self, column: int) -> bool:
        """Whether the column is hidden or of no width."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def clean(text: str) -> str:
    """Text as read aloud: one space for every run of blanks, line breaks and controls, soft hyphens gone, composed letters."""
    plain = " ".join(_CONTROLS.sub(" ", text.replace("\u00ad", "")).split())
    return plain if plain.isascii() else normalize("NFC", plain)


def shared_strings(source: IO[bytes], tally: Tally) -> list[str]:
    """The texts that cells refer to by number; phonetic hints left out."""
    texts: list[str] = []
    for element in stream(source, ("si",)):
        text = _rich_text(element)
        tally.add(0, len(text))
        texts.append(text)
        if len(texts) > tally.limits.cells:
            raise LimitError(tally.file, code="limit.cells", limit=tally.limits.cells)
    return texts


def read_grid(source: IO[bytes], styles: list[Style], strings: list[str], tally: Tally, from_1904: bool) -> Grid:
    """The sheet, in time and memory that follow what it says, not how much of it is formatted."""
    grid = Grid()
    reader = _Rows(grid, styles, strings, tally, from_1904)
    for element in stream(source, _TAGS):
        tag = local(element)
        if tag == "row":
            reader.take(element)
        else:
            _take_other(grid, tag, element)
    return grid


class _Rows:
    def __init__(self, grid: Grid, styles: list[Style], strings: list[str], tally: Tally, from_1904: bool) -> None:
        self.grid = grid
        self.styles = styles
        self.strings = strings
        self.tally = tally
        self.from_1904 = from_1904
        self.telling = [not s.locked or s.fill is not None or s.bordered or s.checkbox for s in styles]
        self.row = 0
        self.empty_rows = 0
        self.empty_cells = 0

    def take(self, element: etree._Element) -> None:
        number = element.get("r")
        self.row = int(number) if number and number.isdigit() else self.row + 1
        if not 0 < self.row <= _MOST_ROWS:
            return
        filled, empty, characters = self._cells(element)
        if element.get("hidden") in ("1", "true") and (filled or empty):
            self.grid.hidden_rows.add(self.row)
        style = element.get("s")
        if style and style.isdigit() and element.get("customFormat") in ("1", "true") and filled:
            self.grid.row_styles[self.row] = int(style)
        self.tally.add(len(filled), characters)
        if filled:
            self.empty_rows = 0
        elif empty:
            # Formatting goes on to the end of the sheet more often than a form does.
            self.empty_rows += 1
            if self.empty_rows > self.tally.limits.empty_rows:
                self.tally.cut = True
                return
        self.empty_cells += len(empty)
        if self.empty_cells > self.tally.limits.cells:
            self.tally.cut = True
            empty = {}
        if filled or empty:
            kept = self.grid.rows.setdefault(self.row, {})
            kept.update(empty)
            kept.update(filled)

    def _cells(self, element: etree._Element) -> tuple[dict[int, Raw], dict[int, Raw], int]:
        filled: dict[int, Raw] = {}
        empty: dict[int, Raw] = {}
        characters, column, known, telling = 0, 0, len(self.styles), self.telling
        for cell in element:
            reference = cell.get("r")
            column = (column_of(reference) or column + 1) if reference else column + 1
            style_text = cell.get("s")
            style = int(style_text) if style_text and style_text.isdigit() else 0
            if style >= known:
                style = 0
            if not len(cell):
                if telling[style] and len(empty) < _EMPTY_PER_ROW and column <= _MOST_COLUMNS:
                    empty[column] = Raw("", "", style, False)
                continue
            if column > _MOST_COLUMNS:
                continue
            raw = self._value(cell, style)
            if raw.text or raw.formula:
                filled[column] = raw
                characters += len(raw.text)
            elif telling[style]:
                empty[column] = raw
        return filled, empty, characters

    def _value(self, cell: etree._Element, style: int) -> Raw:
        kind, value, formula, stored = cell.get("t") or "n", "", False, False
        for child in cell:
            tag = local(child)
            if tag == "v":
                value, stored = child.text or "", bool(child.text) or kind == "str"
            elif tag == "f":
                formula = True
            elif tag == "is":
                kind, value = "inlineStr", _rich_text(child)
        if formula and not stored:
            return Raw("", "?", style, True)
        if kind == "s":
            place = int(value) if value.isdigit() else -1
            text = self.strings[place] if 0 <= place < len(self.strings) else ""
            return Raw(text, "t" if text else "", style, formula)
        if kind in ("str", "inlineStr", "d"):
            text = clean(value)
            return Raw(text, "t" if text else "", style, formula)
        if kind == "b":
            return Raw(self._truth(value, style), "b", style, formula)
        if kind == "e":
            return Raw(value, "e", style, formula)
        if not value.strip():
            return Raw("", "", style, formula)
        return Raw(number_text(value, self.styles[style].shows, self.from_1904), "n", style, formula)

    def _truth(self, value: str, style: int) -> str:
        true = value.strip() in ("1", "true")
        if self.styles[style].checkbox:
            return "☒" if true else "☐"
        return "TRUE" if true else "FALSE"


def _rich_text(element: etree._Element) -> str:
    parts: list[str] = []
    for child in element:
        tag = local(child)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(inner.text or "" for inner in children(child, "t"))
    return clean(_unescaped("".join(parts)))


def _unescaped(text: str) -> str:
    """Characters that XML has no place for are written as _x000D_ (ECMA-376 part 1, 22.4.2.4)."""
    if "_x" not in text:
        return text
    pieces = text.split("_x")
    out = [pieces[0]]
    for piece in pieces[1:]:
        digits = piece[:4]
        if len(piece) > 4 and piece[4] == "_" and all(digit in "0123456789abcdefABCDEF" for digit in digits):
            letter = chr(int(digits, 16))
            out.append(
                ("" if "\ud800" <= letter <= "\udfff" or (letter < " " and letter not in "\t\n\r") else letter) + piece[5:]
            )
        else:
            out.append("_x" + piece)
    return "".join(out)


def _take_other(grid: Grid, tag: str, element: etree._Element) -> None:
    if tag == "mergeCell":
        found = areas(element.get("ref") or "")
        if found and len(grid.merges) < _MOST_AREAS and found[0].cells() > 1:
            grid.merges.append(found[0])
    elif tag == "col":
        _take_columns(grid, element)
    elif tag == "sheetProtection":
        grid.protected = element.get("sheet") in ("1", "true", "on")
    elif tag == "protectedRange":
        grid.open_areas.extend(areas(element.get("sqref") or ""))
    elif tag == "dataValidation":
        rule = _rule(element)
        if rule is not None and len(grid.rules) < _MOST_AREAS:
            grid.rules.append(rule)
    elif tag in ("drawing", "legacyDrawing", "tablePart"):
        identity = attribute(element, "id")
        if identity:
            (grid.tables if tag == "tablePart" else grid.drawings).append(identity)
    elif tag == "headerFooter":
        grid.furniture.extend(text for child in element if (text := (child.text or "").strip()))
    elif tag == "pane":
        # The last row that stays in sight when the sheet is scrolled.
        frozen = element.get("state") in ("frozen", "frozenSplit")
        grid.header_rows.update((_number((element.get("ySplit") or "").partition(".")[0]),) if frozen else ())
    elif tag == "autoFilter":
        grid.header_rows.update(area.top for area in areas(element.get("ref") or ""))


def _take_columns(grid: Grid, element: etree._Element) -> None:
    first, last = _number(element.get("min")), min(_number(element.get("max")), _MOST_COLUMNS)
    if not 0 < first <= last or len(grid.column_styles) > _MOST_COLUMNS:
        return
    if element.get("hidden") in ("1", "true"):
        grid.hidden_columns.append((first, last))
    style = _number(element.get("style"))
    if style:
        grid.column_styles.append((first, last, style))


def _rule(element: etree._Element) -> Rule | None:
    """A validation in either form: the old one has its cells in an attribute, the newer one in an element."""
    formula, where = "", element.get("sqref") or ""
    for inner in element.iter():
        tag = local(inner)
        if tag == "formula1":
            formula = formula or inner.text or ""
            for deeper in inner:
                formula = deeper.text or formula
        elif tag == "sqref":
            where = inner.text or where
    found = areas(where)
    if not found:
        return None
    prompt = clean(element.get("prompt") or "")
    return Rule(element.get("type") or "none", formula.strip(), found, clean(element.get("promptTitle") or ""), prompt)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def cells_between(grid: Grid, area: Area) -> Iterator[tuple[int, int, Raw]]:
    """Cells of an area that the sheet has, row by row; the cost follows what is there, not how large the area is."""
    wanted = range(area.top, area.bottom + 1) if area.bottom - area.top < len(grid.rows) else sorted(grid.rows)
    for row in wanted:
        if area.top <= row <= area.bottom and (cells := grid.rows.get(row)):
            for column in sorted(cells):
                if area.left <= column <= area.right:
                    yield row, column, cells[column]
