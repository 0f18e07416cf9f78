from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checklist import Tender
from app.core.work import TenderRecord
from app.gui.messages import set_language
from app.gui.underlag import words
from app.gui.underlag.facts import FactView, facts_of
from app.gui.underlag.moments import parse, spelled, typed
from tests.gui.underlag.support import document, fact


def views(found: Tender, *edits: tuple[str, str]) -> dict[str, FactView]:
    record = TenderRecord("t", "2026-11-25T09:00:00", found, edits)
    return {view.name: view for view in facts_of(record, [document("Inbjudan.pdf"), document("Bilaga 2.pdf")])}


DEADLINES = Tender(
    tender_deadline="2026-12-04T23:59",
    facts=(
        fact("tender_deadline", "2026-12-04", "Bilaga 2.pdf", weight=60),
        fact("tender_deadline", "2026-12-04T23:59", "Inbjudan.pdf", 4, 90),
        fact("tender_deadline", "2026-12-03", "Bilaga 2.pdf", weight=50),
        fact("tender_deadline", "tio dagar efter annonsen", "Bilaga 2.pdf", weight=40),
    ),
)


def test_value_with_its_source_and_what_else_is_said() -> None:
    view = views(DEADLINES)["tender_deadline"]
    told = view.values[0]
    assert (told.value, told.document) == ("2026-12-04T23:59", "Inbjudan.pdf")
    assert told.source is not None
    assert told.source.place.page == 4
    assert [rival.value for rival in view.rivals] == ["2026-12-03"]
    assert not view.own


def test_own_value_is_marked_and_keeps_the_way_back() -> None:
    view = views(DEADLINES, ("tender_deadline", "2026-12-10"))["tender_deadline"]
    assert (view.values[0].value, view.values[0].source, view.own) == ("2026-12-10", None, True)
    assert view.found == "2026-12-04T23:59"
    assert "2026-12-04T23:59" in [rival.value for rival in view.rivals]


def test_chosen_rival_keeps_its_source() -> None:
    view = views(DEADLINES, ("tender_deadline", "2026-12-03"))["tender_deadline"]
    assert view.own
    assert view.values[0].document == "Bilaga 2.pdf"


def test_own_empty_value_says_there_is_none() -> None:
    view = views(DEADLINES, ("tender_deadline", ""))["tender_deadline"]
    assert (view.values, view.own) == ((), True)


def test_day_that_was_counted_has_the_words_it_was_counted_from() -> None:
    found = Tender(valid_until="2027-04-04", facts=(fact("validity_period", "P4M", "Inbjudan.pdf", 7),))
    told = views(found)["valid_until"].values[0]
    assert (told.value, told.document) == ("2027-04-04", "Inbjudan.pdf")


def test_limits_all_hold_beside_each_other() -> None:
    found = Tender(
        lots=("Del A", "Del B"),
        facts=(
            fact("page_limit", "högst två sidor", "Inbjudan.pdf", 9, 50),
            fact("page_limit", "högst fyra sidor", "Bilaga 2.pdf", 2, 70),
            fact("lot", "Del A", "Inbjudan.pdf"),
            fact("lot", "Del B", "Inbjudan.pdf"),
        ),
    )
    shown = views(found)
    assert shown["page_limit"].text == "högst fyra sidor\nhögst två sidor"
    assert shown["page_limit"].rivals == ()
    assert [told.value for told in shown["lots"].values] == ["Del A", "Del B"]
    own = views(found, ("page_limit", "högst två sidor\nhögst åtta sidor"))["page_limit"]
    assert [told.document for told in own.values] == ["Inbjudan.pdf", ""]


def test_nothing_found_shows_only_what_a_bidder_would_miss() -> None:
    assert list(views(Tender())) == ["name", "buyer", "reference", "tender_deadline", "question_deadline", "valid_until"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-12-04 23:59", "2026-12-04T23:59"),
        ("2026-12-04T23:59", "2026-12-04T23:59"),
        ("2026-12-04 kl. 9.05", "2026-12-04T09:05"),
        ("  4  december 2026 ", "2026-12-04"),
        ("fre 4 dec. 2026 klockan 12:00", "2026-12-04T12:00"),
        ("den 4:e december 2026", "2026-12-04"),
        ("4/12 2026", "2026-12-04"),
        ("4 May 2026", "2026-05-04"),
        ("Mon 26 October 2026, 23:59", "2026-10-26T23:59"),
        ("20261204", "2026-12-04"),
    ],
)
def test_days_as_people_write_them(text: str, value: str) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    "text", ["", "snart", "2026-02-30", "2026-13-01", "4 dec", "4 brumaire 2026", "2026-12-04 25:00", "2026-12-04 sent", "12:00"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert parse(text) is None


def test_a_day_takes_no_time() -> None:
    assert parse("2026-12-04 12:00", with_time=False) is None


@pytest.mark.parametrize("language", ["sv", "en"])
@given(moment=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), day_only=st.booleans())
def test_what_is_shown_can_be_typed_again(language: str, moment: datetime, day_only: bool) -> None:
    set_language(language)
    text = str(moment)[:10] if day_only else str(moment)[:16].replace(" ", "T")
    assert parse(spelled(text)) == parse(typed(text)) == text


def test_spelled_in_both_languages() -> None:
    assert spelled("2026-12-04T23:59") == "fre 4 december 2026 kl. 23:59"
    set_language("en")
    assert spelled("2026-12-04T23:59") == "Fri 4 December 2026, 23:59"
    assert spelled("four months") == "four months"


@given(pages=st.sets(st.integers(1, 40)))
def test_runs_hold_every_page_once(pages: set[int]) -> None:
    runs = words.page_runs(tuple(pages))
    assert [page for first, last in runs for page in range(first, last + 1)] == sorted(pages)
    assert all(last + 1 < first for (_, last), (first, _) in pairwise(runs))
