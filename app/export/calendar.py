"""Deadlines as a calendar file (RFC 5545) that Outlook, Google and Apple take in. Taken in again, it updates what is there.

Times are the buyer's, in Sweden, whatever the zone of the calendar that shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO

from app.core.resources import resource
from app.core.tables import read_table
from app.export.plain import legal, one_line
from app.export.target import writing

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

__all__ = ["LANGUAGES", "CalendarEntry", "as_calendar", "calendar_words", "write_calendar"]

LANGUAGES = ("sv", "en")
_ZONE = "Europe/Stockholm"
_BEFORE = timedelta(minutes=15)
"""How long before a time its entry begins, so that calendars show it: it ends when the time is up."""
_MORNING = time(9)


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A date or a time to keep. `key` tells it from the others of the tender and stays the same when it moves.

    `when` is Swedish time without a zone. `alarms` are how long before to remind; of a whole day, from nine o'clock.
    """

    key: str
    title: str
    when: date | datetime
    text: str = ""
    alarms: tuple[timedelta, ...] = ()
    categories: tuple[str, ...] = ()


@cache
def calendar_words(language: str) -> Mapping[str, str]:
    """The words of the language, `resources/templates/calendar.<language>.toml`; Swedish for one without."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    found: Mapping[str, str] = read_table(resource("templates", f"calendar.{name}.toml"))
    return found


def write_calendar(tender: str, name: str, entries: Iterable[CalendarEntry], now: datetime, target: BinaryIO) -> None:
    """Write the calendar. Raises OutputError."""
    content = as_calendar(tender, name, entries, now)
    with writing("ics"):
        target.write(content)


def as_calendar(tender: str, name: str, entries: Iterable[CalendarEntry], now: datetime) -> bytes:
    """The calendar as bytes. `tender` tells one tender from another for good (its key), `name` is what people call it. `now` has
    a zone: what is written later replaces what was written before."""
    from icalendar import Calendar, vText

    made = Calendar()
    made.add("prodid", "-//Anbudsklar//Anbudsklar//SV")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", vText(one_line(name)))
    made.add("x-wr-timezone", _ZONE)
    made.add_component(_zone())
    for entry in entries:
        made.add_component(_event(tender, entry, now))
    content = made.to_ical()
    return content if isinstance(content, bytes) else bytes(content)


def _event(tender: str, entry: CalendarEntry, now: datetime) -> Event:
    from icalendar import Event

    made = Event()
    uid = sha256(f"{tender}\x1f{entry.key}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    made.add("uid", f"{uid}@anbudsklar")
    stamp = now.astimezone(UTC)
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("sequence", int(stamp.timestamp()) // 60)
    made.add("summary", one_line(entry.title))
    if entry.text:
        made.add("description", legal(entry.text).strip())
    if entry.categories:
        made.add("categories", [one_line(category) for category in entry.categories])
    if isinstance(entry.when, datetime):
        ends = entry.when.replace(tzinfo=None)
        made.add("dtstart", ends - _BEFORE, parameters={"TZID": _ZONE})
        made.add("dtend", ends, parameters={"TZID": _ZONE})
        made.add("transp", "OPAQUE")
    else:
        made.add("dtstart", entry.when)
        made.add("dtend", entry.when + timedelta(1))
        made.add("transp", "TRANSPARENT")
    for alarm in entry.alarms:
        made.add_component(_alarm(entry, alarm))
    return made


def _alarm(entry: CalendarEntry, before: timedelta) -> Alarm:
    """A reminder. Counted from the end of what has a time, and from nine in the morning of a day that is whole."""
    from icalendar import Alarm

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", one_line(entry.title))
    if isinstance(entry.when, datetime):
        made.add("trigger", _BEFORE - before)
    else:
        made.add("trigger", timedelta(hours=_MORNING.hour) - before)
    return made


def _zone() -> Timezone:
    """Sweden's time by its rule (directive 2000/84/EC), not by a list of years that ends."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    made = Timezone()
    made.add("tzid", _ZONE)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    parts: tuple[tuple[Any, str, timedelta, timedelta, datetime, int], ...] = (
        (TimezoneDaylight(), "CEST", winter, summer, datetime(1996, 3, 31, 2), 3),
        (TimezoneStandard(), "CET", summer, winter, datetime(1996, 10, 27, 3), 10),
    )
    for part, name, before, after, begins, month in parts:
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("dtstart", begins)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        made.add_component(part)
    return made
