"""Where a table's columns get their names: in its first row, below the rows of its title, or again below a title within it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.document import Block, Cell, Flag
from app.secrecy.finders.rules import first, is_label

__all__ = ["Header", "headers"]

_SEARCHED = 8
"""Rows of a title, with the buyer's name, the date and the like, are few."""
_AMOUNT = re.compile(r"\s*(?!(?:19|20)\d\d\s*$)[-–]?\d[\d\s.,'’]*(?:%|:-|,-|kr\w*|sek|eur\w*|€)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """The names of columns from the row `start` on. `rows` hold names and titles only; `title` is what stands above the names."""

    start: int
    rows: frozenset[int]
    names: tuple[tuple[int, int, str], ...] = ()
    title: str = ""

    def over(self, cell: Cell) -> str:
        """The name of the cell's column, of both rows where names stand in two."""
        found = [text for column, span, text in self.names if column <= cell.column < column + max(1, span)]
        return " ".join(" ".join(found).split())

    @property
    def texts(self) -> tuple[str, ...]:
        """All names."""
        return tuple(text for _, _, text in self.names)


def headers(rows: Sequence[tuple[int, Block]]) -> Iterator[Header]:
    """The headers of a table, whose rows are given with their index. The first is there for every table that has rows."""
    at = 0
    while at < len(rows):
        made, at = _header(rows, at)
        yield made
        while at < len(rows) and not _begins_anew(rows, at):
            at += 1


def _header(rows: Sequence[tuple[int, Block]], at: int) -> tuple[Header, int]:
    """The header that begins at a row or below it, and the row after it."""
    searched: list[int] = []
    for position in range(at, min(at + _SEARCHED, len(rows))):
        if _has_amount(rows[position][1]):
            break
        searched.append(position)
    best = _of_names([(position, _filled(rows[position][1])) for position in searched], at)
    end = best + 1
    names = [(cell.column, cell.column_span, cell.text) for cell in rows[best][1].cells]
    if end < len(rows) and _is_second_row(rows[best][1], rows[end][1]):
        names = list(_spread(names)) + [(cell.column, cell.column_span, cell.text) for cell in _filled(rows[end][1])]
        end += 1
    if best > at and _is_common(rows[best - 1][1]):
        names = [*_spread([(cell.column, cell.column_span, cell.text) for cell in rows[best - 1][1].cells]), *names]
        best -= 1
    above = [cell.text for position in range(at, best) for cell in _filled(rows[position][1])]
    title = " ".join(" ".join(above).split())
    return Header(
        rows[at][0], frozenset(index for index, _ in rows[at:end]), tuple(names), title if len(title) <= 120 else ""
    ), end


def _of_names(rows: Sequence[tuple[int, list[Cell]]], at: int) -> int:
    """Which row holds the names: the first with names that are known, or one below it with more of them than a title has."""
    named = [(position, filled) for position, filled in rows if len(filled) > 1]
    best, most = named[0][0] if named else at, 0
    for position, filled in named:
        if len(filled) > most and any(is_label(cell.text) for cell in filled):
            best, most = position, len(filled)
    return best


def _is_common(row: Block) -> bool:
    """Names that several columns have in common, above their own: nothing stands over the first column."""
    return len(_filled(row)) > 1 and not row.cells[0].text.strip()


def _spread(names: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Names over the gaps to their right."""
    filled = [name for name in names if name[2].strip()]
    ends = [*(column for column, _, _ in filled[1:]), max(column + span for column, span, _ in names)]
    for (column, span, text), end in zip(filled, ends, strict=True):
        yield column, max(span, end - column), text


def _is_second_row(row: Block, below: Block) -> bool:
    """Names below a common name ("Price" over "day, evening, night"): under its gaps, nothing below or over the first column."""
    filled = _filled(below)
    if _is_common(row) and len(filled) > len(_filled(row)) and not _has_amount(below):
        return True
    spread = any(cell.column_span > 1 for cell in row.cells) or any(not cell.text.strip() for cell in row.cells)
    begins = row.cells[0].text.strip() and below.cells and not below.cells[0].text.strip()
    return bool(spread and begins and len(filled) > 1 and not _has_amount(below))


def _begins_anew(rows: Sequence[tuple[int, Block]], at: int) -> bool:
    """A row of names that repeats on a new page, or a title with names of prices below it."""
    row = rows[at][1]
    if Flag.HEADER_ROW in row.flags and len(_filled(row)) > 2:
        return True
    if len(_filled(row)) != 1 or _has_amount(row) or at + 1 == len(rows):
        return False
    below = rows[at + 1][1]
    priced = any(first("column", "price", cell.text) for cell in below.cells if len(cell.text) <= 60)
    return len(_filled(below)) > 1 and not _has_amount(below) and priced


def _filled(row: Block) -> list[Cell]:
    return [cell for cell in row.cells if cell.text.strip()]


def _has_amount(row: Block) -> bool:
    return any(_AMOUNT.fullmatch(cell.text) for cell in row.cells)
