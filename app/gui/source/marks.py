"""What the source view is told and tells: highlights, lines that nothing was taken from, text that the user has marked."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.document import Place
from app.core.points import PointKind
from app.core.work import ItemState

__all__ = ["Gap", "Mark", "Marked"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The highlight of an item. `key` is the item's, `document` the id of a `DocumentSummary`.

    A secrecy claim's has a `role` (of the theme) that its colours come from instead of its kind, is hatched, and has a `name`
    in words. Several marks may be of one claim: `group` is then what they share, and what is told when one is clicked.
    """

    key: str
    document: str
    place: Place
    quote: str
    kind: PointKind
    state: ItemState = ItemState.OPEN
    reviewed: bool = False
    role: str | None = None
    name: str = ""
    group: str | None = None

    @property
    def owner(self) -> str:
        """The key of what it is the mark of."""
        return self.group or self.key


@dataclass(frozen=True, slots=True)
class Gap:
    """A line that no item was made of."""

    document: str
    place: Place


@dataclass(frozen=True, slots=True)
class Marked:
    """Text that the user has marked, and where it stands."""

    document: str
    place: Place
    text: str
