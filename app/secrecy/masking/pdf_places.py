"""The anchors of a PDF to the signs and areas of its pages. What is not certain is an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.core.claims import Anchor
from app.core.document import Box
from app.core.errors import MaskingError
from app.secrecy.masking.choosing import chosen, context_of, spans_for
from app.secrecy.masking.folding import Folded, Span, compact
from app.secrecy.masking.model import Mark
from app.secrecy.masking.orders import Order, is_right_to_left, orders
from app.secrecy.masking.pdf_pages import PageText

__all__ = ["Place", "lines_of", "places_of"]

_LEAST_PART = 2
_END_OF_LINE = "\r\n\x02"


@dataclass(frozen=True, slots=True)
class Place:
    """What a mask covers on page `page` (from 0): signs by their index, or an area, or with neither the whole page."""

    page: int
    number: int
    signs: frozenset[int] = frozenset()
    area: Box | None = None

    @property
    def whole_page(self) -> bool:
        """Whether nothing of the page is left."""
        return not self.signs and self.area is None


@dataclass(frozen=True, slots=True)
class _Hit:
    """A quote's place: signs on one page or on several, and how well its surroundings fit."""

    parts: tuple[tuple[int, frozenset[int]], ...]
    context: int


def places_of(pages: Sequence[PageText], mark: Mark, name: str, seen: Callable[[int], set[int]]) -> list[Place]:
    """Where a mark stands. `seen` tells which signs of a page are seen: those come before the same text out of sight.

    Raises MaskingError: `mask.not_found`, `mask.ambiguous`, `mask.no_page`, `mask.no_box`, `mask.nothing`.
    """
    anchor = mark.anchor
    if anchor.page is not None and not 1 <= anchor.page <= len(pages):
        raise MaskingError(name, code="mask.no_page", claim=mark.number, number=anchor.page)
    if anchor.box is not None:
        if anchor.page is None:
            raise MaskingError(name, code="mask.nothing", claim=mark.number)
        area = Place(anchor.page - 1, mark.number, area=_inside(anchor.box, pages[anchor.page - 1], mark.number, name))
        return [area, *_quoted(pages, mark, name, seen, certain=False)]
    if anchor.quote is None or not compact(anchor.quote):
        if anchor.quote is not None or anchor.page is None or anchor.cells is not None or anchor.sheet is not None:
            raise MaskingError(name, code="mask.nothing", claim=mark.number)
        return [Place(anchor.page - 1, mark.number)]
    return _quoted(pages, mark, name, seen, certain=True)


def _inside(box: Box, page: PageText, number: int, name: str) -> Box:
    left, right = max(0.0, min(box.x0, box.x1)), min(page.width, max(box.x0, box.x1))
    top, bottom = max(0.0, min(box.y0, box.y1)), min(page.height, max(box.y0, box.y1))
    if not (right - left >= 1 and bottom - top >= 1):
        raise MaskingError(name, code="mask.no_box", claim=number)
    return Box(left, top, right, bottom)


def _quoted(pages: Sequence[PageText], mark: Mark, name: str, seen: Callable[[int], set[int]], *, certain: bool) -> list[Place]:
    """The places of a quote. Where the area is given, too (`certain` is False), a quote that no text layer holds is no error."""
    quote, anchor = mark.anchor.quote or "", mark.anchor
    if not compact(quote):
        return []
    backwards = is_right_to_left(quote)
    wanted = [anchor.page - 1] if anchor.page is not None and not anchor.all_occurrences else list(range(len(pages)))
    found = _hits(pages, wanted, anchor, rows=False, backwards=backwards)
    if not found or anchor.all_occurrences:
        found += _hits(pages, wanted, anchor, rows=True, backwards=backwards)
    if not found or anchor.all_occurrences:
        found += _across(pages, wanted, quote, anchor)
    distinct = list({hit.parts: hit for hit in found}.values())
    if not distinct and not certain:
        return []
    if len(distinct) > 1 and not anchor.all_occurrences:
        in_sight = [hit for hit in distinct if all(signs & seen(page) for page, signs in hit.parts)]
        distinct = in_sight or distinct
    hits = distinct if anchor.all_occurrences and distinct else [chosen(distinct, lambda hit: hit.context, mark.number, name)]
    return [Place(page, mark.number, signs) for hit in hits for page, signs in hit.parts]


