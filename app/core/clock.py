"""The time in Sweden, which is the time of every deadline, wherever the computer stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["SummerTime", "day_in_sweden", "in_sweden", "recorded", "recorded_words", "sweden"]

_HOUR = timedelta(hours=1)


class SummerTime(tzinfo):
    """Central European time by directive 2000/84/EC: summer time from the last Sunday in March to the last in October, at 01:00
    UTC. For computers that have no list of time zones, as Windows has none."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        """One hour, or two."""
        return _HOUR + self.dst(moment)

    def dst(self, moment: datetime | None) -> timedelta:
        """The hour of summer. Of the hour that comes twice, the first is summer (`fold` 0); the one left out counts as winter."""
        if moment is None:
            return timedelta(0)
        wall = moment.replace(tzinfo=None)
        begins = _last_sunday(wall.year, 3) + 3 * _HOUR
        ends = _last_sunday(wall.year, 10) + (2 if moment.fold else 3) * _HOUR
        return _HOUR if begins <= wall < ends else timedelta(0)

    def fromutc(self, moment: datetime) -> datetime:
        """The time in Sweden at a moment of UTC."""
        utc = moment.replace(tzinfo=None)
        begins, ends = (_last_sunday(utc.year, month) + _HOUR for month in (3, 10))
        local = utc + (2 * _HOUR if begins <= utc < ends else _HOUR)
        return local.replace(tzinfo=self, fold=int(ends <= utc < ends + _HOUR))

    def tzname(self, moment: datetime | None) -> str:
        """As it is written."""
        return "CEST" if self.dst(moment) else "CET"


def _last_sunday(year: int, month: int) -> datetime:
    """Its midnight, in a month of 31 days."""
    last = datetime(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


@cache
def sweden() -> tzinfo:
    """Sweden's time zone."""
    try:
        return ZoneInfo("Europe/Stockholm")
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return SummerTime()


def in_sweden(moment: datetime | None = None) -> datetime:
    """A moment (now, if none is given) on Sweden's clocks; one without a zone is on them already."""
    if moment is None:
        moment = datetime.now(UTC)
    return moment.replace(tzinfo=sweden()) if moment.tzinfo is None else moment.astimezone(sweden())


def day_in_sweden() -> date:
    """The day in Sweden, which may be another than the computer's."""
    return in_sweden().date()


def recorded(at: str) -> datetime | None:
    """A moment of the records (UTC, ISO 8601) on Sweden's clocks; None for what is none, as a tender from outside may hold."""
    try:
        return in_sweden(datetime.fromisoformat(at).replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def recorded_words(at: str, shape: str = "%Y-%m-%d") -> str:
    """A moment of the records in a shape of `strftime`; what is no moment stays as it is."""
    moment = recorded(at)
    return at if moment is None else f"{moment:{shape}}"
