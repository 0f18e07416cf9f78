"""Lines of the history: on Sweden's clocks, wherever the computer stands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest

from app.core.work import HistoryEntry
from app.gui.checklist.past import past


@pytest.fixture(params=["UTC", "Europe/Stockholm", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the computer stands, as far as its system can be told."""
    monkeypatch.setenv("TZ", request.param)
    tell = getattr(time, "tzset", None)
    if tell is not None:
        tell()
    yield
    monkeypatch.undo()
    if tell is not None:
        tell()


def said(at: str, today: date) -> str:
    return past([HistoryEntry(1, "t", at, "note", (("item", "k"),))], today)[0]


@pytest.mark.usefixtures("zone")
def test_when_something_was_done() -> None:
    assert said("2026-11-29T09:14:00", date(2026, 11, 29)).endswith(" 10:14")
    assert said("2026-11-29T23:30:00", date(2026, 11, 30)).endswith(" 00:30"), "today in Sweden, though not by UTC"
    assert "30 nov" in said("2026-11-29T23:30:00", date(2026, 12, 1))
    assert said("2026-07-01T09:14:00", date(2026, 7, 1)).endswith(" 11:14"), "in summer"


@pytest.mark.usefixtures("zone")
def test_an_entry_without_a_time_is_told_without_one() -> None:
    assert said("", date(2026, 11, 29)) == said("i går", date(2026, 11, 29))
