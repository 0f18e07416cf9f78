"""What the source view wants of a document that is open elsewhere, in the order in which it should be brought."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Condition

__all__ = ["QuoteWanted", "SearchWanted", "Tile", "Wanted", "WordsWanted"]

_SEARCHED_AT_ONCE = 5
"""Pages searched between two looks at what is more urgent: some 40 milliseconds."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a page (from 1) drawn over whole × high device pixels: its left and top, width and height in those pixels."""

    page: int
    whole: int
    high: int
    left: int
    top: int
    width: int
    height: int

    @property
    def bytes(self) -> int:
        """The memory of its picture."""
        return self.width * self.height * 4


@dataclass(frozen=True, slots=True)
class WordsWanted:
    """The words of a page."""

    page: int


@dataclass(frozen=True, slots=True)
class QuoteWanted:
    """Where a quote that begins on the page stands."""

    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class SearchWanted:
    """Where a text stands on some pages. `last` says that these are the last ones."""

    text: str
    first: int
    until: int
    last: bool


Want = Tile | WordsWanted | QuoteWanted | SearchWanted


class Wanted:
    """What is waiting. Filled on the main thread, emptied by the one that asks the child; what is stale is forgotten."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._words: dict[int, None] = {}
        self._tiles: tuple[Tile, ...] = ()
        self._small: tuple[Tile, ...] = ()
        self._quotes: tuple[QuoteWanted, ...] = ()
        self._search: tuple[str, int] | None = None
        self._pages = 0
        self._failed: set[int] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether nothing more is wanted."""
        return self._closed

    def close(self) -> None:
        """Nothing more is wanted."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def set_pages(self, count: int) -> None:
        """How many pages there are to search."""
        self._pages = count

    def words(self, page: int) -> None:
        """Bring the words of a page: the user is pointing at them."""
        with self._changed:
            self._words[page] = None
            self._changed.notify()

    def tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Bring these pictures, the first ones first, instead of those wanted before."""
        with self._changed:
            self._tiles = tiles
            self._changed.notify()

    def small(self, tiles: tuple[Tile, ...]) -> None:
        """The same, for the pictures of the strip."""
        with self._changed:
            self._small = tiles
            self._changed.notify()

    def quotes(self, quotes: tuple[QuoteWanted, ...]) -> None:
        """Find these quotes instead of those wanted before."""
        with self._changed:
            self._quotes = quotes
            self._changed.notify()

    def search(self, text: str | None) -> None:
        """Look for a text on all pages, or no longer for any."""
        with self._changed:
            self._search = (text, 1) if text else None
            self._changed.notify()

    def failed(self, page: int) -> None:
        """The page brought trouble: it is not asked for again until `again`."""
        with self._changed:
            self._failed.add(page)

    def again(self, page: int) -> None:
        """The user wants the page tried once more."""
        with self._changed:
            self._failed.discard(page)

    def waiting(self) -> bool:
        """Whether something is wanted that has not been taken."""
        return bool(self._tiles or self._words or self._quotes or self._small or self._search)

    def next(self) -> Want | None:
        """The most urgent of all; waits for one. None when closed."""
        with self._changed:
            while not self._closed:
                want = self._taken()
                if want is not None:
                    return want
                self._changed.wait()
        return None

    def _taken(self) -> Want | None:
        while self._tiles:
            tile, self._tiles = self._tiles[0], self._tiles[1:]
            if tile.page not in self._failed:
                return tile
        while self._words:
            page = next(iter(self._words))
            del self._words[page]
            if page not in self._failed:
                return WordsWanted(page)
        while self._quotes:
            quote, self._quotes = self._quotes[0], self._quotes[1:]
            if quote.page not in self._failed:
                return quote
        while self._small:
            tile, self._small = self._small[0], self._small[1:]
            if tile.page not in self._failed:
                return tile
        return self._searching()

    def _searching(self) -> SearchWanted | None:
        if self._search is None or not self._pages:
            return None
        text, first = self._search
        until = min(self._pages, first + _SEARCHED_AT_ONCE - 1)
        last = until == self._pages
        self._search = None if last else (text, until + 1)
        return SearchWanted(text, first, until, last)
