"""Marked passages: an anchor made from a place, and the place found again in the file as it is now.

`Finder` looks up the anchors of one document; nothing of it depends on chance or time. What counts as the same place: in a
workbook the same cell; where there are pages, the same page; and everywhere the same neighbours or the same heading. Text that
stands elsewhere has moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.core.claims import Anchor, AnchorState
from app.core.document import Box, Document
from app.secrecy.areas import find_area, find_page
from app.secrecy.boxes import find_box
from app.secrecy.flow import Flow, Span
from app.secrecy.folding import fold_text
from app.secrecy.found import Found, FoundPlace
from app.secrecy.grids import Grid, area_of
from app.secrecy.quotes import exact, find_quote, numbered

__all__ = ["CONTEXT", "Finder", "Found", "FoundPlace", "anchor_of", "find"]

CONTEXT = 60
"""Characters kept before and after a quote."""


@dataclass(frozen=True)
class Finder:
    """Makes and finds the anchors of one document, whose text is folded once."""

    document: Document
    _places: dict[str, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def flow(self) -> Flow:
        """The document's text."""
        return Flow(self.document)

    @cached_property
    def grid(self) -> Grid:
        """The document's cells."""
        return Grid(self.document)

    def of_text(self, file: str, spans: Sequence[Span]) -> Anchor:
        """The anchor of a passage: characters of one block, or of several that follow each other."""
        flow, wanted = self.flow, tuple(span for span in spans if span.start < span.end)
        if not wanted:
            raise ValueError("no text")
        first, last = wanted[0], wanted[-1]
        place = flow.place(first)
        quote = flow.written(wanted)
        start, end = flow.at(first.block, first.start), flow.at(last.block, last.end)
        made = Anchor(
            file,
            quote,
            _before(flow, start, self.document.blocks[first.block].text[: first.start]),
            _after(flow, end, self.document.blocks[last.block].text[last.end :]),
            page=place.page,
            sheet=place.sheet,
            cells=self._cells_of(wanted),
            heading=flow.heading(first.block, first.start),
        )
        return numbered(made, self._standing(quote), start)

    def of_cells(self, file: str, sheet: str, cells: str) -> Anchor:
        """The anchor of a cell or a range, empty ones included. Raises ValueError for what is no A1 range."""
        area = area_of(cells)
        if area is None:
            raise ValueError(f"no range: {cells}")
        spans = self.grid.spans(sheet, area)
        if not spans:
            return Anchor(file, sheet=sheet, cells=area.name)
        flow, first, last = self.flow, spans[0], spans[-1]
        start = flow.at(first.block, first.start)
        quote = self.grid.quote(sheet, area)
        made = Anchor(
            file,
            quote,
            _before(flow, start, self.document.blocks[first.block].text[: first.start]),
            _after(flow, flow.at(last.block, last.end), self.document.blocks[last.block].text[last.end :]),
            sheet=sheet,
            cells=area.name,
            heading=flow.heading(first.block, first.start),
        )
        return numbered(made, self._standing(quote), start)

    def of_page(self, file: str, page: int, box: Box | None = None) -> Anchor:
        """The anchor of a whole page, or of a box on it. The page's first and last words are kept to know it by."""
        stretch = self.flow.page_stretch(page)
        if stretch is None:
            return Anchor(file, page=page, box=box)
        text = self.flow.written(self.flow.spans(*stretch))
        return Anchor(file, None, text[:CONTEXT].rstrip(), text[-CONTEXT:].lstrip(), page=page, box=box)

    def find(self, anchor: Anchor, sha256: str | None = None, before: Finder | None = None) -> Found:
        """Where the anchor's passage stands now. `sha256` is the file's hash when it was marked: an unchanged file decides.

        `before` has the document in which the mark was made or found last, where that is known: what stood in it beside the
        passage is no changed version of it, however alike.
        """
        same = sha256 is not None and sha256 == self.document.sha256
        area = area_of(anchor.cells)
        if (
            anchor.sheet is not None
            and area is not None
            and (anchor.quote is None or area.top != area.bottom or area.left != area.right)
        ):
            return find_area(self.flow, self.grid, anchor, area, same)
        if anchor.quote is None or not fold_text(anchor.quote):
            known = find_box(self.document, anchor, before.document) if before is not None and not same else None
            if known is not None:
                return known
            return find_page(self.flow, anchor, same)
        stood = before.flow if before is not None else None
        return (self._unmoved(anchor) if same else None) or find_quote(self.flow, anchor, stood)

    def _unmoved(self, anchor: Anchor) -> Found | None:
        """Where a mark stands that would be made the same today: its number tells, however many places have its words."""
        standing = self._standing(anchor.quote or "")
        if anchor.all_occurrences or anchor.order is None or not anchor.order <= len(standing) == anchor.count:
            return None
        start = standing[anchor.order - 1]
        spans = self.flow.spans(start, start + len(fold_text(anchor.quote or "")))
        if not spans or self.of_text(anchor.file, spans) != anchor:
            return None
        return Found(AnchorState.FOUND, (FoundPlace.of(self.flow, spans),), 1.0, self.flow.written(spans))

    def _standing(self, quote: str) -> tuple[int, ...]:
        """Where a quote stands in the text. Kept, as many marks may have the same words."""
        found = self._places.get(quote)
        if found is None:
            found = self._places[quote] = tuple(exact(self.flow, quote))
        return found

    def _cells_of(self, spans: tuple[Span, ...]) -> str | None:
        names = [self.flow.place(span).cell for span in spans]
        areas = [area for area in (area_of(name) for name in names) if area is not None]
        if not areas or len(areas) < len(names):
            return None
        top, left = min(area.top for area in areas), min(area.left for area in areas)
        return type(areas[0])(top, left, max(area.bottom for area in areas), max(area.right for area in areas)).name


def anchor_of(
    document: Document,
    file: str,
    spans: Sequence[Span] = (),
    *,
    sheet: str | None = None,
    cells: str | None = None,
    page: int | None = None,
    box: Box | None = None,
) -> Anchor:
    """The anchor of a passage, of cells, of a box or of a page. Raises ValueError when none of them is given."""
    finder = Finder(document)
    if spans:
        return finder.of_text(file, spans)
    if sheet is not None and cells is not None:
        return finder.of_cells(file, sheet, cells)
    if page is not None:
        return finder.of_page(file, page, box)
    raise ValueError("nothing marked")


def find(document: Document, anchor: Anchor, sha256: str | None = None) -> Found:
    """Where the anchor's passage stands in the document now. For several anchors of a document, keep a `Finder`."""
    return Finder(document).find(anchor, sha256)


def _before(flow: Flow, start: int, own: str) -> str | None:
    text = own
    at = start - len(fold_text(own))
    while len(text) < CONTEXT and at > 0:
        spans = flow.spans(max(0, at - CONTEXT), at)
        text = flow.written(spans) + "\n" + text
        at = 0
    return text[-CONTEXT:].strip() or None


def _after(flow: Flow, end: int, own: str) -> str | None:
    text = own
    if len(text) < CONTEXT:
        at = end + len(fold_text(own))
        text = own + "\n" + flow.written(flow.spans(at, at + CONTEXT))
    return text[:CONTEXT].strip() or None
