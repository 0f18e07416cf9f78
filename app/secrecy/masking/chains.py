"""The text of a part as a chain of the elements that hold it, so that a quote is found across them and replaced in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.secrecy.masking.folding import Folded, Span, folded
from app.secrecy.masking.package import Package, local

__all__ = ["Chain", "Edits", "Leaf", "aside_chains"]

Element = Any
_BARRIER = "\ue000"
_PARAGRAPHS = frozenset({"p", "comment", "si", "text", "rich", "title"})
_TEXTS = frozenset({"t", "text"})


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """An element that holds text. `open`: seen in the running text; `margin`: header or footer;
    `inserted`: a tracked insertion; `code`: of a field, not shown; `sign`: what a symbol says, whose element holds no text."""

    element: Element
    part: str
    open: bool = True
    margin: bool = False
    inserted: bool = False
    code: bool = False
    sign: str | None = None

    @property
    def text(self) -> str:
        """What it says."""
        return self.element.text or "" if self.sign is None else self.sign


class Chain:
    """Leaves and the blanks between them as one text."""

    def __init__(self, pieces: Iterable[Leaf | str]) -> None:
        self._text: list[str] = []
        self._places: list[tuple[Leaf, int] | None] = []
        for piece in pieces:
            if isinstance(piece, str):
                self._text += piece
                self._places += [None] * len(piece)
            else:
                text = piece.text
                self._text += text
                self._places += [(piece, offset) for offset in range(len(text))]
        self.text: Folded = folded("".join(self._text))

    def without(self, edits: Edits) -> Folded:
        """The text with a barrier for each sign that is edited away."""
        return folded(
            "".join(
                _BARRIER if place is not None and edits.covers(*place) else sign
                for sign, place in zip(self._text, self._places, strict=True)
            )
        )

    def edit(self, span: Span, number: int, edits: Edits) -> None:
        """Mark the leaves' signs in a span as masked. Each paragraph of the span gets a mask of its own."""
        begins = True
        for index in range(span.start, span.end):
            place = self._places[index]
            if place is not None:
                edits.add(*place, number, begins=begins)
                begins = False
            elif self._text[index] == "\n":
                begins = True


def aside_chains(package: Package, skipped: Callable[[str, Element], bool]) -> Iterator[Chain]:
    """The texts of drawings, comments and charts paragraph by paragraph, as their words may be split over runs."""
    for part in package.names():
        root = None if part.endswith(".rels") else package.tree(part)
        if root is None or skipped(part, root):
            continue
        for paragraph in root.iter():
            if local(paragraph) in _PARAGRAPHS:
                yield Chain(Leaf(text, part, open=False) for text in paragraph.iter() if local(text) in _TEXTS and text.text)


@dataclass
class Edits:
    """Which signs of which leaves are masked, by which claims, and where a mask stands in their place."""

    _signs: dict[Leaf, dict[int, set[int]]] = field(default_factory=dict)
    _begins: dict[Leaf, set[int]] = field(default_factory=dict)

    def covers(self, leaf: Leaf, offset: int) -> bool:
        """Whether the sign is masked."""
        return offset in self._signs.get(leaf, {})

    def add(self, leaf: Leaf, offset: int, number: int, *, begins: bool) -> None:
        """Mask a sign. `begins`: a mask is shown there."""
        self._signs.setdefault(leaf, {}).setdefault(offset, set()).add(number)
        if begins:
            self._begins.setdefault(leaf, set()).add(offset)

    def __len__(self) -> int:
        return sum(map(len, self._begins.values()))

    def leaves(self) -> Sequence[Leaf]:
        """Those in which something is masked."""
        return list(self._signs)

    def pieces(self, leaf: Leaf, shown: Callable[[tuple[int, ...]], str]) -> list[tuple[str, bool]]:
        """What is left of a leaf's text and the masks in it (True), in order. Masks that touch are one."""
        signs, begins = self._signs.get(leaf, {}), self._begins.get(leaf, set())
        text = leaf.text
        found: list[tuple[str, bool]] = []
        start = index = 0
        while index < len(text):
            if index not in signs:
                index += 1
                continue
            if index > start:
                found.append((text[start:index], False))
            end, numbers, begun = index, set[int](), False
            while end in signs:
                numbers |= signs[end]
                begun = begun or end in begins
                end += 1
            if begun:
                found.append((shown(tuple(sorted(numbers))), True))
            start = index = end
        if start < len(text):
            found.append((text[start:], False))
        return found
