"""A tender's dates as a calendar that other programs take in, and take in again."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Timezone

from app.checklist.milestones import MilestoneKind, milestones
from app.checklist.periods import standstill
from app.core.errors import OutputError
from app.core.points import PointKind
from app.core.resources import resource
from app.core.work import ItemState, TenderRecord, WorkItem
from app.workflow.calendar import CalendarOrder, calendar_bytes, calendar_entries, write_calendar
from tests.support.packages import item

NOW = datetime(2027, 9, 1, 8, tzinfo=UTC)
TODAY = date(2027, 9, 1)
ORDER = CalendarOrder(
    "nyckel",
    "IT-konsulttjänster; avtal, två",
    "Vattenregistermyndigheten",
    "VRM 2027/0417",
    "2027-10-26T23:59",
    "2027-10-14",
    "2028-03-31",
)


def events(order: CalendarOrder = ORDER, now: datetime = NOW, today: date = TODAY) -> dict[str, Any]:
    content = calendar_bytes(order, now, today)
    return {str(event["summary"]).partition(":")[0]: event for event in Calendar.from_ical(content).walk("VEVENT")}


def test_every_date_of_the_tender_is_there() -> None:
    found = events()
    assert {name: event.decoded("dtend") for name, event in found.items()} == {
        "Ställ sista frågorna": date(2027, 10, 14),
        "Sista dag för frågor": date(2027, 10, 15),
        "Alla bilagor inne": date(2027, 10, 20),
        "Alla svar klara": date(2027, 10, 22),
        "Granskning klar": date(2027, 10, 23),
        "Lämna in anbudet i dag": date(2027, 10, 26),
        "Sista anbudstid 23": datetime(2027, 10, 26, 23, 59, tzinfo=ZoneInfo("Europe/Stockholm")),
        "Sista dag som anbudet är bindande": date(2028, 4, 1),
    }


def test_a_time_is_the_buyers_on_swedens_clocks_in_summer_and_winter() -> None:
    summer = events(replace(ORDER, tender_deadline="2027-06-15T12:00"))["Sista anbudstid 12"]
    winter = events(replace(ORDER, tender_deadline="2027-12-15T12:00"))["Sista anbudstid 12"]
    assert summer.decoded("dtend").astimezone(UTC).hour == 10
    assert winter.decoded("dtend").astimezone(UTC).hour == 11


def test_a_deadline_with_an_offset_is_told_in_swedish_time() -> None:
    found = events(replace(ORDER, tender_deadline="2027-06-15T10:00:00+00:00"))
    assert "Sista anbudstid 12" in found


def test_the_zone_is_written_as_a_rule_that_does_not_end() -> None:
    content = calendar_bytes(ORDER, NOW, TODAY)
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Stockholm"
    assert content.count(b"RRULE:") == 2
    assert isinstance(zone, Timezone)
    zoned = zone.to_tz()
    for year in (2027, 2045):
        for month in range(1, 13):
            noon = datetime(year, month, 20, 12)
            assert zoned.utcoffset(noon) == ZoneInfo("Europe/Stockholm").utcoffset(noon)


def test_taken_in_again_it_updates_the_same_entries() -> None:
    before = events()
    after = events(replace(ORDER, tender_deadline="2027-11-09T12:00"), NOW + timedelta(hours=1))
    uids = {str(event["uid"]) for event in before.values()}
    assert uids == {str(event["uid"]) for event in after.values()}
    assert len(uids) == 8
    old, new = before["Sista anbudstid 23"], after["Sista anbudstid 12"]
    assert old["uid"] == new["uid"]
    assert new["sequence"] > old["sequence"]


def test_two_tenders_have_entries_of_their_own() -> None:
    one, other = events(), events(replace(ORDER, key="annan"))
    assert not {str(event["uid"]) for event in one.values()} & {str(event["uid"]) for event in other.values()}


def test_alarms_ring_so_long_before_the_deadline_itself() -> None:
    (alarm, *_) = [event for name, event in events().items() if name.startswith("Sista anbudstid")]
    begins = alarm.decoded("dtstart")
    rings = [begins + part.decoded("trigger") for part in alarm.walk("VALARM")]
    end = alarm.decoded("dtend")
    assert [end - ring for ring in rings] == [timedelta(days=7), timedelta(days=1), timedelta(hours=4)]


def test_of_a_whole_day_they_ring_in_the_morning() -> None:
    (part,) = events()["Sista dag för frågor"].walk("VALARM")
    assert datetime(2027, 10, 14) + part.decoded("trigger") == datetime(2027, 10, 13, 9)


def test_lines_are_folded_and_texts_escaped_as_the_standard_says() -> None:
    content = calendar_bytes(ORDER, NOW, TODAY)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"avtal\\, tv" in content.replace(b"\r\n ", b"")
    assert str(events()["Alla svar klara"]["summary"]).endswith("IT-konsulttjänster; avtal, två")


def test_marks_that_turn_the_text_and_line_breaks_do_not_get_out() -> None:
    odd = replace(ORDER, tender="Namn\u202e\r\nBEGIN:VEVENT\r\nUID:x")
    assert len(events(odd)) == 8
    assert "\u202e" not in calendar_bytes(odd, NOW, TODAY).decode()


def work(key: str, due: str | None, **more: Any) -> WorkItem:
    one = item(key, "4.2 Bifoga CV", PointKind.ATTACHMENT, number="4.2")
    return WorkItem(key, "nyckel", 1.0, one, due=due, **more)


def test_due_dates_of_open_items_are_there() -> None:
    items = (
        work("a", "2027-09-20", owner="Anna"),
        work("b", "2027-09-21"),
        work("c", "2027-09-22", state=ItemState.DONE),
        work("d", "2027-08-01"),
        work("e", "snart"),
        work("f", None),
        work("g", "2027-09-23", withdrawn=True),
    )
    titles = [entry.title for entry in calendar_entries(replace(ORDER, items=items), TODAY) if entry.key.startswith("due")]
    assert titles == ["Klart i dag (Anna): 4.2 Bifoga CV", "Klart i dag: 4.2 Bifoga CV"]


def test_the_standstill_when_there_is_an_award() -> None:
    found = events(replace(ORDER, standstill=standstill(date(2027, 12, 1))))["Avtalsspärren slutar"]
    assert found.decoded("dtstart") == date(2027, 12, 13)
    assert "2027-12-14" in str(found["description"])


def test_the_users_own_facts_go_before_those_found() -> None:
    record = TenderRecord("k", "2027-01-01T00:00:00", edits=(("tender_deadline", "2027-12-01"), ("name", "Eget namn")))
    order = CalendarOrder.of(record, (), "en")
    assert (order.tender, order.tender_deadline) == ("Eget namn", "2027-12-01")
    assert "Tender deadline: Eget namn" in [entry.title for entry in calendar_entries(order, TODAY)]


def test_without_dates_there_is_nothing_and_nonsense_is_no_date() -> None:
    assert calendar_entries(CalendarOrder("k", "Namn", tender_deadline="i oktober", valid_until=""), TODAY) == ()


def test_the_plan_lies_on_working_days_and_not_in_the_past() -> None:
    plan = milestones(date(2027, 1, 8), date(2026, 12, 28), date(2026, 12, 1))
    assert [(one.kind, one.day.isoformat()) for one in plan] == [
        (MilestoneKind.QUESTIONS, "2026-12-23"),
        (MilestoneKind.ATTACHMENTS, "2026-12-29"),
        (MilestoneKind.ANSWERS, "2027-01-04"),
        (MilestoneKind.REVIEW, "2027-01-05"),
        (MilestoneKind.SUBMIT, "2027-01-07"),
    ]
    late = milestones(date(2027, 1, 8), None, date(2027, 1, 8))
    assert [(one.kind, one.day) for one in late] == [(MilestoneKind.SUBMIT, date(2027, 1, 8))]
    assert milestones(date(2027, 1, 8), None, date(2027, 1, 9)) == ()


def test_it_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    assert write_calendar(ORDER, tmp_path / "datum.ics", NOW, TODAY) == 8
    assert (tmp_path / "datum.ics").read_bytes() == calendar_bytes(ORDER, NOW, TODAY)
    with pytest.raises(OutputError):
        write_calendar(ORDER, tmp_path, NOW, TODAY)


def test_both_languages_have_the_same_words_and_gaps() -> None:
    swedish, english = (tomllib.loads(resource("templates", f"calendar.{name}.toml").read_text("utf-8")) for name in ("sv", "en"))
    assert swedish.keys() == english.keys()
    for key, text in swedish.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key])), key
    for kind in MilestoneKind:
        assert {kind.value, f"{kind.value}_text"} <= swedish.keys()
