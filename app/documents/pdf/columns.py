"""Prose set in two columns: a strip in the middle of the page that no line crosses, with full lines on both sides of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from app.documents.pdf.lines import PrintedLine
from app.documents.pdf.shapes import Run

_LEAST = 5


@dataclass(slots=True)
class Columns:
    """Prose set in columns, the runs of one column after those of the other."""

    columns: list[list[Run]]
    y0: float


def prose_columns(lines: list[PrintedLine], width: float) -> list[list[PrintedLine] | Columns]:
    """Lines from the top, with the stretches that are set in two columns taken out of them."""
    edge = _edge(lines, width)
    if edge is None:
        return [lines]
    result: list[list[PrintedLine] | Columns] = []
    stretch: list[PrintedLine] = []
    for line in lines:
        if any(run.x0 < edge - 4 and run.x1 > edge - 3 for run in line.runs):
            result += _read(stretch, edge)
            stretch = []
            if result and isinstance(result[-1], list):
                result[-1].append(line)
            else:
                result.append([line])
        else:
            stretch.append(line)
    result += _read(stretch, edge)
    joined: list[list[PrintedLine] | Columns] = []
    for part in result:
        last = joined[-1] if joined else None
        if isinstance(part, list) and isinstance(last, list):
            last.extend(part)
        else:
            joined.append(part)
    return joined


def _edge(lines: list[PrintedLine], width: float) -> float | None:
    """Where the right column begins: the commonest start of a run in the middle third of the page."""
    starts = Counter(round(run.x0) for line in lines for run in line.runs if 0.33 * width < run.x0 < 0.68 * width)
    if not starts:
        return None
    start, _ = max(starts.items(), key=lambda pair: pair[1] + starts.get(pair[0] + 1, 0) + starts.get(pair[0] - 1, 0))
    count = sum(starts.get(start + step, 0) for step in (-1, 0, 1))
    return start - 1.0 if count >= _LEAST else None


def _read(stretch: list[PrintedLine], edge: float) -> list[list[PrintedLine] | Columns]:
    if not stretch:
        return []
    runs = [run for line in stretch for run in line.runs]
    left = [run for run in runs if run.x0 < edge - 4]
    right = [run for run in runs if run.x0 >= edge - 4]
    if len(left) < _LEAST or len(right) < _LEAST or not (_is_full(left) and _is_full(right)):
        return [stretch]
    widths = [max(run.x1 for run in side) - min(run.x0 for run in side) for side in (left, right)]
    if min(widths) < 0.7 * max(widths):
        return [stretch]
    return [Columns([left, right], stretch[0].y0)]


def _is_full(side: list[Run]) -> bool:
    """Whether most lines run over the column's width, as prose does and answers do not."""
    width = max(run.x1 for run in side) - min(run.x0 for run in side)
    full = sum(1 for run in side if run.x1 - run.x0 > 0.72 * width)
    return full >= 0.45 * len(side)
