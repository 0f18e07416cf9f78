"""Tables that list the documents to hand in."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from openpyxl import Workbook

from app.core.points import Point, PointKind
from tests.support.slots import slots_in, word, workbook

_ROWS = list[list[str | None]]


def _word(rows: _ROWS, heading: str | None = None) -> list[Point]:
    def fill(document: WordDocument) -> None:
        if heading is not None:
            document.add_heading(heading, 1)
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text or ""

    return slots_in("f.docx", word(fill))


def _sheet(rows: _ROWS) -> list[Point]:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)

    return slots_in("f.xlsx", workbook(fill))


def _read(points: list[Point]) -> list[tuple[str, bool]]:
    assert all(point.kind is PointKind.ATTACHMENT for point in points)
    return [(point.source.quote, point.must) for point in points]


def test_a_column_that_names_what_is_attached() -> None:
    rows: _ROWS = [
        ["Nr", "Bilaga som ska bifogas", "Bifogad"],
        ["1", "Trafiktillstånd", None],
        ["2", "CV för erbjuden trafikledare", None],
    ]
    for points in (_word(rows), _sheet(rows)):
        assert _read(points) == [("Trafiktillstånd", True), ("CV för erbjuden trafikledare", True)]
        assert [point.number for point in points] == ["1", "2"]


def test_a_column_that_says_whether_a_document_is_attached() -> None:
    rows: _ROWS = [
        ["Dokument", "Bifogas"],
        ["CV för erbjuden trafikledare", "Ja"],
        ["Karta över depån", "Nej"],
        ["Tvättplan", "Om tillämpligt"],
    ]
    for points in (_word(rows), _sheet(rows)):
        assert _read(points) == [("CV för erbjuden trafikledare", True), ("Tvättplan", False)]


@pytest.mark.parametrize("heading", ["Bilagor till anbudet", "Handlingar som ska bifogas", "Documents to be submitted"])
def test_a_heading_says_that_the_documents_belong_to_the_tender(heading: str) -> None:
    rows: _ROWS = [["Dokument", "Ska/Bör"], ["CV för erbjuden trafikledare", "Ska"], ["Tvättplan", "Bör"]]
    wanted = [("CV för erbjuden trafikledare", True), ("Tvättplan", False)]
    assert _read(_word(rows, heading)) == wanted
    assert _read(_sheet([[heading, None], *rows])) == wanted


def test_documents_of_the_buyer_are_not_handed_in() -> None:
    rows: _ROWS = [["Dokument", "Bifogas"], ["Linjekarta", "Ja"], ["Tidtabell", "Ja"]]
    assert _word(rows, "Upphandlingsdokumenten") == []
    assert _word([["Dokument", "Version"], ["Linjekarta", "1"], ["Tidtabell", "2"]], "Bakgrund") == []


def test_what_is_not_needed_in_a_list_of_documents_is_not_asked_for() -> None:
    rows: _ROWS = [
        ["Nr", "Handling", "När"],
        ["1", "Egen försäkran", "Alltid"],
        ["2", "Fullmakt, om ombud undertecknar", "I förekommande fall"],
        ["3", "Bevis om skatter", "Behövs inte"],
    ]
    points = _word(rows, "Handlingar som ska finnas med i anbudet")
    assert _read(points) == [("Egen försäkran", True), ("Fullmakt, om ombud undertecknar", False)]
