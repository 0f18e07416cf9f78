"""A page that is shown turned: what was measured as it is seen, in the coordinates of the page itself."""

from __future__ import annotations

from typing import NamedTuple

from app.core.document import Box

__all__ = ["Turned"]


class Turned(NamedTuple):
    """How many quarter turns clockwise a page is shown turned, and its width and height in points as shown."""

    turns: int
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page before it is turned."""
        return (self.height, self.width) if self.turns % 2 else (self.width, self.height)

    @property
    def matrix(self) -> str:
        """Places a picture of the page as shown so that it is seen upright on the turned page."""
        w, h = f"{self.width:.3f}", f"{self.height:.3f}"
        return (f"{w} 0 0 {h} 0 0", f"0 {w} -{h} 0 {h} 0", f"-{w} 0 0 -{h} {w} {h}", f"0 -{w} {h} 0 0 {w}")[self.turns]

    def box(self, box: Box) -> Box:
        """A box as shown, from the top left of the page before it is turned."""
        if self.turns == 1:
            return Box(box.y0, self.width - box.x1, box.y1, self.width - box.x0)
        if self.turns == 2:
            return Box(self.width - box.x1, self.height - box.y1, self.width - box.x0, self.height - box.y0)
        if self.turns == 3:
            return Box(self.height - box.y1, box.x0, self.height - box.y0, box.x1)
        return box
