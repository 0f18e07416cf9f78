"""The document's outline: which blocks are headings, and what kind of chapter each block stands in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum


class ChapterKind(StrEnum):
    """What a chapter is for. It decides how a duty in it is read."""

    GENERAL = "general"  # nothing said of it
    INFORMATION = "information"  # background, presentation of the buyer, definitions
    ADMINISTRATIVE = "administrative"  # how to bid
    QUALIFICATION = "qualification"  # who may bid
    REQUIREMENTS = "requirements"  # requirement specification
    EVALUATION = "evaluation"
    PRICE = "price"
    CONTRACT = "contract"  # contract draft and what holds only after award


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline. `number` is printed ("3.2.1", "AFB.41") or None; `title` is the heading without its number.

    `printed` is the heading as printed, number and title.
    """

    block: int
    level: int
    number: str | None
    title: str
    kind: ChapterKind

    @property
    def printed(self) -> str:
        """Number and title as one reads them."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings in reading order, with the path from the outermost heading to each."""

    headings: tuple[Heading, ...]
    paths: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    default: ChapterKind = ChapterKind.GENERAL

    def at(self, block: int) -> Heading | None:
        """The innermost heading that block number `block` stands under (or is)."""
        index = bisect_right(self.starts, block) - 1
        return self.headings[index] if index >= 0 else None

    def path(self, block: int) -> tuple[str, ...]:
        """Headings from the outermost to the innermost that the block stands under, as printed."""
        index = bisect_right(self.starts, block) - 1
        return tuple(self.headings[place].printed for place in self.paths[index]) if index >= 0 else ()

    def number(self, block: int) -> str | None:
        """Number of the innermost numbered heading that the block stands under."""
        index = bisect_right(self.starts, block) - 1
        if index < 0:
            return None
        return next((self.headings[place].number for place in reversed(self.paths[index]) if self.headings[place].number), None)

    def kind(self, block: int) -> ChapterKind:
        """What kind of chapter the block stands in."""
        heading = self.at(block)
        return heading.kind if heading is not None else self.default

    def is_heading(self, block: int) -> bool:
        """Whether the block itself is a heading of the outline."""
        heading = self.at(block)
        return heading is not None and heading.block == block
