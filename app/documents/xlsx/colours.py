"""Which fill colours mean "fill in here": a legend says so, or the empty cells share a colour that labels lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from colorsys import rgb_to_hls
from typing import NamedTuple

from app.documents.xlsx.grid import Grid, Raw
from app.documents.xlsx.styles import Colour, Style

__all__ = ["Legend", "family", "fill_in_colours", "legend"]

_NAMES: dict[str, frozenset[str]] = {
    "gul": frozenset({"yellow"}),
    "yellow": frozenset({"yellow"}),
    "grön": frozenset({"green"}),
    "green": frozenset({"green"}),
    "blå": frozenset({"blue", "turquoise"}),
    "blue": frozenset({"blue", "turquoise"}),
    "turkos": frozenset({"turquoise", "blue"}),
    "orange": frozenset({"orange"}),
    "beige": frozenset({"orange", "yellow"}),
    "röd": frozenset({"red", "pink"}),
    "red": frozenset({"red", "pink"}),
    "rosa": frozenset({"pink", "red"}),
    "pink": frozenset({"pink", "red"}),
    "lila": frozenset({"purple"}),
    "purple": frozenset({"purple"}),
    "grå": frozenset({"grey"}),
    "grey": frozenset({"grey"}),
    "gray": frozenset({"grey"}),
    "vit": frozenset({"white"}),
    "white": frozenset({"white"}),
}
_COLOUR = (
    r"\b(?:ljus)?(gul|grön|blå|turkos|orange|beige|röd|rosa|lila|grå|vit)"
    r"(?:a|t|tt|e)?(?:-?(?:färga|markera|skugga|fyll)\w*|-?(?:fält|cell|rut)\w*)?\b"
    r"|\b(?:light )?(yellow|green|blue|red|pink|purple|grey|gray|white)(?:-?(?:shaded|coloured|colored|marked))?\b"
)
_WHERE = re.compile(
    r"(?:fält|cell|rut(?:a|or|an|orna)\b|kolumn|rader|ytor|bakgrund|markera|färga|\bfields?\b|\bbox(?:es)?\b|\bareas?\b|shaded)",
    re.I,
)
_FILL = re.compile(
    r"\b(?:fyll(?:a|as|s|er|es)?\b|ifyll\w*|ange[rs]?\b|angivas?\b|besvara\w*|skriv\w*|svar(?:s|a)?\b|priss\w*|lämnas?\b"
    r"|complet\w*|fill(?:ed)?\b|enter(?:ed)?\b|inputs?\b)",
    re.I,
)
_NOT = re.compile(r"\b(?:inte|ej|icke|låsta?|not|locked|beställaren|köparen|myndigheten|upphandlande|buyer|purchaser)\b", re.I)
_SWATCH = re.compile(
    r"[\s=:\-–]*(?:(?:fält|cell|ruta|celler|rutor)\w*\s+)?(?:som\s+)?(?:ska\s+)?"
    r"(?:fylls\s+i|ifylls|ifylles|att\s+fylla\s+i|fyllas\s+i|fyll\s+i|to\s+be\s+(?:completed|filled)|input)\b",
    re.I,
)
_COLOURS = re.compile(_COLOUR, re.I)
_SENTENCE = re.compile(r"[^.!?;\n]+")
_LONGEST_LEGEND = 2_000


class Legend(NamedTuple):
    """What a sheet says of its colours: families by name, and exact colours shown as a swatch."""

    families: frozenset[str]
    exact: frozenset[Colour]

    def says(self, fill: Colour | None) -> bool:
        """Whether a cell of this fill is to be filled in."""
        return fill in self.exact or family(fill) in self.families

    def __bool__(self) -> bool:
        return bool(self.families or self.exact)


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


def legend(grid: Grid, styles: list[Style]) -> Legend:
    """What the sheet's texts say of colours, such as "Gula celler fylls i av anbudsgivaren"."""
    families: set[str] = set()
    exact: set[Colour] = set()
    for cells in grid.rows.values():
        for column, raw in cells.items():
            if raw.kind == "t":
                families.update(_named(raw.text))
                if len(raw.text) < 80 and _SWATCH.match(raw.text):
                    swatch = _swatch(cells, column, raw, styles)
                    if swatch is not None:
                        exact.add(swatch)
    return Legend(frozenset(families), frozenset(exact))


def _named(text: str) -> Iterable[str]:
    if len(text) > _LONGEST_LEGEND or not _WHERE.search(text):
        return
    for sentence in _SENTENCE.findall(text):
        if _WHERE.search(sentence) and _FILL.search(sentence) and not _NOT.search(sentence):
            for match in _COLOURS.finditer(sentence):
                yield from _NAMES[(match[1] or match[2]).lower()]


def _swatch(cells: dict[int, Raw], column: int, raw: Raw, styles: list[Style]) -> Colour | None:
    """The colour that stands with the words: in the empty cell on the left, or behind the words themselves."""
    left = cells.get(column - 1)
    beside = styles[left.style].fill if left is not None and not left.text else None
    found = beside or styles[raw.style].fill
    return found if found is not None and family(found) not in ("white", "black") else None


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


def _is_light(fill: Colour | None) -> bool:
    if fill is None or family(fill) in ("white", "grey", "black"):
        return False
    return rgb_to_hls(*(part / 255 for part in fill))[1] >= 0.6 or fill == (255, 255, 0)
