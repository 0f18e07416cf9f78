"""Answers on their way into the buyer's own form, and what became of them. Data only.

An answer names its place by any of: the id of the item on the list, the place in the form, the name of a field, the question's
words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.document import Finding, Place

__all__ = ["Entry", "FillReport", "FormAnswer", "OpenPlace", "Outcome"]


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """An answer for the form. `field` is the name of a form field, or the title, tag or name of a control or field in Word.

    `question` are the words of the form that ask; with `item`, they are what is looked for when the id is not in the form.
    """

    value: str
    item: str | None = None
    place: Place | None = None
    field: str | None = None
    question: str | None = None


class Outcome(StrEnum):
    """What became of an answer."""

    FILLED = "filled"
    UNFIT = "unfit"  # its place is known, and does not take it
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the report: the answer by its number from 0, its place, and what stands there now.

    `reason` is why it did not fit or has no place; `notes` what to look at although it was filled in (codes with the values their
    words need). `options` are the answers that the place takes, when it takes no other.
    """

    number: int
    outcome: Outcome
    item: str | None = None
    question: str = ""
    place: Place = field(default_factory=Place)
    field: str | None = None
    written: str = ""
    reason: Finding | None = None
    notes: tuple[Finding, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A question of the form that no answer was given for."""

    item: str
    question: str
    must: bool
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class FillReport:
    """What filling a form came to. `changed` names the parts of the file that differ from the original's, for those that have
    parts."""

    form: str
    entries: tuple[Entry, ...] = ()
    unanswered: tuple[OpenPlace, ...] = ()
    findings: tuple[Finding, ...] = ()
    changed: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many answers came to that."""
        return sum(entry.outcome is outcome for entry in self.entries)
