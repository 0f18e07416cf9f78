"""Rules about time: the deadline, and the day before it, which is ours to advise and nobody's rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.checklist.review.inputs import ReviewInputs
from app.core.clock import in_sweden
from app.core.review import Cause, ReviewFinding, Room, Severity

__all__ = ["deadline_moment", "deadline_passed", "deadline_unknown", "submit_early", "time_left"]

_LAST_DAY = timedelta(hours=24)
_SATURDAY = 5


def deadline_moment(deadline: str | None) -> datetime | None:
    """The deadline on Sweden's clocks. A day without a time ends with its last minute; nonsense is None."""
    if not deadline:
        return None
    try:
        if len(deadline) == 10:
            return in_sweden(datetime.combine(date.fromisoformat(deadline), time(23, 59)))
        return in_sweden(datetime.fromisoformat(deadline))
    except ValueError:
        return None


def submit_early(deadline: datetime) -> date:
    """The day to aim at: the weekday before the last day, while the portal's support still answers (own advice)."""
    day = deadline.date() - timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return day


def deadline_unknown(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Nobody knows when the bid must be in."""
    if deadline_moment(inputs.deadline) is None:
        yield ReviewFinding("time.unknown", Severity.WARNING, Cause(Room.UNDERLAG))


def deadline_passed(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """The bid cannot be handed in any more."""
    moment = deadline_moment(inputs.deadline)
    if moment is not None and in_sweden(inputs.now) > moment:
        yield ReviewFinding("time.passed", Severity.OBSTACLE, Cause(Room.UNDERLAG), (("deadline", said(moment)),))


def time_left(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """How long there is; a warning within the last day."""
    moment = deadline_moment(inputs.deadline)
    if moment is None:
        return
    left = moment - in_sweden(inputs.now)
    if left < timedelta(0):
        return
    hours = int(left.total_seconds() // 3600)
    shown = (("days", str(hours // 24)), ("hours", str(hours % 24)), ("target", submit_early(moment).isoformat()))
    if left <= _LAST_DAY:
        yield ReviewFinding("time.last_day", Severity.WARNING, Cause(Room.UNDERLAG), (("deadline", said(moment)),), shown=shown)
    else:
        yield ReviewFinding("time.left", Severity.NOTE, Cause(Room.UNDERLAG), (("deadline", said(moment)),), shown=shown)


def said(moment: datetime) -> str:
    """A moment as it is written in Swedish and in the standard."""
    return moment.strftime("%Y-%m-%d %H:%M")
