"""The orders in which the signs of a page can be read: as the file draws them, row by row, and each against the direction.

A quote was taken from a text that some reader put in order; the file may draw the same signs in another. An `Order` is a text
and, for each of its signs, the index of the sign on the page (-1 for a blank that was put in between).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import bidirectional

from app.secrecy.masking.folding import Folded, folded
from app.secrecy.masking.pdf_pages import PageText

__all__ = ["Order", "is_right_to_left", "orders"]


class Order(NamedTuple):
    """A page's text in one of its orders."""

    text: Folded
    signs: list[int]


def is_right_to_left(text: str) -> bool:
    """Whether any of it is written from the right."""
    return any(bidirectional(sign) in ("R", "AL") for sign in text)


def orders(page: PageText, *, rows: bool = True, backwards: bool = False) -> Iterator[Order]:
    """The page's text as drawn, then row by row, then (for text from the right) both with each line reversed."""
    drawn = Order(folded(page.text), list(range(len(page.text))))
    yield drawn
    if backwards:
        yield _reversed(drawn)
    if rows:
        by_rows = _rows(page)
        yield by_rows
        if backwards:
            yield _reversed(by_rows)


def _reversed(order: Order) -> Order:
    source = order.text.source
    text: list[str] = []
    signs: list[int] = []
    start = 0
    for end in [*(index for index, sign in enumerate(source) if sign == "\n"), len(source)]:
        text += [*reversed(source[start:end]), "\n"]
        signs += [*reversed(order.signs[start:end]), -1]
        start = end + 1
    return Order(folded("".join(text)), signs)


def _rows(page: PageText) -> Order:
    placed = []
    for word in page.words():
        boxes = [box for index in word if (box := page.boxes[index]) is not None]
        if boxes:
            placed.append((sum(box.y0 + box.y1 for box in boxes) / 2 / len(boxes), min(box.x0 for box in boxes), boxes[0], word))
    placed.sort(key=lambda entry: entry[0])
    text: list[str] = []
    signs: list[int] = []
    row: list[tuple[float, range]] = []
    middle, height = None, 0.0

    def end() -> None:
        for _, word in sorted(row, key=lambda entry: entry[0]):
            text.extend([page.text[word.start : word.stop], " "])
            signs.extend([*word, -1])
        if row:
            text.append("\n")
            signs.append(-1)
        row.clear()

    for y, x, box, word in placed:
        if middle is None or y - middle > 0.5 * min(height, box.y1 - box.y0):
            end()
            middle, height = y, box.y1 - box.y0
        row.append((x, word))
    end()
    return Order(folded("".join(text)), signs)
