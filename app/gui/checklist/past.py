"""What was done to an item, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.checklist.planning import day_of
from app.core.clock import recorded
from app.core.work import HistoryEntry
from app.gui.checklist.wording import day_words
from app.gui.messages import happened, tr

__all__ = ["past"]

_COUNTED = frozenset({"split", "merge"})
"""Steps whose count is about the item itself, and not about how many were chosen with it."""


def past(entries: Sequence[HistoryEntry], today: date) -> list[str]:
    """A line for every entry: what, when, and whether it was taken back."""
    lines = []
    for entry in entries:
        what, when = happened(_of_one(entry, today)), _moment(entry.at, today)
        if entry.undone:
            lines.append(tr("checklist.history_undone", what=what, when=when))
        else:
            lines.append(tr("checklist.history_line", what=what, when=when))
    return lines


def _of_one(entry: HistoryEntry, today: date) -> HistoryEntry:
    """The entry told of one item, with its day as one says it."""
    values = dict(entry.values)
    if "count" in values and entry.action not in _COUNTED:
        values["count"] = "1"
    if (day := day_of(values.get("day"))) is not None:
        values["day"] = day_words(day, today)
    return replace(entry, values=tuple(values.items()))


def _moment(at: str, today: date) -> str:
    """A moment of the records: "23 nov 09:14", the day left out when it is today."""
    moment = recorded(at)
    if moment is None:
        return ""
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == today else f"{day_words(moment.date(), today)} {clock}"
