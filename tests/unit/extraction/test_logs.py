"""What bidders ask in a log of questions and answers is not asked of the bidder."""

from __future__ import annotations

from app.core.document import Block
from app.core.points import PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, row

ENTRIES = (
    "Fråga 1: Kan ni förtydliga om CV ska bifogas?",
    "Svar 1: Ja, CV ska bifogas.",
    "Fråga 2: Vi anser att kravet på två referenser ska tas bort.",
    "Svar 2: Kravet kvarstår, två referenser ska anges.",
)


def quotes(*blocks: Block | str) -> list[str]:
    return [point.source.quote for point in find(document(blocks)).points]


def test_only_the_answers_of_a_log_ask() -> None:
    assert quotes(*ENTRIES) == [ENTRIES[1], ENTRIES[3]]
    assert find(document(ENTRIES)).unassigned == ()


def test_the_questions_of_a_table_with_answers_ask_nothing() -> None:
    rows = (row("Nr", "Fråga", "Svar", header=True), row("1", "Ska CV bifogas?", "CV ska bifogas för varje konsult."))
    assert quotes(*rows) == ["CV ska bifogas för varje konsult."]


def test_a_table_of_questions_to_answer_is_no_log() -> None:
    rows = (row("Nr", "Fråga", "Svar", header=True), row("1", "Kan ni leverera på fem dagar?", ""))
    (point,) = find(document(rows)).points
    assert (point.kind, point.source.quote) == (PointKind.QUESTION, "Kan ni leverera på fem dagar?")


def test_a_form_that_numbers_its_questions_is_no_log() -> None:
    lines = ("Fråga 1: Beskriv er organisation.", "Svar 1: ________", "Fråga 2: Beskriv er metod.", "Svar 2: ________")
    assert quotes(*lines) == [lines[0], lines[2]]


def test_an_answer_in_a_log_hands_in_what_it_adds_and_repeats_what_stands_elsewhere() -> None:
    answers = ("Svar 5: Ja, ett intyg ska bifogas anbudet.", "Svar 6: Beskrivningen ska bifogas anbudet enligt avsnitt 5.2.")
    found = find(document((*ENTRIES, "Fråga 5: Krävs intyg?", answers[0], "Fråga 6: Krävs beskrivning?", answers[1]))).points
    assert {point.source.quote: point.kind for point in found if point.source.quote in answers} == {
        answers[0]: PointKind.ATTACHMENT,
        answers[1]: PointKind.REQUIREMENT,
    }


def test_parts_of_a_form_numbered_by_a_letter_are_no_answers() -> None:
    parts = [heading(f"A{number}. Del {number}") for number in range(1, 6)]
    (point,) = find(document([*parts, "CV för konsulten ska bifogas anbudet."])).points
    assert point.kind is PointKind.ATTACHMENT
