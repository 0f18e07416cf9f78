"""A shown paragraph as blocks: one per thing to read or to answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.document import AnswerType, Block, BlockKind, Flag, Line, Place, Slot
from app.documents.docx.inline import Piece, Shown
from app.documents.text_lines import clean

__all__ = ["Paragraph", "blocks_of", "flags_of", "text_of"]

_TYPED_MARK = re.compile(r"(?:[•◦▪‣●■➢·–*-]|(?:\d{1,3}|[a-zåäö]|[ivx]{1,5})[.)]|\((?:\d{1,3}|[a-zåäö])\))\s+\S", re.IGNORECASE)
_OWN_LINE = re.compile(r"_{3,}|\.{6,}|…{3,}|[☐☑☒□❏❑]|^\s*(?:[•▪●■·–-]|(?:\d{1,3}|[a-zåäö])[.)])\s+\S")
_DOTTED_CONTENTS = re.compile(r"\S.*?(?:\s*\.){5,}\s*\d{1,4}$")
_LABEL_END = re.compile(r"[:?]\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What is known of a paragraph besides its runs."""

    kind: BlockKind
    place: Place
    number: str | None = None
    level: int | None = None
    flags: frozenset[Flag] = frozenset()
    region: int | None = None


def text_of(pieces: list[Piece]) -> str:
    """The text of pieces as read aloud."""
    return clean("".join(piece.text for piece in pieces))


def flags_of(pieces: list[Piece]) -> frozenset[Flag]:
    """What holds of the shown text: inserted when any of it is, bold, hidden and crossed out when all of it is."""
    seen = [piece for piece in pieces if piece.text.strip()]
    flags = set()
    if seen and all(piece.bold for piece in seen):
        flags.add(Flag.BOLD)
    if seen and all(piece.hidden for piece in seen):
        flags.add(Flag.HIDDEN)
    if seen and all(piece.struck for piece in seen):
        flags.add(Flag.STRUCK)
    if any(piece.inserted for piece in seen):
        flags.add(Flag.INSERTED)
    return frozenset(flags)


def blocks_of(shown: Shown, about: Paragraph) -> list[Block]:
    """The paragraph's blocks; none when it shows nothing. Slots without text of their own come as an ANSWER_SLOT block."""
    hidden = [piece for piece in shown.pieces if piece.hidden and piece.text.strip()]
    struck = struck_in([piece for piece in shown.pieces if not piece.hidden])
    plain = [piece for piece in shown.pieces if not piece.hidden and not (struck and piece.struck)]
    if (hidden or struck) and text_of(plain):
        # Hidden words, and words crossed out, inside shown text: all are read, apart from each other.
        beside = Paragraph(BlockKind.PARAGRAPH, about.place, flags=about.flags, region=about.region)
        return [*_blocks(plain, about), *_blocks(struck, beside), *_blocks(hidden, beside)]
    return _blocks(shown.pieces, about)


def struck_in(pieces: list[Piece]) -> list[Piece]:
    """What is crossed out of a text that goes on without it; nothing where all of it is crossed out."""
    struck = [piece for piece in pieces if piece.struck and piece.text.strip()]
    return struck if struck and text_of([piece for piece in pieces if not piece.struck]) else []


def _blocks(pieces: list[Piece], about: Paragraph) -> list[Block]:
    result: list[Block] = []
    for part in _parts(pieces):
        block = _block(part, about, not result)
        if block is not None:
            result.append(block)
    return result


def _block(pieces: list[Piece], about: Paragraph, first: bool) -> Block | None:
    text = text_of(pieces)
    slots = tuple(piece.slot for piece in pieces if piece.slot is not None)
    if not text:
        if not slots:
            return None
        return Block(BlockKind.ANSWER_SLOT, "", about.place, slots=slots, flags=about.flags, region=about.region)
    kind, flags = about.kind, about.flags | flags_of(pieces)
    if kind is BlockKind.PARAGRAPH and _TYPED_MARK.match(text):
        kind = BlockKind.LIST_ITEM
    if not first and kind is BlockKind.HEADING:
        kind = BlockKind.PARAGRAPH
    if kind is BlockKind.PARAGRAPH and _DOTTED_CONTENTS.match(text):
        flags |= {Flag.CONTENTS}
    size = next((piece.size for piece in pieces if piece.text.strip() and piece.size), None)
    return Block(
        kind,
        text,
        about.place,
        (Line(0),),
        level=about.level if kind is BlockKind.HEADING else None,
        number=about.number if first else None,
        slots=slots,
        flags=flags,
        region=about.region,
        font_size=size,
    )


def _parts(pieces: list[Piece]) -> list[list[Piece]]:
    """A paragraph cut where it holds several lines of a list or form, or several labelled places to fill in."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.line_break:
            lines.append([])
        else:
            lines[-1].append(piece)
    own = sum(1 for line in lines if any(_writes(piece.slot) for piece in line) or _OWN_LINE.search(text_of(line)))
    led = any(text_of(line).rstrip().endswith(":") for line in lines[:-1])
    if len(lines) > 1 and not (own or led):
        lines = [pieces]
    parts: list[list[Piece]] = []
    for line in lines:
        parts.extend(_labelled(line))
    return parts


def _labelled(pieces: list[Piece]) -> list[list[Piece]]:
    """ "Namn: [field] Telefon: [field]" are two questions; a sentence with fields in it is one."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        parts[-1].append(piece)
        if _writes(piece.slot):
            parts.append([])
    tail = parts.pop()
    if len(parts) < 2 or not all(_LABEL_END.search(text_of(part)) for part in parts):
        return [pieces]
    parts[-1].extend(tail)
    return parts


def _writes(slot: Slot | None) -> bool:
    """Whether the slot is written or chosen in, not ticked."""
    return slot is not None and not (slot.type is AnswerType.YES_NO and not slot.options)
