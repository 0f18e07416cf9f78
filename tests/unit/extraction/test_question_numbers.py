"""Numbers of a questionnaire: "Fråga 3: …" is question 3, "Fråga 3 besvaras av …" speaks of one."""

from __future__ import annotations

import pytest

from app.extraction.asking import question_number
from app.extraction.sections import outline
from app.extraction.statements import find_statements
from tests.support.slots import slots_of, text_document


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Fråga 3: Beskriv er organisation", "3"),
        ("Fråga 4.2. Ange leveranstid", "4.2"),
        ("FRÅGA 12) Ange priset", "12"),
        ("Fråga nr 7: Ange priset", "7"),
        ("Fråga 2a: Ange priset", "2a"),
        ("Question 5 – Describe your organisation", "5"),
        ("Q1. Describe your organisation", "1"),
    ],
)
def test_a_question_has_its_printed_number(text: str, number: str) -> None:
    assert question_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "Fråga 3 besvaras endast av underleverantörer.",
        "Frågan 3: Ange priset",
        "Frågor 3: Ange priset",
        "Efterfråga 3: Ange priset",
        "Fråga: Ange priset",
        "Question 5 must be answered",
        "Fråga 3.1.2.1.5: Ange priset",
        "F3-kontakter levereras",
        "Svar på fråga 3: se ovan",
    ],
)
def test_what_only_speaks_of_a_question_has_none(text: str) -> None:
    assert question_number(text) is None


def test_slots_and_statements_take_it() -> None:
    document = text_document(
        "Fråga 3: Beskriv er organisation:", "______________", "Fråga 4: Kan ni leverera på en vecka? Ja/Nej"
    )
    assert [point.number for point in slots_of(document)] == ["3"]
    assert [point.number for point in find_statements(document, outline(document), slots_of(document))] == ["4"]
