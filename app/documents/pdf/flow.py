"""Text without drawn cells: columns of prose, tables that only blanks or rules across hold together, and plain text.

The means is the gutter: a strip that no text crosses over several lines. What keeps its gutters over two lines is a table.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from app.core.document import Box
from app.documents.pdf.blocks import BULLETS
from app.documents.pdf.columns import Columns, prose_columns
from app.documents.pdf.grids import Grid, GridCell
from app.documents.pdf.lines import PrintedLine, joined
from app.documents.pdf.shapes import Rule, Run

_GAP = 1.4
_LONGEST = 300
_MARK = re.compile(
    rf"(?:[{BULLETS}\-o*]|\d{{1,3}}(?:\.\d{{1,3}})*[.)]?|\(?[a-zåäöA-ZÅÄÖ][.)]|\(?[ivx]{{1,5}}[.)]|\(\w{{1,3}}\)|[A-ZÅÄÖ]{{2,3}}(?:\.\d{{1,5}})?"
    r"|[A-ZÅÄÖ]\.?\d{1,3}(?:\.\d{1,3})*[.)]?|§\s?\d+|\d+\s?§|(?:Steg|Bilaga|Appendix|Section|Kapitel)\s\w{1,3})$"
)

Strip = tuple[float, float]


class Segment:
    """Runs of a line that no wide gap parts."""

    __slots__ = ("runs", "x0", "x1")

    def __init__(self, run: Run) -> None:
        self.runs = [run]
        self.x0 = run.x0
        self.x1 = run.x1

    @property
    def text(self) -> str:
        """The segment's text as printed."""
        return joined(self.runs)


@dataclass(slots=True)
class Plain:
    """Lines that go over the whole width."""

    lines: list[PrintedLine]


def segments_of(line: PrintedLine) -> list[Segment]:
    """A line's segments from the left; a number or bullet apart from its text counts as one with it."""
    runs = line.runs
    result = [Segment(runs[0])]
    if len(runs) == 1:
        return result
    for run in runs[1:]:
        last = result[-1]
        if run.x0 - last.x1 > _GAP * min(run.size, line.size):
            result.append(Segment(run))
        else:
            last.runs.append(run)
            last.x1 = max(last.x1, run.x1)
    if len(result) == 2 and _MARK.match(result[0].text.strip()):
        first, second = result
        first.runs.extend(second.runs)
        first.x1 = second.x1
        return [first]
    return result


def flows(lines: list[PrintedLine], width: float) -> list[Plain | Columns | Grid]:
    """The lines of one stretch as plain text, columns and tables, from the top."""
    result: list[Plain | Columns | Grid] = []
    for part in prose_columns(lines, width):
        if isinstance(part, Columns):
            result.append(part)
        else:
            result += _tables_in(part)
    return result


def _tables_in(lines: list[PrintedLine]) -> list[Plain | Columns | Grid]:
    result: list[Plain | Columns | Grid] = []
    parts = [segments_of(line) for line in lines]
    plain: list[PrintedLine] = []
    index = 0
    while index < len(lines):
        found: Grid | None = None
        end = index + 1
        if len(parts[index]) > 1:
            end, gutters = _band(lines, parts, index)
            taken = list(zip(lines[index:end], parts[index:end], strict=True))
            if gutters and sum(1 for _, segments in taken if len(segments) > 1) >= 2:
                found = _table(taken, gutters)
        if found is None:
            plain.append(lines[index])
            index += 1
            continue
        if plain:
            result.append(Plain(plain))
            plain = []
        result.append(found)
        index = end
    if plain:
        result.append(Plain(plain))
    return result


def _gaps(segments: list[Segment]) -> list[Strip]:
    return [(left.x1, right.x0) for left, right in itertools.pairwise(segments)]


def _narrowed(gutters: list[Strip], segments: list[Segment], least: float) -> list[Strip]:
    """What is left of gutters once a line's text is taken out of them."""
    result = []
    for gutter in gutters:
        start, end = gutter
        for segment in segments:
            if segment.x1 <= start or segment.x0 >= end:
                continue
            if segment.x0 <= start and segment.x1 >= end:
                start = end
            elif segment.x0 > (start + end) / 2:
                end = min(end, segment.x0)
            elif segment.x1 < (start + end) / 2 or segment.x0 <= start:
                start = max(start, segment.x1)
            else:
                end = min(end, segment.x0)
        if end - start >= least:
            result.append((start, end))
    return result


def _band(lines: list[PrintedLine], parts: list[list[Segment]], start: int) -> tuple[int, list[Strip]]:
    """How far down the gutters of line `start` reach, and what is left of them there."""
    gutters = _gaps(parts[start])
    least = 0.7 * lines[start].size
    end = start + 1
    last_wide = start
    loose = 0
    for index in range(start + 1, min(len(lines), start + _LONGEST)):
        line, segments = lines[index], parts[index]
        gap = line.base - lines[index - 1].base
        if gap > 4.5 * line.size or line.page != lines[start].page:
            break
        left = _narrowed(gutters, segments, least)
        if not left or (len(left) < len(gutters) and index - start > 2 and last_wide == index - 1 and len(segments) < 2):
            break
        if len(segments) < 2:
            loose += 1
            first_column = segments[0].x0 < gutters[0][0]
            if first_column and (loose > 6 or gap > 2.2 * line.size or (line.bold and not lines[index - 1].bold)):
                break
            if loose > 14:
                break
        else:
            # Gutters that only this line shows join in when the lines before left them free.
            for strip in _gaps(segments):
                if not any(strip[0] < old[1] and strip[1] > old[0] for old in left):
                    free = _free(parts[start:index], strip, least)
                    if free is not None:
                        left.append(free)
            left.sort()
            loose = 0
            last_wide = index
        gutters = left
        end = index + 1
    # Lines at the end that stand in the first column only belong to the table if they go on with a cell.
    while end - 1 > last_wide and not _continues(lines[end - 2], lines[end - 1], parts[end - 2], parts[end - 1], gutters):
        end -= 1
    return end, gutters


