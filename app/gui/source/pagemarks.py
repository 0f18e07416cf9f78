"""The marks of one document by page, with the boxes of their lines once the child has found their quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.core.document import Box, Place
from app.core.work import ItemState
from app.gui.source.marks import Mark
from app.gui.source.opened import Quoted
from app.gui.source.wanted import QuoteWanted

__all__ = ["PageMark", "PageMarks"]


class PageMark(NamedTuple):
    """What of a mark stands on a page."""

    mark: Mark
    boxes: tuple[Box, ...]


class PageMarks:
    """Until a quote is found, or when it is not, the box around its lines stands for it."""

    def __init__(self) -> None:
        self._by_page: dict[int, list[Mark]] = {}
        self._by_key: dict[str, Mark] = {}
        self._found: dict[QuoteWanted, tuple[tuple[int, Box], ...]] = {}

    def set(self, marks: Iterable[Mark]) -> None:
        """The marks of the document. Rejected ones come first, so that the others are painted over them."""
        self._by_page.clear()
        self._by_key.clear()
        for mark in sorted(marks, key=_is_kept):
            if mark.place.page is not None:
                self._by_page.setdefault(mark.place.page, []).append(mark)
            self._by_key[mark.key] = mark

    def __getitem__(self, key: str) -> Mark:
        return self._by_key[key]

    def get(self, key: str | None) -> Mark | None:
        """The mark of an item, if it has one here."""
        return self._by_key.get(key) if key is not None else None

    def all(self) -> Iterable[Mark]:
        """Every mark."""
        return self._by_key.values()

    def take(self, quoted: Quoted) -> None:
        """Where a quote stands."""
        self._found[quoted.wanted] = quoted.boxes

    def forget(self, page: int) -> None:
        """What was found on a page is asked for again."""
        for wanted in [wanted for wanted in self._found if wanted.page == page]:
            del self._found[wanted]

    def missing(self, pages: Sequence[int]) -> tuple[QuoteWanted, ...]:
        """The quotes to find for these pages, and the one before them, whose marks may go on."""
        wanted = (
            QuoteWanted(page, mark.quote)
            for page in ([pages[0] - 1, *pages] if pages else ())
            for mark in self._by_page.get(page, ())
            if mark.quote
        )
        return tuple(dict.fromkeys(one for one in wanted if one not in self._found))

    def boxes(self, place: Place, quote: str) -> tuple[tuple[int, Box], ...]:
        """Page and box of every line of a quote at a place, as exactly as is known."""
        if place.page is None:
            return ()
        found = self._found.get(QuoteWanted(place.page, quote), ())
        return found or (((place.page, place.box),) if place.box is not None else ())

    def on(self, page: int) -> list[PageMark]:
        """What stands on a page, also of what begins on the page before."""
        shown = []
        for first in (page - 1, page):
            for mark in self._by_page.get(first, ()):
                boxes = tuple(box for number, box in self.boxes(mark.place, mark.quote) if number == page)
                if boxes:
                    shown.append(PageMark(mark, boxes))
        return shown

    def at(self, page: int, x: float, y: float, chosen: str | None = None) -> Mark | None:
        """The mark at a point of a page: the smallest of those that lie over each other, the next one if it is chosen already."""
        hit = [one for one in self.on(page) if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in one.boxes)]
        hit.sort(key=_area)
        keys = [one.mark.owner for one in hit]
        if chosen in keys:
            return hit[(keys.index(chosen) + 1) % len(hit)].mark
        return hit[0].mark if hit else None


def _is_kept(mark: Mark) -> bool:
    return mark.state is not ItemState.REJECTED


def _area(one: PageMark) -> float:
    return sum((box.x1 - box.x0) * (box.y1 - box.y0) for box in one.boxes)
