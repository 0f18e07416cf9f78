"""Questions that look like headings, rows of questions, and the caps on answers below them."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.asking import told
from app.extraction.cues import by_role
from app.extraction.reading import find
from tests.support.documents import document, heading


def found(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


def unassigned(*blocks: Block | str) -> list[str]:
    return [line.text for line in find(document(blocks)).unassigned]


@pytest.mark.parametrize(
    "text", ["1. Beskriv er organisation.", "3.2 Hur säkerställer anbudsgivaren kvaliteten?", "Fråga 4: Redogör för er metod."]
)
def test_a_numbered_question_is_no_heading(text: str) -> None:
    (point,) = found(text)
    assert (point.kind, point.source.quote) == (PointKind.QUESTION, text)


@pytest.mark.parametrize("text", ["1 Beskrivning av tjänsten", "2 List of annexes", "3 Kvalitet"])
def test_a_title_after_a_number_asks_nothing(text: str) -> None:
    assert found(text) == []


def test_a_heading_that_asks_is_a_question_though_something_else_stands_below_it() -> None:
    points = found(heading("2.1 Hur arbetar ni med kvalitet?"), "Anbudet ska vara på svenska.")
    assert [point.kind for point in points] == [PointKind.QUESTION, PointKind.REQUIREMENT]


def test_a_heading_that_only_names_the_question_below_it_is_not_listed() -> None:
    (point,) = found(heading("2.1 Beskriv kvalitetsarbetet"), "Beskriv hur ni arbetar med kvalitet.")
    assert point.source.quote == "Beskriv hur ni arbetar med kvalitet."


def test_a_question_in_a_row_of_questions_is_put_to_the_bidder() -> None:
    points = found("1. Har ni en miljöpolicy?", "2. Hur hanteras avvikelser?")
    assert [point.kind for point in points] == [PointKind.QUESTION, PointKind.QUESTION]


def test_a_question_that_the_text_answers_itself_stays_in_sight() -> None:
    blocks = (
        heading("1 Bakgrund"),
        "1. Vad är ett ramavtal?",
        "Ett ramavtal är ett avtal som flera parter sluter om kommande köp.",
    )
    assert found(*blocks) == []
    assert unassigned(*blocks) == ["1. Vad är ett ramavtal?"]


def test_a_limit_below_a_question_is_its_answers() -> None:
    first, second = found("1. Beskriv er metod.", "Högst 1 500 tecken", "2. Beskriv er organisation.", "Max 2 A4-sidor")
    assert (first.answer.limit, second.answer.limit) == ("Högst 1 500 tecken", "Max 2 A4-sidor")
    assert unassigned("1. Beskriv er metod.", "Högst 1 500 tecken") == []


def test_the_limit_of_the_next_entry_is_not_this_ones() -> None:
    first, second = found("Anbudet ska innehålla:", "a) CV för konsulten", "b) beskrivning av metoden, högst tre sidor")
    assert (first.answer.limit, second.answer.limit) == (None, "högst tre sidor")


def test_what_is_told_on_a_condition_is_asked_only_then() -> None:
    (point,) = found("Om nej, bifoga förklaring.")
    assert (point.kind, point.must, point.when) == (PointKind.ATTACHMENT, False, "Om nej")


def test_every_rule_that_tells_is_reached_by_the_first_letters_of_a_sentence() -> None:
    examples = [text for role in ("imperative", "imperative_attach") for rule in by_role()[role] for text in rule.examples]
    assert all(told(text) is not None for text in (*examples, "Ge exempel på metoder", "Please describe your method"))
    assert told("Leverantören levererar") is None
