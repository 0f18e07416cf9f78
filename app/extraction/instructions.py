"""What a template says to the buyer who fills it in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.document import BlockKind, Document
from app.core.points import Span
from app.extraction import kept
from app.extraction.rules import words

_BRACKET = kept.pattern(r"[\[\]]")


def instructions(document: Document) -> Iterator[Span]:
    """Stretches in brackets that a template addresses to the buyer; one may go on over several blocks.

    A bracket that nothing closes before the next heading was forgotten: only the block that it opens in is the buyer's.
    """
    opening = kept.pattern(rf"\[\s*(?:{words('statements')['instruction']})", re.IGNORECASE)
    depth = 0
    pending: list[Span] = []
    for index, block in document.body():
        text = block.text
        if depth and block.kind is BlockKind.HEADING:
            yield from pending[:1]
            depth, pending = 0, []
        if not depth and "[" not in text:
            continue
        start = 0 if depth else None
        place = 0
        while place < len(text):
            if depth == 0:
                match = opening.search(text, place)
                if match is None:
                    break
                start, place, depth = match.start(), match.end(), 1
                continue
            closing = _BRACKET.search(text, place)
            if closing is None:
                break
            depth += 1 if closing[0] == "[" else -1
            place = closing.end()
            if depth == 0 and start is not None:
                yield from (*pending, Span(index, start, place))
                start, pending = None, []
        if depth and start is not None:
            pending.append(Span(index, start, len(text)))
    yield from pending[:1]
