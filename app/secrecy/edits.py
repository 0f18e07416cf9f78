"""What now stands where a passage was, when its text has changed: the words between its neighbours, or the cell of its row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz import fuzz

from app.core.claims import Anchor
from app.secrecy.flow import Flow
from app.secrecy.folding import fold_text
from app.secrecy.likeness import Context, alike, positions, seeded

__all__ = ["edited", "same_row"]

_TAILS = (24, 12, 7)
_MOST = 200
_SHORT = 24
_SENTENCES = 80
_WHOLE = 0.97


class _Gap(NamedTuple):
    """A stretch of the flow next to the text that stood around a mark; `settled` when that text stands on both sides."""

    start: int
    end: int
    settled: bool


def edited(flow: Flow, anchor: Anchor, wanted: str, context: Context) -> Iterator[tuple[int, int, float]]:
    """Stretches that may be the passage with other words or another number in it, each with its likeness."""
    cell = bool(anchor.cells) or "\t" in (anchor.heading or "")
    found = list(_gaps(flow, context, len(wanted)))
    units = 1 + (anchor.quote or "").count("\t") + (anchor.quote or "").count("\n")
    rows = set(_row_cells(flow, anchor)) if cell else set()
    for start, end in sorted({*((gap.start, gap.end) for gap in found), *rows}):
        grown = len(wanted) >= _SHORT and flow.units(start, end) > units
        if grown or end - start > 1.25 * len(wanted) + 12:
            continue  # the passage and something new beside it: looked at below
        text = flow.text[start:end]
        if text == wanted or not text or not same_row(flow, anchor, start, end):
            continue
        if cell and _is_number(wanted) and not any(sign.isdigit() for sign in text):
            continue  # the head of the column, or the name of the next row: no amount any more
        like = alike(wanted, text)
        # Sentences are alike: all of the text on one side must be there still, or the row and the column.
        sure = (start, end) in rows or context.peak(flow.text, start, end) >= _WHOLE
        if len(wanted) < _SENTENCES and not sure:
            continue
        if _is_number(wanted) and _is_number(text):
            like = max(like, 0.6)  # an amount by another amount, in the same place
        elif like < 0.55 and len(wanted) < _SHORT:
            like = 0.5  # a name by another name
        if like >= 0.5 and context.fit(flow.text, start, end) >= 0.35:
            yield start, end, like
    if len(wanted) >= 12:
        yield from _rewritten(flow, wanted, context, [gap for gap in found if gap.settled])


def _row_label(anchor: Anchor) -> str | None:
    """The first cell of the mark's row; None when it does not stand in a row, or in its first cell, or that cell was cut off."""
    before = (anchor.prefix or "").rpartition("\n")[2]
    first, tab, _ = before.partition("\t")
    whole = "\n" in (anchor.prefix or "") or len(anchor.prefix or "") < 55
    return (fold_text(first) or None) if tab and whole else None


def same_row(flow: Flow, anchor: Anchor, start: int, end: int) -> bool:
    """A stretch stands in a row that begins as the mark's did, or one of the two does not stand in a row."""
    spans = flow.spans(start, end)
    label = _row_label(anchor)
    block = flow.document.blocks[spans[0].block] if spans else None
    if block is None or not block.cells or label is None:
        return True
    first = next((folded for cell in block.cells if (folded := fold_text(cell.text))), "")
    return alike(label, first) >= 0.85


def _gaps(flow: Flow, context: Context, length: int) -> Iterator[_Gap]:
    """Between the text before a mark and that after it, wherever both stand near each other, with as much of them as is left."""
    longest = 2 * length + 60
    before, after = context.before, context.after
    for tail in _TAILS:
        head, foot = before[-tail:], after[:tail]
        ends = [at + len(head) for at in positions(flow.text, head, _MOST)] if len(head) >= min(tail, 4) else []
        starts = [*positions(flow.text, foot, _MOST)] if len(foot) >= min(tail, 4) else []
        found = [(end, start) for end in ends for start in starts if end <= start <= end + longest]
        yield from (_Gap(start, end, tail == _TAILS[0]) for start, end in found)
        if found:
            return
        # One side only: the rest of the block or cell, when the mark was a whole one.
        for end in ends:
            start, stop = flow.unit(end) if end < len(flow.text) else (0, 0)
            if start == end and stop - start <= longest:
                yield _Gap(start, stop, settled=False)
        for begin in starts:
            start, stop = flow.unit(begin - 1) if begin > 0 else (0, 0)
            if stop == begin and stop - start <= longest:
                yield _Gap(start, stop, settled=False)


