"""The words of a page with their boxes, for pointing at them: selecting, searching, finding a quote again."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import byref, c_double
from math import inf
from typing import NamedTuple

import pypdfium2.raw as pdfium

from app.core.document import Box
from app.documents.pdf.calls import address, count_chars, get_char_box, get_unicode
from app.documents.pdf.geometry import View

__all__ = ["PageWord", "boxes_of", "page_words", "place_in", "squeezed"]

_HYPHEN = 0x02
"""What PDFium gives for a hyphen at the end of a line that belongs to the line, not to the word."""
_MOST_CHARACTERS = 200_000
_BLANK = frozenset(map(ord, " \t\r\n\x00\u00a0\ufffe\uffff"))
_LINE_ENDS = frozenset(map(ord, "\r\n"))


class PageWord(NamedTuple):
    """A word as printed. `line` counts the lines of the page from 0; `joined`: the next word is its other half."""

    text: str
    box: Box
    line: int
    joined: bool = False


def page_words(page: object, view: View) -> tuple[PageWord, ...]:
    """The words of an open page, in the order the file draws them. Boxes in points from the top left of the page as shown."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return ()
    try:
        return tuple(_words(text_page, view))
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _words(text_page: object, view: View) -> list[PageWord]:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    pointers = byref(left), byref(right), byref(bottom), byref(top)
    found: list[PageWord] = []
    letters: list[str] = []
    # Around the word so far, in the coordinates of the PDF: turned only once, which halves the time of a page.
    x0 = y0 = inf
    x1 = y1 = -inf
    line = 0

    def end(joined: bool = False) -> None:
        nonlocal x0, y0, x1, y1
        if letters:
            if x1 > x0:
                found.append(PageWord("".join(letters), view.box(x0, y0, x1, y1), line, joined))
            letters.clear()
            x0 = y0 = inf
            x1 = y1 = -inf

    handle = address(text_page)
    for index in range(min(count_chars(handle), _MOST_CHARACTERS)):
        code = get_unicode(handle, index) & 0xFFFFFFFF
        if code == _HYPHEN:
            end(joined=True)
            line += 1
        elif code in _BLANK:
            end()
            line += code in _LINE_ENDS
        else:
            letters.append(chr(code) if code < 0x110000 else "\ufffd")
            if get_char_box(handle, index, *pointers):
                x0, x1 = min(x0, left.value), max(x1, right.value)
                y0, y1 = min(y0, bottom.value), max(y1, top.value)
    end()
    return [word for word in found if word.box.x1 > word.box.x0]


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.x0 for box in boxes), min(box.y0 for box in boxes), max(box.x1 for box in boxes), max(box.y1 for box in boxes)
    )


def squeezed(text: str) -> str:
    """Only its letters and digits, in one case: how a quote is compared with what is printed."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def place_in(words: Sequence[PageWord], quote: str) -> range:
    """Which of the words are the quote's; an empty range when it is not there."""
    wanted = squeezed(quote)
    if not wanted:
        return range(0)
    ends: list[int] = []
    whole = ""
    parts = []
    length = 0
    for word in words:
        part = squeezed(word.text)
        parts.append(part)
        length += len(part)
        ends.append(length)
    whole = "".join(parts)
    start = whole.find(wanted)
    if start < 0:
        return range(0)
    from bisect import bisect_left, bisect_right

    return range(bisect_right(ends, start), bisect_left(ends, start + len(wanted)) + 1)


def boxes_of(words: Sequence[PageWord]) -> tuple[Box, ...]:
    """A box for each line that the words stand on."""
    lines: dict[int, list[Box]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.box)
    return tuple(_around(boxes) for boxes in lines.values())
