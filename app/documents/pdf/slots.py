"""Which text a place to fill in belongs to: its cell, what stands left of it, above it, or right of it for a tick box."""

from __future__ import annotations

import re
from dataclasses import replace

from app.core.document import AnswerType, BlockKind, Box, Cell, Place, Slot, SlotOrigin
from app.documents.pdf.blocks import Draft
from app.documents.pdf.forms import Spot, is_yes_no
from app.documents.pdf.lines import PrintedLine
from app.documents.pdf.shapes import Run

_FAR_LEFT, _FAR_ABOVE, _FAR_RIGHT = 260.0, 26.0, 26.0
_SMALL = 8.6
_WORD = re.compile(r"[^☐□☒\s][^☐□☒]*")


def cut_at(lines: list[PrintedLine], spots: list[Spot]) -> list[PrintedLine]:
    """Lines cut after each place to write at, so that every label is a line of its own; a sentence with gaps stays whole."""
    boxes = [spot.box for spot in spots if not spot.check]
    if not boxes:
        return lines
    result: list[PrintedLine] = []
    for line in lines:
        pieces: list[list[Run]] = [[line.runs[0]]]
        for last, run in zip(line.runs, line.runs[1:], strict=False):
            middle = (line.y0 + line.y1) / 2
            between = any(box.y0 - 4 <= middle <= box.y1 + 4 and last.x1 - 4 <= box.x0 and box.x1 <= run.x0 + 4 for box in boxes)
            if (between and not run.text[:1].islower()) or _under(last, boxes) != _under(run, boxes):
                pieces.append([])
            pieces[-1].append(run)
        result += [line] if len(pieces) == 1 else [PrintedLine(line.page, piece) for piece in pieces]
    return result


def _under(run: Run, boxes: list[Box]) -> int | None:
    """Number of the box whose label stands right below it."""
    for index, box in enumerate(boxes):
        if 0 < run.base - box.y1 < 16 and box.x0 - 6 <= run.x0 <= box.x1:
            return index
    return None


def tick_groups(spots: list[Spot], runs: list[Run]) -> list[Spot]:
    """Tick boxes on one line that say yes and no become one; others keep apart and take their printed words as option."""
    result: list[Spot] = []
    for spot in spots:
        last = result[-1] if result else None
        words = _words_right(spot.box, runs, spots)
        if spot.check and not spot.group and len(spot.ticks) == 1:
            spot.slot = replace(spot.slot, options=(words,) if words else ())
            if (
                last is not None
                and last.check
                and not last.group
                and last.slot.origin is spot.slot.origin
                and abs(last.box.y0 - spot.box.y0) < 4
                and is_yes_no(last.slot.options + spot.slot.options)
            ):
                last.slot = replace(last.slot, options=last.slot.options + spot.slot.options, type=AnswerType.YES_NO)
                last.ticks.append(spot.box)
                continue
        elif spot.group:
            printed = tuple(_words_right(tick, runs, spots) for tick in spot.ticks)
            if all(printed) and len(set(printed)) == len(printed):
                kind = AnswerType.YES_NO if is_yes_no(printed) else AnswerType.CHOICE
                spot.slot = replace(spot.slot, options=printed, type=kind)
        result.append(spot)
    return result


def _words_right(box: Box, runs: list[Run], spots: list[Spot]) -> str:
    """What is printed right of a tick box, as far as the next one."""
    end = min((tick.x0 for spot in spots for tick in spot.ticks if abs(tick.y0 - box.y0) < 5 and tick.x0 > box.x1), default=1e9)
    middle = (box.y0 + box.y1) / 2
    near = sorted(
        (run for run in runs if run.y0 - 2 <= middle <= run.y1 + 2 and box.x1 - 3 <= run.x0 < end), key=lambda run: run.x0
    )
    if not near or near[0].x0 - box.x1 > _FAR_RIGHT:
        return ""
    found = _WORD.search(near[0].text)
    return found.group().strip() if found and len(found.group()) <= 80 else ""


def place_slots(drafts: list[Draft], spots: list[Spot], page: int) -> None:
    """Put each spot's slot on the block or cell of its label; where there is none, add an answer slot to the drafts."""
    for spot in spots:
        if _in_cell(drafts, spot):
            continue
        draft = _label_of(drafts, spot)
        if draft is not None:
            if draft.cells:
                _on_nearest_cell(draft, spot)
            else:
                draft.slots.append(spot.slot)
            continue
        draft = Draft(BlockKind.ANSWER_SLOT, "", page, spot.box, ())
        draft.slots.append(spot.slot)
        drafts.insert(_index_below(drafts, spot.box), draft)


