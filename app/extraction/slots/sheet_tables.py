"""Where the tables of a sheet begin and end: beside each other with an empty column between, or below each other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache

from app.core.document import AnswerType
from app.extraction import kept
from app.extraction.slots.grid import Entry, Sheet, row_of
from app.extraction.slots.lexicon import Named, alike, header, whole
from app.extraction.tables import names_class

_WORD = kept.pattern(r"[^\W\d_]{2}")
_MEASURE = kept.pattern(
    r"\d[\d ,.]*\s*[^\W\d_]{1,6}[.23²³]?|tim(?:me|mar)?|st(?:yck)?|kg|k?m[23²³]?|h|mån(?:ad)?|år|dag(?:ar)?|dygn|gång(?:er)?"
    r"|par|ton|liter|kr|sek|eur|pcs|each|ea|hours?|days?|months?|years?|units?|pieces?",
    re.IGNORECASE,
)
_MOST_UP = 60  # rows
_FURTHEST = 1 << 20


@dataclass(slots=True)
class SheetTables:
    """A sheet with the columns at which its tables part, for each run of rows that follow each other."""

    sheet: Sheet
    starts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    run: dict[int, int] = field(default_factory=dict)
    own_names: dict[tuple[int, int], bool] = field(default_factory=dict)
    _runs: dict[int, list[int]] = field(default_factory=dict)
    names: dict[int, list[Entry]] = field(default_factory=dict)
    near: dict[tuple[int, int], list[Entry]] = field(default_factory=dict)
    reached: dict[tuple[int, int, int], bool] = field(default_factory=dict)
    titled: dict[tuple[int, int, int], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet) -> SheetTables:
        """The sheet looked through once."""
        tables = cls(sheet)
        rows: list[int] = []
        for row in sheet.order:
            if not any(_counts(entry) for entry in sheet.rows[row]):
                continue
            if rows and row > rows[-1] + 1:
                tables._part(rows)
                rows = []
            rows.append(row)
        tables._part(rows)
        return tables

    def _part(self, rows: list[int]) -> None:
        starts = _starts(self.sheet, rows)
        number = rows[0] if rows else 0
        self._runs[number] = rows
        for row in rows:
            self.starts[row], self.run[row] = starts, number
        if len(starts) < 2:
            return
        for row in rows:
            if row not in self.sheet.heads and not any(header(entry.text) for entry in self.sheet.rows[row] if entry.text):
                continue
            for entry in self.sheet.rows[row]:
                if entry.text.strip() and not entry.answer and not _takes_answers(entry.text) and not beside_only(entry.text):
                    key = (number, self.columns(row, entry.left)[0])
                    texts = sum(1 for other in self.inside(row, entry.left) if other.text.strip())
                    self.own_names[key] = self.own_names.get(key, False) or texts > 1

    def begins(self, row: int) -> bool:
        """Whether a row is the first after a blank one."""
        return self.run.get(row) == row

    def columns(self, row: int, column: int) -> tuple[int, int]:
        """The first and last column of the table that a cell stands in."""
        starts = self.starts.get(row, ())
        if len(starts) < 2:
            return 0, _FURTHEST
        place = max(1, bisect_right(starts, column))
        return starts[place - 1] if place > 1 else 0, starts[place] - 1 if place < len(starts) else _FURTHEST

    def parts(self, row: int) -> list[list[Entry]]:
        """The cells of a row by the table that they stand in."""
        if len(self.starts.get(row, ())) < 2:
            return [self.sheet.rows[row]]
        found: dict[int, list[Entry]] = {}
        for entry in self.sheet.rows[row]:
            found.setdefault(self.columns(row, entry.left)[0], []).append(entry)
        return list(found.values())

    def inside(self, row: int, column: int) -> list[Entry]:
        """The cells of a row that stand in the same table as a column."""
        left, right = self.columns(row, column)
        return [entry for entry in self.sheet.rows[row] if left <= entry.left <= right]

    def beside(self, entry: Entry) -> list[Entry]:
        """The cells of the row that can speak of this one: those of its table, and where that has no names of its
        own, as when an empty column only sets the answers apart, those of the nearest that has.
        """
        row = self.sheet.rows[entry.row]
        left, right = self.columns(entry.row, entry.left)
        if left == 0 and right == _FURTHEST:
            return row
        if self.own_names.get((self.run.get(entry.row, 0), left), False):
            return self.inside(entry.row, entry.left)
        key = (entry.row, left)
        if entry.text or key not in self.near:
            self.near[key] = self._near(entry, left)
        return self.near[key]

    def _near(self, entry: Entry, left: int) -> list[Entry]:
        parts = self.parts(entry.row)
        own = next((place for place, part in enumerate(parts) if part[0].left >= left), 0)
        for first in range(own, -1, -1):
            if self._has_names(parts[first], entry):
                return [other for part in parts[first : own + 1] for other in part]
        last = next((place for place in range(own + 1, len(parts)) if self._has_names(parts[place], entry)), own)
        return [other for part in parts[own : last + 1] for other in part]

    def _has_names(self, part: list[Entry], entry: Entry) -> bool:
        names = [other for other in part if other is not entry and not other.answer and _WORD.search(other.text)]
        return any(not self.is_attribute(other) for other in names)

    def is_attribute(self, entry: Entry) -> bool:
        """Whether a cell holds what stands beside a question, such as its number, unit or class, and never asks."""
        if _MEASURE.fullmatch(entry.text.strip()) is not None:
            return True
        head = self.head(entry)
        return head is not None and beside_only(head.text)

    def head(self, entry: Entry) -> Entry | None:
        """The name of the column in the cell's own table."""
        name = self.name_above(entry)
        return name if name is not None and self.reaches(name, entry) else None

    def name_above(self, entry: Entry) -> Entry | None:
        """The nearest text above that could name the column, of whatever table."""
        names = self.names.get(entry.left)
        if names is None:
            names = self.names[entry.left] = [
                other
                for other in self.sheet.texts_of(entry.left)
                if not other.answer
                and (other.row in self.sheet.heads or header(other.text) is not None)
                and _WORD.search(other.text)
            ]
        place = bisect_left(names, entry.row, key=row_of)
        return names[place - 1] if place else None

    def named(self, head: Entry) -> Named | None:
        """What the head of a column names, by itself or together with the columns like it."""
        text = head.text
        return header(text) or alike(tuple(other.text for other in self.sheet.rows[head.row] if other.text.strip())).get(text)

    def reaches(self, head: Entry, entry: Entry) -> bool:
        """Whether a name of a column is that of the cell's table: no blank row lies between, or the row is filled as rows of that
        table are and no title of the kind that stands over the table has come since.
        """
        if self.run.get(head.row) == self.run.get(entry.row):
            return True
        key = (head.row, head.left, entry.row)
        if key not in self.reached:
            self.reached[key] = self._goes_on(head, entry)
        return self.reached[key]

    def _goes_on(self, head: Entry, entry: Entry) -> bool:
        columns = [other for other in self.inside(head.row, head.left) if other.text.strip()]
        if len(columns) > 1 and head.row not in self.sheet.heads and self.named(head) is None:
            return False  # a cell of the table above
        names = [other for other in columns if not _takes_answers(other.text) and self.named(other) is not None]
        texts = [other for other in self.sheet.rows[entry.row] if other.text.strip() and not other.answer]
        filled = sum(1 for name in names if any(name.left <= other.right and name.right >= other.left for other in texts))
        if len(columns) > 1 and len(names) > 2 and filled * 2 < len(names):
            return False
        if self._reads_as_form(texts) and not self._reads_as_form(self._body(head)):
            return False
        return not (self._titled(head) and self._title_between(head, entry))

    def _body(self, head: Entry) -> list[Entry]:
        """The texts of the row below a name."""
        return [other for other in self.sheet.rows.get(head.row + 1, ()) if other.text.strip() and not other.answer]

    @staticmethod
    def _reads_as_form(texts: list[Entry]) -> bool:
        """Whether a row's only text is a label of a form, which a table of names and figures has not."""
        return len(texts) == 1 and texts[0].text.rstrip().endswith((":", "?"))

    def titles(self, entry: Entry) -> list[Entry]:
        """The texts alone in their rows that stand over a cell in its run of rows: the head of its group, and the table's title
        directly on the names of the columns.
        """
        rows = self._runs.get(self.run.get(entry.row, 0), [])
        place = bisect_left(rows, entry.row)
        found: list[Entry] = []
        for number in range(place - 1, max(-1, place - _MOST_UP), -1):
            row = rows[number]
            if (not found or row + 1 in self.sheet.heads) and self._alone(row, *self.columns(row, entry.left)):
                found.extend(other for other in self.inside(row, entry.left) if other.text.strip())
        return found

    def group(self, head: Entry) -> Entry | None:
        """What stands over a name and those beside it, where others of its row have the same name: "Lot 1", "Lot 2"."""
        same = [other for other in self.sheet.rows[head.row] if other.text.strip() == head.text.strip()]
        over = next((other for other in self.sheet.above(head, 1) if other.text.strip()), None)
        wide = over is not None and over.row == head.row - 1 and over.right > over.left
        return over if len(same) > 1 and wide else None

    def starts_table(self, row: int) -> bool:
        """Whether the names of a row are those of a new table: first after a blank row, or under a title alone."""
        return row in self.sheet.heads and (self.begins(row) or self._alone(row - 1, 0, _FURTHEST))

    def _titled(self, head: Entry) -> bool:
        """Whether a row with a single text stands directly on the heads."""
        return self._alone(head.row - 1, *self.columns(head.row, head.left))

    def _title_between(self, head: Entry, entry: Entry) -> bool:
        """Whether a single text begins a run of rows after a blank one, between the heads and the cell."""
        key = (head.row, head.left, self.run.get(entry.row, 0))
        if key not in self.titled:
            order = self.sheet.order
            rows = order[bisect_right(order, head.row) : bisect_right(order, entry.row)]
            starts = {self.run[row] for row in rows if row in self.run} - {self.run.get(head.row)}
            columns = self.columns(head.row, head.left)
            self.titled[key] = any(self._alone(start, *columns) for start in starts)
        return self.titled[key]

    def _alone(self, row: int, left: int, right: int) -> bool:
        """Whether a single text stands in these columns of a row."""
        texts = [entry for entry in self.sheet.rows.get(row, ()) if left <= entry.left <= right and _counts(entry)]
        return len(texts) == 1 and bool(texts[0].text.strip()) and not texts[0].answer


def _counts(entry: Entry) -> bool:
    return bool(entry.text.strip()) or entry.answer or entry.computed


def _starts(sheet: Sheet, rows: list[int]) -> tuple[int, ...]:
    """The first column of each table in a run of rows. A lone text may reach over several."""
    used: set[int] = set()
    for row in rows:
        entries = [entry for entry in sheet.rows[row] if _counts(entry)]
        for entry in entries:
            wide = entry.right if len(entries) > 1 else entry.left
            used.update(range(entry.left, min(wide, entry.left + 256) + 1))
    return tuple(sorted(column for column in used if column - 1 not in used))


@cache
def _takes_answers(text: str) -> bool:
    named = header(text)
    return named is not None and named.type is not AnswerType.NONE


@cache
def beside_only(text: str) -> bool:
    """Whether a column with this name only holds what stands beside a question: its number, unit, class, quantity or worth."""
    return whole("beside", " ".join(text.split()).strip(" \t:*.")) is not None or names_class(text)
