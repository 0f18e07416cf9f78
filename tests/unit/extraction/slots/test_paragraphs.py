"""Slots of running text: type lines, blanks, squares, "Svar:" lines."""

from __future__ import annotations

import pytest

from app.core.document import AnswerType
from app.core.points import PointKind
from tests.support.slots import lines_of


def test_a_type_line_makes_the_line_before_it_a_question() -> None:
    (point,) = lines_of("4 Metod", "Vi arbetar efter en modell.", "a. Redogör för er metod", "Fritext", "Generell del (2)")
    assert (point.source.quote, point.kind, point.answer.type) == ("a. Redogör för er metod", PointKind.QUESTION, AnswerType.TEXT)
    assert point.must
    assert "slot.answer_type_line" in point.cues
    assert len({span.block for span in point.spans}) == 3


@pytest.mark.parametrize(
    ("line", "kind", "required", "must"),
    [
        ("Ja/Nej. Ja krävs", AnswerType.YES_NO, "Ja", True),
        ("Ja/Nej. Nej krävs", AnswerType.YES_NO, "Nej", True),
        ("Ja/Nej. Ja önskas", AnswerType.YES_NO, "Ja", False),
        ("Svarstyp: Heltal", AnswerType.NUMBER, None, True),
        ("Prisfält", AnswerType.PRICE, None, True),
        ("Fritext (frivillig)", AnswerType.TEXT, None, False),
    ],
)
def test_the_type_line_tells_the_answer(line: str, kind: AnswerType, required: str | None, must: bool) -> None:
    (point,) = lines_of("Hur många hållplatser finns inom området?", line)
    assert (point.answer.type, point.answer.required, point.must) == (kind, required, must)


def test_a_file_slot_is_an_attachment() -> None:
    (point,) = lines_of("Bifoga körschema", "Bifogad fil")
    assert (point.kind, point.answer.type) == (PointKind.ATTACHMENT, AnswerType.FILE)


def test_what_the_buyer_answers_is_no_slot() -> None:
    assert lines_of("Kontaktperson under driften", "Fritext", "Besvaras av upphandlare") == []
    assert lines_of("Ifylls av beställaren: __________") == []


def test_a_type_in_brackets_ends_the_question() -> None:
    (point,) = lines_of("Beskriv hur ni tvättar bussarna. (Fritext, max 800 tecken)")
    assert point.source.quote == "Beskriv hur ni tvättar bussarna."
    assert point.answer.limit == "max 800 tecken"


def test_each_label_with_a_blank_is_a_slot() -> None:
    points = lines_of("Namn: ____________ Titel: __________", "Ort och datum: ............................")
    assert [point.source.quote for point in points] == ["Namn:", "Titel:", "Ort och datum:"]


def test_blanks_in_a_sentence_are_one_question() -> None:
    (point,) = lines_of("Vårt företag är ___ är inte ___ ett kooperativ med nummer ________ i registret för föreningar.")
    assert point.source.quote.startswith("Vårt företag är ___ är inte")


def test_the_label_below_a_signature_line() -> None:
    (point,) = lines_of("____________________________", "Namnförtydligande")
    assert point.source.quote == "Namnförtydligande"


def test_squares_beside_a_question() -> None:
    (point,) = lines_of("Accepteras och uppfylls kravet?   Ja ☐")
    assert (point.answer.type, point.answer.required, point.must) == (AnswerType.YES_NO, "Ja", True)
    (point,) = lines_of("Har ni nattöppet? ☐ Ja ☐ Nej")
    assert (point.source.quote, point.answer.options, point.answer.required) == ("Har ni nattöppet?", ("Ja", "Nej"), None)


def test_squares_below_a_question() -> None:
    (point,) = lines_of("Är depån bemannad dygnet runt?", "[ ] Ja", "[ ] Nej")
    assert (point.source.quote, point.answer.type) == ("Är depån bemannad dygnet runt?", AnswerType.YES_NO)


def test_alternatives_are_one_choice() -> None:
    (point,) = lines_of("Välj drivmedel:", "☐ El", "☐ Biogas", "☐ Annat, ange: ________")
    assert point.answer.type is AnswerType.CHOICE
    assert point.answer.options[:2] == ("El", "Biogas")


def test_each_document_of_a_checklist_is_an_attachment() -> None:
    points = lines_of("Följande handlingar bifogas:", "☐ Trafiktillstånd", "☐ Miljöplan")
    assert [(point.kind, point.source.quote) for point in points] == [
        (PointKind.ATTACHMENT, "Trafiktillstånd"),
        (PointKind.ATTACHMENT, "Miljöplan"),
    ]


def test_documents_to_tick_may_hold_only_if_something_is_so() -> None:
    points = lines_of("Kryssa i de handlingar som har bifogats.", "☐ Prisbilaga", "☐ Fullmakt, om ombud undertecknar")
    assert [(point.kind, point.must, point.when) for point in points] == [
        (PointKind.ATTACHMENT, True, None),
        (PointKind.ATTACHMENT, False, "om ombud undertecknar"),
    ]


def test_a_square_that_says_enclosed_is_a_document() -> None:
    (point,) = lines_of("Ett undertecknat åtagande ska bifogas. ☐ Bifogas")
    assert (point.kind, point.answer.type) == (PointKind.ATTACHMENT, AnswerType.FILE)
    (point,) = lines_of("Tjänsten kan börja i maj. ☐ Accepteras")
    assert point.kind is PointKind.QUESTION


def test_an_answer_line_belongs_to_the_question_before() -> None:
    points = lines_of(
        "Hur planerar ni förarnas vila? (högst 2 A4-sidor)", "Anbudsgivarens svar:", "Vilka bussar används?", "Svar: ........"
    )
    assert [point.source.quote for point in points] == [
        "Hur planerar ni förarnas vila? (högst 2 A4-sidor)",
        "Vilka bussar används?",
    ]
    assert points[0].answer.limit == "högst 2 A4-sidor"


def test_an_annex_number_is_an_attachment() -> None:
    (point,) = lines_of("Redogörelse enligt ovan bifogas: Bilaga nr:")
    assert point.kind is PointKind.ATTACHMENT


def test_a_condition_makes_it_optional() -> None:
    (point,) = lines_of("Om ni anlitar en underentreprenör, ange dess namn: __________")
    assert not point.must
    assert point.when == "Om ni anlitar en underentreprenör"


def test_an_answer_that_must_be_given_anyway_is_mandatory() -> None:
    (point,) = lines_of('Om ni hyr in fordon ska ägaren anges. Används inga inhyrda, skriv "Ej aktuellt".', "Fritext")
    assert point.must


@pytest.mark.parametrize(
    "line",
    [
        "[Anvisning: stryk det som inte passar ______]",
        "3 Drift ........................ 14",
        "Bussarna ska vara gröna och tysta.",
        "Myndigheten lämnar ut uppgifter på begäran.",
        "Telefon: 08-000 00 00",
    ],
)
def test_what_is_no_slot(line: str) -> None:
    assert lines_of("Inledning till avsnittet.", line) == []


def test_blanks_of_a_contract_draft_are_not_asked_of_the_bidder() -> None:
    assert lines_of("7 Avtalsmall", "För leverantören: __________", "Namn: __________") == []


def test_every_quote_stands_in_the_document() -> None:
    lines = ("1. Namn: _____ Telefon: ____", "Har ni tillstånd? ☐ Ja ☐ Nej", "Beskriv er plan", "Fritext")
    text = " ".join(" ".join(line.split()) for line in lines)
    for point in lines_of(*lines):
        assert point.source.quote in text
