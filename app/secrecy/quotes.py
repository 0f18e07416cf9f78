"""A quote found again: where its text still stands, or what now stands where it was.

Long text proves itself. A number or a name may stand in many places, so it is only believed where its surroundings agree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.core.claims import Anchor, AnchorState
from app.secrecy.edits import edited, same_row
from app.secrecy.flow import Flow, Span
from app.secrecy.folding import fold_text, is_word, same_numbers
from app.secrecy.found import LOST, Found, FoundPlace
from app.secrecy.likeness import Context, alike, positions

__all__ = ["exact", "find_quote", "numbered"]

_SIGN = re.compile(r"(?<![\w)])[-−–]$")
_LONG = 24
"""Folded characters from which a text is its own proof."""
_TELLING = 10
"""The same for text with letters in it: an address, a name with a title."""
_BESIDE = 24
_MOST_PLACES = 50
_NEIGHBOURS = 0.25
"""Fit of the surroundings from which a passage stands where it stood."""
_AGREED = 0.35
_SURE = 0.9
_WHOLE = 0.97


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch of the flow that may be the passage: how like its text is, how well surroundings and place fit."""

    start: int
    end: int
    like: float
    fit: float
    place: float

    @property
    def score(self) -> float:
        return 0.4 * self.like + 0.5 * self.fit + 0.1 * self.place


def find_quote(flow: Flow, anchor: Anchor, before: Flow | None = None) -> Found:
    """Where a passage with a quote stands now. `before` is the text in which it was marked, where that is known."""
    quote = anchor.quote or ""
    wanted = fold_text(quote)
    context = Context.of(anchor.prefix, anchor.suffix)
    same = [_candidate(flow, anchor, context, start, start + len(wanted), 1.0) for start in exact(flow, quote, anchor)]
    if anchor.all_occurrences and same:
        best = _best(same, anchor)
        return replace(_found(flow, _state(flow, anchor, best), best), places=tuple(_place(flow, each) for each in same))
    others = [_candidate(flow, anchor, context, start, end, like) for start, end, like in edited(flow, anchor, wanted, context)]
    others = [each for each in others if not _is_sibling(flow, before, context, wanted, each)]
    weight = 0.65 if len(wanted) >= _LONG else 0.4
    other = max(others, key=lambda each: (weight * each.like + (1 - weight) * each.fit, -each.start)) if others else None
    if same:
        best = _best(same, anchor)
        fewer = anchor.count is not None and len(same) < anchor.count
        nearer = other is not None and _peak(flow, context, other) >= _WHOLE > _peak(flow, context, best)
        there = other is not None and other.fit >= _WHOLE > best.fit  # all the words on both sides stand around another text
        replaced = other is not None and ((other.fit >= 0.8 and best.fit < 0.5) or (fewer and nearer) or there)
        if _believed(flow, anchor, wanted, best, len(same)) and not replaced:
            found = _found(flow, _state(flow, anchor, best), best)
            return _signed(flow, anchor, found)
    return LOST if other is None else _found(flow, AnchorState.CHANGED, other)


def _is_sibling(flow: Flow, before: Flow | None, context: Context, wanted: str, candidate: _Candidate) -> bool:
    """A passage that is like the mark's and is not it: it stood there before, or what stood around the mark has closed over it.

    In doubt it is one: a mark that has to be made again is better than one on another passage.
    """
    if candidate.fit < _SURE and context.closed(flow.text):
        return True
    if before is None:
        return False
    text = flow.text[candidate.start : candidate.end]
    ahead = flow.text[max(0, candidate.start - _BESIDE) : candidate.start]
    behind = flow.text[candidate.end : candidate.end + _BESIDE]
    places = [(at, at + len(text)) for at in positions(before.text, text, _MOST_PLACES)]
    marked = [(at, at + len(wanted)) for at in positions(before.text, wanted, _MOST_PLACES)]
    for start, end in places:
        sides = (before.text[:start].endswith(ahead), before.text.startswith(behind, end))
        known = any(sides) if len(text) >= _LONG else all(sides)
        if known and not any(start < last and first < end for first, last in marked):
            return True
    return False


def exact(flow: Flow, quote: str, anchor: Anchor | None = None) -> Iterator[int]:
    """Where the very text of the quote stands, never inside a longer word or number."""
    wanted = fold_text(quote)
    prefix, suffix = (anchor.prefix or "", anchor.suffix or "") if anchor is not None else ("", "")
    # A mark may begin or end inside a word, when the user drew it so.
    open_start = is_word(prefix, len(prefix) - 1) and is_word(quote, 0) and _glued(flow, prefix, quote)
    open_end = is_word(suffix, 0) and is_word(quote, len(quote) - 1) and _glued(flow, quote, suffix)
    units = 1 + quote.count("\t") + quote.count("\n")
    for start in positions(flow.text, wanted):
        end = start + len(wanted)
        if not flow.bounded(start, end, open_start, open_end):
            continue
        spans = flow.spans(start, end)
        if len(wanted) < _LONG and (flow.units(start, end) > units or not same_numbers(quote, flow.written(spans))):
            continue
        if anchor is not None and not suffix.startswith(("-", "‐")) and flow.hyphenated(spans[-1]):
            continue
        yield start


