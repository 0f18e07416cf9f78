"""Working days before the last day."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from app.checklist.planning import day_of, parse_day, proposal, working_days_before

TODAY = date(2026, 11, 25)


def test_weekends_and_holidays_are_no_working_days() -> None:
    # Monday 4 January to Friday 8 January 2027, with Epiphany on the Wednesday.
    assert working_days_before(date(2027, 1, 4), date(2027, 1, 8)) == 3
    assert working_days_before(date(2026, 11, 27), date(2026, 12, 4)) == 5


def test_the_eves_are_free_in_practice() -> None:
    assert working_days_before(date(2026, 12, 23), date(2026, 12, 28)) == 1
    assert working_days_before(date(2026, 6, 18), date(2026, 6, 22)) == 1


def test_the_days_off_are_those_of_the_holidays_package() -> None:
    for year in range(2024, 2045):
        known = set(holidays.country_holidays("SE", years=year))
        midsummer = next(day for day in known if day.month == 6 and day.day >= 20 and day.weekday() == 5)
        known |= {midsummer - timedelta(1), date(year, 12, 24), date(year, 12, 31)}
        day = date(year, 1, 1)
        while day.year == year:
            works = day.weekday() < 5 and day not in known
            assert working_days_before(day - timedelta(1), day) == works, day
            day += timedelta(1)


def test_a_day_after_the_last_counts_backwards() -> None:
    assert working_days_before(date(2026, 12, 7), date(2026, 12, 4)) == -1


def test_the_proposal_lies_so_many_working_days_before() -> None:
    assert proposal(date(2026, 12, 4), 5, TODAY) == date(2026, 11, 27)
    assert working_days_before(proposal(date(2027, 1, 8), 5, TODAY), date(2027, 1, 8)) == 5


def test_the_proposal_is_never_in_the_past() -> None:
    assert proposal(date(2026, 11, 27), 10, TODAY) == TODAY
    assert proposal(date(2026, 12, 4), 10, date(2026, 11, 28)) == date(2026, 11, 30)


def test_a_day_that_few_years_have_is_the_next_one() -> None:
    assert parse_day("29 feb", TODAY) == date(2028, 2, 29)
    assert parse_day("31 nov", TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("20261127", date(2026, 11, 27)),
        ("27/11", date(2026, 11, 27)),
        ("27.11.2026", date(2026, 11, 27)),
        ("27/11 -27", date(2027, 11, 27)),
        ("27 nov", date(2026, 11, 27)),
        ("27 november", date(2026, 11, 27)),
        ("3 jan", date(2027, 1, 3)),
        ("3 maj 2027", date(2027, 5, 3)),
        ("3 Oct 2027", date(2027, 10, 3)),
        ("31/2", None),
        ("i morgon", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert parse_day(text, TODAY) == day


def test_the_day_of_a_time() -> None:
    assert day_of("2026-12-04T23:59") == date(2026, 12, 4)
    assert day_of("i december") is None
    assert day_of(None) is None
