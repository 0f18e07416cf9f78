"""A box on a page found again by the words in it and around it, as they stood when the box was drawn and as they stand now.

What a box shows may be a picture. It is believed to be the same when the words around it are, and stand the same way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from app.core.claims import Anchor, AnchorState
from app.core.document import Box, Document, Place
from app.secrecy.folding import fold_text
from app.secrecy.found import Found, FoundPlace

__all__ = ["find_box"]

_AROUND = 120.0
"""Points above, below and beside a box in which words tell where it stands."""
_SAME = 1.5
"""Points that a line may have moved without having moved."""
_LEAST = 2
_MOST_GONE = 0.25
"""Share of the lines around a box that may be others."""


class _Written(NamedTuple):
    text: str
    box: Box


def find_box(document: Document, anchor: Anchor, before: Document) -> Found | None:
    """Where the box stands now; None when the words do not tell.

    Every word in the box must be there still and no other may stand in it; of those around it, most.
    """
    box = anchor.box
    if box is None or anchor.page is None:
        return None
    lines = list(_lines(before, anchor.page))
    inside = [line for line in lines if _both(line.box, box)]
    around = [line for line in lines if line not in inside and _both(line.box, _wider(box))]
    if len(inside) + len(around) < _LEAST:
        return None
    best: tuple[int, int, int, float, float] | None = None
    for page in range(1, (document.pages or 0) + 1):
        shifted = _shift([*inside, *around], list(_lines(document, page)))
        if shifted is not None:
            count, across, down = shifted
            one = (count, -abs(page - anchor.page), page, across, down)
            best = max(best, one) if best is not None else one
    if best is None:
        return None
    _, _, page, across, down = best
    now = Box(box.x0 + across, box.y0 + down, box.x1 + across, box.y1 + down)
    there = list(_lines(document, page))
    kept = sum(_stands(line, there, across, down) for line in around)
    held = [line for line in there if _both(line.box, now)]
    if around and kept < len(around) * (1 - _MOST_GONE):
        return None
    if len(held) != len(inside) or not all(_stands(line, held, across, down) for line in inside):
        return None
    stays = page == anchor.page and max(abs(across), abs(down)) <= _SAME
    state = AnchorState.FOUND if stays else AnchorState.MOVED
    score = (kept + len(inside)) / (len(around) + len(inside))
    return Found(state, (FoundPlace((), (Place(page=page, box=box if stays else now),)),), score)


def _lines(document: Document, page: int) -> Iterator[_Written]:
    """The lines of a page."""
    for block in document.blocks:
        ends = [*(line.start for line in block.lines[1:]), len(block.text)]
        for line, end in zip(block.lines, ends, strict=True):
            text = fold_text(block.text[line.start : end])
            if text and line.box is not None and (line.page or block.place.page) == page:
                yield _Written(text, line.box)


def _shift(wanted: list[_Written], there: list[_Written]) -> tuple[int, float, float] | None:
    """How far most of the lines have moved, and how many they are."""
    by_text: dict[str, list[Box]] = defaultdict(list)
    for line in there:
        by_text[line.text].append(line.box)
    votes = Counter(
        (round((box.x0 - line.box.x0) * 2) / 2, round((box.y0 - line.box.y0) * 2) / 2)
        for line in wanted
        for box in by_text.get(line.text, ())
    )
    if not votes:
        return None
    (across, down), count = min(votes.items(), key=lambda vote: (-vote[1], abs(vote[0][0]) + abs(vote[0][1])))
    return count, across, down


def _stands(line: _Written, there: list[_Written], across: float, down: float) -> bool:
    return any(
        other.text == line.text
        and abs(other.box.x0 - line.box.x0 - across) <= _SAME
        and abs(other.box.y0 - line.box.y0 - down) <= _SAME
        for other in there
    )


def _wider(box: Box) -> Box:
    return Box(box.x0 - _AROUND, box.y0 - _AROUND, box.x1 + _AROUND, box.y1 + _AROUND)


def _both(one: Box, other: Box) -> bool:
    return min(one.x1, other.x1) > max(one.x0, other.x0) and min(one.y1, other.y1) > max(one.y0, other.y0)
