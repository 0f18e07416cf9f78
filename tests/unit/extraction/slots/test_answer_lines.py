"""Boxes of a printout that end in a line for the answer, with number and class in the margin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.document import AnswerType, Block, Place
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, row


def _asked(*blocks: Block | str) -> list[Point]:
    found = find(document(list(blocks))).points
    return [point for point in found if point.kind in (PointKind.QUESTION, PointKind.ATTACHMENT)]


def _demanded(*blocks: Block | str) -> list[str]:
    found = find(document(list(blocks))).points
    return [point.source.quote for point in found if point.kind is PointKind.REQUIREMENT]


@pytest.mark.parametrize(
    ("margin", "line", "kind", "must"),
    [
        ("Krav", "Svar: ○ Ja ○ Nej (Ja är ett krav)", AnswerType.YES_NO, True),
        ("Utvärdering", "Svar: ○ Ja ○ Nej (Ja ger 6 poäng)", AnswerType.YES_NO, False),
        ("Fråga", "Svarstyp: Fritextsvar (max 400 tecken)", AnswerType.TEXT, True),
        ("Krav", "Svar: Bifogad fil (frivillig)", AnswerType.FILE, False),
        ("Krav", "Svar: Bifogad fil (endast utländska anbudsgivare)", AnswerType.FILE, False),
        ("Question", "Answer: Yes/No (Yes is required)", AnswerType.YES_NO, True),
        ("Scored", "Response type: Free text", AnswerType.TEXT, False),
        ("Fråga", "Besvaras: Heltal", AnswerType.NUMBER, True),
    ],
)
def test_a_box_asks_what_stands_above_its_answer_line(margin: str, line: str, kind: AnswerType, must: bool) -> None:
    (point,) = _asked(
        row("Nr 014", "Båtarna har plats för tolv resande och en besättning om två personer.", table=1),
        row(margin, line, table=1),
    )
    assert (point.answer.type, point.must, point.number) == (kind, must, "014")
    assert point.source.quote.startswith("Båtarna har plats")


def test_of_a_box_that_explains_first_the_question_is_asked_and_the_rest_still_read() -> None:
    blocks = (
        row("Ruta 7", "Bryggan ska kunna bära 400 kg. Uppfyller den erbjudna bryggan kravet i isläge?", table=1),
        row("Krav", "Svar: ○ Ja ○ Nej (Ja är ett krav)", table=1),
    )
    (point,) = _asked(*blocks)
    assert point.source.quote == "Uppfyller den erbjudna bryggan kravet i isläge?"
    assert (point.answer.required, point.number) == ("Ja", "7")
    assert _demanded(*blocks) == ["Bryggan ska kunna bära 400 kg."]


def test_of_a_box_in_several_rows_the_row_that_asks_is_taken() -> None:
    (point,) = _asked(
        row("12", "Kommunen arbetar med att minska bullret i hamnen.", table=1),
        row("", "Describe how the noise is kept down at night.", table=1),
        row("Scored", "Answer: Free text", table=1),
    )
    assert (point.source.quote, point.number) == ("Describe how the noise is kept down at night.", "12")


def test_of_a_box_for_a_file_the_sentence_that_asks_for_it_is_taken() -> None:
    (point,) = _asked(
        row("Nr 3", "Repen kontrolleras varje vår. Senaste kontrollprotokoll bifogas. Protokollet ska vara daterat.", table=1),
        row("Krav", "Svar: Bifogad fil (1 fil, pdf)", table=1),
    )
    assert (point.kind, point.source.quote) == (PointKind.ATTACHMENT, "Senaste kontrollprotokoll bifogas.")


def test_question_and_answer_line_may_stand_in_one_row() -> None:
    (point,) = _asked(row("B.4", "Ange hur många bojar som ingår i priset.", "Svar: Heltal", table=1))
    assert (point.source.quote, point.answer.type, point.number) == (
        "Ange hur många bojar som ingår i priset.",
        AnswerType.NUMBER,
        "B.4",
    )


def test_a_box_may_go_on_over_a_page() -> None:
    made = document([row("Nr 21", "Beskriv hur båtarna vårdas vintertid.", table=1), row("Fråga", "Svar: Fritextsvar", table=2)])
    broken = replace(made, blocks=(made.blocks[0], replace(made.blocks[1], place=Place(page=2))), pages=2)
    (point,) = find(broken).points
    assert (point.source.quote, point.number, point.source.place.page) == ("Beskriv hur båtarna vårdas vintertid.", "21", 1)


def test_boxes_printed_as_paragraphs_are_read_as_well() -> None:
    points = _asked(
        *("Nr 31", "Kommunen hyr ut två bryggor. Vill ni hyra någon av dem?", "Fråga", "Svar: ○ Ja ○ Nej"),
        *("Nr 32 Båtarna är byggda efter 2015.", "Krav", "Svar: ○ Ja ○ Nej (Ja är ett krav)"),
        *("Nr 33 Flytvästar ska finnas ombord.", "Krav", "Svar: Inget svar behövs"),
        *("Nr 34 Senaste besiktningsprotokoll bifogas. Det ska vara daterat.", "Krav Svar: Bifogad fil (vid behov)"),
    )
    assert [(point.source.quote, point.number, point.must) for point in points] == [
        ("Vill ni hyra någon av dem?", "31", True),
        ("Båtarna är byggda efter 2015.", "32", True),
        ("Senaste besiktningsprotokoll bifogas.", "34", False),
    ]


@pytest.mark.parametrize("line", ["Svar: Inget svar behövs", "Svar: Besvaras inte", "Response: No answer required"])
def test_a_box_without_an_answer_demands_all_the_same(line: str) -> None:
    blocks = (row("Nr 8", "Flytvästarna ska vara godkända för barn.", table=1), row("Krav", line, table=1))
    assert _asked(*blocks) == []
    assert _demanded(*blocks) == ["Flytvästarna ska vara godkända för barn."]


def test_a_box_that_the_buyer_fills_in_asks_nothing() -> None:
    assert not _asked(
        row("Nr 5", "Ange kontaktperson under avtalstiden.", table=1), row("Fråga", "Svar: Fylls i av Regionen", table=1)
    )


def test_a_kind_of_answer_in_the_printouts_own_words_is_one_beside_others() -> None:
    boxes = [
        each
        for number, kind in enumerate(["Fritextsvar", "Bifogad fil", "○ Ja ○ Nej", "Klockslag (tt.mm)", "Fritext"])
        for each in (
            row(f"Nr {number}", f"Sista turen från brygga {number} under lågsäsong", table=number),
            row("Fråga", f"Svar: {kind}", table=number),
        )
    ]
    assert len(_asked(*boxes)) == 5


@pytest.mark.parametrize(
    "blocks",
    [
        # Answers that have been given.
        (row("1", "Får båtarna hyras in?", table=1), row("", "Svar: Ja, det är tillåtet om de är besiktigade.", table=1)),
        (row("Ärende", "Ledningen", table=1), row("Beslut", "Format: A4 liggande", table=1)),
        (row("Datum", "2027-02-01", table=1), row("Typ: Serie B", "Vikt 4 kg", table=1)),
    ],
)
def test_other_names_before_a_colon_are_no_answer_lines(blocks: tuple[Block, ...]) -> None:
    assert not [point for point in _asked(*blocks) if "slot.answer_line" in point.cues]
