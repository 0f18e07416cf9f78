"""What is a heading though its style does not say so, and what is none though its style does.

Writers make headings by hand, as short bold lines in a text that is not bold; and contracts give every clause the style
of a heading for the sake of its number.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.core.document import Block, BlockKind, Flag

__all__ = ["with_bold_headings"]


def with_bold_headings(blocks: list[Block]) -> list[Block]:
    """Bold short lines followed by text become headings; whole sentences in a heading's style become clauses."""
    result = list(blocks)
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            if _runs_on(block.text):
                kind = BlockKind.LIST_ITEM if block.number else BlockKind.PARAGRAPH
                result[index] = replace(block, kind=kind, level=None)
            continue
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if after is None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not _alone(block):
            continue
        number = _LEVELS.match(block.number or block.text)
        if number is not None and (block.number is None or "." in number.group(1)):
            result[index] = replace(block, kind=BlockKind.HEADING, level=number.group(1).count(".") + 1)
        elif block.kind is BlockKind.PARAGRAPH and _goes_before_text(after):
            result[index] = replace(block, kind=BlockKind.HEADING)
    return result


_LEVELS = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,5})\.?(?:\s|$)")


def _runs_on(text: str) -> bool:
    return len(text) > 180 or (len(text.split()) > 6 and text.endswith((".", ";")))


def _alone(block: Block) -> bool:
    text = block.text
    return (
        Flag.BOLD in block.flags
        and not block.slots
        and block.region is None
        and not block.flags & {Flag.CONTENTS, Flag.HIDDEN, Flag.TEXT_BOX}
        and 2 < len(text) <= 90
        and text[-1] not in ".:;,!?)…"
        and "____" not in text
        and any(letter.isalpha() for letter in text)
    )


def _goes_before_text(block: Block) -> bool:
    if block.kind is BlockKind.TABLE_ROW or block.kind is BlockKind.LIST_ITEM:
        return True
    return block.kind is BlockKind.PARAGRAPH and Flag.BOLD not in block.flags and len(block.text) > 30
