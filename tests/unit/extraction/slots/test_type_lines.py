"""Lines that name the kind of answer, in the wordings of many portals."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.core.document import AnswerType
from app.extraction.slots.lexicon import names_kind, type_line
from tests.support.slots import drawn, lines_of, slots_in

KINDS = [
    ("Fritext (max 2000 tecken)", AnswerType.TEXT, None),
    ("Fritext (max 2000 tecken) 0–15 poäng", AnswerType.TEXT, None),
    ("Textsvar, max. 1 000 tecken. Obligatoriskt.", AnswerType.TEXT, True),
    ("Text, högst 500 tecken", AnswerType.TEXT, None),
    ("Ja / Nej / Ej tillämpligt", AnswerType.YES_NO, None),
    ("Ja/Nej. Ja önskas Ja = 5 poäng", AnswerType.YES_NO, False),
    ("Ladda upp fil (flera filer tillåts)", AnswerType.FILE, None),
    ("Bifoga en fil, PDF eller Word, max 20 MB", AnswerType.FILE, None),
    ("Filuppladdning (PDF). Frivillig", AnswerType.FILE, False),
    ("Datum (ÅÅÅÅ-MM-DD)", AnswerType.DATE, None),
    ("Pris (SEK)", AnswerType.PRICE, None),
    ("Belopp i kronor exkl. moms", AnswerType.PRICE, None),
    ("Heltal. Poängsätts", AnswerType.NUMBER, False),
    ("Prismatris, 4 rader", AnswerType.PRICE_TABLE, None),
    ("Flerval: ○ Mikro ○ Litet ○ Stort", AnswerType.CHOICE, None),
    ("Svarsformat: Envalsfråga: ( ) Norra ( ) Södra", AnswerType.CHOICE, None),
    ("Beräknat fält, kan inte ändras", AnswerType.NONE, None),
    ("Datum | Senast 2027-04-01", AnswerType.DATE, None),
    ("Numeriskt värde | 0–15, två decimaler", AnswerType.NUMBER, None),
    ("Fritext | Tre svarsfält", AnswerType.TEXT, None),
    ("Bifogad fil | Högst 2 filer", AnswerType.FILE, None),
    ("Flervalslista: Kone / Otis / Schindler / Annat", AnswerType.CHOICE, None),
    ("Envalslista: I egen regi / Av annat företag", AnswerType.CHOICE, None),
]


@pytest.mark.parametrize(("line", "kind", "must"), KINDS)
def test_a_line_names_the_kind_of_answer(line: str, kind: AnswerType, must: bool | None) -> None:
    named = type_line(line)
    assert named is not None
    assert (named.type, named.must) == (kind, must)


@pytest.mark.parametrize(
    "line",
    [
        "Pris",
        "Datum | Plats",
        "Datum: 2026-01-01",
        "Fritext: se avsnitt 4",
        "Datum",
        "Text",
        "Pris per timme",
        "Fritextsvar bedöms enligt skalan",
        "Ladda upp filen på torsdag",
        "Flerval ger poäng",
    ],
)
def test_other_lines_name_none(line: str) -> None:
    assert not names_kind(line)


def test_tags_and_worth_beside_a_question_belong_to_it() -> None:
    points = lines_of(
        "1.1 Beskriv bemanningen vid hög beläggning Utvärdering",
        "Fritext (max 2000 tecken)",
        "0–20 poäng",
        "1.2 Ange webbplats",
        "Frivillig",
        "Fritext",
    )
    assert [(point.source.quote, point.must) for point in points] == [
        ("1.1 Beskriv bemanningen vid hög beläggning", False),
        ("1.2 Ange webbplats", False),
    ]


def test_the_next_question_is_not_the_buyers_mark() -> None:
    points = lines_of("1.1 Vem är kontaktperson?", "Textsvar", "1.2 Nummer som fylls i av köparen", "Textsvar", "Slut.")
    assert [point.source.quote for point in points] == ["1.1 Vem är kontaktperson?"]


FRAMED = [
    ("Ange adress till mottagningen. *", "Fritext (högst 300 tecken)", ""),
    ("Leverantören ska ha egen mottagning. *", "Kravet uppfylls", "Ja Nej"),
    ("Avtalsnummer", "Intern. Fritext", ""),
    ("Önskat datum för uppstartsmöte", "Datum", ""),
]


def _framed(canvas: Canvas) -> None:
    """Frames with a bar for the question at their top and a field or yes and no at their foot, two of them starred."""
    canvas.setFont("Helvetica", 9)
    canvas.drawString(60, 800, "Fält märkta med * är obligatoriska.")
    for number, (question, kind, choice) in enumerate(FRAMED):
        top = 760 - 90 * number
        canvas.setFillColorRGB(0.93, 0.95, 0.97)
        canvas.rect(60, top - 20, 470, 20, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.rect(60, top - 66, 470, 66)
        canvas.drawString(66, top - 14, question)
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(66, top - 32, kind)
        canvas.setFont("Helvetica", 9)
        if choice:
            for place, word in enumerate(choice.split()):
                canvas.circle(70 + 60 * place, top - 47, 3)
                canvas.drawString(78 + 60 * place, top - 50, word)
        else:
            canvas.rect(68, top - 60, 454, 20)


def test_a_bar_inside_a_frame_holds_the_question_of_the_line_below_it() -> None:
    points = slots_in("f.pdf", drawn(_framed))
    assert [(point.source.quote, point.answer.type, point.must) for point in points] == [
        ("Ange adress till mottagningen. *", AnswerType.TEXT, True),
        ("Leverantören ska ha egen mottagning. *", AnswerType.YES_NO, True),
        ("Önskat datum för uppstartsmöte", AnswerType.DATE, False),
    ]
    assert points[1].answer.options == ("Ja", "Nej")


def test_labels_outside_boxes_name_no_kind_of_answer() -> None:
    assert lines_of("Underskrift av behörig person enligt ovan.", "Datum", "Slut.") == []
    (point,) = lines_of("Priset anges nedan.", "Pris", "Prismatris. 6 rader")
    assert point.source.quote == "Pris"


def test_a_price_in_prose_is_no_question() -> None:
    assert lines_of("Ersättning lämnas en gång per månad i efterskott.", "Belopp i kronor", "Priserna är fasta.") == []
