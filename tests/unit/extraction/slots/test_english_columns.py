"""Columns that English tenders leave to the bidder."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument

from app.core.document import AnswerType
from tests.support.slots import slots_in, word


@pytest.mark.parametrize(
    ("header", "entries", "expected"),
    [
        (("ID", "Requirement", "Comply? (Y/N)"), ("R1", "The system shall log events.", ""), AnswerType.YES_NO),
        (("ID", "Requirement", "Meets requirement?"), ("R1", "The system shall log events.", ""), AnswerType.YES_NO),
        (("ID", "Requirement", "Tenderer’s response"), ("R1", "The system shall log events.", ""), AnswerType.TEXT),
        (("Role", "Unit", "Hourly rate excl. VAT"), ("Project manager", "hour", ""), AnswerType.PRICE_TABLE),
        (("Role", "Unit", "Price per hour in SEK, excluding VAT"), ("Architect", "hour", ""), AnswerType.PRICE_TABLE),
    ],
)
def test_a_column_asks(header: tuple[str, ...], entries: tuple[str, ...], expected: AnswerType) -> None:
    def fill(document: WordDocument) -> None:
        grid = document.add_table(rows=3, cols=len(header))
        for place, row in enumerate((header, entries, entries)):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text

    points = slots_in("f.docx", word(fill))
    assert points
    assert {point.answer.type for point in points if point.answer is not None} == {expected}
