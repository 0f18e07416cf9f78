"""Dates, times and periods in the forms that documents use."""

from __future__ import annotations

from datetime import date

import pytest

from app.extraction.facts import find_facts
from app.extraction.facts.dates import moments, period
from app.extraction.sections import outline
from tests.support.documents import document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2031-04-11 23:59", "2031-04-11T23:59"),
        ("2031-04-11T12:00", "2031-04-11T12:00"),
        ("2031–04–11", "2031-04-11"),
        ("2031- 08-19", "2031-08-19"),
        ("11 april 2031 kl. 23.59", "2031-04-11T23:59"),
        ("den 3:e maj 2031, klockan 9.00", "2031-05-03T09:00"),
        ("fredag 3 okt. 2031 kl 12", "2031-10-03T12:00"),
        ("11/4 2031", "2031-04-11"),
        ("11.04.2031", "2031-04-11"),
        ("April 11, 2031 at 2:00 p.m.", "2031-04-11T14:00"),
        ("11th of April 2031", "2031-04-11"),
        ("4/11/2031 by 5:00 PM", "2031-04-11T17:00"),
        ("2:00 p.m.\tOctober 18, 2031", "2031-10-18T14:00"),
        ("2031-04-11 kl. 24:00", "2031-04-11T23:59"),
        ("före midnatt fredagen den 11 april 2031", "2031-04-11T00:00"),
        ("den 11 april 2031 före midnatt", "2031-04-11T00:00"),
        ("by midnight on 11 April 2031", "2031-04-11T00:00"),
        ("senast kl. 23.59 fredagen den 11 april 2031", "2031-04-11T23:59"),
        ("senast kl. 12.00 svensk tid den 11 april 2031", "2031-04-11T12:00"),
        ("den 11 april 2031 klockan 12.", "2031-04-11T12:00"),
        ("no later than noon on Friday 11 April 2031", "2031-04-11T12:00"),
        ("11 April 2031 at 12 noon", "2031-04-11T12:00"),
        ("by 12:00 CET on 11 April 2031", "2031-04-11T12:00"),
        ("by 16:00 hours on Friday, 11 April 2031", "2031-04-11T16:00"),
    ],
)
def test_a_date_is_read(text: str, value: str) -> None:
    assert [moment.value for moment in moments(text)] == [value]


@pytest.mark.parametrize(
    "text", ["avsnitt 3.2.1", "Lag (2016:1145)", "sida 8/22", "2031–0285", "2031-02-30", "31 juni 2031", "1-4"]
)
def test_what_only_looks_like_a_date(text: str) -> None:
    assert [moment.value for moment in moments(text) if moment.value] == []


def test_a_date_without_a_year_takes_the_next_such_day() -> None:
    (moment,) = moments("den 11 april kl. 12.00")
    assert moment.value is None
    assert moment.after(date(2031, 4, 11)) == "2031-04-11T12:00"
    assert moment.after(date(2031, 4, 12)) == "2032-04-11T12:00"


@pytest.mark.parametrize(
    ("text", "duration"),
    [("4 månader", "P4M"), ("fyra (4) månader", "P4M"), ("90 kalenderdagar", "P90D"), ("six weeks", "P6W"), ("ett år", "P1Y")],
)
def test_a_period_is_read(text: str, duration: str) -> None:
    found = period(f"giltigt i {text} efter sista dag")
    assert found is not None
    assert found[0] == duration


@pytest.mark.parametrize(
    "text",
    [
        "Tilldelningsbeslut planeras till vecka 20. Sista anbudsdag 7/5 2031",
        "Tilldelningsbeslut planeras till vecka 20, sista anbudsdag 7/5 2031",
        "Tilldelningsbeslut planeras till vecka 20 Sista anbudsdag 7/5 2031",
        "Tilldelningsbeslut planeras till maj 2031. Sista anbudsdag är den 7 maj 2031.",
        "Planned award: Q2 2031. Closing date: 7 May 2031",
        "Tilldelningsbeslut fattas efter 3 möten. Sista anbudsdag 7/5 2031",
    ],
)
def test_a_day_of_another_sentence_is_not_taken(text: str) -> None:
    facts = _facts(text)
    assert "award_planned" not in facts
    assert facts["tender_deadline"] == "2031-05-07"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tilldelningsbeslut planeras till vecka 20 (12 maj 2031).", "2031-05-12"),
        ("Tilldelningsbeslut planeras till vecka 20, måndagen den 12 maj 2031.", "2031-05-12"),
        ("Tilldelningsbeslut fattas enligt punkt 4. Dag: 2031-05-12", "2031-05-12"),
        ("Tilldelningsbeslut meddelas den 12. Maj 2031", None),
    ],
)
def test_a_day_of_the_same_sentence_is(text: str, day: str | None) -> None:
    assert _facts(text).get("award_planned") == day


def _facts(text: str) -> dict[str, str]:
    made = document([text])
    return {fact.name: fact.value for fact in find_facts(made, outline(made))}
