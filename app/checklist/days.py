"""Days as they are counted in Sweden: which are free, which a time limit may end on, and working days between two. No clock here.

Reckoned here because the package `holidays` takes a quarter of a second to load, on the window's own thread. The tests compare
the two.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

__all__ = [
    "DayOff",
    "after_months",
    "day_off",
    "last_day",
    "moved",
    "next_working_day",
    "previous_working_day",
    "working_day_before",
    "working_days_before",
    "works",
]


class DayOff(StrEnum):
    """Why a day is no working day: lag (1989:253) om allmänna helgdagar, and the eves of lag (1930:173) 2 §."""

    SATURDAY = "saturday"
    SUNDAY = "sunday"
    NEW_YEAR = "new_year"
    EPIPHANY = "epiphany"
    GOOD_FRIDAY = "good_friday"
    EASTER_MONDAY = "easter_monday"
    MAY_DAY = "may_day"
    ASCENSION = "ascension"
    NATIONAL_DAY = "national_day"
    MIDSUMMER_EVE = "midsummer_eve"
    CHRISTMAS_EVE = "christmas_eve"
    CHRISTMAS_DAY = "christmas_day"
    BOXING_DAY = "boxing_day"
    NEW_YEARS_EVE = "new_years_eve"


_FIXED = {
    (1, 1): DayOff.NEW_YEAR,
    (1, 6): DayOff.EPIPHANY,
    (5, 1): DayOff.MAY_DAY,
    (6, 6): DayOff.NATIONAL_DAY,
    (12, 24): DayOff.CHRISTMAS_EVE,
    (12, 25): DayOff.CHRISTMAS_DAY,
    (12, 26): DayOff.BOXING_DAY,
    (12, 31): DayOff.NEW_YEARS_EVE,
}


@cache
def _days_off(year: int) -> dict[date, DayOff]:
    """Those that can fall on a weekday. Easter Day, Whit Sunday, Midsummer Day and All Saints' are free as weekends."""
    found = {date(year, month, day): why for (month, day), why in _FIXED.items()}
    easter = _easter(year)
    moving = ((-2, DayOff.GOOD_FRIDAY), (1, DayOff.EASTER_MONDAY), (39, DayOff.ASCENSION))
    for days, why in moving:
        found.setdefault(easter + timedelta(days), why)
    midsummer_eve = next(day for number in range(19, 26) if (day := date(year, 6, number)).weekday() == 4)
    found[midsummer_eve] = DayOff.MIDSUMMER_EVE
    return found


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def day_off(day: date) -> DayOff | None:
    """Why nobody works on a day; None for a working day. A holiday on a Saturday or Sunday is told as the holiday."""
    if (why := _days_off(day.year).get(day)) is not None:
        return why
    return {5: DayOff.SATURDAY, 6: DayOff.SUNDAY}.get(day.weekday())


def works(day: date) -> bool:
    """Whether it is a working day. Twelfth Night (5 January) and Maundy Thursday are (RÅ 2004 not 40)."""
    return day_off(day) is None


def moved(day: date) -> date:
    """The day that a time limit of the law ends on when it would end on `day`: the next working day (lag 1930:173 2 §).

    Times that the buyer sets (last day for tenders, for questions, validity) are not moved.
    """
    while not works(day):
        day += timedelta(1)
    return day


def last_day(start: date, days: int) -> date:
    """The last day of a time limit of the law in days: the day it starts from is day 0."""
    return moved(start + timedelta(days))


def after_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day. Not moved."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    return moved(day + timedelta(1))


def previous_working_day(day: date) -> date:
    """The last working day before a day."""
    day -= timedelta(1)
    while not works(day):
        day -= timedelta(1)
    return day


def working_days_before(day: date, last: date) -> int:
    """Working days from `day` (not counted) up to `last`; negative when `day` comes after."""
    if day > last:
        return -working_days_before(last, day)
    return sum(works(day + timedelta(step)) for step in range(1, (last - day).days + 1))


def working_day_before(last: date, days: int) -> date:
    """The working day that lies `days` working days before `last`; with 0, `last` itself or the one before it."""
    day = last
    while days > 0:
        day -= timedelta(1)
        days -= works(day)
    while not works(day):
        day -= timedelta(1)
    return day
