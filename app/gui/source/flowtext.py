"""Where a quote or a word stands in blocks of text: pure, no Qt. A block has one part, a table row one for each cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.core.document import Block, BlockKind, Document, Place

__all__ = ["Columns", "FlowText", "Spot", "TextHit", "columns_of", "parts_of", "squeezed"]

_BLOCKS_OF_A_QUOTE = 8
_LINE = 84
"""Characters on a line of the page, from which the widths of columns are reckoned."""
_LONGEST, _LONGEST_WORD, _BESIDE = 90, 18, 3
"""Characters that a column's text and words count for at most, and the room around them."""
_LOOKED_AT = 200
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


Columns = dict[int, tuple[float, ...]]
"""The share of the width that each column of a table takes."""


def columns_of(blocks: Sequence[Block]) -> Columns:
    """By how much text the columns hold."""
    texts: dict[int, dict[int, int]] = {}
    words: dict[int, dict[int, int]] = {}
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
                longest = max(map(len, cell.text.split()), default=0)
                texts.setdefault(table, {})[cell.column] = max(texts.get(table, {}).get(cell.column, 0), len(cell.text))
                words.setdefault(table, {})[cell.column] = max(words.get(table, {}).get(cell.column, 0), longest)
    shares: Columns = {}
    for table, end in ends.items():
        columns = range(min(end, 200))
        least = [min(_LONGEST_WORD, words.get(table, {}).get(column, 0)) + _BESIDE for column in columns]
        more = [min(_LONGEST, texts.get(table, {}).get(column, 0)) for column in columns]
        spare = max(0, _LINE - sum(least)) / (sum(more) or 1)
        widths = [low + spare * wish for low, wish in zip(least, more, strict=True)]
        shares[table] = tuple(width / sum(widths) for width in widths)
    return shares


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
        self._whole_text: tuple[str, list[int]] | None = None

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
        found = self._block_with(quote, block or 0)
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
        if self._whole_text is None:
            starts, signs = [], []
            length = 0
            for block in self.blocks:
                starts.append(length)
                signs += [squeezed(part)[0] for part in parts_of(block)]
                length += sum(map(len, signs[-len(parts_of(block)) :]))
            self._whole_text = "".join(signs), starts
        whole, starts = self._whole_text
        wanted, _ = squeezed(quote)
        at = whole.find(wanted, starts[first]) if wanted and starts else -1
        return bisect_right(starts, at) - 1 if at >= 0 else None

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
