"""From the coordinates of a PDF page to those of the page as shown: top left, rotation applied."""

from __future__ import annotations

from typing import NamedTuple

from app.core.document import Box


class View(NamedTuple):
    """How a page is shown: its visible rectangle in PDF coordinates and its rotation in quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF page as shown."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the PDF page as shown, its corners in order."""
        if self.turns == 0:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def direction(self, x: float, y: float) -> tuple[float, float]:
        """A direction of the PDF page as shown (y down)."""
        if self.turns == 0:
            return x, -y
        if self.turns == 1:
            return y, x
        if self.turns == 2:
            return -x, y
        return -y, -x
