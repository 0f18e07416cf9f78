"""Words over many answers: which of them they say may be left empty."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from app.extraction.slots.mandatory import bearing
from tests.support.slots import slots_in, workbook

_MINT, _CREAM = "FFC6EFCE", "FFFFF2CC"


def _must(over: str, colours: tuple[str, ...], gap: int = 0) -> list[bool]:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"] = over
        for row, (label, colour) in enumerate(zip(("Firma", "Dygnspris", "Synpunkter"), colours, strict=False), 2 + gap):
            sheet.cell(row, 1, label)
            sheet.cell(row, 2).fill = PatternFill("solid", fgColor=colour)

    return [point.must for point in slots_in("f.xlsx", workbook(fill))]


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize(
    "over",
    [
        "Gröna celler är obligatoriska, gula celler är frivilliga att fylla i.",
        "Gröna fält är obligatoriska. Gula fält är frivilliga att fylla i.",
        "Green cells are mandatory, yellow cells are optional.",
    ],
)
def test_a_colour_that_is_optional_leaves_the_others_asked_for(over: str, gap: int) -> None:
    assert _must(over, (_MINT, _MINT, _CREAM), gap) == [True, True, False]


@pytest.mark.parametrize(
    "over",
    [
        "Om gula celler lämnas tomma förkastas anbudet",
        "If yellow cells are empty the tender is rejected",
        "Frivilliga synpunkter skrivs i kolumn D. Dygnspris ska anges.",
        "Optional remarks are made in the comments field. The rate must be stated.",
        "Valfri kommentar. Övriga uppgifter krävs.",
    ],
)
def test_words_of_a_part_or_of_rejection_make_nothing_else_optional(over: str) -> None:
    assert _must(over, (_CREAM, _CREAM)) == [True, True]


@pytest.mark.parametrize(
    "over", ["Frivilliga uppgifter", "Om underleverantör anlitas", "Fyll i gula celler. Frivilliga uppgifter"]
)
def test_words_over_all_of_them_hold_for_each(over: str) -> None:
    assert _must(over, (_CREAM, _CREAM)) == [False, False]


@pytest.mark.parametrize(
    ("over", "left"),
    [
        ("Priser i kronor", "Priser i kronor"),
        ("Lämnas endast om det krävs", "Lämnas endast om det krävs"),
        ("Uppgiften är inte obligatorisk", "Uppgiften är inte obligatorisk"),
        ("To be stated where required. Optional", "To be stated where required. Optional"),
        ("Pris krävs, rabatt är frivillig", ""),
        ("Blåmarkerade rutor är valfria", ""),
    ],
)
def test_what_bears_on_each_answer(over: str, left: str) -> None:
    assert bearing(over) == left
