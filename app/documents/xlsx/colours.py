"""Fill colours: their everyday names, and which of them empty cells share that labels lack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from colorsys import rgb_to_hls

from app.documents.xlsx.grid import Grid, Raw
from app.documents.xlsx.styles import Colour, Style

__all__ = ["family", "fill_in_colours", "waiting_colours"]


def family(fill: Colour | None) -> str:
    """The colour's everyday name; no fill is white."""
    if fill is None:
        return "white"
    hue, light, _ = rgb_to_hls(*(part / 255 for part in fill))
    if max(fill) - min(fill) < 14:
        return "white" if light > 0.97 else "grey" if light > 0.3 else "black"
    degrees = hue * 360
    for limit, name in (
        (15, "red"),
        (43, "orange"),
        (70, "yellow"),
        (165, "green"),
        (190, "turquoise"),
        (255, "blue"),
        (300, "purple"),
    ):
        if degrees < limit:
            return "pink" if name == "red" and light > 0.75 else name
    return "pink" if light > 0.6 else "red"


def fill_in_colours(grids: Iterable[Grid], styles: list[Style]) -> frozenset[Colour]:
    """Light colours that empty cells beside or below a text have, and texts seldom. For sheets without a legend."""
    empty: Counter[Colour] = Counter()
    labels: Counter[Colour] = Counter()
    light = [style.fill if _is_light(style.fill) else None for style in styles]
    for grid in grids:
        covered = _covered(grid)
        for row, cells in grid.rows.items():
            banded = _banded(cells, light)
            for column, raw in cells.items():
                fill = light[raw.style]
                if fill is None or raw.formula:
                    continue
                if raw.kind == "t":
                    labels[fill] += 1
                elif not raw.text and fill not in banded and (row, column) not in covered:
                    empty[fill] += 1
    return frozenset(fill for fill, count in empty.items() if count >= max(1, 3 * labels[fill]))


def _banded(cells: dict[int, Raw], light: list[Colour | None]) -> set[Colour]:
    """Colours that a text of the row has: the empty cells of that colour are the rest of a stripe."""
    return {fill for raw in cells.values() if raw.kind == "t" and (fill := light[raw.style]) is not None}


def _covered(grid: Grid) -> set[tuple[int, int]]:
    covered: set[tuple[int, int]] = set()
    for area in grid.merges:
        if area.cells() <= 4_000:
            covered.update(
                (row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)
            )
            covered.discard((area.top, area.left))
    return covered


def waiting_colours(grid: Grid, styles: list[Style]) -> frozenset[Colour]:
    """Colours of any kind that the sheet's empty cells have and that are not the rest of a stripe behind a text."""
    fills = [style.fill for style in styles]
    covered = _covered(grid)
    found: set[Colour] = set()
    for row, cells in grid.rows.items():
        banded = _banded(cells, fills)
        for column, raw in cells.items():
            fill = fills[raw.style]
            if fill is not None and not raw.text and not raw.formula and fill not in banded and (row, column) not in covered:
                found.add(fill)
    return frozenset(found)


def _is_light(fill: Colour | None) -> bool:
    if fill is None or family(fill) in ("white", "grey", "black"):
        return False
    return rgb_to_hls(*(part / 255 for part in fill))[1] >= 0.6 or fill == (255, 255, 0)
