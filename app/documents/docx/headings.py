"""Headings that their writer made by hand: short bold lines of their own in a text that is not bold."""

from __future__ import annotations

from dataclasses import replace

from app.core.document import Block, BlockKind, Flag

__all__ = ["with_bold_headings"]


def with_bold_headings(blocks: list[Block]) -> list[Block]:
    """Bold short paragraphs followed by text become headings without a level."""
    result = list(blocks)
    for index, block in enumerate(blocks[:-1]):
        if block.kind is BlockKind.PARAGRAPH and _alone(block) and _goes_before_text(blocks[index + 1]):
            result[index] = replace(block, kind=BlockKind.HEADING)
    return result


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
