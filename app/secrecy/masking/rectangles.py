"""The rectangles that are painted over a page: they cover the marked signs wholly, and their length tells nothing of the text.

A mask over text has one of few lengths. It grows into free space first; a word beside it that it would cut is covered whole, and
is then left out of the copy's text as well. Where the text ends with the lines above and below it, the mask ends there and
grows to the left: else its beginning would tell how long a price is. Masks in one column are equally long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from app.core.document import Box
from app.secrecy.masking.pdf_pages import PageText
from app.secrecy.masking.pdf_places import Place, lines_of

__all__ = ["MaskRectangle", "covered_signs", "is_upright", "rectangles", "signs_within"]

_LEAST = 72.0
_STEP, _STEP_ALONE = 24.0, 48.0
"""Points: four or five signs of running text, where a longer mask covers more words; twice that where there is room."""
_ALONE = 8.0
"""Points to the next word from which a text stands by itself, as in a cell."""
_ALIGNED = 1.5
_PAD_ALONG = 1.5
_PAD_OVER = 0.5
_PAD_ACROSS = 1.0
_APART = 2.0
_TOUCHED = 0.08


@dataclass(frozen=True, slots=True)
class MaskRectangle:
    """An area painted over, with the numbers of the claims that ask for it."""

    box: Box
    numbers: tuple[int, ...]


def rectangles(page: PageText, places: Iterable[Place]) -> list[MaskRectangle]:
    """The masks of a page. Those that lie on each other are one."""
    found: list[MaskRectangle] = []
    placed = list(places)
    marked = frozenset[int]().union(*(place.signs for place in placed))
    for place in placed:
        if place.whole_page:
            found.append(MaskRectangle(Box(0, 0, page.width, page.height), (place.number,)))
        elif place.area is not None:
            found.append(MaskRectangle(_padded(place.area, page), (place.number,)))
    lines = [_line(page, signs, marked, place.number) for place in placed for signs in lines_of(page, place.signs)]
    found += [MaskRectangle(_lengthened(line), (line.number,)) for line in _in_columns(lines)]
    return _joined(found)


def covered_signs(page: PageText, masks: Sequence[MaskRectangle], marked: frozenset[int]) -> set[int]:
    """The signs that must not be in the copy's text: the marked ones, and every word of which a mask covers a part."""
    covered = set(marked)
    if not masks:
        return covered
    for word in page.words():
        boxes = [box for index in word if index not in marked and (box := page.boxes[index]) is not None]
        turn = _turned if boxes and is_upright(boxes) else _as_it_is
        if any(_touches(turn(box), turn(mask.box)) for box in boxes for mask in masks):
            covered.update(word)
    return covered


def signs_within(page: PageText, area: Box) -> Iterator[int]:
    """The signs whose middle is in an area."""
    for index, box in enumerate(page.boxes):
        if box is not None and area.x0 <= (box.x0 + box.x1) / 2 <= area.x1 and area.y0 <= (box.y0 + box.y1) / 2 <= area.y1:
            yield index


def is_upright(boxes: Sequence[Box]) -> bool:
    """Whether signs that belong together run up or down the page rather than across."""
    around = _around(boxes)
    return len(boxes) > 1 and around.y1 - around.y0 > 1.5 * (around.x1 - around.x0)


def _touches(box: Box, mask: Box) -> bool:
    across = min(box.x1, mask.x1) - max(box.x0, mask.x0)
    down = min(box.y1, mask.y1) - max(box.y0, mask.y0)
    width, height = box.x1 - box.x0, box.y1 - box.y0
    return across > _TOUCHED * max(width, 0.1) and down > 0.35 * max(height, 0.1)


def _padded(box: Box, page: PageText) -> Box:
    return Box(
        max(0.0, box.x0 - _PAD_ACROSS),
        max(0.0, box.y0 - _PAD_ACROSS),
        min(page.width, box.x1 + _PAD_ACROSS),
        min(page.height, box.y1 + _PAD_ACROSS),
    )


def _around(boxes: Sequence[Box]) -> Box:
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


def _turned(box: Box) -> Box:
    """Along and across changed, so that text that runs up or down the page is measured like any other."""
    return Box(box.y0, box.x0, box.y1, box.x1)


def _as_it_is(box: Box) -> Box:
    return box


@dataclass(frozen=True, slots=True)
class _Line:
    """A marked run of signs, measured along its direction: `tight` is around it, `beside` are the open words on its line.

    `alone`: nothing stands close to it. `from_right`: it ends where the lines above and below it end.
    """

    number: int
    tight: Box
    end: float
    beside: tuple[Box, ...]
    turn: Callable[[Box], Box]
    alone: bool
    from_right: bool


def _line(page: PageText, line: Sequence[int], marked: frozenset[int], number: int) -> _Line:
    boxes = [box for index in line if (box := page.boxes[index]) is not None]
    around = _around(boxes)
    upright = is_upright(boxes)
    turn = _turned if upright else _as_it_is
    bare, end = turn(around), page.height if upright else page.width
    tight = Box(max(0.0, bare.x0 - _PAD_ALONG), bare.y0 - _PAD_ACROSS, min(end, bare.x1 + _PAD_ALONG), bare.y1 + _PAD_ACROSS)
    beside = tuple(turn(box) for box in _words_beside(page, tight, turn, marked))
    alone = all(box.x0 > tight.x1 + _ALONE or box.x1 < tight.x0 - _ALONE for box in beside)
    return _Line(number, tight, end, beside, turn, alone, alone and _ends_together(page, bare, turn))