def numbered(anchor: Anchor, places: Sequence[int], start: int) -> Anchor:
    """The anchor with which of the places where its quote stands (see `exact`) it is, and how many there are."""
    return replace(anchor, order=bisect_right(places, start) or 1, count=max(1, len(places)))


def _glued(flow: Flow, before: str, after: str) -> bool:
    """The two stand next to each other in one word somewhere."""
    head, foot = fold_text(before[-12:]), fold_text(after[:12])
    return any(
        not flow.bounded(at + len(head), at + len(head) + len(foot), open_end=True)
        for at in positions(flow.text, head + foot, 20)
    )


def _candidate(flow: Flow, anchor: Anchor, context: Context, start: int, end: int, like: float) -> _Candidate:
    return _Candidate(start, end, like, context.fit(flow.text, start, end), _closeness(flow, anchor, start, end))


def _closeness(flow: Flow, anchor: Anchor, start: int, end: int) -> float:
    """1 for the same cell, or the same page and heading."""
    spans = flow.spans(start, end)
    if not spans:
        return 0.0
    place = flow.place(spans[0])
    heading = flow.heading(spans[0].block, spans[0].start)
    under = 0.5 if anchor.heading is None else alike(anchor.heading.casefold(), (heading or "").casefold())
    if anchor.sheet is not None:
        if place.sheet == anchor.sheet:
            return 1.0 if anchor.cells is not None and place.cell == anchor.cells else 0.4 + 0.4 * under
        return 0.3 * under
    if anchor.page is not None and place.page is not None:
        return 0.5 * under + 0.5 / (1 + abs(place.page - anchor.page))
    return under


def _peak(flow: Flow, context: Context, candidate: _Candidate) -> float:
    return context.peak(flow.text, candidate.start, candidate.end)


def _best(same: list[_Candidate], anchor: Anchor) -> _Candidate:
    """The best of the places where the text stands; between equals, the one of the same number."""
    order = anchor.order or 1
    ranked = [(round(each.score, 2), -abs(number - order), -number) for number, each in enumerate(same, 1)]
    return same[max(range(len(same)), key=lambda index: ranked[index])]


def _believed(flow: Flow, anchor: Anchor, wanted: str, best: _Candidate, count: int) -> bool:
    """The text stands there; is it the passage, or does the same text only stand somewhere else too?"""
    if anchor.prefix is None and anchor.suffix is None:
        return True
    long = len(wanted) >= _LONG
    if not long and not _in_its_row(flow, anchor, best):
        return False
    fewer = anchor.count is not None and count < anchor.count
    if not long and best.fit < _SURE and count > 1 and Context.of(anchor.prefix, anchor.suffix).closed(flow.text):
        return False
    if best.fit >= (_AGREED if long or not fewer else _SURE):
        return True
    if fewer:
        return False  # one of them is gone, and none of the others stands where this one stood
    telling = long or (len(wanted) >= _TELLING and any(map(str.isalpha, wanted)))
    return telling or (count == 1 and best.place >= 0.75)


def _in_its_row(flow: Flow, anchor: Anchor, best: _Candidate) -> bool:
    """In a table: the row begins as the mark's did, or what follows is the same. A price belongs to its row."""
    if same_row(flow, anchor, best.start, best.end):
        return True
    after = Context.of(anchor.prefix, anchor.suffix).sides(flow.text, best.start, best.end)[1]
    return after is not None and after >= 0.8


def _state(flow: Flow, anchor: Anchor, best: _Candidate) -> AnchorState:
    span = flow.spans(best.start, best.end)[0]
    place = flow.place(span)
    if anchor.sheet is not None and anchor.cells is not None:
        there = place.sheet == anchor.sheet and place.cell == anchor.cells
    else:
        known = anchor.prefix is not None or anchor.suffix is not None
        heading = flow.heading(span.block, span.start)
        under = anchor.heading is not None and heading is not None and alike(anchor.heading, heading) >= 0.9
        there = best.fit >= _NEIGHBOURS or under or not known
        there = there and (best.fit >= _SURE or not Context.of(anchor.prefix, anchor.suffix).closed(flow.text))
        if anchor.page is not None and place.page is not None:
            there = there and place.page == anchor.page
    return AnchorState.FOUND if there else AnchorState.MOVED


def _found(flow: Flow, state: AnchorState, best: _Candidate) -> Found:
    return Found(state, (_place(flow, best),), best.score, flow.written(flow.spans(best.start, best.end)))


def _signed(flow: Flow, anchor: Anchor, found: Found) -> Found:
    """A minus that was not there before makes another number of the same digits."""
    first, *others = found.places[0].spans
    text = flow.document.blocks[first.block].text
    quote, prefix = anchor.quote or "", anchor.prefix or ""
    signed = _SIGN.search(text, 0, first.start) if first.start else None
    if signed is None or not quote[0].isdigit() or _SIGN.search(prefix):
        return found
    spans = (Span(first.block, signed.start(), first.end), *others)
    return Found(AnchorState.CHANGED, (FoundPlace.of(flow, spans),), found.score, flow.written(spans))


def _place(flow: Flow, found: _Candidate) -> FoundPlace:
    return FoundPlace.of(flow, flow.spans(found.start, found.end))
