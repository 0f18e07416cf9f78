"""Days as people write them, Swedish and English, numbers and names of months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.checklist.review.lexicon import month_of

__all__ = ["Day", "days_in", "first_day"]

_MONTH = r"[A-Za-zåäö]{3,9}\.?"
_DAY = re.compile(
    rf"(?<![\d/-])(?:(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)|(?P<d2>\d\d?)(?:\.|:e|st|nd|rd|th)?\s+(?P<m2>{_MONTH})"
    rf",?\s+(?P<y2>(?:19|20)\d\d)|(?P<m3>{_MONTH})\s+(?P<d3>\d\d?)(?:st|nd|rd|th)?,\s+(?P<y3>(?:19|20)\d\d)"
    r"|(?P<y4>(?:19|20)\d\d)(?P<m4>[01]\d)(?P<d4>[0-3]\d))(?!\d|[-/]\d)"
)


class Day(NamedTuple):
    """A day and where its words begin and end."""

    day: date
    start: int
    end: int


def days_in(text: str, start: int = 0) -> Iterator[Day]:
    """Every day in the text, in order. What is no day of the calendar is passed over."""
    for match in _DAY.finditer(text, start):
        groups = {name.rstrip("234"): value for name, value in match.groupdict().items() if value}
        month = int(groups["m"]) if groups["m"].isdigit() else month_of(groups["m"])
        if month is None:
            continue
        try:
            yield Day(date(int(groups["y"]), month, int(groups["d"])), match.start(), match.end())
        except ValueError:
            continue


def first_day(text: str, start: int, within: int) -> date | None:
    """The first day that begins at most `within` characters after `start`."""
    found = next(days_in(text, start), None)
    return found.day if found is not None and found.start <= start + within else None
