"""Lines of a plain text with the page that each stands on, as far as the text tells.

Form feeds, marks such as "[page 3]" and feet such as "Sida 3/44" tell it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from unicodedata import normalize

from app.core.document import Cell

__all__ = ["Shape", "SourceLine", "clean", "pages_of"]

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
_REMOVED = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_REMOVED |= {ord("\ufb00"): "ff", ord("\ufb01"): "fi", ord("\ufb02"): "fl", ord("\ufb03"): "ffi", ord("\ufb04"): "ffl"}
_PAGE_MARK = re.compile(
    r"(?:\[|[-=–—<(*]+\s*)\s*(?:page|sida|sid\.?|s\.|p\.)\s*(\d{1,5})(?:\s*(?:/|av|of)\s*\d{1,5})?\s*(?:\]|[-=–—>)*]+)$", re.I
)
_PAGE_FOOT = re.compile(
    r"(?:(?:sida|sid\.?|page|p\.)\s*)?(\d{1,5})\s*(?:/|\(|av|of)\s*(\d{1,5})\)?$|(?:sida|page)\s+(\d{1,5})$", re.I
)


class Shape(Enum):
    """What a line looks like."""

    BLANK = auto()
    PLAIN = auto()
    HEADING = auto()
    UNDERLINE = auto()
    ITEM = auto()
    MARKER = auto()  # a bullet or number with nothing else on the line
    ROW = auto()
    RULE = auto()  # the dashes below a table's header
    ALONE = auto()  # a line that is a block of its own: something to fill in, an answer type
    CONTENTS = auto()
    FURNITURE = auto()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line, its page if the text tells, and its shape. `soft`: blanks at its end say that the paragraph goes on."""

    text: str
    page: int | None = None
    shape: Shape = Shape.PLAIN
    level: int | None = None
    mark: str = ""
    cells: tuple[Cell, ...] = ()
    soft: bool = False
    page_edge: bool = False
    numbered: bool = False


def clean(text: str) -> str:
    """One line as read aloud: NFC, ligatures and soft hyphens resolved, blanks single."""
    text = normalize("NFC", text)
    if not text.isascii():
        text = text.translate(_REMOVED)
    return _SPACES.sub(" ", text).strip()


def pages_of(content: str) -> list[SourceLine]:
    """Lines with the page that form feeds, page marks or page feet give them."""
    pages: list[list[str]] = [[]]
    for number, part in enumerate(content.split("\f")):
        if number:
            pages.append([])
        pages[-1].extend(re.split(r"\r\n|\r|\n", part))
        if pages[-1] and not pages[-1][-1]:
            pages[-1].pop()
    if len(pages) > 1:
        return [_source(text, number) for number, page in enumerate(pages, 1) for text in page]
    texts = pages[0]
    marks = {index: int(match.group(1)) for index, text in enumerate(texts) if (match := _PAGE_MARK.match(text.strip()))}
    if marks:
        return _marked(texts, marks)
    return _footed(texts)


def _source(text: str, page: int | None) -> SourceLine:
    bare = text.rstrip(" \t\u00a0")
    return SourceLine(text, page, Shape.PLAIN if clean(bare) else Shape.BLANK, soft=len(bare) < len(text))


def _marked(texts: list[str], marks: dict[int, int]) -> list[SourceLine]:
    """A mark stands before its page, unless the first one comes after text: then it ends it."""
    first = min(marks)
    ends = marks[first] == 1 and any(text.strip() for text in texts[:first])
    lines, page = [], marks[first] if ends else (1 if first and any(t.strip() for t in texts[:first]) else marks[first])
    for index, text in enumerate(texts):
        if index in marks:
            if not ends:
                page = marks[index]
            lines.append(replace(_source(text, page), shape=Shape.FURNITURE))
            if ends:
                page = marks[index] + 1
        else:
            lines.append(_source(text, page))
    return lines


def _footed(texts: list[str]) -> list[SourceLine]:
    """Pages by a foot like "Sida 3/44" that counts up; without such a series the text has no pages."""
    feet: dict[int, int] = {}
    expected, total = 1, ""
    for index, text in enumerate(texts):
        match = _PAGE_FOOT.match(text.strip())
        if not match:
            continue
        number = int(match.group(1) or match.group(3))
        if number == expected and (not total or (match.group(2) or "") == total):
            feet[index] = number
            expected, total = expected + 1, match.group(2) or ""
    if len(feet) < 3:
        return [_source(text, None) for text in texts]
    lines, page, edge = [], 1, False
    for index, text in enumerate(texts):
        line = _source(text, page)
        if index in feet:
            line, page, edge = replace(line, shape=Shape.FURNITURE), page + 1, True
        elif line.shape is Shape.BLANK:
            # The empty line at a page's edge ends no paragraph.
            line = replace(line, page_edge=edge)
        else:
            edge = False
        lines.append(line)
    return lines
