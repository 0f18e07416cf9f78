"""The kravmatris on its way back: which of its cells colleagues fill in, what they held when it was written, and reading them
again.

A column is known by a name of the workbook that moves along with it, else by its heading in any language; a row by the item's
id. So rows may be sorted, filtered and taken out, columns moved and renamed. Foreign bytes are parsed here: this runs in a child
process.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.core.document import Finding
from app.core.errors import FillError
from app.export.plain import clipped, legal
from app.export.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["BASE", "ENTRIES", "PREFIX", "MatrixRow", "MatrixSheet", "entry_text", "fingerprint", "read_matrix"]

ENTRIES = ("status", "owner", "due", "reply", "file", "comment")
"""The columns that are filled in, in the order of their fingerprints."""

BASE = "base"
"""The hidden column that tells what the entries were when the matrix was written, without repeating them."""

PREFIX = "_anbudsklar_"
_COLUMNS = (*ENTRIES, "id", "text", BASE)
_DIGITS = 8
_MOST_CHARACTERS = 32_767
_HEADS = 30
_STATUSES = ("todo", "doing", "done", "not_applicable")


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row as it came back. `entries` has the columns that are there; `status` is a code when its word is known. `base` are the
    fingerprints of what the entries were when the matrix was written, in the order of `ENTRIES`; empty when they are lost."""

    number: int
    id: str
    text: str = ""
    entries: Mapping[str, str] = field(default_factory=dict)
    status: str | None = None
    base: tuple[str, ...] = ()

    def was(self, column: str, text: str) -> bool:
        """Whether the entry was this when the matrix was written."""
        return bool(self.base) and self.base[ENTRIES.index(column)] == _digest(entry_text(text))


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """What came back: the rows with an id, the texts of rows without one, the columns that are gone, and what is odd."""

    rows: tuple[MatrixRow, ...] = ()
    added: tuple[tuple[int, str], ...] = ()
    gone: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def entry_text(value: object) -> str:
    """An entry as it is compared: as the matrix writes it, without blanks around it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, datetime):
        whole = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if whole else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return clipped(legal(str(value).strip()), _MOST_CHARACTERS).strip()


def fingerprint(entries: Mapping[str, object]) -> str:
    """What the entries of a row are, a few digits each: enough to see that one was changed, too little to tell what it was."""
    return " ".join(_digest(entry_text(entries.get(name))) for name in ENTRIES)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def read_matrix(data: bytes, name: str, ids: Iterable[str]) -> MatrixSheet:
    """The matrix in a workbook whose package has been checked; `ids` are those of the list. Raises FillError (`matrix.*`)."""
    from openpyxl import load_workbook

    known = frozenset(ids)
    try:
        workbook = load_workbook(BytesIO(data), data_only=True, keep_links=False)
    except Exception as error:
        raise FillError(name, code="file.corrupt") from error
    found = _sheet(workbook.worksheets, known)
    if found is None:
        raise FillError(name, code="matrix.not_one")
    sheet, id_column, first = found
    columns, head = _columns(workbook, sheet, id_column, first)
    gone = tuple(each for each in ENTRIES if each not in columns)
    rows: list[MatrixRow] = []
    added: list[tuple[int, str]] = []
    findings: list[Finding] = []
    for cells in sheet.iter_rows(min_row=head + 1):
        values = {cell.column: cell.value for cell in cells if cell.value is not None}
        if not values:
            continue
        number = int(cells[0].row or 0)
        identity = entry_text(values.get(id_column))
        if not identity:
            said = next((text for each in ("text", "reply") if (text := entry_text(values.get(columns.get(each, 0))))), "")
            if said:
                added.append((number, said))
            continue
        rows.append(_row(number, identity, values, columns))
    for row in rows:
        for each, value in row.entries.items():
            if value.startswith("#") and value.rstrip("!?/0AN").isupper() and value.endswith(("!", "?", "A")):
                findings.append(Finding("matrix.error_value", name, None, (("row", str(row.number)), ("column", each))))
    return MatrixSheet(tuple(rows), tuple(added), gone, tuple(findings))


def _row(number: int, identity: str, values: Mapping[int, object], columns: Mapping[str, int]) -> MatrixRow:
    entries = {name: entry_text(values.get(columns[name])) for name in ENTRIES if name in columns}
    base = entry_text(values.get(columns.get(BASE, 0))).split()
    text = entry_text(values.get(columns.get("text", 0)))
    told = tuple(base) if len(base) == len(ENTRIES) else ()
    return MatrixRow(number, identity, text, entries, _status(entries.get("status", "")), told)


def _status(word: str) -> str | None:
    """The code of a status in any language; an empty cell is one that nobody has begun."""
    if not word:
        return "todo"
    for language in LANGUAGES:
        for status in _STATUSES:
            if words_in(language).of("status", status).casefold() == word.casefold():
                return status
    return None


def _sheet(sheets: Iterable[Worksheet], known: frozenset[str]) -> tuple[Worksheet, int, int] | None:
    """The sheet and column with most of the list's ids, and the first row of them. The sheet of contract duties has none of
    these."""
    best: tuple[int, Worksheet, int, int] | None = None
    for sheet in sheets:
        counts: dict[int, list[int]] = {}
        for cells in sheet.iter_rows():
            for cell in cells:
                if isinstance(cell.value, str | int) and str(cell.value) in known:
                    counts.setdefault(cell.column, []).append(cell.row)
        for column, rows in counts.items():
            if best is None or len(rows) > best[0]:
                best = (len(rows), sheet, column, min(rows))
    return (best[1], best[2], best[3]) if best is not None else None


def _columns(workbook: Any, sheet: Worksheet, id_column: int, first: int) -> tuple[dict[str, int], int]:
    """Which column is which, and the row of the headings."""
    from openpyxl.utils.cell import range_boundaries

    columns = {"id": id_column}
    for name in _COLUMNS:
        defined = workbook.defined_names.get(PREFIX + name)
        for title, reference in defined.destinations if defined is not None else ():
            if title == sheet.title:
                left = range_boundaries(reference.replace("$", ""))[0]
                if isinstance(left, int):
                    columns.setdefault(name, left)
    words = {words_in(language).of("columns", name).casefold(): name for language in LANGUAGES for name in _COLUMNS}
    head = first - 1
    for row in range(first - 1, max(0, first - _HEADS), -1):
        texts = {cell.column: entry_text(cell.value).casefold() for cell in sheet[row] if cell.value is not None}
        if sum(text in words for text in texts.values()) >= 2:
            head = row
            for column, text in texts.items():
                known = words.get(text)
                if known is not None and known not in columns and column not in columns.values():
                    columns[known] = column
            break
    return columns, head
