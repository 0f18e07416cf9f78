"""Sweden's time, with and without a list of time zones on the computer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest

from app.core import clock
from app.core.clock import SummerTime, day_in_sweden, in_sweden, recorded, recorded_words, sweden
from app.core.folding import folded


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    sweden.cache_clear()
    yield
    sweden.cache_clear()


def test_the_rule_is_what_the_list_of_zones_says() -> None:
    ours, listed = SummerTime(), ZoneInfo("Europe/Stockholm")
    for year in range(2024, 2038):
        for month in (1, 3, 6, 10, 12):
            for half_hours in range(31 * 48):
                moment = datetime(year, month, 1, tzinfo=UTC) + timedelta(minutes=30 * half_hours)
                mine, theirs = moment.astimezone(ours), moment.astimezone(listed)
                assert (mine.replace(tzinfo=None), mine.fold) == (theirs.replace(tzinfo=None), theirs.fold)
                assert (mine.utcoffset(), mine.tzname()) == (theirs.utcoffset(), theirs.tzname())
                assert mine.astimezone(UTC) == moment


def test_the_day_is_swedens_before_it_is_the_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    class Late(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Late:
            return cls(2026, 11, 29, 23, 5, tzinfo=tz)

    monkeypatch.setattr(clock, "datetime", Late)
    assert day_in_sweden() == date(2026, 11, 30)


def test_a_computer_without_zones_has_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> ZoneInfo:
        raise ZoneInfoNotFoundError(name)

    monkeypatch.setattr(clock, "ZoneInfo", none)
    assert isinstance(sweden(), SummerTime)
    assert in_sweden(datetime(2026, 7, 1, 12, tzinfo=UTC)).hour == 14
    assert in_sweden(datetime(2026, 7, 1, 12)).utcoffset() == timedelta(hours=2)


def test_what_is_compared_has_one_way_of_writing_each() -> None:
    assert folded("O\ufb03ce A\u030aR Stra\u00ad\u00dfe\u200b") == folded("office år strasse")
    assert folded("Å") != folded("A")


def test_a_moment_of_the_records_is_told_on_swedens_clocks() -> None:
    assert recorded_words("2026-11-29T23:30:00") == "2026-11-30"
    assert recorded_words("2026-07-01T09:14:05", "%d %H:%M") == "01 11:14"
    assert recorded("2026-11-29T23:30:00") == datetime(2026, 11, 29, 23, 30, tzinfo=UTC)


def test_what_is_no_moment_stays_as_it_is() -> None:
    for odd in ("", "i går", "0001-01-01T00:00:00x"):
        assert recorded(odd) is None
        assert recorded_words(odd) == odd
