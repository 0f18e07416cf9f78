"""A bid's own dates, planned backwards from the buyer's over working days. A proposal: the user's own due dates go before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.checklist.days import previous_working_day, working_day_before

__all__ = ["Milestone", "MilestoneKind", "milestones"]


class MilestoneKind(StrEnum):
    """What should be done by a day."""

    QUESTIONS = "questions"  # the last of our questions to the buyer are sent
    ATTACHMENTS = "attachments"  # what others issue is in: certificates, CVs, references
    ANSWERS = "answers"  # every answer is written, prices are set
    REVIEW = "review"  # somebody else has read it, the annex is signed
    SUBMIT = "submit"  # it goes up, a day early


_LEADS = {MilestoneKind.ATTACHMENTS: 5, MilestoneKind.ANSWERS: 3, MilestoneKind.REVIEW: 2}
"""Working days before the last day for tenders."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One date of the plan."""

    kind: MilestoneKind
    day: date


def milestones(tender_deadline: date | None, question_deadline: date | None, today: date) -> tuple[Milestone, ...]:
    """The plan in the order of days. Days that have passed are left out; submitting is never put earlier than today."""
    found = []
    if question_deadline is not None:
        found.append(Milestone(MilestoneKind.QUESTIONS, previous_working_day(question_deadline)))
    if tender_deadline is not None:
        found += [Milestone(kind, working_day_before(tender_deadline, days)) for kind, days in _LEADS.items()]
        early = previous_working_day(tender_deadline)
        if tender_deadline >= today:
            found.append(Milestone(MilestoneKind.SUBMIT, max(early, today)))
    kinds = list(MilestoneKind)
    return tuple(sorted((one for one in found if one.day >= today), key=lambda one: (one.day, kinds.index(one.kind))))
