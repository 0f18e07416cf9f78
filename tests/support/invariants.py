"""What holds of every document and reading, whatever the file was."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from app.core.document import Block, Box, Document, Place
from app.core.points import Reading

_OFF_PAGE = "a box off its page"
_TOLERANCE = 2.0  # points: a glyph's box may reach a little over the edge


def document_problems(document: Document, *, on_page: bool = True) -> Iterator[str]:
    """Why the document is not one: lines, places or cells that are not in it.

    `on_page` False: a broken file may well draw its text beside the page, where its box then truthfully is.
    """
    if document.pages is not None and document.page_sizes and len(document.page_sizes) != document.pages:
        yield f"{len(document.page_sizes)} sizes for {document.pages} pages"
    for page in document.unreadable_pages:
        if not 1 <= page <= (document.pages or 0):
            yield f"unreadable page {page} of {document.pages}"
    for index, block in enumerate(document.blocks):
        for problem in _block_problems(document, block):
            if on_page or _OFF_PAGE not in problem:
                yield f"block {index} ({block.kind}): {problem}"


def reading_problems(reading: Reading, *, on_page: bool = True) -> Iterator[str]:
    """Why the reading is not one of its document: sources or lines that are not in it. `on_page` as for documents."""
    document, lines = reading.document, reading.lines
    if lines.total != document.line_count() or lines.items + lines.context + lines.furniture + lines.unassigned != lines.total:
        yield f"the ledger has {lines} for {document.line_count()} lines"
    for point in reading.points:
        for source in (point.source, *point.also):
            if source.document != document.id:
                yield "a source in another document"
            for problem in _place_problems(document, source.place):
                if on_page or _OFF_PAGE not in problem:
                    yield f"source of a {point.kind}: {problem}"
        for span in point.spans:
            if not 0 <= span.block < len(document.blocks):
                yield f"a span in block {span.block} of {len(document.blocks)}"
            elif not 0 <= span.start <= span.end <= len(document.blocks[span.block].text):
                yield f"a span {span.start} to {span.end} outside its block's text"


def _block_problems(document: Document, block: Block) -> Iterator[str]:
    yield from _place_problems(document, block.place)
    starts = [line.start for line in block.lines]
    if starts != sorted(starts):
        yield "lines out of order"
    if any(not 0 <= start <= len(block.text) for start in starts):
        yield "a line that starts outside the text"
    for line in block.lines:
        yield from _place_problems(document, Place(line.page, line.box))
    if block.region is not None and not 0 <= block.region < len(document.regions):
        yield f"region {block.region} of {len(document.regions)}"
    for cell in block.cells:
        if cell.column < 0 or cell.column_span < 1 or cell.row_span < 1:
            yield "a cell outside its grid"
        yield from _place_problems(document, cell.place)
    for slot in (*block.slots, *(slot for cell in block.cells for slot in cell.slots)):
        if slot.place is not None:
            yield from (f"slot: {problem}" for problem in _place_problems(document, slot.place))


def _place_problems(document: Document, place: Place) -> Iterator[str]:
    if place.page is not None and not 1 <= place.page <= (document.pages or 0):
        yield f"page {place.page} of {document.pages}"
    if place.sheet is not None and place.sheet not in document.sheets:
        yield "a sheet that the workbook has not"
    if place.box is not None:
        yield from _box_problems(document, place.page, place.box)


def _box_problems(document: Document, page: int | None, box: Box) -> Iterator[str]:
    if not all(isfinite(side) for side in box):
        yield "a box without finite sides"
    elif box.x0 > box.x1 or box.y0 > box.y1:
        yield f"a box inside out: {tuple(round(side) for side in box)}"
    elif page is not None and 1 <= page <= len(document.page_sizes):
        width, height = document.page_sizes[page - 1]
        if box.x1 < -_TOLERANCE or box.y1 < -_TOLERANCE or box.x0 > width + _TOLERANCE or box.y0 > height + _TOLERANCE:
            yield f"{_OFF_PAGE} of {width:.0f} x {height:.0f}: {tuple(round(side) for side in box)}"
