"""Slots of workbooks as buyers lay them out."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from app.core.document import AnswerType
from app.core.points import Point
from tests.support.slots import slots_in, workbook

_DOORS = "Bussen har tre dörrar för resenärer"
_PRAM = "Bussen har plats för två barnvagnar"
_Rows = list[list[str | int | None]]


def _points(rows: _Rows, *, title: str = "Krav", merged: tuple[str, ...] = (), listed: str | None = None) -> list[Point]:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.title = title
        for row in rows:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
        if listed is not None:
            answers = DataValidation(type="list", formula1='"Ja,Nej"')
            answers.add(listed)
            sheet.add_data_validation(answers)

    return slots_in("f.xlsx", workbook(fill))


def _cells(points: list[Point]) -> list[tuple[str | None, str | None]]:
    return [(point.number, point.source.place.cell) for point in points]


def test_a_comment_belongs_to_the_answer_and_whole_numbers_are_kept() -> None:
    points = _points([["Nr", "Krav", "Uppfylls", "Kommentar"], [1, _DOORS, None, None], [2, _PRAM, None, None]])
    assert _cells(points) == [("1", "C2"), ("2", "C3")]
    assert all(point.answer.type is AnswerType.YES_NO for point in points)


def test_a_comment_alone_is_the_answer() -> None:
    assert _cells(_points([["Nr", "Fråga", "Kommentar"], [1, "Hur tvättas bussarna?", None]])) == [("1", "C2")]


def test_names_of_groups_and_columns_are_no_items() -> None:
    rows: _Rows = [
        ["Nr", "Krav", "Typ", "Uppfylls", "Kommentar"],
        ["Säkerhet", None, None, "Uppfylls", "Kommentar"],
        [1, _DOORS, "Ska", None, None],
        ["Drift", None, None, None, None],
        [2, _PRAM, "Bör", None, None],
    ]
    points = _points(rows, merged=("A2:C2", "A4:C4"), listed="D1:D5")
    assert _cells(points) == [("1", "D3"), ("2", "D5")]
    assert [point.must for point in points] == [True, False]


def test_a_list_in_the_column_of_classes_is_the_buyers() -> None:
    rows: _Rows = [["Nr", "Krav", "Ska/Bör", "Uppfylls"], [1, _DOORS, "Ska", None]]
    assert _cells(_points(rows, listed="C2:C2")) == [("1", "D2")]


def test_the_sum_of_a_price_column_is_worked_out() -> None:
    rows: _Rows = [["Roll", "Timpris (SEK)"], ["Förare", None], ["Tekniker", None], ["Utvärderingspris", "=SUM(B2:B3)"]]
    assert [cell for _, cell in _cells(_points(rows))] == ["B2", "B3"]


def test_a_sum_alone_is_asked_for() -> None:
    assert [cell for _, cell in _cells(_points([["Post", "Pris"], ["Totalpris", None]]))] == ["B2"]


@pytest.mark.parametrize(
    "line", ["Ifylls av beställaren", "Fylls i av upphandlande myndighet", "To be completed by the contracting authority"]
)
def test_what_the_buyer_fills_in_is_no_slot(line: str) -> None:
    rows: _Rows = [["Företagsnamn", None], [], [line], ["Diarienummer:", None], ["Datum:", None]]
    assert [cell for _, cell in _cells(_points(rows))] == ["B1"]
    assert _points([[line], ["Nr", "Krav", "Uppfylls"], [1, _DOORS, None]]) == []


def test_the_bidders_part_follows_the_buyers() -> None:
    rows: _Rows = [["Ifylls av beställaren"], ["Datum:", None], ["Ifylls av anbudsgivaren"], ["Företagsnamn", None]]
    assert [cell for _, cell in _cells(_points(rows))] == ["B4"]


def test_a_sheet_of_the_buyer_has_no_slots() -> None:
    assert _points([["Nr", "Krav", "Uppfylls"], [1, _DOORS, None]], title="Ifylls av beställaren") == []


def test_each_reference_has_its_own_answers() -> None:
    points = _points([["Referens", "Referens 1", "Referens 2"], ["Kund", None, None], ["Kontaktperson", None, None]])
    assert [(point.text, point.source.place.cell) for point in points] == [
        ("Kund – Referens 1", "B2"),
        ("Kund – Referens 2", "C2"),
        ("Kontaktperson – Referens 1", "B3"),
        ("Kontaktperson – Referens 2", "C3"),
    ]
