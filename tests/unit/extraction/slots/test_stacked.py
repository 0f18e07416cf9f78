"""Questions printed as blocks of named parts below each other, and places to answer at that only name themselves."""

from __future__ import annotations

import pytest

from app.core.document import AnswerType, Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, row
from tests.support.pdfs import HEIGHT, read
from tests.support.pdfs import drawn as drawn_pages
from tests.support.slots import slots_of


def _slots(*blocks: Block | str) -> list[Point]:
    return slots_of(document(blocks))


def _told(points: list[Point]) -> list[tuple[str, AnswerType, bool]]:
    return [(point.source.quote, point.answer.type, point.must) for point in points]


def test_rows_with_the_names_of_their_parts() -> None:
    points = _slots(
        row("Fråga", "2.1 Vilken depå utgår bilarna från?"),
        row("Typ", "Kort text · Svar krävs"),
        row("Svar", "Ange svar:"),
        row("Fråga", "2.2 Är bolaget föremål för tvångslikvidation?", table=1),
        row("Typ", "Ja eller nej · Svar krävs · Godkänt svar: Nej", table=1),
        row("Svar", "☐ Ja ☐ Nej", table=1),
        row("Fråga", "2.3 Intyg från försäkringsgivaren", table=2),
        row("Typ", "Dokument (pdf) · Frivilligt", table=2),
        row("Svar", "Ladda upp fil: Välj fil… 0 filer valda", table=2),
        row("Fråga", "2.4 Hur stor del av bilarna är elbilar?", table=3),
        row("Typ", "Tal, procent · Mervärde · 15 p", table=3),
        row("Svar", "Ange svar: %", table=3),
    )
    assert _told(points) == [
        ("2.1 Vilken depå utgår bilarna från?", AnswerType.TEXT, True),
        ("2.2 Är bolaget föremål för tvångslikvidation?", AnswerType.YES_NO, True),
        ("2.3 Intyg från försäkringsgivaren", AnswerType.FILE, False),
        ("2.4 Hur stor del av bilarna är elbilar?", AnswerType.NUMBER, False),
    ]
    assert points[1].answer.required == "Nej"
    assert points[1].answer.options == ("Ja", "Nej")
    assert points[2].kind is PointKind.ATTACHMENT
    assert [point.number for point in points] == ["2.1", "2.2", "2.3", "2.4"]


def test_lines_with_the_names_of_their_parts() -> None:
    points = _slots(
        "Question 4.1: How will the laboratory be staffed?",
        "Type: Long text | Response required | No more than 400 words",
        "Response: ________",
        "Question 4.2: Certificate of accreditation",
        "Type: Document | Optional",
        "Response: Choose file…",
        "Fråga 5: Beskriv hur larm hanteras nattetid.",
        "Svarstyp: Fritext. Obligatorisk: ja",
        "Svar: ____________",
    )
    assert _told(points) == [
        ("Question 4.1: How will the laboratory be staffed?", AnswerType.TEXT, True),
        ("Question 4.2: Certificate of accreditation", AnswerType.FILE, False),
        ("Fråga 5: Beskriv hur larm hanteras nattetid.", AnswerType.TEXT, True),
    ]
    assert [point.number for point in points] == ["4.1", "4.2", "5"]
    assert points[0].answer.limit == "No more than 400 words"


def test_the_parts_of_a_block_are_nowhere_asked_by_themselves() -> None:
    found = find(
        document(
            [
                row("Krav", "Hissen ska vara besiktigad."),
                row("Typ", "Ska-krav · Svar krävs · Ja eller nej"),
                row("Svar", "☐ Ja ☐ Nej"),
                "Anbudsgivaren ska ha jour dygnet runt.",
                "Svar: ☐ Ja ☐ Nej",
            ]
        )
    )
    assert [point.source.quote for point in found.points] == [
        "Hissen ska vara besiktigad.",
        "Anbudsgivaren ska ha jour dygnet runt.",
    ]
    assert not found.unassigned


def test_a_question_in_the_row_above_the_place_to_answer_at() -> None:
    points = _slots(
        row("1.1", "Beskriv rutinen för reklamationer."),
        row("Svar", ""),
        row("1.2", "Ange antal montörer."),
        row("Lång text · Mervärde · 20 p"),
        row("Ert svar:", ""),
        row("1.3 Which warranty is offered?", table=1),
        row("Your response:", table=1),
    )
    assert _told(points) == [
        ("Beskriv rutinen för reklamationer.", AnswerType.TEXT, True),
        ("Ange antal montörer.", AnswerType.TEXT, False),
        ("1.3 Which warranty is offered?", AnswerType.TEXT, True),
    ]


def test_a_line_that_tells_the_kind_between_question_and_place() -> None:
    points = _slots(
        "3.2 Hur ser bemanningen ut under sommaren?",
        "Lång text · Svar krävs",
        "Ange svar: ______________",
        "3.3 Organisationsschema",
        "Dokument (pdf) · Frivilligt",
        "Ange svar: ________",
    )
    assert _told(points) == [
        ("3.2 Hur ser bemanningen ut under sommaren?", AnswerType.TEXT, True),
        ("3.3 Organisationsschema", AnswerType.FILE, False),
    ]


