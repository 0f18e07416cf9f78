"""Questions printed as rows of a table, the kind of answer below or beside them."""

from __future__ import annotations

import pytest

from app.core.document import AnswerType, Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from app.extraction.slots.scan import answered_by_buyer
from tests.support.documents import document, row
from tests.support.slots import slots_of


def _slots(*blocks: Block | str) -> list[Point]:
    return slots_of(document(blocks))


def _told(points: list[Point]) -> list[tuple[str, AnswerType, bool]]:
    return [(point.source.quote, point.answer.type, point.must) for point in points]


def test_the_kind_of_answer_below_each_question() -> None:
    points = _slots(
        row("1.2.1", "Anbudsgivarens fullständiga firma", "Krav"),
        row("", "Fritext (max 200 tecken)", ""),
        row("", "", ""),
        row("1.2.2", "Ladda upp en teknisk beskrivning", "Utvärdering"),
        row("", "Filuppladdning (pdf)", "0–10 poäng"),
        row("", "", ""),
        row("1.2.3", "Ärendenummer", "Beställaren"),
        row("", "Fritext", ""),
    )
    assert _told(points) == [
        ("Anbudsgivarens fullständiga firma", AnswerType.TEXT, True),
        ("Ladda upp en teknisk beskrivning", AnswerType.FILE, False),
    ]
    assert [point.number for point in points] == ["1.2.1", "1.2.2"]
    assert [point.kind for point in points] == [PointKind.QUESTION, PointKind.ATTACHMENT]
    assert points[0].answer.limit == "max 200 tecken"


def test_the_kind_of_answer_beside_each_question() -> None:
    points = _slots(
        row("Nr", "Fråga", "Svarstyp", "Märkning", header=True),
        row("1.1", "Vem är kontaktperson?", "Textsvar, högst 200 tecken", "Obligatorisk"),
        row("1.2", "Pris per besök", "Belopp i SEK", "Obligatorisk"),
        row("1.3", "Vilken ort avses?", "Envalsfråga: ( ) Norra ( ) Södra", "Frivillig"),
        row("1.4", "Diarienummer hos köparen", "Textsvar", "Ifylls av köparen"),
    )
    assert _told(points) == [
        ("Vem är kontaktperson?", AnswerType.TEXT, True),
        ("Pris per besök", AnswerType.PRICE, True),
        ("Vilken ort avses?", AnswerType.CHOICE, False),
    ]
    assert points[2].answer.options == ("Norra", "Södra")


def test_one_table_per_question_with_a_row_for_each_of_its_properties() -> None:
    rows = [
        row("2.1", "Har bolaget en rutin för avvikelser?"),
        row("Svarstyp", "Ja/Nej. Ja krävs"),
        row("Obligatorisk", "Ja"),
        row("Svar", ""),
    ]
    (point,) = _slots(*rows)
    assert _told([point]) == [("Har bolaget en rutin för avvikelser?", AnswerType.YES_NO, True)]
    assert point.answer.required == "Ja"
    (other,) = _slots(row("2.2", "Ange webbplats"), row("Svarstyp", "Fritext"), row("Obligatorisk", "Nej"), row("Svar", ""))
    assert not other.must


def test_the_number_and_a_star_in_the_cell_of_the_question() -> None:
    points = _slots(
        "Frågor markerade med asterisk (*) är obligatoriska.",
        row("1.1 Vem är kontaktperson? *", "Textsvar, högst 200 tecken"),
        row("", ""),
        row("1.2 Pris per besök *", "Belopp i SEK"),
        row("", ""),
        row("1.3 Fullmakt för ombud", "Filuppladdning (PDF)", table=1),
    )
    assert _told(points) == [
        ("1.1 Vem är kontaktperson? *", AnswerType.TEXT, True),
        ("1.2 Pris per besök *", AnswerType.PRICE, True),
        ("1.3 Fullmakt för ombud", AnswerType.FILE, False),
    ]


def test_a_price_table_belongs_to_its_question() -> None:
    (point,) = _slots(
        row("Ange pris per enhet", "Krav"),
        row("Prismatris, 2 rader", ""),
        row("Rad", "Specifikation", "Enhet", "Pris per enhet (SEK)"),
        row("1", "Licens", "månad", ""),
        row("2", "Utbildning", "dag", ""),
    )
    assert (point.source.quote, point.answer.type) == ("Ange pris per enhet", AnswerType.PRICE_TABLE)


@pytest.mark.parametrize("line", ["Beräknat fält, kan inte ändras", "Summeras automatiskt"])
def test_what_the_portal_reckons_is_not_asked(line: str) -> None:
    assert _slots(row("5.1.4", "Anbudspris", "Information"), row("", line, ""), row("", "", "")) == []


def test_names_of_columns_are_no_kind_of_answer() -> None:
    points = _slots(row("Miljökrav"), row("Krav", "Ja/Nej", "Kommentar"), row("Fordonen drivs med el.", "", ""))
    assert [point.source.quote for point in points] == ["Fordonen drivs med el."]
    points = _slots(row("Frågor"), row("", "Ja/Nej"), row("Har ni en reservplan?", ""), row("Har ni jour?", ""))
    assert "Frågor" not in [point.source.quote for point in points]


def test_a_field_of_a_specification_is_no_question() -> None:
    assert _slots(row("Fältnamn", "Format", header=True), row("Kundnummer", "Heltal"), row("Ort", "Fritext")) == []


def test_what_the_buyer_answers_is_no_requirement_either() -> None:
    reading = find(
        document(
            [
                row("8.1", "Anbudet ska ha inkommit i rätt tid", "Beställaren"),
                row("", "Ja/Nej", ""),
                row("", "", ""),
                "Anbudet ska lämnas på svenska.",
            ]
        )
    )
    assert [point.source.quote for point in reading.points] == ["Anbudet ska lämnas på svenska."]


ASKED = [
    "Beskriv hur blanketter som fylls i av kunden sparas",
    "1.3 Redovisa hur ärenden som besvaras av beställaren visas",
    "Kan enkäten besvaras av kunden i mobilen?",
    "Describe how surveys are answered by the client",
]


@pytest.mark.parametrize("text", ASKED)
def test_a_question_may_speak_of_what_the_buyer_fills_in(text: str) -> None:
    blocks: list[list[Block | str]] = [
        [row("1.2", "Beskriv er metod"), row("Fritext", ""), row("1.3", text), row("Fritext", "")],
        ["Beskriv er metod", "Fritext", text, "Fritext"],
        ["Fråga: Beskriv er metod", "Typ: Fritext", "Svar: ____", f"Fråga: {text}", "Typ: Fritext", "Svar: ____"],
    ]
    assert [len(_slots(*made)) for made in blocks] == [2, 2, 2]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        *((text, False) for text in ASKED),
        ("Ange antal poäng (ifylls av beställaren)", True),
        ("Ange referensens omdöme – fylls i av beställaren", True),
        ("Beskriv utfallet. Besvaras av upphandlaren.", True),
        ("Besvaras av upphandlaren", True),
        ("Omdöme\tIfylls av beställaren", True),
        ("Beskriv er metod", False),
    ],
)
def test_who_answers_is_told_beside_what_is_asked(text: str, left: bool) -> None:
    assert answered_by_buyer(text) is left
