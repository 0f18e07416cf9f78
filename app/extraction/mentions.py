"""What prose asks for and the slot that takes it are one point: the prose becomes the slot's other mention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from app.core.points import Point, PointKind
from app.extraction import kept

_WORD = kept.pattern(r"\w{4,}")
_STEM = 6  # letters that tell a word apart from others whatever its ending
# Words of handing in say nothing of what is handed in, nor do words for the bidder.
_COMMON = frozenset(
    ("bifoga", "bilägg", "biläga", "lämna", "lämnas", "skicka", "skall", "anbud", "anbude", "attach", "submit", "provid", "shall")
) | {"anbuds", "levera", "bidder", "suppli"}
_QUESTION = kept.pattern(r"(?:fråga|ruta|fält)(?: nr)? (\d+(?:\.\d+)*)", re.IGNORECASE)
_AT_QUESTION = "asks.at_question"
_SHARED = 0.4  # of the shorter mention's words
_NEAR = 12  # blocks


def join_mentions(slots: Sequence[Point], statements: Sequence[Point]) -> tuple[list[Point], list[Point]]:
    """Slots with the prose that asks for the same, and the statements that remain.

    A document is the same nearby in the same section; an answer is where the prose names the slot's number: "anges i fråga 4.1".
    """
    merged = list(slots)
    remaining: list[Point] = []
    for statement in statements:
        # What is asked for only sometimes is a demand of its own.
        plain = statement.kind is PointKind.ATTACHMENT and statement.when is None
        place = _slot_for(merged, statement) if plain else _pointed_at(merged, statement)
        if place is None:
            remaining.append(statement)
            continue
        slot = merged[place]
        merged[place] = replace(slot, also=(*slot.also, statement.source), spans=(*slot.spans, *statement.spans))
    return merged, remaining


def _pointed_at(slots: Sequence[Point], statement: Point) -> int | None:
    """The slot that an answer is given at by its number, of this document's own form."""
    named = _QUESTION.search(statement.text) if _AT_QUESTION in statement.cues else None
    if named is None:
        return None
    return next((place for place, slot in enumerate(slots) if slot.number == named[1]), None)


def _slot_for(slots: Sequence[Point], statement: Point) -> int | None:
    best: tuple[float, int] | None = None
    words = _stems(statement.text)
    for place, slot in enumerate(slots):
        if slot.kind is not PointKind.ATTACHMENT or slot.headings != statement.headings or not slot.spans or not statement.spans:
            continue
        if not 0 <= slot.spans[0].block - statement.spans[0].block <= _NEAR:
            continue
        other = _stems(slot.text)
        share = len(words & other) / max(1, min(len(words), len(other)))
        if share >= _SHARED and (best is None or share > best[0]):
            best = (share, place)
    return best[1] if best is not None else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower())) - _COMMON
