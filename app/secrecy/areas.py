"""Marks without a quote of running text, found again: ranges of cells, boxes on a page, whole pages."""

from __future__ import annotations

from collections import Counter, defaultdict

from app.core.claims import Anchor, AnchorState
from app.core.document import Place
from app.secrecy.flow import Flow
from app.secrecy.folding import fold_text
from app.secrecy.found import LOST, Found, FoundPlace
from app.secrecy.grids import Area, Grid
from app.secrecy.likeness import alike, positions

__all__ = ["find_area", "find_page"]

_ENOUGH = 0.5
"""Share of a range's cells that must still be there."""


def find_area(flow: Flow, grid: Grid, anchor: Anchor, area: Area, unchanged: bool) -> Found:
    """A range of cells follows its content when rows, columns or sheets are put in before it or inside it."""
    sheet = anchor.sheet or ""
    if unchanged or anchor.quote is None:
        if sheet not in flow.document.sheets:
            return LOST
        state = AnchorState.FOUND if unchanged else AnchorState.CHANGED
        return _found(grid, sheet, area, state, 1.0 if unchanged else 0.5)
    wanted = {
        (row, column): folded
        for row, line in enumerate(anchor.quote.split("\n"))
        for column, text in enumerate(line.split("\t"))
        if (folded := fold_text(text))
    }
    if not wanted:
        return LOST
    best: tuple[float, str, Area] | None = None
    for name, moved, share in _moved(grid, wanted, area):
        near = 0.1 * (name == sheet) + 0.1 / (1 + abs(moved.top - area.top) + abs(moved.left - area.left))
        if best is None or share + near > best[0]:
            best = share + near, name, moved
    same_place = sum(1 for (row, column), text in wanted.items() if _at(grid, sheet, area.top + row, area.left + column) == text)
    if best is None:
        # Every value is another one: the rows and columns around it say whether the place is still the same.
        if sheet in flow.document.sheets and _surrounded(flow, grid, anchor, sheet, area):
            return _found(grid, sheet, area, AnchorState.CHANGED, 0.4)
        return LOST
    if same_place == len(wanted):
        return _found(grid, sheet, area, AnchorState.FOUND, 1.0)
    score, name, moved = best
    whole = _folded(grid, name, moved) == wanted
    state = AnchorState.MOVED if whole else AnchorState.CHANGED
    return _found(grid, name, moved, state, min(1.0, score))


def _moved(grid: Grid, wanted: dict[tuple[int, int], str], area: Area) -> list[tuple[str, Area, float]]:
    """Where enough of the values stand now: sheet, range, share of the values found."""
    by_text: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, text in wanted.items():
        by_text[text].append(place)
    votes: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    seen: dict[tuple[str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for sheet, row, column, text in grid.filled():
        for at_row, at_column in by_text.get(fold_text(text), ()):
            across, down = column - area.left - at_column, row - area.top - at_row
            votes[sheet, across][down] += 1
            seen[sheet, across, down].append((at_row, at_column))
    found: list[tuple[str, Area, float]] = []
    for (sheet, across), downs in votes.items():
        down, count = max(downs.items(), key=lambda vote: (vote[1], -abs(vote[0])))
        share = count / len(wanted)
        if share >= _ENOUGH:
            found.append((sheet, area.moved(down, across), share))
        # Rows put in or taken out inside the range: its upper and its lower part moved differently far.
        parts: list[int] = []
        covered: set[tuple[int, int]] = set()
        for each, votes_for in sorted(downs.items(), key=lambda vote: (-vote[1], abs(vote[0]))):
            places = set(seen[sheet, across, each])
            if (votes_for >= 2 or votes_for * 3 >= len(wanted)) and not places <= covered:  # else the same value by chance
                parts.append(each)
                covered |= places
        if len(parts) > 1 and len(covered) / len(wanted) >= max(0.75, share + 0.2):
            moved = Area(area.top + min(parts), area.left + across, area.bottom + max(parts), area.right + across)
            found.append((sheet, moved, len(covered) / len(wanted) * 0.9))
    return [each for each in found if each[1].top > 0 and each[1].left > 0]


def _surrounded(flow: Flow, grid: Grid, anchor: Anchor, sheet: str, area: Area) -> bool:
    spans = grid.spans(sheet, area)
    if not spans:
        return False
    label = fold_text((anchor.prefix or "").rpartition("\n")[2])
    row = fold_text(flow.document.blocks[spans[0].block].text[: spans[0].start])
    heading = flow.heading(spans[0].block, spans[0].start)
    alike_heading = anchor.heading is None or alike(anchor.heading.casefold(), (heading or "").casefold()) >= 0.8
    return alike_heading and (not label or row.endswith(label) or label.endswith(row))


def _at(grid: Grid, sheet: str, row: int, column: int) -> str:
    return fold_text(grid.text(sheet, row, column))


def _folded(grid: Grid, sheet: str, area: Area) -> dict[tuple[int, int], str]:
    return {
        (row - area.top, column - area.left): text
        for row, column in area.cells()
        if (text := fold_text(grid.text(sheet, row, column)))
    }


def _found(grid: Grid, sheet: str, area: Area, state: AnchorState, score: float) -> Found:
    places = tuple(Place(sheet=sheet, cell=name) for name in [area.name])
    return Found(state, (FoundPlace(grid.spans(sheet, area), places, sheet, area.name),), score, grid.quote(sheet, area))


def find_page(flow: Flow, anchor: Anchor, unchanged: bool) -> Found:
    """A page is known again by its first and last words. One without words (a scan) is only sure in an unchanged file."""
    page = anchor.page
    pages = flow.document.pages or 0
    if page is None:
        return LOST
    before, after = fold_text(anchor.prefix or ""), fold_text(anchor.suffix or "")
    if unchanged or not (before or after):
        if not 1 <= page <= pages:
            return LOST
        return _page(flow, anchor, page, AnchorState.FOUND if unchanged else AnchorState.CHANGED, 1.0 if unchanged else 0.5)
    fits = sorted(
        ((_fit(flow, number, before, after), -abs(number - page), number) for number in range(1, pages + 1)), reverse=True
    )
    if not fits or fits[0][0] < 0.45:
        return LOST
    score, _, number = fits[0]
    if score < 0.999:
        return _page(flow, anchor, number, AnchorState.CHANGED, score)
    return _page(flow, anchor, number, AnchorState.FOUND if number == page else AnchorState.MOVED, score)


def _fit(flow: Flow, page: int, before: str, after: str) -> float:
    stretch = flow.page_stretch(page)
    if stretch is None:
        return 0.0
    text = flow.text[stretch[0] : stretch[1]]
    starts = 1.0 if text.startswith(before) else 0.8 if next(positions(text, before, 1), None) is not None else 0.0
    ends = 1.0 if text.endswith(after) else 0.8 if next(positions(text, after, 1), None) is not None else 0.0
    starts = max(starts, alike(before, text[: len(before)]) - 0.2)
    ends = max(ends, alike(after, text[-len(after) :]) - 0.2) if after else starts
    return (starts + ends) / 2


def _page(flow: Flow, anchor: Anchor, page: int, state: AnchorState, score: float) -> Found:
    stretch = flow.page_stretch(page)
    spans = flow.spans(*stretch) if stretch is not None and anchor.box is None else ()
    places = (Place(page=page, box=anchor.box),)
    return Found(state, (FoundPlace(spans, places),), score, flow.written(spans))