def _row_cells(flow: Flow, anchor: Anchor) -> Iterator[tuple[int, int]]:
    """Cells of rows that begin as the mark's row did (or, for its first cell, end so), under the same column heading."""
    label = _row_label(anchor)
    rest = fold_text((anchor.suffix or "").partition("\n")[0])
    section, _, column = (anchor.heading or "").rpartition("\t")
    renamed = anchor.sheet not in flow.document.sheets
    found: list[tuple[bool, tuple[int, int]]] = []
    for index, block in enumerate(flow.document.blocks):
        if not block.cells or not (anchor.sheet is None or renamed or block.place.sheet == anchor.sheet):
            continue
        texts = [fold_text(cell.text) for cell in block.cells]
        first = next((text for text in texts if text), "")
        for number in range(len(texts)):
            labelled = label is not None and number > 0 and alike(label, first) >= 0.9
            ended = label is None and len(rest) >= 3 and "".join(texts[number + 1 :]).startswith(rest)
            if (labelled or ended) and _under(flow, index, number, column):
                start, end = flow.offset_of(index, number)
                above = (flow.heading(index, start) or "").rpartition("\t")[0]
                found.append((alike(above, section) >= 0.8, (flow.at(index, start), flow.at(index, end))))
    # A row of that name in another chapter is another row, as long as this chapter is there.
    there = any(alike(heading, section) >= 0.8 for heading in flow.headings())
    yield from (stretch for same, stretch in found if (same or not there) and stretch[0] < stretch[1])


def _under(flow: Flow, index: int, number: int, column: str) -> bool:
    if not column:
        return True
    found = flow.column_heading(index, flow.offset_of(index, number)[0])
    return found is not None and alike(found.casefold(), column.casefold()) >= 0.8


def _rewritten(flow: Flow, wanted: str, context: Context, settled: list[_Gap]) -> Iterator[tuple[int, int, float]]:
    for first, last in seeded(flow.text, wanted):
        found = fuzz.partial_ratio_alignment(wanted, flow.text[first:last])
        if found is None or found.dest_end <= found.dest_start:
            continue
        start, end = _trimmed(flow, context, first + found.dest_start, first + found.dest_end, wanted)
        text = flow.text[start:end]
        like, fit = alike(wanted, text), context.fit(flow.text, start, end)
        if text == wanted:
            continue
        elsewhere = settled and not any(gap.start < end and start < gap.end for gap in settled)
        if len(wanted) < _SENTENCES and context.peak(flow.text, start, end) < _WHOLE:
            continue  # a sentence like many: one about somebody else
        if (like >= 0.68 and fit >= 0.55 and not elsewhere) or (like >= 0.9 and len(wanted) >= _SENTENCES):
            yield start, end, like


def _trimmed(flow: Flow, context: Context, start: int, end: int, wanted: str) -> tuple[int, int]:
    """The stretch from where its surroundings begin and end, if they are near; else to the ends of its words."""
    reach, first, last = max(12, len(wanted) // 4), start, end
    longest = max(len(wanted), end - start) * 1.05 + 8
    if len(context.before) >= 6:
        at = flow.text.find(context.before[-10:], max(0, start - reach - 10), start + reach)
        if at >= 0 and last - at - len(context.before[-10:]) <= longest:
            start = at + len(context.before[-10:])
    if len(context.after) >= 6:
        at = flow.text.find(context.after[:10], max(start + 1, end - reach), end + reach + 10)
        if at >= 0 and at - first <= longest:
            end = at
    while start > 0 and not flow.bounded(start, end, open_end=True):
        start -= 1
    while end < len(flow.text) and not flow.bounded(start, end, open_start=True):
        end += 1
    # The full stop of the sentence before.
    while end - start > 1 and not flow.text[start].isalnum() and flow.text[start] != wanted[0]:
        start += 1
    return start, end


def _is_number(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return digits > 0 and digits * 2 >= len(text)
