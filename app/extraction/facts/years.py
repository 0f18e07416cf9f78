"""The year of a day that is printed without one, where the last tender day of the same document tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.core.points import Fact
from app.extraction.facts.dates import Moment, moments

_BEFORE = frozenset(["question_deadline", "answers_by"])


def with_years(facts: Iterable[Fact]) -> list[Fact]:
    """The facts, each day that comes before the last tender day with the year that puts it there."""
    found = list(facts)
    last = _last_day(found)
    return [_with_year(fact, last) for fact in found] if last is not None else found


def _last_day(facts: list[Fact]) -> date | None:
    dated = [fact for fact in facts if fact.name == "tender_deadline" and moments(fact.value[:10])]
    return date.fromisoformat(max(dated, key=lambda fact: (fact.weight, fact.value)).value[:10]) if dated else None


def _with_year(fact: Fact, last: date) -> Fact:
    if fact.name not in _BEFORE or not (told := moments(fact.value)) or told[0].value is not None or told[0].start > 0:
        return fact
    value = _before(told[0], last)
    return replace(fact, value=value) if value is not None else fact


def _before(moment: Moment, last: date) -> str | None:
    """The latest such day that is not after `last`."""
    for year in (last.year, last.year - 1):
        day = moment.in_year(year)
        if day is not None and day[:10] <= last.isoformat():
            return day
    return None
