"""Where the pages of a document lie below each other. Device pixels inside, so that pictures are never resampled.

Points are those of the page as shown, from its top left; pages count from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF

from app.core.document import Box

__all__ = ["PageLayout", "PagePoint", "fitting_scale"]

GAP = 12
SIDE = 24
PIXELS_PER_POINT = 96 / 72


class PagePoint(NamedTuple):
    """A place on a page, in points. It may lie beside the page, never on none."""

    page: int
    x: float
    y: float


def fitting_scale(sizes: Sequence[tuple[float, float]], width: float) -> float:
    """Pixels per point with which most pages are as wide as `width` pixels leave room for."""
    if not sizes:
        return PIXELS_PER_POINT
    usual = Counter(round(size[0]) for size in sizes).most_common(1)[0][0]
    return max(0.05, (width - 2 * SIDE) / max(1, usual))


class PageLayout:
    """Made anew for every zoom and width. `scale` is device-independent pixels per point, `ratio` device pixels per those.

    With `fit`, a page that would be wider than the window is shown smaller.
    """

    def __init__(
        self, sizes: Sequence[tuple[float, float]], scale: float, ratio: float, width: float, *, fit: bool = False
    ) -> None:
        self.ratio = ratio
        self.scale = scale
        room = round(width * ratio)
        side, gap = round(SIDE * ratio), round(GAP * ratio)
        most = max(side, room - 2 * side)
        self._rects: list[QRect] = []
        self._tops: list[int] = []
        self._scales: list[float] = []
        boxes: list[tuple[int, int]] = []
        for across, down in sizes:
            own = min(scale, most / ratio / across) if fit else scale
            self._scales.append(own)
            boxes.append((max(1, round(across * own * ratio)), max(1, round(down * own * ratio))))
        self.width = max(room, max((wide for wide, _ in boxes), default=0) + 2 * side)
        top = gap
        for wide, high in boxes:
            self._rects.append(QRect((self.width - wide) // 2, top, wide, high))
            self._tops.append(top)
            top += high + gap
        self.height = top if boxes else 0

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self._rects)

    def rect(self, page: int) -> QRect:
        """A page, in device pixels of the whole."""
        return self._rects[page - 1]

    def page_at(self, y: int) -> int:
        """The page at a height in device pixels, or the one above when it falls between two."""
        return max(1, bisect_right(self._tops, y))

    def between(self, top: int, bottom: int) -> range:
        """The pages that a stretch of device pixels shows."""
        if not self._rects:
            return range(0)
        first = self.page_at(top)
        if self._rects[first - 1].bottom() < top:
            first += 1
        return range(first, self.page_at(bottom) + 1)

    def box(self, page: int, box: Box) -> QRectF:
        """A box of a page, in device-independent pixels of the whole."""
        rect = self._rects[page - 1]
        scale = self._scales[page - 1]
        left, top = rect.left() / self.ratio, rect.top() / self.ratio
        return QRectF(left + box.x0 * scale, top + box.y0 * scale, (box.x1 - box.x0) * scale, (box.y1 - box.y0) * scale)

    def height_of(self, page: int, y: float) -> float:
        """How far from the top a height of a page lies, in device-independent pixels."""
        return self._rects[page - 1].top() / self.ratio + y * self._scales[page - 1]

    def point(self, x: float, y: float) -> PagePoint:
        """The place on a page at device-independent pixels of the whole. There must be a page."""
        page = self.page_at(round(y * self.ratio))
        rect, scale = self._rects[page - 1], self._scales[page - 1]
        return PagePoint(page, (x - rect.left() / self.ratio) / scale, (y - rect.top() / self.ratio) / scale)
