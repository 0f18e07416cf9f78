"""Marking the words of pages: which word is meant by a point, and what lies between two of them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import NamedTuple

from app.core.document import Box, Place
from app.gui.source.caret import Step
from app.workers.pages import PageWord

__all__ = ["PageText", "WordAt"]

_MOST_PAGES = 24
"""Pages whose words are kept, besides those that are marked."""
_LINES_APART = 30.0
"""A point above or below a word is that much further from it than one beside it: marking follows lines."""


class WordAt(NamedTuple):
    """A word by its page and number on it."""

    page: int
    number: int


class PageText:
    """The words known so far, and what is marked of them: from one word to another, in the order of the file."""

    def __init__(self) -> None:
        self._words: OrderedDict[int, tuple[PageWord, ...]] = OrderedDict()
        self.anchor: WordAt | None = None
        self.head: WordAt | None = None
        self.caret: WordAt | None = None

    def put(self, page: int, words: tuple[PageWord, ...]) -> None:
        """The words of a page."""
        self._words[page] = words
        marked = (
            range(min(self.anchor, self.head).page, max(self.anchor, self.head).page + 1) if self.anchor and self.head else ()
        )
        kept = {*marked, self.caret.page} if self.caret is not None else {*marked}
        for old in [old for old in self._words if old not in kept][:-_MOST_PAGES]:
            del self._words[old]

    def has(self, page: int) -> bool:
        """Whether they are known."""
        return page in self._words

    def text(self, page: int) -> str:
        """All that stands on a page."""
        return _joined(self._words.get(page, ()))

    def over(self, page: int, x: float, y: float) -> bool:
        """Whether there is a word at the point."""
        words = self._words.get(page, ())
        return any(word.box.x0 - 2 <= x <= word.box.x1 + 2 and word.box.y0 - 1 <= y <= word.box.y1 + 1 for word in words)

    def nearest(self, page: int, x: float, y: float) -> WordAt | None:
        """The word meant by a point."""
        words = self._words.get(page, ())
        if not words:
            return None

        def distance(index: int) -> float:
            box = words[index].box
            return _apart(x, box.x0, box.x1) + _LINES_APART * _apart(y, box.y0, box.y1)

        return WordAt(page, min(range(len(words)), key=distance))

    def clear(self) -> None:
        """Mark nothing."""
        self.anchor = self.head = None

    def mark_word(self, at: WordAt) -> None:
        """Mark one word."""
        self.anchor = self.head = at

    def box(self, at: WordAt) -> Box | None:
        """Where a word stands."""
        words = self._words.get(at.page, ())
        return words[at.number].box if at.number < len(words) else None

    def move(self, step: Step, *, extend: bool) -> int | None:
        """Move the caret; with `extend`, what it passes is marked, its own word first. A page whose words must come first."""
        at = self.caret
        if at is None:
            return None
        if extend and (self.anchor is None or self.head is None):
            self.anchor = self.head = at
            if step in (Step.LEFT, Step.RIGHT):
                return None
        target = self._target(at, step)
        if isinstance(target, int):
            return target
        self.caret = target
        if extend:
            self.head = target
        else:
            self.clear()
        return None

    def _target(self, at: WordAt, step: Step) -> WordAt | int:
        """A word, or the page to look on."""
        words = self._words.get(at.page, ())
        line = words[at.number].line if at.number < len(words) else -1
        match step:
            case Step.RIGHT:
                return at._replace(number=at.number + 1) if at.number + 1 < len(words) else self._beyond(at.page, 1)
            case Step.LEFT:
                return at._replace(number=at.number - 1) if at.number > 0 else self._beyond(at.page, -1)
            case Step.HOME | Step.END:
                same = [index for index, word in enumerate(words) if word.line == line]
                return at._replace(number=same[0 if step is Step.HOME else -1]) if same else at
            case _:
                way = 1 if step is Step.DOWN else -1
                rest = words[at.number + 1 :] if way > 0 else words[: at.number][::-1]
                other = next((word.line for word in rest if word.line != line), None)
                if other is None:
                    return self._beyond(at.page, way)
                x = (words[at.number].box.x0 + words[at.number].box.x1) / 2
                near = [(_apart(x, word.box.x0, word.box.x1), index) for index, word in enumerate(words) if word.line == other]
                return at._replace(number=min(near)[1])

    def _beyond(self, page: int, way: int) -> WordAt | int:
        """The first word after a page or the last one before it, or the page that has to be known to tell."""
        page += way
        while self.has(page) and not self._words[page]:
            page += way
        if not self.has(page):
            return page
        return WordAt(page, 0 if way > 0 else len(self._words[page]) - 1)

    def boxes(self, page: int) -> tuple[Box, ...]:
        """A box for every marked line of a page."""
        lines: dict[int, list[Box]] = {}
        for word in self._marked(page):
            lines.setdefault(word.line, []).append(word.box)
        return tuple(_around(boxes) for boxes in lines.values())

    def marked(self) -> tuple[Place, str] | None:
        """What is marked: its place (the page it begins on, the box around its lines there) and its text."""
        if self.anchor is None or self.head is None:
            return None
        first, last = sorted((self.anchor, self.head))
        pages = range(first.page, last.page + 1)
        text = _joined(tuple(word for page in pages for word in self._marked(page)))
        boxes = self.boxes(first.page)
        return (Place(first.page, _around(list(boxes))), text) if text and boxes else None

    def _marked(self, page: int) -> Iterator[PageWord]:
        if self.anchor is None or self.head is None:
            return
        first, last = sorted((self.anchor, self.head))
        for index, word in enumerate(self._words.get(page, ())):
            if first <= WordAt(page, index) <= last:
                yield word


def _apart(value: float, low: float, high: float) -> float:
    return max(low - value, 0.0, value - high)


def _joined(words: tuple[PageWord, ...]) -> str:
    return "".join(word.text + ("" if word.joined else " ") for word in words).strip()


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes), min(box.y0 for box in boxes), max(box.x1 for box in boxes), max(box.y1 for box in boxes)
    )
