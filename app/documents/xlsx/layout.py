"""A sheet's cells as blocks: one per row, areas numbered as tables, header rows and headings told by how they look."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from app.core.document import Block, BlockKind, Cell, Flag, Line, Place, Slot
from app.documents.xlsx.grid import Grid, Raw, clean
from app.documents.xlsx.references import Area, cell_of
from app.documents.xlsx.slots import Places
from app.documents.xlsx.styles import PLAIN, Style

__all__ = ["Extra", "SheetLayout"]

_LINE = (Line(0),)
_CODE = re.compile(r"[A-ZÅÄÖ]{1,5}(?:\.?\d+)*(?:\.\d+)*\.?|\d+(?:\.(?:\d+|[A-Z]))*\.?")
_HEADING_LONGEST = 120
_HEADER_LONGEST = 90
_HEADER_LEVELS = 3
# An area is given with all its columns unless it is so sparse that the empty cells would drown the rest.
_SPARSE = 200_000


class Extra(NamedTuple):
    """A block that stands over the cells: a text box, a note, a control. It comes before the first row below it."""

    row: int
    block: Block


class _Row(NamedTuple):
    number: int
    cells: dict[int, Raw]
    bottom: int


class SheetLayout:
    """Turns one sheet into blocks."""

    def __init__(
        self, name: str, hidden: bool, grid: Grid, styles: list[Style], places: Places, known_headers: frozenset[int]
    ) -> None:
        self.name = name
        self.grid = grid
        self.styles = styles
        self.places = places
        self.known_headers = known_headers
        self.hidden: frozenset[Flag] = frozenset({Flag.HIDDEN}) if hidden else frozenset()
        self.anchors = {(area.top, area.left): area for area in grid.merges}
        self.covered = _covered_columns(grid)

    def blocks(self, first_table: int, extras: list[Extra], controls: dict[tuple[int, int], list[Slot]]) -> list[Block]:
        """All blocks of the sheet: its name as a heading, then rows with what stands over them."""
        heading = Place(sheet=self.name)
        found = [Block(BlockKind.HEADING, clean(self.name), heading, level=1, flags=self.hidden)]
        waiting = sorted(extras, key=lambda extra: extra.row)
        position, table = 0, first_table
        for area in self._areas():
            made = 0
            for row, block in self._area_blocks(area, table, controls):
                while position < len(waiting) and waiting[position].row <= row:
                    found.append(self._flagged(waiting[position].block))
                    position += 1
                found.append(block)
                made += block.kind is BlockKind.TABLE_ROW
            table += made > 0
        found.extend(self._flagged(extra.block) for extra in waiting[position:])
        return found

    def _flagged(self, block: Block) -> Block:
        return replace(block, flags=block.flags | self.hidden) if self.hidden else block

    def _areas(self) -> Iterator[list[_Row]]:
        """Rows that follow each other without a gap. A row of empty cells belongs to the rows above it, or to nothing."""
        rows: list[_Row] = []
        end = 0
        for number in sorted(self.grid.rows):
            cells = {column: raw for column, raw in self.grid.rows[number].items() if not self._is_covered(number, column)}
            filled = any(raw.text for raw in cells.values())
            if not filled and not any(self._counts(number, column, raw) for column, raw in cells.items()):
                continue
            bottom = max(
                (self.anchors[number, column].bottom for column in cells if (number, column) in self.anchors), default=number
            )
            if rows and number > end + 1:
                yield rows
                rows = []
            if filled or rows:
                # A merged title that reaches over everything below must not glue all of it together.
                rows.append(_Row(number, cells, bottom))
                end = max(end if len(rows) > 1 else 0, min(bottom, number + 200))
        if rows:
            yield rows

    def _counts(self, row: int, column: int, raw: Raw) -> bool:
        style = self.styles[raw.style]
        return style.bordered or (
            (style.fill is not None or (row, column) in self.anchors) and self.places.slot(row, column, raw, False) is not None
        )

    def _area_blocks(
        self, rows: list[_Row], table: int, controls: dict[tuple[int, int], list[Slot]]
    ) -> Iterator[tuple[int, Block]]:
        headers = self._headers(rows)
        while len(rows) > 1 and not any(self._shows(row) for row in rows[-1:]):
            rows.pop()
        columns = self._columns(rows)
        dense = len(rows) * len(columns) <= _SPARSE
        made = 0
        for row in rows:
            is_header = row.number in headers
            cells = self._cells(row, columns if dense else sorted(row.cells), is_header, controls)
            block = self._row_block(row, cells, is_header, table, made, columns)
            if block is None:
                continue
            made += block.kind is BlockKind.TABLE_ROW
            yield row.number, block

    def _shows(self, row: _Row) -> bool:
        return any(raw.text or self._counts(row.number, column, raw) for column, raw in row.cells.items())

    def _columns(self, rows: list[_Row]) -> list[int]:
        """Columns of the area that hold something, and the places to fill in right of them that have no look of their own."""
        used: set[int] = set()
        for row in rows:
            for column, raw in row.cells.items():
                if raw.text or raw.formula or self._counts(row.number, column, raw):
                    used.add(column)
        for row in rows:
            used.update(self._beside(row))
        return sorted(used)

    def _beside(self, row: _Row) -> Iterator[int]:
        """The unmarked place right after the row's last text, open to the user, and cells that a validation governs."""
        texts = [column for column, raw in row.cells.items() if raw.text]
        if not texts:
            return
        last = max(texts)
        span = self.anchors.get((row.number, last))
        after = (span.right if span else last) + 1
        if self.places.protected and self.places.slot(row.number, after, self._raw(row, after), False):
            yield after
        for area, _ in self.places.rules_at(row.number):
            if area.right - area.left < 50:
                yield from (column for column in range(area.left, area.right + 1) if not self._is_covered(row.number, column))

    def _raw(self, row: _Row, column: int) -> Raw:
        """The cell, or what an absent cell would be: empty, in its row's or column's format."""
        raw = row.cells.get(column)
        if raw is not None:
            return raw
        style = self.grid.row_styles.get(row.number) or self.grid.column_style(column)
        return Raw("", "", style if style < len(self.styles) else 0, False)

    def _cells(
        self, row: _Row, columns: list[int], header: bool, controls: dict[tuple[int, int], list[Slot]]
    ) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        row_text = any(raw.text for raw in row.cells.values())
        for column in columns:
            if self._is_covered(row.number, column):
                continue
            raw = self._raw(row, column)
            area = self.anchors.get((row.number, column))
            slot = self.places.slot(row.number, column, raw, header) if row_text or column in row.cells else None
            slots = (*((slot,) if slot else ()), *controls.pop((row.number, column), ()))
            cells.append(
                Cell(
                    raw.text,
                    column - 1,
                    min(area.right - area.left + 1, 16_384) if area else 1,
                    area.bottom - area.top + 1 if area else 1,
                    Place(sheet=self.name, cell=cell_of(row.number, column)),
                    slots,
                    self._cell_flags(row.number, column, raw),
                )
            )
        return tuple(cells)

    def _cell_flags(self, row: int, column: int, raw: Raw) -> frozenset[Flag]:
        style = self.styles[raw.style]
        flags: set[Flag] = set()
        if style.bold and raw.text:
            flags.add(Flag.BOLD)
        if self.places.unlocked(row, column, style) and not raw.formula:
            flags.add(Flag.UNLOCKED)
        if raw.formula:
            flags.add(Flag.COMPUTED)
        elif (style.fill is not None or not raw.text) and self.places.fill_in(style, raw):
            flags.add(Flag.FILL_IN)
        if self.grid.hidden_columns and self.grid.is_hidden_column(column):
            flags.add(Flag.HIDDEN)
        return frozenset(flags)

    def _row_block(
        self, row: _Row, cells: tuple[Cell, ...], header: bool, table: int, index: int, columns: list[int]
    ) -> Block | None:
        if not cells:
            return None
        filled = [cell for cell in cells if cell.text]
        flags = set(self.hidden)
        if row.number in self.grid.hidden_rows or (filled and all(Flag.HIDDEN in cell.flags for cell in filled)):
            flags.add(Flag.HIDDEN)
        if filled and all(Flag.BOLD in cell.flags for cell in filled):
            flags.add(Flag.BOLD)
        size = max((self.styles[row.cells[cell.column + 1].style].size or 0 for cell in filled), default=0) or None
        coded = self._code_heading(row) if len(filled) == 2 and not any(cell.slots for cell in cells) else None
        if coded is not None:
            code, title = coded[0].text.rstrip("."), coded[1].text
            place = Place(sheet=self.name, cell=filled[1].place.cell)
            level = min(9, 2 + code.count("."))
            return Block(BlockKind.HEADING, title, place, _LINE, level=level, number=code, flags=frozenset(flags), font_size=size)
        if len(filled) == 1 and not any(cell.slots for cell in cells):
            alone = self._alone(row, filled[0], cells, columns)
            if alone is not None:
                return Block(
                    alone,
                    filled[0].text,
                    Place(sheet=self.name, cell=filled[0].place.cell),
                    _LINE,
                    level=2 if alone is BlockKind.HEADING else None,
                    flags=frozenset(flags),
                    table=table if index else None,
                    font_size=size,
                )
        if header:
            flags.add(Flag.HEADER_ROW)
        first = filled[0] if filled else cells[0]
        return Block(
            BlockKind.TABLE_ROW,
            "\t".join(cell.text for cell in cells),
            Place(sheet=self.name, cell=first.place.cell),
            _LINE if filled else (),
            cells=cells,
            flags=frozenset(flags),
            table=table,
            row=index,
            font_size=size,
        )

    def _alone(self, row: _Row, cell: Cell, cells: tuple[Cell, ...], columns: list[int]) -> BlockKind | None:
        """What a row with a single text is: a heading, a paragraph, or a row whose other cells wait to be filled in."""
        style = self.styles[row.cells[cell.column + 1].style]
        across = cell.column + cell.column_span >= columns[-1] and cell.column + 1 <= columns[0]
        others = [
            other
            for other in cells
            if other is not cell
            and (other.column + 1 in row.cells and self.styles[row.cells[other.column + 1].style].bordered)
            and self.styles[row.cells[other.column + 1].style].fill in (None, (255, 255, 255))
        ]
        short = len(cell.text) <= _HEADING_LONGEST and not cell.text.endswith((".", ":", "?", "…"))
        stands_out = (
            style.bold
            or (style.size or 0) >= 13
            or (style.fill is not None and across and cell.column_span > 1 and self._inside(row))
        )
        if stands_out and short and not others and not _is_number(cell.text):
            return BlockKind.HEADING
        # With nothing drawn around them and nothing on their right, the columns on its left are only an indent.
        last = cell.column + cell.column_span >= columns[-1]
        if across or (not others and (last or len(cell.text) > 150)):
            return BlockKind.PARAGRAPH
        return None

    def _inside(self, row: _Row) -> bool:
        """Whether rows stand directly above and below: a stripe of colour there parts a table, elsewhere it decorates."""
        return row.number - 1 in self.grid.rows and row.number + 1 in self.grid.rows

    def _headers(self, rows: list[_Row]) -> set[int]:
        """Rows that name the columns below them: known from the file, or because they look like it."""
        found = {
            row.number
            for row in rows
            if row.number in self.known_headers and sum(1 for raw in row.cells.values() if raw.text) > 1
        }
        level = 0
        for place, row in enumerate(rows[:-1]):
            follows = place == 0 or 0 < level < _HEADER_LEVELS
            if row.number in found or (self._could_name(row) and self._stands_over(rows, place, follows)):
                found.add(row.number)
                level += 1
            else:
                level = 0
        # A row of group names stands directly on a header row.
        for place in range(len(rows) - 2, -1, -1):
            row, below = rows[place], rows[place + 1]
            texts = {column: raw for column, raw in row.cells.items() if raw.text}
            groups = any((row.number, column) in self.anchors and self._group(row.number, column, below) for column in texts)
            if below.number in found and groups and all(raw.kind == "t" for raw in texts.values()):
                found.add(row.number)
        return found

    def _could_name(self, row: _Row) -> bool:
        """Whether the row has at least two short texts and nothing else: no number, no place to fill in."""
        filled = {column: raw for column, raw in row.cells.items() if raw.text}
        if len(filled) < 2 or any(raw.kind != "t" or raw.formula or len(raw.text) > _HEADER_LONGEST for raw in filled.values()):
            return False
        if self._code_heading(row) or self._has_open_cell(row):
            return False
        # Labels with a place to fill in after each ("Namn:", empty, "Telefon:", empty) are no column names.
        columns = sorted(filled)
        ends = [area.right if (area := self.anchors.get((row.number, column))) else column for column in columns]
        apart = any(start > end + 1 for end, start in zip(ends, columns[1:], strict=False))
        return not (apart and any(raw.text.endswith(":") for raw in filled.values()))

    def _stands_over(self, rows: list[_Row], place: int, follows: bool) -> bool:
        """Whether the row differs from the one below as a header does: in look, or in having texts where that one has none."""
        row, below = rows[place], rows[place + 1]
        filled = {column: raw for column, raw in row.cells.items() if raw.text}
        looks = {self._look(raw) for raw in filled.values()}
        marked = all(self.styles[raw.style].bold or self.styles[raw.style].fill is not None for raw in filled.values())
        first = min(filled)
        other = below.cells.get(first)
        differs = not any(self._look(raw) in looks for raw in below.cells.values() if raw.text)
        if marked and (differs or (other is not None and self._look(other) != self._look(filled[first]))):
            above = rows[place - 1] if place and not follows else None
            texts = {column: raw for column, raw in above.cells.items() if raw.text} if above else {}
            # The row above looks the same and is filled the same: both are rows of one list.
            return texts.keys() != filled.keys() or {self._look(raw) for raw in texts.values()} != looks
        others = [self._raw(below, column) for column in sorted(filled)[1:]]
        waiting = any(not raw.text or raw.kind == "n" for raw in others)
        return follows and waiting and bool(below.cells.keys() & filled.keys())

    def _code_heading(self, row: _Row) -> tuple[Raw, Raw] | None:
        """A code and a title alone in a row, both in bold: a heading of a bill of quantities or a numbered list of demands."""
        filled = [(column, raw) for column, raw in sorted(row.cells.items()) if raw.text]
        if len(filled) != 2 or self._has_open_cell(row):
            return None
        (_, code), (_, title) = filled
        bold = self.styles[code.style].bold and self.styles[title.style].bold
        return (code, title) if bold and title.kind == "t" and _CODE.fullmatch(code.text) else None

    def _group(self, row: int, column: int, below: _Row) -> bool:
        """Whether a merged cell spans two or more of the names below it, but not all of them: else it is a title."""
        area: Area = self.anchors[row, column]
        names = [other for other, raw in below.cells.items() if raw.text]
        inside = [other for other in names if area.left <= other <= area.right]
        return 2 <= len(inside) < len(names) and area.bottom == row

    def _has_open_cell(self, row: _Row) -> bool:
        return any(
            not raw.text and self._counts(row.number, column, raw) and self.places.slot(row.number, column, raw, False)
            for column, raw in row.cells.items()
        )

    def _look(self, raw: Raw) -> tuple[bool, object]:
        style = self.styles[raw.style] if raw.style < len(self.styles) else PLAIN
        return style.bold, style.fill

    def _is_covered(self, row: int, column: int) -> bool:
        spans = self.covered.get(row)
        return spans is not None and any(left <= column <= right and (row, column) not in self.anchors for left, right in spans)


def _covered_columns(grid: Grid) -> dict[int, list[tuple[int, int]]]:
    """Per row that exists, the stretches of columns that merged cells take."""
    numbers = sorted(grid.rows)
    covered: dict[int, list[tuple[int, int]]] = {}
    for area in grid.merges:
        for number in numbers[bisect_left(numbers, area.top) : bisect_right(numbers, area.bottom)]:
            covered.setdefault(number, []).append((area.left, area.right))
    return covered


def _is_number(text: str) -> bool:
    return text.replace(" ", "").replace(",", "").replace(".", "").replace("-", "").replace("%", "").isdigit()
