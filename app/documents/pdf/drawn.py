"""Places to fill in that only the drawing shows: empty boxes, squares to tick, lines to write on."""

from __future__ import annotations

from app.core.document import AnswerType, Box, Place, Slot, SlotOrigin
from app.documents.pdf.forms import Spot
from app.documents.pdf.grids import Grid
from app.documents.pdf.shapes import PageContent, Rule, Run

_SMALLEST, _LARGEST = 5.0, 19.0
_NARROW = 0.6  # of a page's width: what is printed on a page of a few short lines says nothing of how wide its text could be
_NEAR, _FAR = 40.0, 220.0  # points between a label and the line that it names


def drawn_spots(page: PageContent, across: list[Rule], grids: list[Grid], tables: list[Grid], runs: list[Run]) -> list[Spot]:
    """Empty boxes, squares and lines of a page outside its tables, from the top."""
    spots: list[Spot] = []
    kept = {id(grid) for grid in tables}
    for grid in grids:
        if id(grid) in kept:
            continue
        box = grid.box
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if any(box.x0 - 1 < run.x0 + 1 < box.x1 and box.y0 < (run.y0 + run.y1) / 2 < box.y1 for run in runs):
            continue
        if len(grid.cells) == 1 and _is_square(width, height):
            spots.append(_spot(page, box, SlotOrigin.CHECKBOX))
        elif len(grid.cells) > 3 and 9 <= height <= 32 and width / len(grid.cells) < 32:
            # A comb: one small box per character.
            spots.append(_spot(page, box, SlotOrigin.DRAWN_BOX))
        elif len(grid.cells) == 1 and width >= 36 and 11 <= height <= 0.6 * page.height:
            spots.append(_spot(page, box, SlotOrigin.DRAWN_BOX))
    spots += _squares_in_tables(page, tables, runs)
    spots += [_spot(page, box, SlotOrigin.DRAWN_LINE) for box in _lines(page, across, grids, runs)]
    return sorted(spots, key=lambda spot: (spot.box.y0, spot.box.x0))


def _is_square(width: float, height: float) -> bool:
    return _SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST and 0.7 < width / height < 1.45


def _spot(page: PageContent, box: Box, origin: SlotOrigin) -> Spot:
    box = Box(*(round(value, 1) for value in box))
    check = origin is SlotOrigin.CHECKBOX
    kind = AnswerType.YES_NO if check else AnswerType.TEXT
    return Spot(box, Slot(origin, kind, place=Place(page.number, box)), check, [box])


def _squares_in_tables(page: PageContent, tables: list[Grid], runs: list[Run]) -> list[Spot]:
    """Squares drawn inside a cell: their rules may touch no rule of the table, so they are boxes of their own."""
    found: list[Spot] = []
    for box, _, outlined in page.drawing.boxes:
        if not outlined or not _is_square(box.x1 - box.x0, box.y1 - box.y0):
            continue
        if not any(t.box.x0 < box.x0 and box.x1 < t.box.x1 and t.box.y0 < box.y0 and box.y1 < t.box.y1 for t in tables):
            continue
        if any(abs(box.x0 - other.box.x0) < 3 and abs(box.y0 - other.box.y0) < 3 for other in found):
            continue
        if not any(box.x0 - 1 < run.x0 + 1 < box.x1 and box.y0 < (run.y0 + run.y1) / 2 < box.y1 for run in runs):
            found.append(_spot(page, box, SlotOrigin.CHECKBOX))
    return found


def _lines(page: PageContent, across: list[Rule], grids: list[Grid], runs: list[Run]) -> list[Box]:
    """Rules to write on: not under text, not across the page, with a label on the left or just below."""
    if not across:
        return []
    left = min([run.x0 for run in runs], default=0.0)
    right = max([run.x1 for run in runs], default=page.width)
    found: list[Box] = []
    last: Rule | None = None
    for rule in sorted(across):
        length = rule.end - rule.start
        if length < 36 or any(
            g.box.y0 - 3 <= rule.at <= g.box.y1 + 3 and g.box.x0 - 3 <= rule.start <= g.box.x1 + 3 for g in grids
        ):
            continue
        goes_on = (
            last is not None
            and found
            and abs(last.start - rule.start) < 3
            and abs(last.end - rule.end) < 3
            and 10 < rule.at - last.at < 34
            and abs(found[-1].y1 - last.at) < 1
            and not _text_between(runs, last, rule)
            and _label_gap(rule, runs) > _FAR
        )
        if goes_on:
            # More lines below one another are one place to write at.
            found[-1] = found[-1]._replace(y1=rule.at)
            last = rule
            continue
        last = rule
        if _underlines(rule, runs):
            continue
        if any(rule.at - 11 < run.base < rule.at - 1 and run.x0 < rule.end - 4 and run.x1 > rule.start + 4 for run in runs):
            continue
        beside = _label_gap(rule, runs) < (_FAR if _in_column(rule, across, runs) else _NEAR)
        below = any(0 < run.base - rule.at < 16 and rule.start - 6 < run.x0 < rule.end and len(run.text) < 60 for run in runs)
        wide = length > 0.8 * max(right - left, _NARROW * page.width)
        if beside or (below and not wide):
            found.append(Box(rule.start, rule.at - 14, rule.end, rule.at))
    return found


def _label_gap(rule: Rule, runs: list[Run]) -> float:
    """Points from the text left of a rule to its start; endless when none stands there."""
    return min((rule.start - run.x1 for run in runs if abs(run.base - rule.at) < 6 and rule.start - run.x1 > -4), default=1e9)


def _in_column(rule: Rule, across: list[Rule], runs: list[Run]) -> bool:
    """Whether other rules with a label on their left start where this one does, as in a form with two columns."""
    return any(
        other.at != rule.at
        and abs(other.start - rule.start) < 3
        and abs(other.end - rule.end) < 3
        and _label_gap(other, runs) < _FAR
        for other in across
    )


def _text_between(runs: list[Run], above: Rule, below: Rule) -> bool:
    return any(above.at < run.base < below.at + 1 and above.start - 2 < run.x0 < above.end for run in runs)


def _underlines(rule: Rule, runs: list[Run]) -> bool:
    """Text stands on the rule: it is underlined, or already filled in."""
    length = rule.end - rule.start
    return any(
        -1.0 < rule.at - run.base < 0.42 * run.size and min(run.x1, rule.end) - max(run.x0, rule.start) > 0.25 * length
        for run in runs
    )
