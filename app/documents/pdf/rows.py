"""Drawn and seen tables as drafts of rows."""

from __future__ import annotations

from app.core.document import BlockKind, Box, Cell, Line, Place
from app.documents.pdf.blocks import Draft, paragraphs, usual_pitch
from app.documents.pdf.grids import Grid, GridCell
from app.documents.pdf.lines import PrintedLine, join_lines, printed_lines
from app.documents.pdf.shapes import PageContent, Run
from app.documents.pdf.slots import with_written_cells

WHITE = 250
TALL = 0.42
MOST_BOXES = 1_500


def _flows(cell: GridCell, page: PageContent) -> bool:
    """A cell as large as a page's body holds running text, not a value."""
    return cell.box.y1 - cell.box.y0 > TALL * page.height and cell.box.x1 - cell.box.x0 > 0.55 * page.width


def sorted_into(runs: list[Run], tables: list[Grid]) -> tuple[dict[int, dict[int, list[Run]]], list[Run]]:
    """Runs by table and cell, and those that no table holds."""
    inside: dict[int, dict[int, list[Run]]] = {}
    if not tables:
        return inside, runs
    outside: list[Run] = []
    for run in runs:
        x0, x1 = run.x0, run.x1
        x, y = (x0 + (x1 if x1 < x0 + 12 else x0 + 12)) / 2, (run.y0 + run.y1) / 2
        for grid in tables:
            cell = grid.cell_at(x, y)
            if cell is not None:
                inside.setdefault(id(grid), {}).setdefault(cell, []).append(run)
                break
        else:
            outside.append(run)
    return inside, outside


def table_rows(page: PageContent, grid: Grid, inside: dict[int, list[Run]], table: int) -> list[Draft]:
    """A table's rows; a cell that flows gives paragraphs instead."""
    rows: dict[int, list[tuple[int, GridCell]]] = {}
    for index, cell in enumerate(grid.cells):
        rows.setdefault(cell.row, []).append((index, cell))
    result: list[Draft] = []
    number = 0
    fills = [
        box
        for box, fill, _ in page.drawing.boxes[:MOST_BOXES]
        if fill is not None and min(fill) < WHITE and is_inside(box, grid.box)
    ]
    level = {value: round(value, 1) for value in (*grid.xs, *grid.ys)}
    for row in sorted(rows):
        cells: list[Cell] = []
        texts: list[str] = []
        places: list[Line] = []
        all_lines: list[PrintedLine] = []
        boxes: list[Box] = []
        offset = 0
        for index, cell in rows[row]:
            lines = printed_lines(page.number, inside[index]) if index in inside else []
            if _flows(cell, page):
                if lines:
                    right = max(line.x1 for line in lines)
                    result.extend(paragraphs(lines, usual_pitch(lines), right))
                continue
            if cell.box.x1 - cell.box.x0 < 5 and not lines:
                continue
            text, starts = join_lines(lines)
            texts.append(text)
            places.extend([Line(start + offset, number_of_page, where) for start, number_of_page, where in starts])
            offset += len(text) + 1
            all_lines.extend(lines)
            x0, y0, x1, y1 = cell.box
            box = Box(level[x0], level[y0], level[x1], level[y1])
            cells.append(Cell(text, cell.column, cell.column_span, cell.row_span, Place(page.number, box)))
            boxes.append(box)
        if not cells:
            continue
        box = Box(min([b.x0 for b in boxes]), min([b.y0 for b in boxes]), max([b.x1 for b in boxes]), max([b.y1 for b in boxes]))
        draft = Draft(BlockKind.TABLE_ROW, "\t".join(texts), page.number, box, tuple(places))
        draft.cells = cells
        draft.table, draft.row = table, number
        draft.cells = with_written_cells(draft.cells, all_lines, page.number)
        if fills:
            draft.shaded = all(_shaded(one, fills) for one in boxes)
        if all_lines:
            draft.size = all_lines[0].size
            draft.bold = all(line.bold for line in all_lines)
        result.append(draft)
        number += 1
    return result


def _shaded(box: Box, fills: list[Box]) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return any(fill.x0 <= x <= fill.x1 and fill.y0 <= y <= fill.y1 for fill in fills)


def rounded(box: Box) -> Box:
    """The box in tenths of a point."""
    return Box(*(round(value, 1) for value in box))


def is_inside(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another one, give or take the width of a line."""
    return inner.x0 >= outer.x0 - 3 and inner.x1 <= outer.x1 + 3 and inner.y0 >= outer.y0 - 3 and inner.y1 <= outer.y1 + 3
