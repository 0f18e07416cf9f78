"""Entries of lists: whether a block is one, whether two belong together, where its words begin, and the number it goes by."""

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


def alike(block: Block, other: Block) -> bool:
    """Whether two list items are marked alike, and so are entries of the same list."""
    marks = [_BULLET.match(one.text) or _ENUMERATOR.match(one.text) for one in (block, other)]
    kinds = [
        "".join("1" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in mark[0].strip()) if mark else ""
        for mark in marks
    ]
    return kinds[0] == kinds[1] and block.number is None and other.number is None


def is_below(heading: Block, above: Block) -> bool:
    """Whether a heading is one of a lower level, as far as the layout tells."""
    if heading.level is not None and above.level is not None:
        return heading.level > above.level
    sizes = heading.font_size, above.font_size
    return sizes[0] is not None and sizes[1] is not None and sizes[0] + 0.5 < sizes[1]


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
