"""Days as they are counted in Sweden, and the time limits around a bid."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.checklist.days import (
    DayOff,
    after_months,
    day_off,
    last_day,
    moved,
    next_working_day,
    previous_working_day,
    working_day_before,
    working_days_before,
    works,
)
from app.checklist.periods import (
    Award,
    Procedure,
    after_judgment,
    buyers_answers_by,
    contract_review_by,
    copy_fee,
    damages_by,
    explanation_by,
    fee_decision_by,
    new_circumstances_by,
    refusal_appeal_by,
    review_of_cancellation_by,
    secrecy_until,
    standstill,
    submit_by,
    tender_days,
    usual_question_deadline,
    valid_until,
)

DAYS = st.dates(date(2006, 1, 1), date(2060, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("sent", "last", "contract"),
    [
        ("2026-03-11", "2026-03-23", "2026-03-24"),  # ends on a Saturday
        ("2026-03-24", "2026-04-07", "2026-04-08"),  # on Good Friday, and Easter lies behind it
        ("2026-04-21", "2026-05-04", "2026-05-05"),  # on the first of May, a Friday
        ("2026-06-09", "2026-06-22", "2026-06-23"),  # on Midsummer Eve
        ("2025-12-15", "2025-12-29", "2025-12-30"),  # on Christmas Day
        ("2026-12-21", "2027-01-04", "2027-01-05"),  # on New Year's Eve
    ],
)
def test_the_standstill_of_ten_days(sent: str, last: str, contract: str) -> None:
    found = standstill(day(sent))
    assert found is not None
    assert (found.days, found.last, found.earliest_contract) == (10, day(last), day(contract))
    assert found.was_moved
    assert found.counted == day(sent) + timedelta(10)


def test_a_standstill_that_ends_on_a_working_day_is_not_moved() -> None:
    found = standstill(day("2026-09-07"))
    assert found is not None
    assert (found.last, found.was_moved) == (day("2026-09-17"), False)


def test_twelfth_night_is_no_day_that_moves_anything() -> None:
    found = standstill(day("2025-12-26"))  # the tenth day is Monday 5 January 2026
    assert found is not None
    assert (found.last, found.was_moved) == (day("2026-01-05"), False)
    assert works(day("2026-01-05"))
    assert not works(day("2026-01-06"))


def test_fifteen_days_when_not_sent_to_everybody_electronically() -> None:
    found = standstill(day("2026-09-07"), electronic=False)
    assert found is not None
    assert (found.days, found.last) == (15, day("2026-09-22"))


def test_a_longer_time_that_the_notice_states_counts_and_a_shorter_does_not() -> None:
    longer, shorter = standstill(day("2026-09-07"), stated=21), standstill(day("2026-09-07"), stated=7)
    assert longer is not None
    assert shorter is not None
    assert (longer.last, shorter.last) == (day("2026-09-28"), day("2026-09-17"))


@pytest.mark.parametrize("award", [Award.MINI_COMPETITION, Award.DYNAMIC_SYSTEM])
def test_awards_without_a_standstill_unless_the_buyer_gives_one(award: Award) -> None:
    assert standstill(day("2026-09-07"), award=award) is None
    own = standstill(day("2026-09-07"), award=award, stated=10)
    assert own is not None
    assert own.last == day("2026-09-17")


def test_direct_awards() -> None:
    assert standstill(day("2026-09-07"), award=Award.DIRECT, value=699_999) is None
    assert standstill(day("2026-09-07"), award=Award.DIRECT, value=700_000) is not None
    noticed = standstill(day("2026-09-07"), award=Award.DIRECT_NOTICE, electronic=False)
    assert noticed is not None
    assert noticed.days == 10


def test_after_a_judgment_ten_days_from_when_it_was_dispatched() -> None:
    assert after_judgment(day("2026-06-09")).last == day("2026-06-22")
    assert after_judgment(day("2026-06-09")).earliest_contract == day("2026-06-23")


def test_the_courts_other_times() -> None:
    assert review_of_cancellation_by(day("2026-03-11")) == day("2026-03-23")
    assert review_of_cancellation_by(day("2026-03-11"), electronic=False) == day("2026-03-26")
    assert new_circumstances_by(day("2026-04-15")) == day("2026-05-06")
    assert new_circumstances_by(day("2026-04-10")) == day("2026-05-04")  # the first of May, a Friday
    assert contract_review_by(day("2026-01-15")) == day("2026-07-15")
    assert contract_review_by(day("2025-08-31")) == day("2026-03-02")  # 28 February is a Saturday
    assert contract_review_by(day("2026-01-15"), day("2026-02-02")) == day("2026-03-04")
    assert damages_by(day("2025-12-24")) == day("2026-12-28")
    assert explanation_by(day("2026-09-07")) == day("2026-09-22")
    assert refusal_appeal_by(day("2026-05-29")) == day("2026-06-22")  # 19 June is Midsummer Eve
    assert fee_decision_by(day("2026-09-07")) == day("2026-10-07")


def test_what_the_buyer_sets_is_moved_by_no_sunday() -> None:
    sunday = day("2026-11-29")
    assert valid_until(day("2026-05-29"), months=6) == sunday
    assert valid_until(day("2026-11-27"), days=2) == sunday
    assert usual_question_deadline(day("2026-12-08")) == sunday
    assert buyers_answers_by(day("2026-12-05")) == sunday
    assert buyers_answers_by(day("2026-12-03"), accelerated=True) == sunday


def test_submitting_a_day_early_is_on_a_working_day() -> None:
    assert submit_by(day("2026-12-04")) == day("2026-12-03")
    assert submit_by(day("2026-11-30")) == day("2026-11-27")
    assert submit_by(day("2027-01-04")) == day("2026-12-30")
    assert submit_by(day("2026-04-07")) == day("2026-04-02")


@pytest.mark.parametrize(
    ("procedure", "electronic", "accelerated", "days"),
    [
        (Procedure.OPEN, False, False, 35),
        (Procedure.OPEN, True, False, 30),
        (Procedure.OPEN, True, True, 15),
        (Procedure.REQUEST, True, False, 30),
        (Procedure.REQUEST, True, True, 15),
        (Procedure.SELECTIVE, False, False, 30),
        (Procedure.SELECTIVE, True, False, 25),
        (Procedure.SELECTIVE, True, True, 10),
        (Procedure.BELOW_THRESHOLD, True, False, None),
    ],
)
def test_the_fewest_days_for_tenders(procedure: Procedure, electronic: bool, accelerated: bool, days: int | None) -> None:
    assert tender_days(procedure, electronic=electronic, accelerated=accelerated) == days


@pytest.mark.parametrize(("pages", "kronor"), [(0, 0), (9, 0), (10, 50), (11, 52), (100, 230)])
def test_the_fee_for_copies(pages: int, kronor: int) -> None:
    assert copy_fee(pages) == kronor


def test_how_long_secrecy_lasts_at_most() -> None:
    assert secrecy_until(day("2026-06-15")) == day("2028-06-15")
    assert secrecy_until(day("2026-06-15"), state_enterprise=True) == day("2031-06-15")
    assert secrecy_until(day("2028-02-29"), contract_terms=False) == day("2048-02-29")


def test_months_end_where_the_month_ends() -> None:
    assert after_months(day("2026-01-31"), 1) == day("2026-02-28")
    assert after_months(day("2028-01-31"), 1) == day("2028-02-29")
    assert after_months(day("2026-11-30"), 3) == day("2027-02-28")
    assert after_months(day("2026-03-31"), -1) == day("2026-02-28")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-04-03", DayOff.GOOD_FRIDAY),
        ("2026-04-06", DayOff.EASTER_MONDAY),
        ("2026-05-14", DayOff.ASCENSION),
        ("2026-06-19", DayOff.MIDSUMMER_EVE),
        ("2025-06-06", DayOff.NATIONAL_DAY),
        ("2026-12-24", DayOff.CHRISTMAS_EVE),
        ("2026-12-31", DayOff.NEW_YEARS_EVE),
        ("2026-11-28", DayOff.SATURDAY),
        ("2026-11-29", DayOff.SUNDAY),
        ("2026-10-31", DayOff.SATURDAY),  # All Saints'
        ("2026-05-24", DayOff.SUNDAY),  # Whit Sunday
        ("2026-05-25", None),  # Whit Monday has been a working day since 2005
        ("2026-04-02", None),  # Maundy Thursday
        ("2026-04-30", None),  # Walpurgis Night
        ("2026-01-05", None),  # Twelfth Night
    ],
)
def test_why_a_day_is_free(text: str, why: DayOff | None) -> None:
    assert day_off(day(text)) is why


def test_the_days_off_are_those_of_the_holidays_package_and_the_three_eves() -> None:
    for year in range(2006, 2061):
        known = set(holidays.country_holidays("SE", years=year))
        midsummer = next(found for found in known if found.month == 6 and found.day >= 20 and found.weekday() == 5)
        known |= {midsummer - timedelta(1), date(year, 12, 24), date(year, 12, 31)}
        today = date(year, 1, 1)
        while today.year == year:
            assert works(today) == (today.weekday() < 5 and today not in known), today
            today += timedelta(1)


@settings(deadline=None)
@given(DAYS, st.integers(0, 40))
def test_a_limit_never_ends_on_a_free_day_nor_early(start: date, days: int) -> None:
    last = last_day(start, days)
    assert works(last)
    assert last >= start + timedelta(days)
    assert all(not works(start + timedelta(days + step)) for step in range((last - start).days - days))


@settings(deadline=None)
@given(DAYS, st.integers(0, 40))
def test_so_many_working_days_before_is_so_many(last: date, days: int) -> None:
    found = working_day_before(last, days)
    assert works(found)
    if works(last):
        assert working_days_before(found, last) == days


@settings(deadline=None)
@given(DAYS)
def test_the_next_and_the_last_working_day_are_neighbours(today: date) -> None:
    after, before = next_working_day(today), previous_working_day(today)
    assert before < today < after
    assert working_days_before(before, after) == 1 + works(today)
    assert moved(today) in (today, after)


@settings(deadline=None)
@given(DAYS, st.integers(-400, 400))
def test_counting_there_and_back_is_the_same(one: date, days: int) -> None:
    other = one + timedelta(days)
    assert working_days_before(one, other) == -working_days_before(other, one)
