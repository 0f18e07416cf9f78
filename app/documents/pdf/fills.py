"""Filled areas that part a drawn cell: the bar of a question and the coloured mark beside it, inside one frame."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.document import Box
from app.documents.pdf.grids import Grid, find_grids, merged
from app.documents.pdf.rows import MOST_BOXES, TALL, WHITE, is_inside
from app.documents.pdf.shapes import PageContent, Rule, Run

_NARROWEST, _LOWEST = 20.0, 9.0  # points: less is an ornament
_EDGE = 5.0  # points: an edge that is nearer to the cell's own is the same


def with_fills(page: PageContent, grids: list[Grid], across: list[Rule], down: list[Rule]) -> list[Grid]:
    """The grids with each cell parted where a filled area that holds text ends and no text runs across."""
    # The page's own ground and bars that reach out of every table part nothing.
    fills = [
        box
        for box, fill, _ in page.drawing.boxes[:MOST_BOXES]
        if fill is not None
        and min(fill) < WHITE
        and box.x1 - box.x0 >= _NARROWEST
        and box.y1 - box.y0 >= _LOWEST
        and any(is_inside(box, grid.box) for grid in grids)
    ]
    if not fills:
        return grids
    more_across: list[Rule] = []
    more_down: list[Rule] = []
    for grid in grids:
        inside = [box for box in fills if is_inside(box, grid.box)]
        if len(grid.cells) < 2 or not inside:
            continue
        for cell in grid.cells:
            box = cell.box
            own = [fill for fill in inside if is_inside(fill, box) and not is_inside(box, fill)]
            if not own or box.y1 - box.y0 > TALL * page.height:
                continue
            runs = [run for run in page.runs if _holds(box, run)]
            own = [fill for fill in own if any(_holds(fill, run) for run in runs)]
            more_across += [Rule(y, box.x0, box.x1) for y in _levels(own, box, runs)]
            more_down += [Rule(x, box.y0, box.y1) for x in _sides(own, box, runs)]
    if not more_across and not more_down:
        return grids
    return find_grids(merged([*across, *more_across]), merged([*down, *more_down]))


def _holds(box: Box, run: Run) -> bool:
    return box.x0 - 1 <= run.x0 <= box.x1 and box.y0 <= (run.y0 + run.y1) / 2 <= box.y1


def _levels(fills: list[Box], cell: Box, runs: Iterable[Run]) -> set[float]:
    """Heights inside the cell at which fills that together are as wide as it begin or end."""
    found: set[float] = set()
    for y in {value for fill in fills for value in (fill.y0, fill.y1)}:
        if not cell.y0 + _EDGE < y < cell.y1 - _EDGE or any(run.y0 + 1.5 < y < run.y1 - 1.5 for run in runs):
            continue
        at = [fill for fill in fills if min(abs(fill.y0 - y), abs(fill.y1 - y)) < 1]
        if min(fill.x0 for fill in at) < cell.x0 + _EDGE and max(fill.x1 for fill in at) > cell.x1 - _EDGE:
            found.add(y)
    return found


def _sides(fills: list[Box], cell: Box, runs: Iterable[Run]) -> set[float]:
    """Where fills inside the cell begin or end across it, and no line of its text runs on."""
    return {
        x
        for fill in fills
        for x in (fill.x0, fill.x1)
        if cell.x0 + _NARROWEST < x < cell.x1 - _NARROWEST and not any(run.x0 + 1 < x < run.x1 - 1 for run in runs)
    }
