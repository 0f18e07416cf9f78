"""Whether an item must be met, by the column of its table that says so."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from openpyxl import Workbook

from app.core.document import AnswerType
from app.extraction.slots.mandatory import duty
from tests.support.slots import slots_in, word, workbook

_LOGS = "Systemet loggar alla inloggningar"
_APP = "Systemet har mobilapp för förare"
_MAP = "Systemet visar körda sträckor"
_CELLS = {
    "kravtyp": (["Nr", "Krav", "Kravtyp", "Uppfylls (Ja/Nej)"], "Bör", "Ska"),
    "letters": (["Nr", "Krav", "Typ (S/B)", "Uppfylls"], "B", "S"),
    "legend in the type": (["Nr", "Krav", "Kravtyp (S/B)", "Uppfylls"], "B", "S"),
    "letters without a legend": (["Nr", "Krav", "Klass", "Uppfylls"], "B", "S"),
    "optional by its letter": (["Nr", "Krav", "O/F", "Svar"], "F", "O"),
    "unknown name of the requirements": (["Nr", "Funktion", "Ska/Bör", "Svar"], "Bör", "Ska"),
    "english": (["No.", "Requirement", "Type (M/D)", "Compliant (Y/N)"], "D", "M"),
    "the legend's order": (["ID", "Requirement", "Priority (M/S)", "Response"], "S", "M"),
    "words": (["ID", "Requirement", "Requirement type", "Response"], "Desirable", "Mandatory"),
    "wish": (["Nr", "Krav", "Kategori", "Svar"], "Önskemål", "Krav"),
    "yes for mandatory": (["Nr", "Krav", "Obligatoriskt (Ja/Nej)", "Svar"], "Nej", "Ja"),
    "not mandatory": (["Nr", "Krav", "Klass", "Svar"], "Ej obligatoriskt", "Obligatoriskt"),
}


def _rows(case: str) -> list[list[str | None]]:
    header, wish, demand = _CELLS[case]
    return [[*header], ["1", _LOGS, wish, None], ["2", _APP, demand, None], ["3", _MAP, wish, None]]


def _sheet(rows: list[list[str | None]]) -> bytes:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)

    return workbook(fill)


def _table(rows: list[list[str | None]]) -> bytes:
    def fill(document: WordDocument) -> None:
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text or ""

    return word(fill)


@pytest.mark.parametrize("case", _CELLS)
def test_a_class_column_decides_in_a_sheet(case: str) -> None:
    points = slots_in("krav.xlsx", _sheet(_rows(case)))
    assert [(point.number, point.must) for point in points] == [("1", False), ("2", True), ("3", False)]


@pytest.mark.parametrize("case", _CELLS)
def test_a_class_column_decides_in_a_table(case: str) -> None:
    points = slots_in("krav.docx", _table(_rows(case)))
    assert [(point.number, point.must) for point in points] == [("1", False), ("2", True), ("3", False)]


def _ticked() -> list[list[str | None]]:
    return [
        ["Nr", "Krav", "SKA", "BÖR", "Uppfylls"],
        ["1", _LOGS, "x", None, None],
        ["2", _APP, None, "X", None],
        ["3", _MAP, "x", None, None],
    ]


def test_a_column_for_each_class_is_ticked() -> None:
    for points in (slots_in("krav.xlsx", _sheet(_ticked())), slots_in("krav.docx", _table(_ticked()))):
        assert [(point.number, point.must) for point in points] == [("1", True), ("2", False), ("3", True)]


def test_letters_of_something_else_decide_nothing() -> None:
    rows: list[list[str | None]] = [
        ["Nr", "Krav", "Kategori", "Uppfylls"],
        ["1", _LOGS, "A", None],
        ["2", _APP, "B", None],
        ["3", _MAP, "C", None],
    ]
    assert all(point.must for point in slots_in("krav.xlsx", _sheet(rows)))


def test_the_class_of_the_row_above_does_not_leak() -> None:
    rows: list[list[str | None]] = [
        ["Område", "Beskrivning", "Nivå", "Svar"],
        ["Drift", _LOGS, "Bör", None],
        ["Drift", _APP, "Ska", None],
        ["Drift", _MAP, None, None],
    ]
    assert [point.must for point in slots_in("krav.xlsx", _sheet(rows))] == [False, True, True]


def test_a_header_that_names_both_classes_decides_nothing() -> None:
    for header in ("Ska/Bör", "ska-krav / bör-krav", "Must/Should"):
        judged = duty("Systemet har inloggning", (header, "Ska"), None, None, AnswerType.YES_NO)
        assert judged.must, header


def test_the_class_in_the_row_still_decides() -> None:
    assert not duty("Systemet har mobilapp", ("Ska/Bör", "Bör"), None, None, AnswerType.YES_NO).must
