"""Backwards from the last day: working days in Sweden, and a proposal for when an item should be ready. No Qt here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from app.core.points import PointKind

__all__ = ["day_of", "lead_days", "parse_day", "proposal", "working_days_before"]

_LEAD = {PointKind.ATTACHMENT: 5, PointKind.CRITERION: 5, PointKind.QUESTION: 3, PointKind.REQUIREMENT: 3, PointKind.DEADLINE: 1}
"""Working days before the last day: what others must issue or write takes longest."""


@cache
def _free_days(year: int) -> frozenset[date]:
    """Days off that can fall on a weekday: lag (1989:253) om allmänna helgdagar, and the three eves that are free in practice.

    Reckoned here because the package `holidays` takes a quarter of a second to load, on the window's own thread. The tests
    compare the two.
    """
    fixed = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
    easter = _easter(year)
    moving = (easter - timedelta(2), easter + timedelta(1), easter + timedelta(39))
    midsummer_eve = next(day for number in range(19, 26) if (day := date(year, 6, number)).weekday() == 4)
    return frozenset({*(date(year, month, day) for month, day in fixed), *moving, midsummer_eve})


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _works(day: date) -> bool:
    return day.weekday() < 5 and day not in _free_days(day.year)


def day_of(text: str | None) -> date | None:
    """The day of a date or time in ISO 8601, or None."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def working_days_before(day: date, last: date) -> int:
    """Working days from `day` (not counted) up to `last`; negative when `day` comes after."""
    if day > last:
        return -working_days_before(last, day)
    return sum(_works(day + timedelta(step)) for step in range(1, (last - day).days + 1))


def lead_days(kind: PointKind, least: int = 0) -> int:
    """How many working days before the last day an item of a kind should be ready: `least` or more."""
    return max(least, _LEAD.get(kind, 3))


def proposal(last: date, days: int, today: date) -> date:
    """The working day that lies `days` working days before `last`, never before the next working day from `today` on."""
    day = last
    while days > 0:
        day -= timedelta(1)
        days -= _works(day)
    while not _works(day):
        day -= timedelta(1)
    if day >= today:
        return day
    first = today
    while not _works(first) and first < last:
        first += timedelta(1)
    return first


def parse_day(text: str, today: date) -> date | None:
    """A day as people write it: 2026-11-27, 27/11, 27.11.2026, 27 nov. Without a year the next such day."""
    written = text.strip().casefold()
    if match := re.fullmatch(r"(\d{4})-?(\d\d)-?(\d\d)", written):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[/. ]+(\d{1,2})(?:[/. -]+(\d{4}|\d\d))?\.?", written):
        return _dated(int(match[1]), int(match[2]), match[3], today)
    if match := re.fullmatch(r"(\d{1,2})\.?\s*([a-zå]{3})[a-zå]*\.?(?:\s+(\d{4}))?", written):
        month = next((number for number, names in enumerate(_MONTHS, 1) if match[2] in names.split("/")), 0)
        return _dated(int(match[1]), month, match[3], today)
    return None


_MONTHS = ("jan", "feb", "mar", "apr", "maj/may", "jun", "jul", "aug", "sep", "okt/oct", "nov", "dec")
"""The first three letters of each, Swedish and English."""


def _dated(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    coming = (_day(year, month, day) for year in range(today.year, today.year + 9))  # the 29th of February is seldom
    return next((found for found in coming if found is not None and found >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
