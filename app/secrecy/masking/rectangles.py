"""The rectangles that are painted over a page: they cover the marked signs wholly, and their length tells nothing of the text.

A mask over text is as long as a whole number of steps. It grows into free space first; a word beside it that it would cut is
covered whole, and is then left out of the copy's text as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from app.core.document import Box
from app.secrecy.masking.pdf_pages import PageText
from app.secrecy.masking.pdf_places import Place, lines_of

__all__ = ["MaskRectangle", "covered_signs", "is_upright", "rectangles"]

_STEP = 24.0
"""Points. Four or five signs of running text."""
_LEAST_STEPS = 3
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
        for line in lines_of(page, place.signs):
            found.append(MaskRectangle(_lengthened(page, line, marked), (place.number,)))
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


def _lengthened(page: PageText, line: Sequence[int], marked: frozenset[int]) -> Box:
    boxes = [box for index in line if (box := page.boxes[index]) is not None]
    around = _around(boxes)
    upright = is_upright(boxes)
    turn = _turned if upright else _as_it_is
    tight, end = turn(around), page.height if upright else page.width
    tight = Box(max(0.0, tight.x0 - _PAD_ALONG), tight.y0 - _PAD_ACROSS, min(end, tight.x1 + _PAD_ALONG), tight.y1 + _PAD_ACROSS)
    beside = [turn(box) for box in _words_beside(page, tight, turn, marked)]
    x0, x1 = _grown(tight, end, beside)
    for box in beside:
        if box.x0 < x1 and box.x1 > x0:
            x0, x1 = min(x0, box.x0 - _PAD_OVER), max(x1, box.x1 + _PAD_OVER)
    return turn(Box(max(0.0, x0), tight.y0, min(end, x1), tight.y1))


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


def _grown(tight: Box, end: float, beside: Sequence[Box]) -> tuple[float, float]:
    """The ends of a mask of whole steps: to the right as far as there is room, then to the left, then to the right over words."""
    length = max(_LEAST_STEPS, ceil((tight.x1 - tight.x0) / _STEP)) * _STEP
    missing = length - (tight.x1 - tight.x0)
    middle = (tight.x0 + tight.x1) / 2
    right = min([box.x0 - _APART for box in beside if (box.x0 + box.x1) / 2 > middle] + [end])
    left = max([box.x1 + _APART for box in beside if (box.x0 + box.x1) / 2 <= middle] + [0.0])
    to_right = min(missing, max(0.0, right - tight.x1))
    to_left = min(missing - to_right, max(0.0, tight.x0 - left))
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
