"""The time limits around a bid, each with its paragraph of LOU or of the law it names: before the deadline, after it, in court.

What the buyer states goes first. Nothing here decides whether a limit applies; it says when it ends if it does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.checklist.days import after_months, last_day, moved, previous_working_day

__all__ = [
    "Award",
    "Procedure",
    "Standstill",
    "after_judgment",
    "buyers_answers_by",
    "contract_review_by",
    "copy_fee",
    "damages_by",
    "explanation_by",
    "fee_decision_by",
    "new_circumstances_by",
    "refusal_appeal_by",
    "review_of_cancellation_by",
    "secrecy_until",
    "standstill",
    "submit_by",
    "tender_days",
    "usual_question_deadline",
    "valid_until",
]

_DIRECT_LIMIT = 700_000
"""Kronor: below it a direct award has no standstill (19 a kap. 2 and 10 §§)."""


class Award(StrEnum):
    """How a contract was awarded, as far as the standstill asks."""

    ORDINARY = "ordinary"
    DIRECT_NOTICE = "direct_notice"  # an advertisement of a contract without competition (20 kap. 3 §)
    MINI_COMPETITION = "mini_competition"  # renewed competition within a framework
    DYNAMIC_SYSTEM = "dynamic_system"
    DIRECT = "direct"


class Procedure(StrEnum):
    """The procedures whose times the law sets."""

    OPEN = "open"
    SELECTIVE = "selective"  # also negotiated: tenders after a request to participate
    REQUEST = "request"  # the request to participate itself
    BELOW_THRESHOLD = "below_threshold"


@dataclass(frozen=True, slots=True)
class Standstill:
    """Avtalsspärr: `last` is the last day of it, `earliest_contract` the day after. An application for review must be with
    the court by `last` (20 kap. 11 §). `counted` is where it would have ended without lag 1930:173."""

    days: int
    last: date
    earliest_contract: date
    counted: date

    @property
    def was_moved(self) -> bool:
        """Whether it ends later because the last day was no working day."""
        return self.last != self.counted


def standstill(
    sent: date,
    *,
    electronic: bool = True,
    stated: int | None = None,
    award: Award = Award.ORDINARY,
    value: int | None = None,
) -> Standstill | None:
    """The standstill after an award notice that was sent on a day; None where there is none.

    10 days when it was sent to everybody electronically, else 15, or longer if the notice states so (20 kap. 1 §); 10 from its
    publication for an advertisement (20 kap. 3 §). None in renewed competition, dynamic systems and direct awards of small
    `value` (20 kap. 2 §, 19 a kap. 2 and 10 §§), unless the buyer states one of its own accord.
    """
    small = award is Award.DIRECT and value is not None and value < _DIRECT_LIMIT
    if award in (Award.MINI_COMPETITION, Award.DYNAMIC_SYSTEM) or small:
        if not stated:
            return None
        days = stated
    else:
        least = 10 if electronic or award is Award.DIRECT_NOTICE else 15
        days = max(least, stated or 0)
    counted = sent + timedelta(days)
    last = last_day(sent, days)
    return Standstill(days, last, last + timedelta(1), counted)


def after_judgment(dispatched: date) -> Standstill:
    """The standstill after a court's judgment: 10 days from when it was dispatched (20 kap. 10 §; KR Göteborg 3477-24)."""
    last = last_day(dispatched, 10)
    return Standstill(10, last, last + timedelta(1), dispatched + timedelta(10))


def review_of_cancellation_by(sent: date, *, electronic: bool = True) -> date:
    """By when a decision to cancel the procurement must be brought to court (20 kap. 12 §)."""
    return last_day(sent, 10 if electronic else 15)


def new_circumstances_by(received: date) -> date:
    """By when new circumstances may be added to an application for review: three weeks from when it came in (20 kap. 5 b §)."""
    return last_day(received, 21)


def contract_review_by(signed: date, notice: date | None = None) -> date:
    """By when a signed contract must be brought to court: six months, or 30 days from a published award notice (20 kap. 17 §)."""
    return last_day(notice, 30) if notice is not None else moved(after_months(signed, 6))


def damages_by(signed: date) -> date:
    """By when damages must be sued for: one year from when the contract was signed (20 kap. 21 §)."""
    return moved(after_months(signed, 12))


def explanation_by(asked: date) -> date:
    """By when the buyer must have explained, when asked, why the bid did not win: 15 days (12 kap. 13 §)."""
    return last_day(asked, 15)


def refusal_appeal_by(received: date) -> date:
    """By when a refusal to hand out documents is appealed to kammarrätten: three weeks. Our own statement, not checked."""
    return last_day(received, 21)


def fee_decision_by(asked: date) -> date:
    """By when a written decision on a fee for copies must be asked for: 30 days (avgiftsförordningen 23 and 24 §§)."""
    return last_day(asked, 30)


def copy_fee(pages: int) -> int:
    """Kronor for copies of public documents, without postage (avgiftsförordningen 15 and 16 §§): nine pages are free."""
    return 0 if pages < 10 else 50 + 2 * (pages - 10)


def tender_days(procedure: Procedure, *, electronic: bool = True, accelerated: bool = False) -> int | None:
    """The fewest days from notice to deadline (11 kap. 2–10 §§); None where the law asks for reasonable time (19 kap. 11 §).

    For the open procedure `accelerated` is also said of one with a prior notice.
    """
    match procedure:
        case Procedure.OPEN:
            return 15 if accelerated else 30 if electronic else 35
        case Procedure.SELECTIVE:
            return 10 if accelerated else 25 if electronic else 30
        case Procedure.REQUEST:
            return 15 if accelerated else 30
        case _:
            return None


def buyers_answers_by(deadline: date, *, accelerated: bool = False) -> date:
    """By when the buyer must have answered questions that came in good time: six days before, or four (12:11, 19:13).

    Counted backwards, so nothing moves it.
    """
    return deadline - timedelta(4 if accelerated else 6)


def usual_question_deadline(deadline: date) -> date:
    """When questions usually must be in where the documents do not say: nine days before. A habit of buyers, no rule."""
    return deadline - timedelta(9)


def submit_by(deadline: date) -> date:
    """The day to submit on: a working day before the last day, while the portal's support answers."""
    return previous_working_day(deadline)


def valid_until(deadline: date, *, months: int = 0, days: int = 0) -> date:
    """How long a bid binds where the buyer counts from the deadline (10 kap. 10 §). The buyer's own time: a Sunday stays one."""
    return after_months(deadline, months) + timedelta(days)


def secrecy_until(signed: date, *, contract_terms: bool = True, state_enterprise: bool = False) -> date:
    """How long secrecy for business information lasts at most: for a document with the terms of the contract two years from its
    signing, five for statliga affärsverk, FMV and municipal enterprises; else twenty years (OSL 31 kap. 16 §)."""
    years = (5 if state_enterprise else 2) if contract_terms else 20
    return after_months(signed, 12 * years)
