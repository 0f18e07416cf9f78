"""The rows of the sheets: headings, and lines with a sign or a box to tick, some with what stands now and what would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.document import Place
from app.gui.messages import tr

__all__ = ["Heading", "Line", "Row", "Sign", "Swap", "place_words", "spoken", "with_heading"]


class Sign(StrEnum):
    """What a line is about, by the role of its colour."""

    GOOD = "done"
    ODD = "attachment"
    WRONG = "error"
    NOTE = "requirement"
    FORM = "accent"


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above those that have something in common."""

    name: str
    count: int

    @property
    def key(self) -> str:
        """Unlike every line's."""
        return f"heading:{self.name}"


@dataclass(frozen=True, slots=True)
class Swap:
    """What would change: the name of the entry, what the list says, what the file says, and a word of warning."""

    what: str
    mine: str
    theirs: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line. `item` is the key of the item that it leads to; `checked` is None for what cannot be ticked."""

    key: str
    title: str
    detail: str = ""
    remedy: str = ""
    sign: Sign = Sign.NOTE
    button: str = ""
    item: str = ""
    swap: Swap | None = None
    checked: bool | None = None


Row = Heading | Line


def spoken(row: Row) -> str:
    """The row for a screen reader."""
    if isinstance(row, Heading):
        return tr("filling.heading_spoken", name=row.name, count=row.count)
    parts = [row.title, row.detail, row.remedy]
    if row.swap is not None:
        empty = tr("filling.empty")
        parts += [
            tr(
                "filling.swap_spoken",
                what=row.swap.what,
                mine=row.swap.mine or empty,
                theirs=row.swap.theirs or empty,
            ),
            row.swap.warning,
        ]
    if row.checked is not None:
        parts.insert(0, tr("filling.ticked") if row.checked else tr("filling.not_ticked"))
    return ". ".join(part for part in parts if part)


def place_words(place: Place, name: str | None = None) -> str:
    """A place of a form as a reader finds it; empty when nothing is known of it."""
    if name:
        return tr("filling.place_field", name=name)
    if place.cell:
        return f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    return tr("filling.place_page", page=place.page) if place.page is not None else ""


def with_heading(name: str, lines: Sequence[Line]) -> tuple[Row, ...]:
    """The lines below their heading; nothing where there are none."""
    return (Heading(name, len(lines)), *lines) if lines else ()
