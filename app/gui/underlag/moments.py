"""Days and times as people write them, and back: ISO 8601 inside, Swedish or English outside."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from app.gui.messages import language, tr

__all__ = ["moment_of", "parse", "spelled", "typed"]

_ISO = re.compile(r"(?P<year>\d{4})-?(?P<month>\d{2})-?(?P<day>\d{2})")
_WORDS = re.compile(r"(?:den\s+)?(?P<day>\d{1,2})(?:\s*:?e)?\s+(?P<month>[^\W\d]+)\.?,?\s+(?P<year>\d{4})", re.IGNORECASE)
_SLASHED = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.\s-]\s*(?P<year>\d{4})")
_TIME = re.compile(r"[\sT,]*(?:kl(?:ockan|\.)?|at)?\s*(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?::\d{2})?", re.IGNORECASE)
_WEEKDAY = re.compile(r"^[^\W\d]{3,}\.?\s+(?=(?:den\s+)?\d)", re.IGNORECASE)
_MONTHS = (
    ("jan",), ("feb",), ("mar",), ("apr",), ("maj", "may"), ("jun",), ("jul",), ("aug",), ("sep",), ("okt", "oct"), ("nov",),
    ("dec",),
)  # fmt: skip


def moment_of(value: str) -> datetime | None:
    """A stored value as a moment (midnight for a day); None when it is no date."""
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def parse(text: str, *, with_time: bool = True) -> str | None:
    """What was typed as ISO 8601: a day, or a day with hour and minute. None when it is no day that exists."""
    rest = _WEEKDAY.sub("", " ".join(text.split()))
    match = _ISO.match(rest) or _WORDS.match(rest) or _SLASHED.match(rest)
    if match is None:
        return None
    month = _month(match["month"])
    after = rest[match.end() :]
    clock = _TIME.fullmatch(after) if after.strip() else None
    if month is None or (after.strip() and (clock is None or not with_time)):
        return None
    try:
        day = date(int(match["year"]), month, int(match["day"]))
        if clock is None:
            return day.isoformat()
        moment = datetime.combine(day, time(int(clock["hour"]), int(clock["minute"])))
    except ValueError:
        return None
    return moment.isoformat(timespec="minutes")


def typed(value: str) -> str:
    """A stored value as it stands in the field to be edited: 2026-12-04 23:59."""
    return value.replace("T", " ")


def spelled(value: str) -> str:
    """A stored value as it is read: fredag 4 december 2026 kl. 23:59. What is no date stays as it is."""
    moment = moment_of(value)
    if moment is None:
        return value
    weekday = tr("underlag.weekdays").split()[moment.weekday()]
    month = tr("underlag.months").split()[moment.month - 1]
    day = tr("underlag.day_spelled", weekday=weekday, day=moment.day, month=month, year=moment.year)
    if "T" not in value:
        return day
    clock = f"{moment.hour:02}:{moment.minute:02}"
    return f"{day} kl. {clock}" if language() == "sv" else f"{day}, {clock}"


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    found = (number for number, names in enumerate(_MONTHS, 1) if text.lower().startswith(names))
    return next(found, None)
