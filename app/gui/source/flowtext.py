"""Where a quote or a word stands in blocks of text: pure, no Qt. A block has one part, a table row one for each cell."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.core.document import Block, BlockKind, Document, Place

__all__ = ["Column", "Columns", "FlowText", "Spot", "TextHit", "columns_of", "parts_of", "shared_out", "signs_of", "squeezed"]

_BLOCKS_OF_A_QUOTE = 8
_LONGEST, _LONGEST_WORD = 90, 40
"""Characters that a column's text counts for at most, and of words that are kept in one piece."""
_WIDEST_OF = 4
"""The words with most letters that are measured for each column: the widest may have one letter less."""
_ANSWER = 24
"""Characters of a short answer with its boxes ("Ja ☐ Nej ☐"), which stays on one line."""
_BOXES = frozenset("☐☑☒□■")
_LOOKED_AT = 200
_NO_SIGNS = re.compile(r"[\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_AROUND = 40
"""Characters shown before and after a hit."""


class Spot(NamedTuple):
    """Characters `start` to `end` of part `part` of block `block`."""

    block: int
    part: int
    start: int
    end: int


class TextHit(NamedTuple):
    """A place where the words looked for stand."""

    spot: Spot
    before: str
    text: str
    after: str


def parts_of(block: Block) -> tuple[str, ...]:
    """The texts of a block that are set by themselves."""
    return tuple(cell.text for cell in block.cells) if block.cells else (block.text,)


def squeezed(text: str) -> tuple[str, list[int]]:
    """Only its letters and digits, in one case, and where each of them stood."""
    kept: list[str] = []
    places: list[int] = []
    for index, sign in enumerate(text):
        if sign.isalnum():
            for letter in sign.casefold():
                kept.append(letter)
                places.append(index)
    return "".join(kept), places


def signs_of(text: str) -> str:
    """Only its letters and digits, in one case: `squeezed` without the places, some ten times faster."""
    return _NO_SIGNS.sub("", text).casefold()


class Column(NamedTuple):
    """What a column of a table wants: texts that must not be broken, and how much text there is, in characters."""

    unbroken: tuple[str, ...] = ()
    wish: int = 0


Columns = dict[int, tuple[Column, ...]]
"""The columns of every table."""


def columns_of(blocks: Sequence[Block]) -> Columns:
    """By the texts of the first rows of each table."""
    texts: dict[tuple[int, int], int] = {}
    words: dict[tuple[int, int], set[str]] = {}
    seen: dict[int, int] = {}
    ends: dict[int, int] = {}
    for block in blocks:
        if block.table is None or not block.cells:
            continue
        table = block.table
        ends[table] = max(ends.get(table, 0), *(cell.column + cell.column_span for cell in block.cells))
        seen[table] = seen.get(table, 0) + 1
        for cell in block.cells if seen[table] <= _LOOKED_AT else ():
            if cell.column_span == 1:
                at = table, cell.column
                texts[at] = max(texts.get(at, 0), len(cell.text))
                words.setdefault(at, set()).update(_unbroken(cell.text))
    return {
        table: tuple(
            Column(
                tuple(sorted(words.get((table, column), ()), key=len)[-_WIDEST_OF:]),
                min(_LONGEST, texts.get((table, column), 0)),
            )
            for column in range(min(end, 200))
        )
        for table, end in ends.items()
    }


def _unbroken(text: str) -> list[str]:
    answers = [line for line in text.split("\n") if len(line) <= _ANSWER and not _BOXES.isdisjoint(line)]
    return answers + [word for word in text.split() if len(word) <= _LONGEST_WORD]


def shared_out(width: float, least: Sequence[float], wishes: Sequence[float]) -> list[float]:
    """The widths of columns that together are `width`: at least what each needs, the widest cut down when that is too much."""
    left = width - sum(least)
    if left >= 0:
        whole = sum(wishes)
        return [low + (left * wish / whole if whole else left / len(least)) for low, wish in zip(least, wishes, strict=True)]
    room, cap = width, 0.0
    for number, low in enumerate(sorted(least)):
        cap = room / (len(least) - number)
        if low > cap:
            break
        room -= low
    return [min(low, cap) for low in least]


class FlowText:
    """A document's blocks, to be searched by place and by words."""

    def __init__(self, document: Document) -> None:
        self.blocks = document.blocks
        self.columns = columns_of(document.blocks)
        known = sorted(
            (block.place.paragraph, index) for index, block in enumerate(self.blocks) if block.place.paragraph is not None
        )
        self._paragraphs = [paragraph for paragraph, _ in known]
        self._indexes = [index for _, index in known]
        self._pages: dict[int, int] = {}
        for index, block in enumerate(self.blocks):
            if block.place.page is not None:
                self._pages.setdefault(block.place.page, index)
        self._found: dict[tuple[int, str], tuple[Spot, ...]] = {}
        self._block_found: dict[tuple[int, str], int | None] = {}
        self._signs, self._starts, self._alone = _index(self.blocks)

    def block_at(self, place: Place) -> int | None:
        """The block at a place: the last one that begins at its paragraph or before, else the first one of its page."""
        if place.paragraph is None:
            return self._pages.get(place.page) if place.page is not None else None
        at = bisect_right(self._paragraphs, place.paragraph) - 1
        if at < 0:
            return None
        while at > 0 and self._paragraphs[at - 1] == self._paragraphs[at]:
            at -= 1
        return self._indexes[at]

    def block_of(self, place: Place, quote: str) -> int | None:
        """The block at a place, or the one that holds the words where the format tells no more than a page, or nothing."""
        block = self.block_at(place)
        if place.paragraph is not None or (block is None and place != Place()):
            return block
        key = (block or 0, quote)
        if key not in self._block_found:
            self._block_found[key] = self._block_with(quote, block or 0)
        found = self._block_found[key]
        return block if found is None else found

    def spots(self, place: Place, quote: str) -> tuple[Spot, ...]:
        """Where a quote stands that begins at a place; the whole block there when the words are not found."""
        block = self.block_of(place, quote)
        if block is None:
            return ()
        key = (block, quote)
        if key not in self._found:
            self._found[key] = self._looked_up(block, quote) or self._whole(block)
        return self._found[key]

    def find(self, text: str, most: int) -> Iterator[TextHit]:
        """Where a text stands, whatever its case."""
        wanted = " ".join(text.casefold().split())
        found = 0
        for index, block in enumerate(self.blocks):
            for part, whole in enumerate(parts_of(block)):
                folded = whole.casefold()
                if len(folded) != len(whole):  # a letter that becomes two: places would no longer fit
                    folded = whole.lower() if len(whole.lower()) == len(whole) else whole
                at = folded.find(wanted) if wanted else -1
                while at >= 0 and found < most:
                    end = at + len(wanted)
                    before, after = whole[max(0, at - _AROUND) : at], whole[end : end + _AROUND]
                    yield TextHit(Spot(index, part, at, end), before, whole[at:end], after)
                    found += 1
                    at = folded.find(wanted, end)

    def text(self, first: Spot, last: Spot) -> str:
        """All from the start of one spot to the end of another."""
        lines: list[str] = []
        for index in range(first.block, last.block + 1):
            cells = []
            for part, whole in enumerate(parts_of(self.blocks[index])):
                start = first.start if (index, part) == first[:2] else 0
                end = last.end if (index, part) == last[:2] else len(whole)
                if first[:2] <= (index, part) <= last[:2]:
                    cells.append(whole[start:end])
            lines.append("\t".join(cells))
        return "\n".join(lines)

    def _whole(self, block: int) -> tuple[Spot, ...]:
        parts = parts_of(self.blocks[block])
        return tuple(Spot(block, part, 0, len(text)) for part, text in enumerate(parts) if text)

    def _block_with(self, quote: str, first: int) -> int | None:
        """The first block, from `first` on, that is these words or has them as a sentence, else the first one they are in."""
        wanted = signs_of(quote)
        alone = self._alone.get(wanted, ())
        nearest = bisect_left(alone, first)
        if nearest < len(alone):
            return alone[nearest]
        at = self._signs.find(wanted, self._starts[first]) if wanted and self._starts else -1
        return bisect_right(self._starts, at) - 1 if at >= 0 else None

    def _looked_up(self, first: int, quote: str) -> tuple[Spot, ...]:
        wanted, _ = squeezed(quote)
        if not wanted:
            return ()
        pieces: list[tuple[int, int, int, list[int]]] = []  # block, part, where it begins in the whole, places
        whole = ""
        for block, part, text in _texts(self.blocks, first):
            signs, places = squeezed(text)
            pieces.append((block, part, len(whole), places))
            whole += signs
            if len(whole) > 20 * len(wanted) + 20_000:
                break
        start = whole.find(wanted)
        if start < 0:
            return ()
        spots = []
        for block, part, begin, places in pieces:
            low, high = max(start, begin) - begin, min(start + len(wanted), begin + len(places)) - begin
            if low < high:
                spots.append(Spot(block, part, places[low], places[high - 1] + 1))
        return (*spots[:-1], self._to_the_end(spots[-1], quote)) if spots else ()

    def _to_the_end(self, spot: Spot, quote: str) -> Spot:
        """With the full stop or bracket that the quote ends with."""
        signs = quote.rstrip()
        tail = signs[max((index for index, sign in enumerate(signs) if sign.isalnum()), default=-1) + 1 :]
        text = parts_of(self.blocks[spot.block])[spot.part]
        return spot._replace(end=spot.end + len(tail)) if tail and text.startswith(tail, spot.end) else spot


def _index(blocks: Sequence[Block]) -> tuple[str, list[int], dict[str, list[int]]]:
    """The signs of all blocks, where each block begins in them, and the blocks that each text stands alone in, in order.

    Most quotes are a whole block or a sentence of one. Searching the signs for thousands of them would take seconds.
    """
    starts: list[int] = []
    signs: list[str] = []
    alone: dict[str, list[int]] = {}
    length = 0
    for index, block in enumerate(blocks):
        starts.append(length)
        for part in parts_of(block):
            made = signs_of(part)
            signs.append(made)
            length += len(made)
            sentences = _SENTENCE_END.split(part)
            for text in {made, *map(signs_of, sentences)} if len(sentences) > 1 else (made,):
                if text and (found := alone.setdefault(text, []))[-1:] != [index]:
                    found.append(index)
    return "".join(signs), starts, alone


def _texts(blocks: Sequence[Block], first: int) -> Iterator[tuple[int, int, str]]:
    left = _BLOCKS_OF_A_QUOTE
    for index in range(first, len(blocks)):
        if index > first and blocks[index].kind in (BlockKind.FURNITURE, BlockKind.COMMENT):
            continue
        for part, text in enumerate(parts_of(blocks[index])):
            yield index, part, text
        left -= 1
        if not left:
            return
