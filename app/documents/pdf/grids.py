"""Rules and boxes as grids of cells: what is drawn as a table is a table.

A grid of one cell is a box around text (a region), not a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from app.core.document import Box
from app.documents.pdf.shapes import Drawing, Rule

_NEAR = 2.5
_MOST_RULES = 6_000
_MOST_CELLS = 40_000


@dataclass(slots=True)
class GridCell:
    """A cell of a drawn grid: its box, and the grid rows and columns that it covers."""

    box: Box
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class Grid:
    """A drawn table: coordinates of its columns and rows, and its cells in reading order."""

    box: Box
    xs: list[float]
    ys: list[float]
    cells: list[GridCell] = field(default_factory=list)
    _owner: dict[tuple[int, int], int] = field(default_factory=dict)

    def cell_at(self, x: float, y: float) -> int | None:
        """Index of the cell around a point; None outside the grid."""
        box = self.box
        if not (box.x0 - 1 <= x <= box.x1 + 1 and box.y0 - 1 <= y <= box.y1 + 1):
            return None
        if not self._owner:
            for index, cell in enumerate(self.cells):
                for row in range(cell.row, cell.row + cell.row_span):
                    for column in range(cell.column, cell.column + cell.column_span):
                        self._owner[row, column] = index
        # Between the first and the last level, both left out: what lies just outside belongs to the cells at the edge.
        row = bisect_right(self.ys, y, 1, len(self.ys) - 1) - 1
        column = bisect_right(self.xs, x, 1, len(self.xs) - 1) - 1
        return self._owner.get((row, column))


def merged(rules: list[Rule]) -> list[Rule]:
    """Rules with pieces that touch or overlap on one line joined into one."""
    result: list[Rule] = []
    open_rules: list[list[float]] = []
    last = -1e9
    for at, start, end in sorted(rules):
        if at - last > 1.2:
            result.extend(Rule(*rule) for rule in open_rules)
            open_rules = []
        last = at
        for rule in open_rules:
            if start <= rule[2] + _NEAR and end >= rule[1] - _NEAR:
                rule[1], rule[2] = min(rule[1], start), max(rule[2], end)
                break
        else:
            open_rules.append([at, start, end])
    result.extend(Rule(*rule) for rule in open_rules)
    return result


def uprights(drawing: Drawing) -> list[Rule]:
    """Rules down the page, the sides of drawn boxes among them: what text does not run across."""
    sides = list(drawing.down)
    for box, _, outlined in drawing.boxes:
        if outlined and box.y1 - box.y0 > 6:
            sides += (Rule(box.x0, box.y0, box.y1), Rule(box.x1, box.y0, box.y1))
    return sides if len(sides) <= _MOST_RULES else []


def with_boxes(drawing: Drawing) -> tuple[list[Rule], list[Rule]]:
    """The page's rules across and down, those of outlined boxes among them."""
    across, down = list(drawing.across), list(drawing.down)
    for box, _, outlined in drawing.boxes:
        if outlined:
            across += (Rule(box.y0, box.x0, box.x1), Rule(box.y1, box.x0, box.x1))
            down += (Rule(box.x0, box.y0, box.y1), Rule(box.x1, box.y0, box.y1))
    if len(across) + len(down) > _MOST_RULES:
        return [], []
    return merged(across), merged(down)


def find_grids(across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The grids that rules form where they meet, from the top."""
    if len(across) < 2 or len(down) < 2:
        return []
    parent = list(range(len(across) + len(down)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    by_height = sorted(range(len(across)), key=lambda index: across[index].at)
    heights = [across[index].at for index in by_height]
    for number, (x, top, bottom) in enumerate(down):
        low, high = bisect_left(heights, top - _NEAR), bisect_right(heights, bottom + _NEAR)
        for index in by_height[low:high]:
            rule = across[index]
            if rule.start - _NEAR <= x <= rule.end + _NEAR:
                parent[root(index)] = root(len(across) + number)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate(across):
        groups.setdefault(root(index), ([], []))[0].append(rule)
    for index, rule in enumerate(down):
        groups.setdefault(root(len(across) + index), ([], []))[1].append(rule)
    grids = [_grid(*group) for group in groups.values() if len(group[0]) >= 2 and len(group[1]) >= 2]
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: (grid.box.y0, grid.box.x0))


def _levels(values: list[float]) -> list[float]:
    """Coordinates without near doubles."""
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return levels


def _covered(rules: list[Rule], at: float, start: float, end: float) -> bool:
    middle = (start + end) / 2
    return any(abs(rule.at - at) <= _NEAR and rule.start - _NEAR <= middle <= rule.end + _NEAR for rule in rules)


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    ys, xs = _levels([rule.at for rule in across]), _levels([rule.at for rule in down])
    if len(ys) < 2 or len(xs) < 2:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows * columns > _MOST_CELLS:
        return None
    right_of = _borders(down, xs, ys)
    below = _borders(across, ys, xs)
    grid = Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys)
    taken = [[False] * columns for _ in range(rows)]
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            width = 1
            while column + width < columns and not right_of[column + width][row] and not taken[row][column + width]:
                width += 1
            height = 1
            while (
                row + height < rows
                and not any(below[row + height][column : column + width])
                and not any(taken[row + height][column : column + width])
                and not any(right_of[column + step][row + height] for step in range(1, width))
            ):
                height += 1
            for step in range(height):
                for across_step in range(width):
                    taken[row + step][column + across_step] = True
            box = Box(xs[column], ys[row], xs[column + width], ys[row + height])
            grid.cells.append(GridCell(box, row, column, height, width))
    return grid


def _borders(rules: list[Rule], levels: list[float], steps: list[float]) -> list[list[bool]]:
    """For each level and each step between the other levels: whether a rule runs there."""
    result = [[False] * (len(steps) - 1) for _ in levels]
    for at, start, end in rules:
        index = bisect_left(levels, at - _NEAR)
        if index == len(levels) or abs(levels[index] - at) > _NEAR + 0.1:
            continue
        row = result[index]
        for step in range(max(0, bisect_left(steps, start - _NEAR) - 1), len(row)):
            if steps[step] > end:
                break
            middle = (steps[step] + steps[step + 1]) / 2
            if start - _NEAR <= middle <= end + _NEAR:
                row[step] = True
    return result
