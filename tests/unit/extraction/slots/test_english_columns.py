"""Columns that English tenders leave to the bidder."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument

from app.core.document import AnswerType
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.sections import outline
from app.extraction.statements import find_statements
from tests.support.slots import slots_in, slots_of, word


def _table(*rows: tuple[str, ...]) -> bytes:
    def fill(document: WordDocument) -> None:
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text

    return word(fill)


@pytest.mark.parametrize(
    ("header", "entries", "expected"),
    [
        (("ID", "Requirement", "Comply? (Y/N)"), ("R1", "The system shall log events.", ""), AnswerType.YES_NO),
        (("ID", "Requirement", "Meets requirement?"), ("R1", "The system shall log events.", ""), AnswerType.YES_NO),
        (("ID", "Requirement", "Tenderer’s response"), ("R1", "The system shall log events.", ""), AnswerType.TEXT),
        (("Role", "Unit", "Hourly rate excl. VAT"), ("Project manager", "hour", ""), AnswerType.PRICE_TABLE),
        (("Role", "Unit", "Rate (£) excl. VAT"), ("Architect", "hour", ""), AnswerType.PRICE_TABLE),
    ],
)
def test_a_column_asks(header: tuple[str, ...], entries: tuple[str, ...], expected: AnswerType) -> None:
    points = slots_in("f.docx", _table(header, entries, entries))
    assert points
    assert {point.answer.type for point in points if point.answer is not None} == {expected}


def test_names_of_columns_are_no_requirement() -> None:
    rows = (
        ("No.", "Question", "Maximum words", "Bidder’s response"),
        ("B1", "Describe your approach to surveys.", "500", ""),
        ("B2", "How will you manage quality?", "300", ""),
    )
    made = read(ReadRequest("f.docx", data=_table(*rows)))
    slots = slots_of(made)
    assert [point.source.quote for point in slots] == [rows[1][1], rows[2][1]]
    assert find_statements(made, outline(made), slots) == []
