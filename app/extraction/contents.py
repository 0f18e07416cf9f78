"""Tables of contents that were typed, not generated: lines that end with page numbers below "Innehåll". They ask for nothing."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from app.core.document import Block, BlockKind, Document, Flag
from app.extraction import kept
from app.extraction.asking import demands

_TITLE = kept.pattern(r"(?:innehåll(?:sförteckning|söversikt)?|(?:table of )?contents)\W*", re.IGNORECASE)
_LINE = kept.pattern(r"\S.{2,110}?[\s.…_]+(\d{1,3})")
_FEWEST = 3  # lines
_EARLY = 200  # blocks: contents stand first
_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


def with_contents(document: Document) -> Document:
    """The document with the lines of typed contents marked as such; the same one when there are none."""
    body = [(index, block) for index, block in itertools.islice(document.body(), _EARLY)]
    for place, (_, block) in enumerate(body):
        if len(block.text) < 40 and _TITLE.fullmatch(block.text.strip()) is not None:
            lines = _lines(body[place + 1 :])
            if len(lines) >= _FEWEST:
                blocks = list(document.blocks)
                for index in lines:
                    blocks[index] = replace(blocks[index], flags=blocks[index].flags | {Flag.CONTENTS})
                return replace(document, blocks=tuple(blocks))
    return document


def _lines(body: list[tuple[int, Block]]) -> list[int]:
    """The blocks that each are one line of contents, as far as their page numbers go on growing."""
    found: list[int] = []
    last = numbered = 0
    for index, block in body:
        text = block.text.strip()
        line = _LINE.fullmatch(text) if block.kind in _KINDS else None
        # What is said in the text may end in a number too: chapters do not demand, and where they have numbers each has.
        if line is None or int(line[1]) < last or demands(text) or (numbered >= _FEWEST and not text[0].isdigit()):
            break
        numbered += text[0].isdigit()
        last = int(line[1])
        found.append(index)
    return found
