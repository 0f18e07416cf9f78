"""How long is left: amber under seven days, red under two, in words."""

from __future__ import annotations

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from app.core.clock import SummerTime
from app.gui.messages import set_language
from app.gui.shell.countdown import Urgency, countdown

NOW = datetime(2026, 11, 23, 9, 0)


@pytest.mark.parametrize(
    ("deadline", "urgency", "left", "when"),
    [
        ("2026-12-04T23:59", Urgency.CALM, "11 dagar kvar", "4 dec 23:59"),
        ("2026-11-30T12:00", Urgency.CALM, "7 dagar kvar", "30 nov 12:00"),
        ("2026-11-29T12:00", Urgency.SOON, "6 dagar kvar", "29 nov 12:00"),
        ("2026-11-25T12:00", Urgency.SOON, "2 dagar kvar", "25 nov 12:00"),
        ("2026-11-24T23:59", Urgency.URGENT, "1 dag kvar", "24 nov 23:59"),
        ("2026-11-23T12:30", Urgency.URGENT, "3 timmar kvar", "23 nov 12:30"),
        ("2026-11-23T09:30", Urgency.URGENT, "Under en timme kvar", "23 nov 09:30"),
        ("2026-11-23T08:59", Urgency.PAST, "Tiden har gått ut", "23 nov 08:59"),
        ("2026-11-23", Urgency.URGENT, "14 timmar kvar", "23 nov"),
        ("2026-11-22", Urgency.PAST, "Tiden har gått ut", "22 nov"),
        ("2027-01-04T12:00", Urgency.CALM, "42 dagar kvar", "4 jan 2027 12:00"),
        (None, Urgency.NONE, "Ingen sista dag", ""),
        ("snarast", Urgency.NONE, "Ingen sista dag", "snarast"),
    ],
)
def test_what_is_said(deadline: str | None, urgency: Urgency, left: str, when: str) -> None:
    said = countdown(deadline, NOW, "sv")
    assert (said.urgency, said.left, said.when) == (urgency, left, when)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ("2026-03-29T00:30:00+01:00", "22 timmar kvar"),  # the night is an hour short
        ("2026-10-25T00:30:00+02:00", "24 timmar kvar"),  # and an hour long
        ("2026-10-24T22:30:00+00:00", "24 timmar kvar"),  # wherever the computer stands
        ("2026-10-25T01:30:00-04:00", "17 timmar kvar"),
    ],
)
@pytest.mark.parametrize("zone", [ZoneInfo("Europe/Stockholm"), SummerTime()])
def test_the_hours_left_are_those_that_pass(now: str, hours: str, zone: tzinfo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.sweden", lambda: zone)
    day = now[:10] if not now.endswith("00:00") else "2026-10-25"
    assert countdown(f"{day}T23:59", datetime.fromisoformat(now), "sv").left == hours


def test_in_english() -> None:
    set_language("en")
    assert countdown("2026-12-04T23:59", NOW, "en").when == "4 Dec 23:59"
    assert countdown("2026-11-24", NOW, "en").left == "1 day left"
