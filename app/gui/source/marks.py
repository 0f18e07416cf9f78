"""What the source view is told and tells: highlights, lines that nothing was taken from, text that the user has marked."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.document import Place
from app.core.points import PointKind
from app.core.work import ItemState

__all__ = ["Gap", "Mark", "Marked"]


@dataclass(frozen=True, slots=True)
class Mark:
    """The highlight of an item. `key` is the item's, `document` the id of a `DocumentSummary`."""

    key: str
    document: str
    place: Place
    quote: str
    kind: PointKind
    state: ItemState = ItemState.OPEN
    reviewed: bool = False


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
