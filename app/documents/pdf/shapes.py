"""What a page holds before it is understood: runs of text, lines, boxes, pictures. Data only.

Coordinates are points from the top left of the page as shown, y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from app.core.document import Box, Picture

if TYPE_CHECKING:
    from app.documents.pdf.forms import Annotations

Colour = tuple[int, int, int]


class Run:
    """Text on one baseline without a wide gap. Mutable and slotted: there are very many of them.

    `hyphen` is set when PDFium holds the hyphen at the end for a break. `index` is the first character's number on the page,
    `exact` says that the characters of `text` are numbered without holes.
    """

    __slots__ = ("base", "bold", "exact", "hyphen", "index", "size", "text", "upright", "x0", "x1", "y0", "y1")

    def __init__(
        self,
        text: str,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        base: float,
        size: float,
        bold: bool = False,
        index: int = 0,
        exact: bool = False,
    ) -> None:
        self.text = text
        self.x0 = x0
        self.y0 = y0
        self.x1 = x1
        self.y1 = y1
        self.base = base
        self.size = size
        self.bold = bold
        self.hyphen = False
        self.upright = True
        self.index = index
        self.exact = exact

    def __repr__(self) -> str:
        return f"Run({self.text!r}, {self.x0:.0f},{self.y0:.0f},{self.x1:.0f},{self.y1:.0f})"


class Rule(NamedTuple):
    """A straight horizontal or vertical line: `at` is its fixed coordinate, `start` to `end` the other one."""

    at: float
    start: float
    end: float


class DrawnBox(NamedTuple):
    """A drawn rectangle, filled or outlined or both."""

    box: Box
    fill: Colour | None
    outlined: bool


@dataclass(slots=True)
class Drawing:
    """Everything on a page that is not text."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    boxes: list[DrawnBox] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    strokes: int = 0
    picture_area: float = 0.0


@dataclass(slots=True)
class PageContent:
    """One page as taken out of the file."""

    number: int
    width: float
    height: float
    runs: list[Run]
    drawing: Drawing
    annotations: Annotations | None = None
    broken: bool = False
