"""The review of a bid: from plain data to rows of red, amber and green. No disk, no clock, no words.

Whoever has a bid fills in `ReviewInputs`: the window from its desk, `anbudsklar review` from two folders. Files are inspected
before, in child processes (operation "inspect" of `app.workers.file_work`, see `app.workflow.inspecting`). Words of a finding
come from `app.core.review_words`.
"""

from __future__ import annotations

from dataclasses import replace

from app.checklist.review.inputs import AnnexState, Locked, ReviewInputs
from app.checklist.review.run import RULES, run
from app.core.review import Review
from app.workflow.readiness import on_tender_list

__all__ = ["AnnexState", "Locked", "ReviewInputs", "review_of", "rule_ids"]


def review_of(inputs: ReviewInputs) -> Review:
    """All that the rules say. Items that are off the tender list (rejected, withdrawn, replaced, duties after award) don't
    count."""
    return run(replace(inputs, items=tuple(item for item in inputs.items if on_tender_list(item))))


def rule_ids() -> tuple[str, ...]:
    """Every id that a finding can have."""
    return tuple(name for ids, _ in RULES for name in ids)
