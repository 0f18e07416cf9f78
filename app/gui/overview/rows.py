"""What the overview says of each tender, in the order of urgency. Words and numbers only: the delegate paints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.gui.behind import Overview
from app.gui.messages import tr
from app.gui.shell.countdown import Countdown, Urgency, countdown

__all__ = ["TenderRow", "rows"]

_OWNERS = 3
"""Names shown before the rest are counted."""


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A tender as it is listed. `share` is how much is done, 0 to 1. `missing` and `load` are sentences, or empty."""

    key: str
    name: str
    about: str
    countdown: Countdown
    share: float
    done: int
    total: int
    missing: str
    load: str
    archived: bool

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        left = f"{self.countdown.left} {self.countdown.when}".strip()
        ready = tr("overview.ready", done=self.done, total=self.total)
        return ". ".join(part for part in (self.name, self.about, left, ready, self.missing, self.load) if part)


def rows(tenders: Sequence[Overview], now: datetime, language: str, *, archived: bool) -> tuple[TenderRow, ...]:
    """The tenders that are (or are not) in the archive: nearest deadline first, then those without one, then those past."""
    chosen = [_row(tender, now, language) for tender in tenders if (tender.record.archived is not None) is archived]
    return tuple(sorted(chosen, key=_urgency))


def _urgency(row: TenderRow) -> tuple[int, int, str]:
    order = {Urgency.PAST: 2, Urgency.NONE: 1}
    days = row.countdown.days or 0
    return order.get(row.countdown.urgency, 0), abs(days), row.name.casefold()


def _row(tender: Overview, now: datetime, language: str) -> TenderRow:
    record, ready = tender.record, tender.readiness
    about = " · ".join(part for part in (record.value("buyer"), record.value("reference")) if part)
    if not ready.total:
        missing = tr("overview.empty")
    elif not ready.missing:
        missing = tr("overview.complete")
    elif ready.must_missing:
        missing = tr("overview.missing_must", count=ready.missing, must=ready.must_missing)
    else:
        missing = tr("overview.missing", count=ready.missing)
    if ready.unread_pages or ready.unread_documents:
        missing += " · " + tr("overview.unread", count=ready.unread_pages + ready.unread_documents)
    if ready.lost_claims:
        lost = tr("overview.lost_claims", count=ready.lost_claims)
        # A bid whose secrecy request points at nothing is not complete, whatever the list says.
        missing = f"{missing} · {lost}" if ready.missing or not ready.total else lost
    load = ", ".join(f"{name} {count}" for name, count in ready.owners[:_OWNERS])
    rest = len(ready.owners) - _OWNERS
    if rest > 0:
        load += " " + tr("overview.owners_more", count=rest)
    return TenderRow(
        record.key,
        record.value("name") or tr("shell.unnamed"),
        about,
        countdown(record.value("tender_deadline"), now, language),
        ready.share,
        ready.done,
        ready.total,
        missing,
        load,
        record.archived is not None,
    )
