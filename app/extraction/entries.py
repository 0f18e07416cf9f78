"""Entries of lists: whether a block is one, where its words begin, and the number it goes by."""

from __future__ import annotations

from app.core.document import Block, BlockKind
from app.extraction import kept
from app.extraction.asking import question_number

_BULLET = kept.pattern(r"(?:[•●○▪■□◦·‣⁃\-–—*➢✓✔o]\s+)+")
_ENUMERATOR = kept.pattern(r"(?:\(?(?:\d{1,3}(?:\.(?!0)\d{1,3}){0,5}|[a-zåäö]|[ivx]{1,5})[.)]|\d{1,3}(?:\.(?!0)\d{1,3}){1,5})\s+")


def is_item(block: Block) -> bool:
    """Whether a block is an entry of a list, marked as one by the layout or by what it begins with."""
    if block.kind is not BlockKind.PARAGRAPH:
        return block.kind is BlockKind.LIST_ITEM
    return starts_entry(block.text)


def starts_entry(text: str) -> bool:
    """Whether a text begins with a bullet or the number of an entry."""
    if text[:2].isalpha() and text[0] not in "IVXivx":
        return False  # words are the rule: no mark but a Roman number has two letters
    return _BULLET.match(text) is not None or _ENUMERATOR.match(text) is not None


def content_start(text: str, start: int = 0) -> int:
    """Where the words begin after a printed bullet. A printed number belongs to the words: it tells alike items apart."""
    match = _BULLET.match(text, start)
    return match.end() if match is not None and match.end() < len(text) else start


def number_of(block: Block, section: str | None) -> str | None:
    """The point's own number, with its section's when it is only a letter."""
    printed = block.number
    if printed is None and (asked := question_number(block.text)) is not None:
        return asked
    if printed is None and (match := _ENUMERATOR.match(block.text)) is not None:
        printed = match[0].strip()
    if printed is None or _BULLET.match(printed + " "):
        return section
    return with_section(printed.strip("()."), section)


def with_section(printed: str, section: str | None) -> str:
    """A letter or number of an entry after its section's: "3.2 a"."""
    return printed if "." in printed or section is None else f"{section} {printed}"