def _free(parts: list[list[Segment]], strip: Strip, least: float) -> Strip | None:
    start, end = strip
    for segments in parts:
        found = _narrowed([(start, end)], segments, least)
        if not found:
            return None
        start, end = found[0]
    return start, end


def _continues(
    above: PrintedLine, line: PrintedLine, before: list[Segment], segments: list[Segment], gutters: list[Strip]
) -> bool:
    gap = line.base - above.base
    if gap > 1.5 * line.size:
        return False
    if segments[0].x0 > gutters[0][0]:
        return True
    return line.text[:1].islower() or before[0].x1 > gutters[0][0] - 3 * line.size


def _table(taken: list[tuple[PrintedLine, list[Segment]]], gutters: list[Strip]) -> Grid:
    """A table without lines as a grid: columns at the gutters, rows where a line starts a new one."""
    left = min(line.x0 for line, _ in taken) - 2
    right = max(line.x1 for line, _ in taken) + 2
    xs = [left, *((start + 3 * end) / 4 for start, end in gutters), right]
    gaps = [below[0].base - above[0].base for above, below in itertools.pairwise(taken)]
    pitch = min((gap for gap in gaps if gap > 0.8 * taken[0][0].size), default=taken[0][0].size * 1.2)
    spaced = sum(1 for gap in gaps if gap > 1.3 * pitch) >= max(1, len(gaps) // 4)
    starts = [0]
    for index in range(1, len(taken)):
        if _starts_row(taken, index, gutters, gaps[index - 1] > 1.3 * pitch, spaced):
            starts.append(index)
    return ruled_grid(xs, _heights([line for line, _ in taken], starts))


def _heights(lines: list[PrintedLine], starts: list[int]) -> list[float]:
    ys = [lines[0].y0 - 1]
    for start in starts[1:]:
        above = lines[start - 1]
        # On a damaged page a line may be higher than the step to the next: a row never ends above its start.
        ys.append(max(ys[-1], (above.base + 0.2 * above.size + lines[start].y0) / 2))
    ys.append(max(ys[-1], max(line.y1 for line in lines) + 1))
    return ys


def _starts_row(
    taken: list[tuple[PrintedLine, list[Segment]]], index: int, gutters: list[Strip], far: bool, spaced: bool
) -> bool:
    line, segments = taken[index]
    if far:
        return True
    first_column = segments[0].x0 < gutters[0][0]
    if spaced or not first_column:
        return False
    if len(segments) > 1:
        # Two wrapped cells side by side: both go on in small letters.
        return not all(segment.text[:1].islower() for segment in segments)
    above = taken[index - 1][1][0]
    return not (line.text[:1].islower() or above.x1 > gutters[0][0] - 3 * line.size)


def ruled_grid(xs: list[float], ys: list[float]) -> Grid:
    """A grid with every cell apart."""
    grid = Grid(Box(xs[0], ys[0], xs[-1], ys[-1]), xs, ys)
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            grid.cells.append(GridCell(Box(xs[column], ys[row], xs[column + 1], ys[row + 1]), row, column))
    return grid


def ruled_tables(across: list[Rule], grids: list[Grid], runs: list[Run]) -> list[Grid]:
    """Tables with rules across and none down: three rules or more of one length, and gutters in the text between them."""
    groups: list[list[Rule]] = []
    for rule in sorted(across):
        if rule.end - rule.start < 150 or any(
            grid.box.y0 - 3 <= rule.at <= grid.box.y1 + 3 and grid.box.x0 - 3 <= rule.start <= grid.box.x1 for grid in grids
        ):
            continue
        for group in groups:
            last = group[-1]
            if abs(last.start - rule.start) < 4 and abs(last.end - rule.end) < 4 and 8 < rule.at - last.at < 260:
                group.append(rule)
                break
        else:
            groups.append([rule])
    result = []
    for group in groups:
        if len(group) < 3:
            continue
        start, end = group[0].start, group[0].end
        inside = [run for run in runs if group[0].at - 1 < run.base < group[-1].at + 1 and start - 4 < run.x0 < end]
        free = _strips(inside, start)
        if not free:
            continue
        xs = [start, *((left + 3 * right) / 4 for left, right in free), end]
        result.append(ruled_grid(xs, [rule.at for rule in group]))
    return result


def _strips(runs: list[Run], start: float) -> list[Strip]:
    """Strips right of `start` that no run crosses, with text on both sides."""
    result: list[Strip] = []
    edge: float | None = None
    for run in sorted(runs, key=lambda run: run.x0):
        if edge is not None and run.x0 - edge > 6:
            result.append((edge, run.x0))
        edge = max(edge if edge is not None else start, run.x1)
    return result