def _in_cell(drafts: list[Draft], spot: Spot) -> bool:
    x, y = (spot.box.x0 + spot.box.x1) / 2, (spot.box.y0 + spot.box.y1) / 2
    for draft in drafts:
        if not draft.cells or draft.page != _page_of(spot.slot) or not _holds(draft.box, x, y):
            continue
        for index, cell in enumerate(draft.cells):
            if cell.place.box is not None and _holds(cell.place.box, x, y):
                draft.cells[index] = replace(cell, slots=(*cell.slots, spot.slot))
                return True
    return False


def _page_of(slot: Slot) -> int | None:
    return slot.place.page if slot.place is not None else None


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _on_nearest_cell(draft: Draft, spot: Spot) -> None:
    best = 0
    for index, cell in enumerate(draft.cells):
        if cell.text and cell.place.box is not None and cell.place.box.x0 <= spot.box.x0:
            best = index
    draft.cells[best] = replace(draft.cells[best], slots=(*draft.cells[best].slots, spot.slot))


def _label_of(drafts: list[Draft], spot: Spot) -> Draft | None:
    """The block whose line is nearest on the side where a label stands."""
    best: tuple[float, Draft] | None = None
    box = spot.box
    middle = (box.y0 + box.y1) / 2
    last = spot.ticks[-1] if spot.ticks else box
    on_line = spot.slot.origin is SlotOrigin.DRAWN_LINE
    for draft in drafts:
        if draft.kind in (BlockKind.FURNITURE, BlockKind.FOOTNOTE, BlockKind.ANSWER_SLOT):
            continue
        if draft.box.y0 > box.y1 + 30 or draft.box.y1 < box.y0 - 60:
            continue
        for line in draft.lines:
            where = line.box
            if where is None:
                continue
            level = where.y0 - 3 <= middle <= where.y1 + 3 or box.y0 <= (where.y0 + where.y1) / 2 <= box.y1
            cost = None
            if level and where.x0 < box.x0:
                cost = max(0.0, box.x0 - where.x1) / _FAR_LEFT
                if spot.check:
                    cost += 0.5
            elif level and spot.check and where.x0 >= box.x1 - 3 and min(where.x0 - box.x1, where.x0 - last.x1) < _FAR_RIGHT:
                cost = max(0.0, where.x0 - box.x1) / 100
            elif not spot.check and where.y1 <= box.y0 + 5 and box.y0 - where.y1 < _FAR_ABOVE and _beside(where, box):
                cost = 0.3 + ((box.y1 if on_line else box.y0) - where.y1) / 40
            elif not spot.check and box.y1 - 2 <= where.y0 < box.y1 + 8 and _beside(where, box) and where.x1 - where.x0 < 200:
                cost = (0.3 if on_line else 0.8) + (where.y0 - box.y1) / 40
            if cost is not None and cost < 1.2 and (best is None or cost < best[0]):
                best = (cost, draft)
    return best[1] if best else None


def _beside(where: Box, box: Box) -> bool:
    return where.x0 < box.x1 and where.x1 > box.x0 - 30


def _index_below(drafts: list[Draft], box: Box) -> int:
    for index, draft in enumerate(drafts):
        if draft.box.y0 >= box.y1:
            return index
    return len(drafts)


def with_written_cells(cells: list[Cell], lines: list[PrintedLine], page: int) -> list[Cell]:
    """The cells of a drawn form's row with a slot below each small label at the cell's top; other rows as they are."""
    if not lines or lines[0].size > _SMALL:
        return cells
    labels = [cell for cell in cells if cell.text]
    if not labels or len(labels) != len(lines) or any(not _is_small_label(line) for line in lines):
        return cells
    for cell in labels:
        line = next((line for line in lines if line.text == cell.text), None)
        box = cell.place.box
        if line is None or box is None or line.y0 - box.y0 > 6 or box.y1 - line.y1 < 10 or box.y1 - box.y0 > 70:
            return cells
    return [
        replace(cell, slots=(Slot(SlotOrigin.DRAWN_BOX, place=Place(page, cell.place.box)),)) if cell.text else cell
        for cell in cells
    ]


def _is_small_label(line: PrintedLine) -> bool:
    text = line.text
    return (
        line.size <= _SMALL
        and 2 < len(text) < 70
        and not line.bold
        and not any(char.isdigit() for char in text)
        and text[-1] != "."
    )
