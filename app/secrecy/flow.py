"""A document as one stretch of folded text, in which a passage is found whatever blocks, pages and lines it is spread over."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from app.core.document import Block, BlockKind, Cell, Document, Flag, Place
from app.secrecy.folding import Folded, fold, fold_text, is_word

__all__ = ["Flow", "Span", "bare_heading"]

_ASIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE, BlockKind.COMMENT})
_PRINTED_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-ZÅÄÖ]\d*[.:)]|§\s*\d+)\s+")


class Span(NamedTuple):
    """Characters from `start` to `end` of the text of the block with that index."""

    block: int
    start: int
    end: int


class Flow:
    """The folded text of a document: the body in reading order, then what stands beside it (headers, notes, comments).

    A passage that goes on over a page break is whole in it, although a header and a footer stand between its halves.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        blocks = document.blocks
        order = [index for index, block in enumerate(blocks) if block.kind not in _ASIDE]
        order += [index for index, block in enumerate(blocks) if block.kind in _ASIDE]
        self._order = order
        self._starts: list[int] = []
        parts: list[str] = []
        at = 0
        for index in order:
            part = fold_text(blocks[index].text)
            self._starts.append(at)
            parts.append(part)
            at += len(part)
        self.text = "".join(parts)
        self._rank = {index: rank for rank, index in enumerate(order)}
        self._folded: dict[int, Folded] = {}
        self._headings: list[int] = [index for index in order if blocks[index].kind is BlockKind.HEADING]

    def folded(self, index: int) -> Folded:
        """A block's folded text with the way back to the block's own."""
        found = self._folded.get(index)
        if found is None:
            found = self._folded[index] = fold(self.document.blocks[index].text)
        return found

    def at(self, index: int, offset: int) -> int:
        """The position in the flow of the first folded character at or after an offset of a block's text."""
        return self._starts[self._rank[index]] + bisect_left(self.folded(index).offsets, offset)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The characters of the blocks that a stretch of the flow comes from."""
        found: list[Span] = []
        rank = bisect_right(self._starts, start) - 1
        while rank < len(self._order) and self._starts[rank] < end:
            index = self._order[rank]
            offsets = self.folded(index).offsets
            first, last = max(0, start - self._starts[rank]), min(len(offsets), end - self._starts[rank])
            if first < last:
                text = self.document.blocks[index].text
                found.append(Span(index, offsets[first], _end_of(text, offsets, last)))
            rank += 1
        return tuple(found)

    def written(self, spans: tuple[Span, ...]) -> str:
        """The text of the spans as it stands, blocks joined by a line end."""
        return "\n".join(self.document.blocks[span.block].text[span.start : span.end] for span in spans)

    def bounded(self, start: int, end: int, open_start: bool = False, open_end: bool = False) -> bool:
        """The stretch neither starts nor ends inside a word, except where it is said to."""
        spans = self.spans(start, end)
        if not spans:
            return False
        first, last = spans[0], spans[-1]
        text = self.document.blocks[first.block].text
        if not open_start and is_word(text, first.start) and is_word(text, first.start - 1):
            return False
        text = self.document.blocks[last.block].text
        return open_end or not (is_word(text, last.end - 1) and is_word(text, last.end))

    def hyphenated(self, span: Span) -> bool:
        """The span's last word goes on after a hyphen: a name by marriage, a compound."""
        text = self.document.blocks[span.block].text
        return (
            is_word(text, span.end - 1) and text[span.end : span.end + 1] in ("-", "‐", "\u2011") and is_word(text, span.end + 1)
        )

    def units(self, start: int, end: int) -> int:
        """How many blocks, and cells of table rows, the stretch is spread over."""
        return sum(1 + self.document.blocks[s.block].text.count("\t", s.start, s.end) for s in self.spans(start, end))

    def unit(self, position: int) -> tuple[int, int]:
        """The stretch of the block, or of the cell in a table row, that holds a position."""
        if not self.text:
            return 0, 0
        rank = bisect_right(self._starts, min(position, len(self.text) - 1)) - 1
        index = self._order[rank]
        block = self.document.blocks[index]
        base, folded = self._starts[rank], self.folded(index)
        if not block.cells:
            return base, base + len(folded.text)
        offset = folded.offsets[min(position - base, len(folded.offsets) - 1)]
        left = block.text.rfind("\t", 0, offset) + 1
        right = block.text.find("\t", offset)
        return self.at(index, left), self.at(index, len(block.text) if right < 0 else right)

    def cell(self, index: int, offset: int) -> Cell | None:
        """The cell of a table row that an offset of its text falls into."""
        block = self.document.blocks[index]
        for cell, start, end in _cells(block):
            if start <= offset <= end:
                return cell
        return None

    def offset_of(self, index: int, number: int) -> tuple[int, int]:
        """Where in a table row's text the cell of that number stands."""
        for count, (_, start, end) in enumerate(_cells(self.document.blocks[index])):
            if count == number:
                return start, end
        return 0, 0

    def place(self, span: Span) -> Place:
        """Where a span stands: the cell's place inside a table row that has cells with places."""
        block = self.document.blocks[span.block]
        cell = self.cell(span.block, span.start) if block.cells else None
        if cell is not None and cell.place.cell is not None:
            return cell.place
        found = block.place_of(span.start, span.end)
        if cell is not None and cell.place.box is not None:
            return Place(cell.place.page or found.page, cell.place.box, found.paragraph, found.sheet, found.cell)
        return found

    def heading(self, index: int, offset: int = 0) -> str | None:
        """The heading above a block and, in a table, that of the column: what tells a place apart from others like it."""
        block = self.document.blocks[index]
        rank = self._rank[index]
        parts: list[str] = []
        above = bisect_left(self._headings, rank, key=self._rank.__getitem__) - 1
        if above >= 0 and block.kind not in _ASIDE:
            parts.append(bare_heading(self.document.blocks[self._headings[above]]))
        column = self.column_heading(index, offset)
        if column:
            parts.append(column)
        return "\t".join(parts) or None

    def headings(self) -> Iterator[str]:
        """All headings, without their numbers."""
        return (bare_heading(self.document.blocks[index]) for index in self._headings)

    def column_heading(self, index: int, offset: int) -> str | None:
        """What the header row above says of the cell at the offset of a table row."""
        block = self.document.blocks[index]
        cell = self.cell(index, offset) if block.cells else None
        if cell is None or block.table is None:
            return None
        for above in range(index - 1, -1, -1):
            candidate = self.document.blocks[above]
            if candidate.table != block.table:
                if candidate.table is not None or index - above > 4000:
                    return None
                continue
            if Flag.HEADER_ROW in candidate.flags:
                for head in candidate.cells:
                    if head.column <= cell.column < head.column + max(1, head.column_span) and head.text.strip():
                        return " ".join(head.text.split())
                return None
        return None

    def page_stretch(self, page: int) -> tuple[int, int] | None:
        """From the first to the last character of the body that stands on a page."""
        first: int | None = None
        last = 0
        for index in self._order:
            block = self.document.blocks[index]
            if block.kind in _ASIDE:
                break
            for start, end in _on_page(block, page):
                first = self.at(index, start) if first is None else first
                last = self.at(index, end)
        return None if first is None or first >= last else (first, last)


def bare_heading(block: Block) -> str:
    """A heading without its number, which changes when chapters are added."""
    return _PRINTED_NUMBER.sub("", " ".join(block.text.split()))


def _on_page(block: Block, page: int) -> Iterator[tuple[int, int]]:
    if not block.lines:
        if block.place.page == page:
            yield 0, len(block.text)
        return
    for number, line in enumerate(block.lines):
        if line.page == page:
            after = block.lines[number + 1].start if number + 1 < len(block.lines) else len(block.text)
            yield line.start, after


def _cells(block: Block) -> Iterator[tuple[Cell, int, int]]:
    """The cells of a row with where their texts stand in the row's."""
    at = 0
    for cell in block.cells:
        yield cell, at, at + len(cell.text)
        at += len(cell.text) + 1


def _end_of(text: str, offsets: tuple[int, ...], last: int) -> int:
    """The end of the character before folded position `last`, with its accents, without what only separates."""
    end = offsets[last - 1] + 1
    while end < len(text) and is_word(text, end) and not text[end].isalnum() and text[end] != "_":
        end += 1
    return end