def _hits(pages: Sequence[PageText], wanted: Sequence[int], anchor: Anchor, *, rows: bool, backwards: bool) -> list[_Hit]:
    found: list[_Hit] = []
    for index in wanted:
        for order in orders(pages[index], rows=rows, backwards=backwards):
            for span in spans_for(order.text, anchor):
                found.append(_Hit(((index, _signs(order, span)),), context_of(order.text, span, anchor)))
    return found


def _signs(order: Order, span: Span) -> frozenset[int]:
    return frozenset(sign for sign in order.signs[span.start : span.end] if sign >= 0)


def _across(pages: Sequence[PageText], wanted: Sequence[int], quote: str, anchor: Anchor) -> list[_Hit]:
    """A quote that goes on over pages, past footers and headers: its parts end and begin with a line."""
    rest = compact(quote)
    found: list[_Hit] = []
    for first in wanted:
        for rows in (False, True):
            parts = _parts(pages, first, rest, rows=rows, begun=False)
            if parts is not None:
                head = next(iter(orders(pages[first], rows=False))).text
                start = min(parts[0][1])
                found.append(_Hit(tuple(parts), context_of(head, Span(start, start), anchor)))
                break
    return found


def _parts(
    pages: Sequence[PageText], index: int, rest: str, *, rows: bool, begun: bool
) -> list[tuple[int, frozenset[int]]] | None:
    if index >= len(pages):
        return None
    order = list(orders(pages[index], rows=rows))[-1]
    if begun and (span := next(_at_line_start(order.text, rest), None)) is not None:
        return [(index, _signs(order, span))]
    for length in range(len(rest) - _LEAST_PART, _LEAST_PART - 1, -1):
        if rest[:length] not in order.text.text:
            continue
        spans = [span for span in _spans(order.text, rest[:length]) if _ends_line(order.text.source, span.end)]
        if begun:
            spans = [span for span in spans if _starts_line(order.text.source, span.start)]
        if spans and (more := _parts(pages, index + 1, rest[length:], rows=rows, begun=True)) is not None:
            return [(index, _signs(order, spans[-1])), *more]
    return None


def _spans(where: Folded, wanted: str) -> Iterator[Span]:
    start = where.text.find(wanted)
    while start >= 0:
        yield Span(where.origin[start], where.origin[start + len(wanted) - 1] + 1)
        start = where.text.find(wanted, start + 1)


def _at_line_start(where: Folded, wanted: str) -> Iterator[Span]:
    return (span for span in _spans(where, wanted) if _starts_line(where.source, span.start))


def _ends_line(source: str, end: int) -> bool:
    after = source[end : end + 3].lstrip(" -\u2010\u00ad")
    return not source[end:].strip() or after[:1] in _END_OF_LINE or (source[end - 1] in "\x02")


def _starts_line(source: str, start: int) -> bool:
    before = source[max(0, start - 2) : start].rstrip(" ")
    return not before or before[-1] in _END_OF_LINE


def lines_of(page: PageText, signs: frozenset[int]) -> list[list[int]]:
    """The signs in runs: those that follow each other on one line with nothing but blanks between."""
    runs: list[list[int]] = []
    ordered = sorted(sign for sign in signs if page.boxes[sign] is not None and not page.text[sign].isspace())
    for before, sign in pairwise([-1, *ordered]):
        between = page.text[before + 1 : sign]
        if not runs or between.strip() or any(end in between for end in _END_OF_LINE) or not _same_line(page, before, sign):
            runs.append([])
        runs[-1].append(sign)
    return runs


def _same_line(page: PageText, left: int, right: int) -> bool:
    """Whether two signs stand beside each other: across, or one above the other for text that is turned."""
    one, other = page.boxes[left], page.boxes[right]
    if one is None or other is None:
        return False
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    return down > 0.3 * min(one.y1 - one.y0, other.y1 - other.y0) or across > 0.5 * min(one.x1 - one.x0, other.x1 - other.x0)