def _ends_together(page: PageText, bare: Box, turn: Callable[[Box], Box]) -> bool:
    """At least as many texts of other lines end where this one ends as begin where it begins."""
    begins = ends = 0
    for box in _texts(page, turn):
        if box.y0 >= bare.y1 or box.y1 <= bare.y0:
            begins += abs(box.x0 - bare.x0) <= _ALIGNED
            ends += abs(box.x1 - bare.x1) <= _ALIGNED
    return ends >= max(1, begins)


def _texts(page: PageText, turn: Callable[[Box], Box]) -> list[Box]:
    """Around words that follow each other closely on a line."""
    found: list[Box] = []
    for word in page.words():
        boxes = [box for index in word if (box := page.boxes[index]) is not None]
        if boxes:
            box = turn(_around(boxes))
            last = found[-1] if found else None
            if last is not None and abs(last.y0 - box.y0) < 0.5 * (box.y1 - box.y0) and 0 <= box.x0 - last.x1 < _ALONE:
                found[-1] = _around([last, box])
            else:
                found.append(box)
    return found


def _in_columns(lines: Sequence[_Line]) -> list[_Line]:
    """Lines that stand by themselves and begin or end together, as the prices of a column, are as long as the longest."""
    found: list[_Line] = []
    for line in lines:
        x0, x1 = line.tight.x0, line.tight.x1
        for other in lines if line.alone else ():
            apart = min(abs(line.tight.x0 - other.tight.x0), abs(line.tight.x1 - other.tight.x1))
            if other.alone and other.turn is line.turn and apart <= _ALIGNED:
                x0, x1 = min(x0, other.tight.x0), max(x1, other.tight.x1)
        free = all(box.x0 >= x1 or box.x1 <= x0 for box in line.beside)
        found.append(replace(line, tight=Box(x0, line.tight.y0, x1, line.tight.y1)) if free else line)
    return found


def _lengthened(line: _Line) -> Box:
    x0, x1 = _grown(line)
    for box in line.beside:
        if box.x0 < x1 and box.x1 > x0:
            x0, x1 = min(x0, box.x0 - _PAD_OVER), max(x1, box.x1 + _PAD_OVER)
    return line.turn(Box(max(0.0, x0), line.tight.y0, min(line.end, x1), line.tight.y1))


def _words_beside(page: PageText, tight: Box, turn: Callable[[Box], Box], marked: frozenset[int]) -> list[Box]:
    """The open words on the same line, as shown."""
    found: list[Box] = []
    for word in page.words():
        boxes = [box for index in word if index not in marked and (box := page.boxes[index]) is not None]
        if boxes:
            box = turn(around := _around(boxes))
            if min(box.y1, tight.y1) - max(box.y0, tight.y0) > 0.35 * (box.y1 - box.y0):
                found.append(around)
    return found


def _grown(line: _Line) -> tuple[float, float]:
    """The ends of a mask of one of few lengths: to the right as far as there is room, then to the left, then over words to the
    right. From the right margin of a column, to the left first."""
    tight, end = line.tight, line.end
    width = tight.x1 - tight.x0
    step = _STEP_ALONE if line.alone else _STEP
    missing = _LEAST + max(0, ceil((width - _LEAST) / step)) * step - width
    middle = (tight.x0 + tight.x1) / 2
    right = min([box.x0 - _APART for box in line.beside if (box.x0 + box.x1) / 2 > middle] + [end])
    left = max([box.x1 + _APART for box in line.beside if (box.x0 + box.x1) / 2 <= middle] + [0.0])
    room_right, room_left = max(0.0, right - tight.x1), max(0.0, tight.x0 - left)
    if line.from_right:
        to_left = min(missing, room_left)
        to_right = min(missing - to_left, room_right)
    else:
        to_right = min(missing, room_right)
        to_left = min(missing - to_right, room_left)
    rest = missing - to_right - to_left
    x0, x1 = tight.x0 - to_left, tight.x1 + to_right + rest
    if x1 > end:
        x0, x1 = max(0.0, x0 - (x1 - end)), end
    return x0, x1


def _joined(masks: Sequence[MaskRectangle]) -> list[MaskRectangle]:
    """Masks that cover each other for the most part, or touch along a line, as one with all their numbers."""
    found: list[MaskRectangle] = []
    for mask in sorted(masks, key=lambda mask: (mask.box.y0, mask.box.x0)):
        for index, other in enumerate(found):
            if _overlap(mask.box, other.box) > 0.5:
                numbers = tuple(sorted({*mask.numbers, *other.numbers}))
                found[index] = replace(other, box=_around([mask.box, other.box]), numbers=numbers)
                break
        else:
            found.append(mask)
    return found


def _overlap(one: Box, other: Box) -> float:
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    smaller = min((one.x1 - one.x0) * (one.y1 - one.y0), (other.x1 - other.x0) * (other.y1 - other.y0))
    return across * down / smaller if across > 0 and down > 0 and smaller > 0 else 0.0
