"""Backwards from the last day: a proposal for when an item should be ready, and days as people write them."""

from __future__ import annotations

import re
from datetime import date

from app.checklist.days import moved, working_day_before, working_days_before
from app.core.points import PointKind

__all__ = ["day_of", "lead_days", "parse_day", "proposal", "working_days_before"]

_LEAD = {PointKind.ATTACHMENT: 5, PointKind.CRITERION: 5, PointKind.QUESTION: 3, PointKind.REQUIREMENT: 3, PointKind.DEADLINE: 1}
"""Working days before the last day: what others must issue or write takes longest."""


def day_of(text: str | None) -> date | None:
    """The day of a date or time in ISO 8601, or None."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def lead_days(kind: PointKind, least: int = 0) -> int:
    """How many working days before the last day an item of a kind should be ready: `least` or more."""
    return max(least, _LEAD.get(kind, 3))


def proposal(last: date, days: int, today: date) -> date:
    """The working day that lies `days` working days before `last`, never before the next working day from `today` on."""
    day = working_day_before(last, days)
    if day >= today:
        return day
    return min(moved(today), max(last, today))


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
