"""A printout as it is compared: numbers, dates, spaces, hyphens and line breaks made alike, and every character's way back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from app.core.document import BlockKind, Document, Flag

__all__ = ["Piece", "Stream", "canonical", "length_of", "pieces_of", "stream_of"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb february", "mars mar march", "april apr", "maj may", "juni jun june",
            "juli jul july", "augusti aug august", "september sep sept", "oktober okt october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(rf"(?<!\d)(?:den )?(\d{{1,2}})\.? ({_MONTH})\.?,? (\d{{4}})(?!\d)")
_MONTH_FIRST = re.compile(rf"\b({_MONTH})\.? (\d{{1,2}}),? (\d{{4}})(?!\d)")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)")
_SHORT = re.compile(r"(?<![\d.,])(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.,])")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .]\d{3})+(?![\d])")
_DECIMAL = re.compile(r"(?<![\d.,])(\d+)[.,](\d+)(?![\d.,]*\d)")
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d)[t ]00:00(?::00)?")
_BROKEN = re.compile(r"(?<=\w)[-\u2010\u00ad]\s*\n\s*(?=\w)")


class Piece(NamedTuple):
    """A paragraph or a cell of a printout; `row` is the same for the cells of a table's row, and negative outside of tables."""

    text: str
    row: int = -1


@dataclass(frozen=True, slots=True)
class Stream:
    """Letters and figures of a text, one after the other. `starts` tells where each lies in `text`, `pieces` where a line, cell
    or paragraph of the printout begins in `text`; `originals` are those as printed, `rows` the table rows they stand in."""

    text: str
    letters: str
    starts: tuple[int, ...]
    pieces: tuple[int, ...]
    originals: tuple[str, ...]
    rows: tuple[int, ...]

    def raw(self, start: int, end: int) -> str:
        """The text between two places of the letters."""
        if start >= end or start >= len(self.starts):
            return ""
        first = self.starts[start - 1] + 1 if start else 0  # a ticked box stands before the first letter
        last = self.starts[end] if end < len(self.starts) else len(self.text)
        return self.text[first:last].strip()

    def shown(self, start: int, end: int) -> str:
        """What is printed between two places of the letters, as it is printed."""
        if start >= end or start >= len(self.starts):
            return ""
        first, last = self.piece_at(start), self.piece_at(end - 1)
        parts = list(self.originals[first : last + 1])
        begins = bisect_left(self.starts, self.pieces[last])
        parts[-1] = parts[-1][: length_of(parts[-1], end - begins)]
        begins = bisect_left(self.starts, self.pieces[first])
        parts[0] = parts[0][length_of(parts[0], start - begins) :]
        return " ".join(" ".join(parts).split()).lstrip(" .:;–-")

    def is_edge(self, at: int) -> bool:
        """Whether a word or number begins at a place of the letters (or the letters end there)."""
        if at <= 0 or at >= len(self.letters):
            return True
        before, here = self.starts[at - 1], self.starts[at]
        return here > before + 1 or self.letters[at - 1].isdigit() != self.letters[at].isdigit()

    def piece_at(self, at: int) -> int:
        """The number of the piece that a place of the letters lies in."""
        return bisect_right(self.pieces, self.starts[at]) - 1 if at < len(self.starts) else len(self.pieces)

    def begins_piece(self, at: int) -> bool:
        """Whether nothing but numbers and marks stands before a place in its piece."""
        if at >= len(self.starts):
            return False
        begin = self.pieces[self.piece_at(at)]
        return not any(letter.isalpha() for letter in self.text[begin : self.starts[at]])


def pieces_of(document: Document) -> list[Piece]:
    """The texts of a printout in reading order: paragraphs, and the cells of tables each for itself.

    Names of columns are printed again on every page, in the midst of long answers: they are left out. What was taken for the
    page's furniture and is printed once is an answer at the page's edge.
    """
    furniture = Counter(_without_digits(block.text) for block in document.blocks if block.kind is BlockKind.FURNITURE)
    several = (document.pages or 1) > 1
    names: set[str] = set()
    for block in document.blocks:
        if block.cells and (Flag.HEADER_ROW in block.flags or furniture[_without_digits(block.text)] > 1):
            names |= {cell.text.strip() for cell in block.cells}
    found = []
    for number, block in enumerate(document.blocks):
        if block.kind is BlockKind.FURNITURE and not (several and furniture[_without_digits(block.text)] == 1):
            continue
        if block.cells:
            found += [Piece(text, number) for text in _without_names([cell.text.strip() for cell in block.cells], names) if text]
        elif block.text.strip():
            found.append(Piece(f"{block.number} {block.text}" if block.number else block.text))
    return found


def _without_digits(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def _without_names(cells: Sequence[str], names: Set[str]) -> Iterator[str]:
    """The cells of a row without the names of columns. A cell that goes on over a page may have its column's name before it."""
    rest = [text for text in cells if text not in names]
    if len(cells) < 2 or len(rest) == len(cells):
        yield from cells
    elif len(rest) == 1:
        name = next((name for name in sorted(names, key=len, reverse=True) if name and rest[0].startswith(f"{name} ")), "")
        yield rest[0].removeprefix(name).strip()
    elif rest:
        yield from cells


def stream_of(pieces: Iterable[Piece]) -> Stream:
    """The pieces as one stream."""
    texts: list[str] = []
    starts: list[int] = []
    given = tuple(pieces)
    at = 0
    for piece in given:
        plain = _plain(piece.text)
        starts.append(at)
        texts.append(plain)
        at += len(plain) + 1
    text = "\n".join(texts)
    places = [place for place, letter in enumerate(text) if letter.isalnum()]
    return Stream(
        text,
        "".join(text[place] for place in places),
        tuple(places),
        tuple(starts),
        tuple(one.text for one in given),
        tuple(one.row for one in given),
    )


def canonical(text: str) -> str:
    """Letters and figures of a text, as a stream has them."""
    return "".join(letter for letter in _plain(text) if letter.isalnum())


def length_of(text: str, letters: int) -> int:
    """Characters of a text up to so many of its letters and figures."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(canonical(text[:middle])) < letters:
            low = middle + 1
        else:
            high = middle
    return low


def _plain(text: str) -> str:
    """Small letters, dates as 2027-10-26, numbers without separators and without zeros that say nothing."""
    plain = _BROKEN.sub("", normalize("NFKC", text).casefold()).replace("\u00ad", "")
    plain = " ".join(plain.split())
    plain = _DAY_FIRST.sub(lambda m: _iso(m[3], str(_MONTHS[m[2]]), m[1]), plain)
    plain = _MONTH_FIRST.sub(lambda m: _iso(m[3], str(_MONTHS[m[1]]), m[2]), plain)
    plain = _SLASHED.sub(lambda m: _iso(m[3], m[2], m[1]), plain)
    plain = _SHORT.sub(lambda m: _iso(m[1], m[2], m[3]), plain)
    plain = _MIDNIGHT.sub("", plain)
    plain = _GROUPED.sub(lambda m: re.sub(r"[ .]", "", m[0]), plain)
    # A decimal's point must not vanish with the other marks: 9,5 is not 95.
    return _DECIMAL.sub(lambda m: m[1] + (f"d{rest}" if (rest := m[2].rstrip("0")) else ""), plain)


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"
