"""How high the blocks of a document are and where they lie: estimates until a block has been set."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from time import perf_counter
from typing import NamedTuple

from app.gui.source.caret import Caret, Step
from app.gui.source.flowshape import Shaped, estimate, shaped
from app.gui.source.flowtext import FlowText, Spot

__all__ = ["FlowLayout", "Held"]

ABOVE = 52.0
"""Pixels above the first block and below the last: canvas and margin of the paper."""
_KEPT = 400
"""Blocks that stay set."""
_SLICE = 0.008
"""Seconds of setting blocks ahead before the window gets a turn."""


class Held(NamedTuple):
    """A block, and a height in it as a share of its own."""

    block: int
    share: float


class FlowLayout:
    """For one width and zoom. Heights are pixels of the whole."""

    def __init__(self, text: FlowText, width: float, zoom: float) -> None:
        self.text = text
        self.width = width
        self.zoom = zoom
        self._set: OrderedDict[int, Shaped] = OrderedDict()
        self._heights = [estimate(block, width, zoom) for block in text.blocks]
        self._tops = list(accumulate(self._heights, initial=0.0))
        self._measured = 0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self._tops[-1] + 2 * ABOVE

    def top(self, block: int) -> float:
        """Where a block begins."""
        return self._tops[block] + ABOVE

    def at(self, y: float) -> int:
        """The block at a height. There must be one."""
        return min(len(self._heights) - 1, max(0, bisect_right(self._tops, y - ABOVE) - 1))

    def between(self, top: float, bottom: float) -> range:
        """The blocks that a stretch shows."""
        return range(self.at(top), self.at(bottom) + 1) if self._heights else range(0)

    def held(self, y: float) -> Held | None:
        """What is at a height."""
        if not self._heights:
            return None
        block = self.at(y)
        return Held(block, (y - self.top(block)) / max(1.0, self._heights[block]))

    def height_of(self, held: Held) -> float:
        """Where that is now."""
        return self.top(held.block) + held.share * self._heights[held.block]

    def shaped(self, block: int) -> Shaped:
        """The block, set. Where others lie is not reckoned anew: see `settle`."""
        made = self._set.get(block)
        if made is None:
            made = shaped(self.text.blocks[block], self.width, self.zoom, self.text.columns)
            self._set[block] = made
            while len(self._set) > _KEPT:
                self._set.popitem(last=False)
            self._heights[block] = made.height
        else:
            self._set.move_to_end(block)
        return made

    def between_carets(self, first: Caret, last: Caret, block: int) -> list[Spot]:
        """What of a block is marked when all between two carets is."""
        spots = []
        for part, made in enumerate(self.shaped(block).parts):
            if first[:2] <= (block, part) <= last[:2]:
                start = first.offset if (block, part) == first[:2] else 0
                end = last.offset if (block, part) == last[:2] else len(made.layout.text())
                spots.append(Spot(block, part, start, end))
        return spots

    def stepped(self, caret: Caret, step: Step) -> Caret:
        """The caret at the end of its line, or on the line above or below; at the ends of the text it stays."""
        part = self.shaped(caret.block).parts[caret.part]
        line = part.line_of(caret.offset)
        if step in (Step.HOME, Step.END):
            return caret._replace(offset=part.ends_of(line)[step is Step.END])
        x, way = part.caret(caret.offset).x(), 1 if step is Step.DOWN else -1
        block, number = caret.block, line + way
        if not 0 <= number < part.layout.lineCount():
            block += way
            if not 0 <= block < len(self._heights):
                return caret
            parts = self.shaped(block).parts
            part = min(parts, key=lambda one: max(one.rect.left() - x, 0.0, x - one.rect.right()))
            number = 0 if way > 0 else part.layout.lineCount() - 1
        offset = part.layout.lineAt(number).xToCursor(x - part.at.x()) if part.layout.lineCount() else 0
        return Caret(block, self.shaped(block).parts.index(part), offset)

    def settle(self, blocks: range) -> bool:
        """Set these blocks; whether anything lies elsewhere by that."""
        before = [self._heights[block] for block in blocks]
        for block in blocks:
            self.shaped(block)
        moved = before != [self._heights[block] for block in blocks]
        if moved:
            self._reckon()
        return moved

    def measure(self) -> bool:
        """Reckon some more heights, for some milliseconds; whether there are any left."""
        until = perf_counter() + _SLICE
        while self._measured < len(self._heights) and perf_counter() < until:
            block = self._measured
            if block not in self._set:
                self._heights[block] = shaped(self.text.blocks[block], self.width, self.zoom, self.text.columns).height
            self._measured += 1
        self._reckon()
        return self._measured < len(self._heights)

    def _reckon(self) -> None:
        self._tops = list(accumulate(self._heights, initial=0.0))