def test_a_table_to_fill_in_as_the_place_to_answer_at() -> None:
    (point,) = _slots(
        row("Fråga", "3.7 Redovisa två likvärdiga uppdrag.", ""),
        row("Typ", "Tabellsvar · Svar krävs", ""),
        row("Svar", "Uppdrag 1", "Uppdrag 2"),
        row("", "Beställare:", "Beställare:"),
        row("", "Avtalstid:", "Avtalstid:"),
    )
    assert _told([point]) == [("3.7 Redovisa två likvärdiga uppdrag.", AnswerType.TEXT, True)]


def test_what_an_answer_is_worth_and_how_long_it_may_be_in_rows_of_their_own() -> None:
    (point,) = _slots(
        row("Question reference", "Q7"),
        row("Question", "Describe your approach to mobilisation."),
        row("Weighting", "15%"),
        row("Word limit", "500"),
        row("Response", ""),
    )
    assert _told([point]) == [("Describe your approach to mobilisation.", AnswerType.TEXT, False)]
    assert (point.number, point.answer.limit) == ("Q7", "Word limit: 500")


def test_a_requirement_with_its_class_and_a_place_for_a_comment() -> None:
    found = find(
        document(
            [
                row("Krav-ID", "F-1"),
                row("Krav", "Systemet ska nås via webbläsare."),
                row("Kravtyp", "Ska"),
                row("Uppfylls", "Ja / Nej"),
                row("Kommentar", ""),
                row("Krav-ID", "F-2", table=1),
                row("Krav", "Systemet bör nås via app.", table=1),
                row("Kravtyp", "Bör (5 p)", table=1),
                row("Uppfylls", "☐ Ja ☐ Nej", table=1),
            ]
        )
    )
    assert _told(list(found.points)) == [
        ("Systemet ska nås via webbläsare.", AnswerType.YES_NO, True),
        ("Systemet bör nås via app.", AnswerType.YES_NO, False),
    ]
    assert [point.number for point in found.points] == ["F-1", "F-2"]


def test_the_duty_in_the_name_of_the_question() -> None:
    points = _slots(
        row("Fråga 1 (ska besvaras)", "Beskriv er jourorganisation och dess bemanning."),
        row("Svar", ""),
        row("Fråga 2 (frivillig)", "Beskriv ert arbete med återbruk av delar.", table=1),
        row("Svar", "", table=1),
    )
    assert [point.must for point in points] == [True, False]


@pytest.mark.parametrize(
    "blocks",
    [
        (  # answered already: a log of questions
            row("Fråga", "Kan anbudstiden förlängas?"),
            row("Svar", "Nej, den ligger fast."),
            row("Fråga", "Ingår resor i priset?", table=1),
            row("Svar", "Ja, de ingår.", table=1),
        ),
        ("Fråga 1: Kan anbudstiden förlängas?", "Svar: Nej, den ligger fast."),
        ("Question 2: Is parking included?", "Answer: Yes, for two cars."),
        (  # the buyer's own
            row("Fråga", "1.3 Handläggarens anteckning. Besvaras av kommunen."),
            row("Typ", "Text · Intern"),
            row("Svar", "Ange svar:"),
        ),
        (row("Fråga", "5.2 Mer om skolan finns på webbplatsen."), row("Typ", "Information"), row("Svar", "–")),
        (row("Krav", "Hissen är besiktigad."), row("Klass", "S"), row("Krav", "Dörren är bred."), row("Klass", "S")),
    ],
)
def test_what_is_no_question_to_the_bidder(blocks: tuple[Block | str, ...]) -> None:
    assert _slots(*blocks) == []


def test_named_parts_at_the_top_of_each_page_are_no_page_furniture() -> None:
    questions = ["Var finns verkstaden?", "Hur lagras bränslet?", "Vem leder arbetet på plats?"]

    def page(question: str, number: int):  # type: ignore[no-untyped-def]
        def draw(paper):  # type: ignore[no-untyped-def]
            paper.setFont("Helvetica", 9)
            paper.drawString(60, HEIGHT - 40, "Anbudsfrågor bogsering")
            for place, (name, value) in enumerate((("Fråga", f"{number}.1 {question}"), ("Typ", "Lång text"), ("Svar", "____"))):
                paper.drawString(60, HEIGHT - 75 - 20 * place, name)
                paper.drawString(120, HEIGHT - 75 - 20 * place, value)

        return draw

    points = slots_of(read(drawn_pages(*(page(question, number) for number, question in enumerate(questions, 1)))))
    assert [point.source.quote.split(" ", 1)[1] for point in points] == questions


def test_a_field_that_the_buyer_keeps_beside_the_answer_loses_no_question() -> None:
    points = _slots("Fråga: Hur arbetar ni med miljö?", "Typ: Fritext", "Svar: ______", "Poäng (ifylls av beställaren): ____")
    assert [point.source.quote for point in points] == ["Hur arbetar ni med miljö?"]


def test_what_needs_no_answer_may_bind_all_the_same() -> None:
    points = find(document([row("Krav", "Systemet ska ha enkel inloggning"), row("Typ", "Information")])).points
    assert [(point.kind, point.text) for point in points] == [(PointKind.REQUIREMENT, "Systemet ska ha enkel inloggning")]
