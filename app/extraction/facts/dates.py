"""Dates and times as procurement documents write them, read as local ISO 8601; and periods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.extraction import kept

_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "maj": 5,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "okt": 10,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_MONTH = (
    r"(?P<{0}>januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|january|february|march|may|june|july|"
    r"august|october|jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|oct|nov|dec)\b\.?"
)
_DATE = kept.pattern(
    r"(?<![\w/:.-])(?:"
    # 2024-04-11, also broken over a line: "2025- 08-19"
    r"(?P<iso_year>20\d\d)\s?[-–‑]\s?(?P<iso_month>\d{1,2})\s?[-–‑]\s?(?P<iso_day>\d{1,2})(?!\d)"
    # 11 april 2024, den 11:e april
    r"|(?P<day>\d{1,2})(?::?[ae]|st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH.format("month") + r"(?:,?\s+(?P<year>20\d\d)(?!\d))?"
    # April 11, 2024
    r"|" + _MONTH.format("first") + r"\s+(?P<first_day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<first_year>20\d\d)(?!\d))?"
    # 11/4 2024, 11/4-24, 11.04.2024
    r"|(?P<one>\d{1,2})(?P<between>[/.])(?P<two>\d{1,2})\s?[-/. ]\s?(?P<third>20\d\d)(?!\d)"
    # 11/4
    r"|(?P<short_day>\d{1,2})/(?P<short_month>\d{1,2})(?![\d/-])"
    r")",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))(?::\d{2})?(?:\s?(?P<half>[ap]\.?\s?m\b\.?))?"
    r"|(?P<hour2>\d{1,2})\s?(?P<half2>[ap]\.?\s?m\b\.?)|(?P<noon>(?:12 )?(?:noon|midday)|kl(?:ockan|\.)? tolv)"
    r"|(?P<midnight>midnatt|midnight)|kl(?:ockan|\.)?\s?(?P<hour3>\d{1,2})(?!\d|[.:]\d))(?![\d%])"
)
_TIME_AFTER = kept.pattern(
    r"(?:\s*(?:,|\(|\||\bthe|\bT|\bkl(?:ockan|\b\.?)|\bvid|\bat|\bby|\bno later than|\bsenast|\binnan|\btill|\bföre)){0,4}\s*T?"
    + _CLOCK,
    re.IGNORECASE,
)
_TIME_BEFORE = kept.pattern(
    r"(?:^|[^\d.:])"
    + _CLOCK
    + r"(?:\s*(?:[A-Z]{2,4}T|\([^)]{1,30}\)|\b[a-zåäö]+ (?:time|tid)\b|hours\b|hrs\b|,|\bon|\bden|\bthe|"
    r"(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?|monday|tuesday|wednesday|thursday|friday|saturday|sunday)){0,5}\s*$",
    re.IGNORECASE,
)
_HALF_DAY = kept.pattern(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_NUMBERS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12, "fjorton": 14, "femton": 15, "fourteen": 14, "fifteen": 15,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "trettio": 30, "sextio": 60, "nittio": 90, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_PERIOD = kept.pattern(
    r"(?<!\w)(?:(?P<digits>\d{1,3})|(?P<word>"
    + "|".join(_NUMBERS)
    + r"))\s?(?:\((?:\w+|\d+)\)\s?)?(?:hela |kalender|calendar |consecutive )?"
    r"(?P<unit>månad(?:er(?:s|na)?)?|mån\.?|months?|veck(?:a|or|ors)|weeks?|dag(?:ar(?:s|na)?)?|dygn|days?|år|years?)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, with a time where one stands beside it. `value` is ISO 8601; without a year it is None."""

    start: int
    end: int
    value: str | None
    month: int
    day: int
    clock: str | None = None

    def after(self, earliest: date) -> str | None:
        """The value, a missing year taken from the first such day on or after `earliest`."""
        if self.value is not None:
            return self.value
        for year in (earliest.year, earliest.year + 1):
            day = self.in_year(year)
            if day is not None and day[:10] >= earliest.isoformat():
                return day
        return None

    def in_year(self, year: int) -> str | None:
        """The value as it were in a year; None for a day that the year does not have."""
        day = _valid(year, self.month, self.day)
        return None if day is None else day.isoformat() + (f"T{self.clock}" if self.clock else "")


def moments(text: str, start: int = 0, end: int | None = None) -> list[Moment]:
    """Every date between `start` and `end` of the text, in order."""
    stop = len(text) if end is None else min(end, len(text))
    found = []
    for match in _DATE.finditer(text, start, stop):
        moment = _moment(text, match, stop)
        if moment is not None:
            found.append(moment)
    return found


def period(text: str, start: int = 0, end: int | None = None) -> tuple[str, int, int] | None:
    """The first period as an ISO 8601 duration ("P4M", "P90D") with its place."""
    match = _PERIOD.search(text, start, len(text) if end is None else end)
    if match is None:
        return None
    count = int(match["digits"]) if match["digits"] else _NUMBERS[match["word"].lower()]
    unit = match["unit"].lower()
    letter = "M" if unit.startswith(("mån", "mon")) else "W" if unit.startswith(("v", "w")) else "Y" if unit[0] in "åy" else "D"
    return f"P{count}{letter}", match.start(), match.end()


def _moment(text: str, match: re.Match[str], stop: int) -> Moment | None:
    year: int | None
    if match["iso_year"]:
        year, month, day = int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"])
    elif match["month"]:
        year, month, day = int(match["year"] or 0) or None, _month(match["month"]), int(match["day"])
    elif match["first"]:
        year, month, day = int(match["first_year"] or 0) or None, _month(match["first"]), int(match["first_day"])
    elif match["third"]:
        year, day, month = int(match["third"]), int(match["one"]), int(match["two"])
        # 4/11/2024 with an hour in a.m. or p.m. near by is American; so is what cannot be day before month.
        if match["between"] == "/" and (month > 12 or _HALF_DAY.search(text[max(0, match.start() - 40) : match.end() + 40])):
            day, month = month, day
    else:
        year, day, month = None, int(match["short_day"]), int(match["short_month"])
    if not (1 <= month <= 12 and 1 <= day <= 31) or (year is not None and _valid(year, month, day) is None):
        return None
    start, end = match.start(), match.end()
    clock = None
    if (after := _TIME_AFTER.match(text, end, stop)) is not None:
        clock = _clock(after)
        if clock is not None:
            end = after.end()
    if clock is None and (before := _TIME_BEFORE.search(text[max(0, start - 50) : start])) is not None:
        clock = _clock(before)
    value = None
    if year is not None:
        value = f"{year:04}-{month:02}-{day:02}" + (f"T{clock}" if clock else "")
    return Moment(start, end, value, month, day, clock)


def _clock(match: re.Match[str]) -> str | None:
    if match["noon"]:
        return "12:00"
    if match["midnight"]:
        return "00:00"  # "before midnight on the 17th" may mean either end of that day: whoever keeps to the earlier one is safe
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    minute = int(match["minute"] or 0)
    half = (match["half"] or match["half2"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if (hour, minute) == (24, 0):
        return "23:59"  # the day's last minute, so that the date stays the one that is printed
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _month(name: str) -> int:
    return _MONTHS[name[:3].lower()]


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
