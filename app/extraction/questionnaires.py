"""Questions that stand as headings or in a numbered row of questions, and the lines below them that cap the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.core.document import Block, BlockKind, Document
from app.core.points import Point, PointKind, Span
from app.extraction import kept
from app.extraction.asking import asked, puts_to_bidder, told, without_number
from app.extraction.sections import ChapterKind, Outline
from app.extraction.slots.lexicon import limit_in

_NUMBERED = kept.pattern(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,5}|[a-zåäö]|(?:Fråga|Question|Q|F)\s?\d{1,3})[.:)]?\s+\S")
_MOST_BETWEEN = 2  # blocks that say how to answer stand between two questions
_SHORT = 12  # words
_SPEECHLESS = (ChapterKind.CONTRACT, ChapterKind.INFORMATION)
_ASKING = (PointKind.QUESTION, PointKind.ATTACHMENT)
_LIMIT_FOLLOWS = 3  # blocks after a question in which its limit is looked for
_LIMIT_LINE = 14  # words


def question_blocks(document: Document, outline: Outline) -> frozenset[int]:
    """Numbered blocks that end in a question mark near another numbered one that is put to the bidder."""
    body = [index for index, _ in document.body()]
    open_ones = [place for place, index in enumerate(body) if _is_open(document.blocks[index])]
    found: set[int] = set()
    for places, step in ((open_ones, -1), (open_ones[::-1], 1)):
        # Each one that is known to be asked vouches for the next.
        for place in places:
            if body[place] not in found and _vouched(document, body, place, step, found):
                found.add(body[place])
    return frozenset(index for index in found if outline.kind(index) not in _SPEECHLESS)


def _is_open(block: Block) -> bool:
    """Whether a block asks without saying whom."""
    text = block.text.rstrip()
    if not text.endswith("?") or block.kind is BlockKind.TABLE_ROW:
        return False
    return _is_numbered(block) and asked(without_number(text)) is None


def _vouched(document: Document, body: Sequence[int], place: int, step: int, found: set[int]) -> bool:
    """Whether the numbered block next to this one is put to the bidder, with only short lines between them."""
    for distance in range(1, _MOST_BETWEEN + 2):
        if not 0 <= place + step * distance < len(body):
            return False
        index = body[place + step * distance]
        block = document.blocks[index]
        text = block.text.strip()
        if block.kind is not BlockKind.TABLE_ROW and text and _is_numbered(block) and puts_to_bidder(text):
            words = without_number(text)
            return index in found or told(words) is not None or asked(words) is not None
        if len(text.split()) > _SHORT:
            return False
    return False


def _is_numbered(block: Block) -> bool:
    return block.number is not None or _NUMBERED.match(block.text) is not None


def without_titles(points: Sequence[Point], slots: Sequence[Point], outline: Outline) -> list[Point]:
    """The points without headings that only name what is asked for below them: "3.1 Beskriv metoden" above its questions."""
    asking: dict[int, int] = {}
    for point in (*slots, *points):
        heading = outline.at(point.spans[0].block) if point.spans and point.kind in _ASKING else None
        if heading is not None:
            asking[heading.block] = asking.get(heading.block, 0) + 1
    return [
        point
        for point in points
        if not (
            point.kind in _ASKING
            and point.spans
            and outline.is_heading(point.spans[0].block)
            and asking[point.spans[0].block] > 1
            and point.source.quote.rstrip()[-1] not in ".?"
        )
    ]


def with_limits(document: Document, points: Sequence[Point]) -> list[Point]:
    """The points, each question with the cap on its answer that stands on a line of its own below it."""
    held: dict[int, bool] = {}  # blocks of points, and whether one of them is itself asked for
    for point in points:
        for span in point.spans:
            held[span.block] = held.get(span.block, False) or point.kind in _ASKING
    given: list[Point] = []
    for point in points:
        found = _limit_below(document, point, held) if point.kind in _ASKING and point.answer.limit is None else None
        if found is None:
            given.append(point)
            continue
        index, limit = found
        spans = point.spans if index in held else (*point.spans, Span(index, 0, len(document.blocks[index].text)))
        given.append(replace(point, spans=spans, answer=replace(point.answer, limit=limit)))
    return given


def _limit_below(document: Document, point: Point, held: dict[int, bool]) -> tuple[int, str] | None:
    last = max((span.block for span in point.spans), default=-1)
    if last < 0 or document.blocks[last].kind is BlockKind.TABLE_ROW:
        return None
    for index in range(last + 1, min(last + 1 + _LIMIT_FOLLOWS, len(document.blocks))):
        block = document.blocks[index]
        text = block.text.strip()
        if block.kind is BlockKind.FURNITURE or not text:
            continue
        if block.kind in (BlockKind.HEADING, BlockKind.TABLE_ROW) or len(text.split()) > _LIMIT_LINE:
            return None
        limit = limit_in(text)
        if limit is not None:
            return None if held.get(index) else (index, limit)
        if index in held or text[-1] in ".?:":
            return None
    return None
