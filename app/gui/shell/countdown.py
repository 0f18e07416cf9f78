"""How long is left until a deadline, in the words of the header and the overview."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.core.clock import in_sweden
from app.gui.messages import tr

__all__ = ["Countdown", "Urgency", "countdown"]

_SOON = 7
_URGENT = 2
_MONTHS = {
    "sv": ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


class Urgency(StrEnum):
    """How near a deadline is: under seven days it is soon, under two urgent."""

    NONE = "none"
    CALM = "calm"
    SOON = "soon"
    URGENT = "urgent"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Countdown:
    """`left` says how long is left ("11 dagar kvar"), `when` the moment ("4 dec 23:59"). `days` is None without one."""

    urgency: Urgency
    days: int | None
    left: str
    when: str


def countdown(deadline: str | None, now: datetime, language: str) -> Countdown:
    """What to say of a deadline in ISO 8601 (Sweden's clocks, with or without a time). One without a time lasts its whole day.

    `now` is any moment with a time zone; without one it is on Sweden's clocks.
    """
    now = in_sweden(now)
    end, timed = _moment(deadline)
    if end is None:
        return Countdown(Urgency.NONE, None, tr("shell.no_deadline"), deadline or "")
    when = f"{end.day} {_MONTHS[language][end.month - 1]}"
    if end.year != now.year:
        when += f" {end.year}"
    if timed:
        when += f" {end:%H:%M}"
    days = (end.date() - now.date()).days
    if end.astimezone(UTC) < now.astimezone(UTC):
        return Countdown(Urgency.PAST, days, tr("shell.deadline_past"), when)
    if days == 0:
        hours = (end.astimezone(UTC) - now.astimezone(UTC)) // timedelta(hours=1)  # the clocks may change before it
        left = tr("shell.hours_left", count=hours) if hours else tr("shell.minutes_left")
        return Countdown(Urgency.URGENT, 0, left, when)
    urgency = Urgency.URGENT if days < _URGENT else Urgency.SOON if days < _SOON else Urgency.CALM
    return Countdown(urgency, days, tr("shell.days_left", count=days), when)


def _moment(text: str | None) -> tuple[datetime | None, bool]:
    if not text:
        return None, False
    try:
        if len(text) <= len("2026-12-04"):
            return in_sweden(datetime.combine(date.fromisoformat(text), time(23, 59, 59))), False
        return in_sweden(datetime.fromisoformat(text).replace(tzinfo=None)), True
    except ValueError:
        return None, False
