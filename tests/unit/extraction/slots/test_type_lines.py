"""Lines that name the kind of answer, in the wordings of many portals."""

from __future__ import annotations

import pytest

from app.core.document import AnswerType
from app.extraction.slots.lexicon import type_line
from tests.support.slots import lines_of

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
        "Datum",
        "Text",
        "Pris per timme",
        "Fritextsvar bedöms enligt skalan",
        "Ladda upp filen på torsdag",
        "Flerval ger poäng",
    ],
)
def test_other_lines_name_none(line: str) -> None:
    assert type_line(line) is None


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


def test_a_price_in_prose_is_no_question() -> None:
    assert lines_of("Ersättning lämnas en gång per månad i efterskott.", "Belopp i kronor", "Priserna är fasta.") == []
