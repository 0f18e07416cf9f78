"""A tender's dates as a calendar: the buyer's deadlines, the bid's own plan backwards from them, due dates, the standstill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from app.checklist.milestones import milestones
from app.checklist.periods import Standstill
from app.core.catalogue import filled
from app.core.work import ItemState, TenderRecord, WorkItem
from app.export.calendar import CalendarEntry, as_calendar, calendar_words
from app.export.file import Guard, to_file, unguarded
from app.export.plain import clipped, one_line
from app.workflow.readiness import on_tender_list

__all__ = ["CalendarOrder", "calendar_bytes", "calendar_entries", "write_calendar"]

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SAID = 90
"""Characters of an item's text in a title."""


@dataclass(frozen=True, slots=True)
class CalendarOrder:
    """All that a calendar is made of. `key` names the tender for good; deadlines are local, ISO 8601, with or without a time."""

    key: str
    tender: str
    buyer: str = ""
    reference: str = ""
    tender_deadline: str | None = None
    question_deadline: str | None = None
    valid_until: str | None = None
    items: tuple[WorkItem, ...] = field(default=(), repr=False)
    standstill: Standstill | None = None
    language: str = "sv"

    @staticmethod
    def of(record: TenderRecord, items: Iterable[WorkItem], language: str, standstill: Standstill | None = None) -> CalendarOrder:
        """From an open tender, with the user's own values before those found."""
        return CalendarOrder(
            record.key,
            record.value("name") or "",
            record.value("buyer") or "",
            record.value("reference") or "",
            record.value("tender_deadline"),
            record.value("question_deadline"),
            record.value("valid_until"),
            tuple(items),
            standstill,
            language,
        )


def calendar_entries(order: CalendarOrder, today: date) -> tuple[CalendarEntry, ...]:
    """The entries in the order of days. Plans and due dates that have passed are left out, the buyer's deadlines are not."""
    found = [*_buyers(order), *_plan(order, today), *_due(order, today), *_award(order)]
    return tuple(sorted(found, key=lambda entry: (_midnight(entry.when), entry.key)))


def calendar_bytes(order: CalendarOrder, now: datetime, today: date) -> bytes:
    """The calendar file. `now` has a zone."""
    return as_calendar(order.key, order.tender or order.reference, calendar_entries(order, today), now)


def write_calendar(order: CalendarOrder, target: Path, now: datetime, today: date, guard: Guard = unguarded) -> int:
    """Write the calendar, whole or not at all; how many entries it has. Raises OutputError."""
    content = calendar_bytes(order, now, today)

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    to_file(target, write, guard)
    return len(calendar_entries(order, today))


def _buyers(order: CalendarOrder) -> Iterator[CalendarEntry]:
    say = _words(order)
    if (when := _moment(order.question_deadline)) is not None:
        yield _entry(order, "question_deadline", _titled(say, "question_deadline", when), when, "", (_DAY,))
    if (when := _moment(order.tender_deadline)) is not None:
        text = say("tender_deadline_text")
        alarms = (7 * _DAY, _DAY, 4 * _HOUR) if isinstance(when, datetime) else (7 * _DAY, _DAY)
        yield _entry(order, "tender_deadline", _titled(say, "tender_deadline", when), when, text, alarms)
    if (when := _moment(order.valid_until)) is not None:
        day = when.date() if isinstance(when, datetime) else when
        yield _entry(order, "valid_until", say("valid_until"), day, say("valid_until_text"), (7 * _DAY,))


def _plan(order: CalendarOrder, today: date) -> Iterator[CalendarEntry]:
    say = _words(order)
    tender, question = _moment(order.tender_deadline), _moment(order.question_deadline)
    for milestone in milestones(_day(tender), _day(question), today):
        kind = milestone.kind.value
        last = question if kind == "questions" else tender
        text = say(f"{kind}_text", day=_written(last))
        yield _entry(order, f"plan-{kind}", say(kind), milestone.day, text, (timedelta(0),))


def _due(order: CalendarOrder, today: date) -> Iterator[CalendarEntry]:
    say = _words(order)
    for item in order.items:
        day = _day(_moment(item.due))
        if day is None or day < today or item.state is not ItemState.OPEN or not on_tender_list(item):
            continue
        number = f"{item.item.number} " if item.item.number else ""
        said = clipped(one_line(number + item.item.text_after_number), _SAID)
        title = say("due_owner", owner=item.owner, text=said) if item.owner else say("due", text=said)
        yield _entry(order, f"due-{item.key}", title, day, one_line(item.item.text), (timedelta(0),))


def _award(order: CalendarOrder) -> Iterator[CalendarEntry]:
    if order.standstill is not None:
        say = _words(order)
        text = say("standstill_text", day=order.standstill.earliest_contract.isoformat())
        yield _entry(order, "standstill", say("standstill"), order.standstill.last, text, (2 * _DAY, timedelta(0)))


def _entry(
    order: CalendarOrder, key: str, title: str, when: date | datetime, text: str, alarms: tuple[timedelta, ...]
) -> CalendarEntry:
    facts = ", ".join(part for part in (order.buyer, order.reference) if part)
    whole = "\n".join(part for part in (text, order.tender, facts) if part)
    return CalendarEntry(key, title, when, whole, alarms, (calendar_words(order.language)["category"],))


def _words(order: CalendarOrder) -> Callable[..., str]:
    words, name = calendar_words(order.language), order.tender or order.reference

    def say(key: str, **values: object) -> str:
        return filled(words[key], {"tender": name, **values})

    return say


def _titled(say: Callable[..., str], key: str, when: date | datetime) -> str:
    return say(f"{key}_time", time=f"{when:%H:%M}") if isinstance(when, datetime) else say(key)


def _moment(text: str | None) -> date | datetime | None:
    """A date, or a time on Sweden's clocks; None for what is neither. A whole day is a day."""
    try:
        if not text or len(text) <= 10:
            return date.fromisoformat(text or "")
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        from app.core.clock import in_sweden

        moment = in_sweden(moment)
    return moment.replace(tzinfo=None)


def _day(when: date | datetime | None) -> date | None:
    return when.date() if isinstance(when, datetime) else when


def _written(when: date | datetime | None) -> str:
    if when is None:
        return ""
    return f"{when:%Y-%m-%d %H:%M}" if isinstance(when, datetime) else when.isoformat()


def _midnight(when: date | datetime) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day)
