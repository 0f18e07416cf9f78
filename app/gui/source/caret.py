"""The caret's steps in a text that is read, not written: by word, by line, to the ends of a line. Pure, no Qt widgets."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from app.core.document import Block
from app.gui.source.flowtext import parts_of

__all__ = ["Caret", "Step", "by_word", "word_at"]


class Step(Enum):
    """Where a key moves the caret."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    HOME = "home"
    END = "end"


class Caret(NamedTuple):
    """Before character `offset` of part `part` of block `block`."""

    block: int
    part: int
    offset: int


def by_word(blocks: Sequence[Block], caret: Caret, forward: bool) -> Caret:
    """Behind the next word, or before the one that ends or stands before the caret; where there is none the caret stays."""
    texts = parts_of(blocks[caret.block])
    offset = _forward(texts[caret.part], caret.offset) if forward else _backward(texts[caret.part], caret.offset)
    if offset is not None:
        return caret._replace(offset=offset)
    beside = _beside(blocks, caret, forward)
    if beside is None:
        return caret
    text = parts_of(blocks[beside.block])[beside.part]
    found = _forward(text, 0) if forward else _backward(text, len(text))
    return beside._replace(offset=found or 0)


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Where the word at a character begins and ends; the same twice where there is none."""
    start = end = min(offset, len(text))
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _beside(blocks: Sequence[Block], caret: Caret, forward: bool) -> Caret | None:
    """The next part with words in it, or the one before."""
    way = 1 if forward else -1
    block, part = caret.block, caret.part + way
    while 0 <= block < len(blocks):
        texts = parts_of(blocks[block])
        while 0 <= part < len(texts):
            if texts[part].strip():
                return Caret(block, part, 0)
            part += way
        block += way
        if 0 <= block < len(blocks):
            part = 0 if forward else len(parts_of(blocks[block])) - 1
    return None


def _forward(text: str, offset: int) -> int | None:
    at = offset
    while at < len(text) and text[at].isspace():
        at += 1
    if at == len(text):
        return None
    return word_at(text, at)[1]


def _backward(text: str, offset: int) -> int | None:
    at = min(offset, len(text))
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return word_at(text, at)[0] if at > 0 else None
