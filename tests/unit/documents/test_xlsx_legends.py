"""What a workbook says of its colours, and which cells that makes places to fill in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from app.core.document import Document
from app.documents.xlsx import read_xlsx
from app.documents.xlsx.colours import family
from app.documents.xlsx.grid import Grid, Raw
from app.documents.xlsx.legends import legend
from app.documents.xlsx.styles import Style
from tests.support.sheets import cell, request, slots, workbook
from tests.support.slots import slots_of

CREAM, GREY, SKY, MINT = "FFFFF4CC", "FFDCDCDC", "FFDDEBF7", "FFE2EFDA"
THIN = Side("thin")
BOX = Border(THIN, THIN, THIN, THIN)


def _paint(sheet: Worksheet, colour: str, *references: str) -> None:
    for reference in references:
        sheet[reference].fill = PatternFill("solid", fgColor=colour)
        sheet[reference].border = BOX


def _read(fill: Callable[[Worksheet], None], *more: tuple[str, Callable[[Worksheet], None]]) -> Document:
    return read_xlsx(request(workbook(fill, *more)))


def _said(text: str) -> tuple[set[str], set[str]]:
    found = legend(Grid(rows={1: {1: Raw(text, "t", 0, False)}}), [Style()])
    return set(found.families), set(found.closed_families)


@pytest.mark.parametrize(
    ("text", "filled", "closed"),
    [
        ("Fyll i de gulmarkerade rutorna.", {"yellow"}, set()),
        ("Grönmarkerade fält fylls i av leverantören, grå fält fylls i av kommunen.", {"green"}, {"grey"}),
        ("Gula och gröna celler ska besvaras.", {"yellow", "green"}, set()),
        ("Grå celler är låsta medan gula celler ifylls.", {"yellow"}, {"grey"}),
        ("Gröna fält får inte lämnas tomma.", {"green"}, set()),
        ("Rosa fält är obligatoriska.", {"pink", "red"}, set()),
        ("Summor i grå celler beräknas automatiskt.", set(), {"grey"}),
        ("Yellow cells are to be completed by the tenderer, purple cells by the buyer.", {"yellow"}, {"purple"}),
        ("Cells shaded green are for your response; do not change the grey cells.", {"green"}, {"grey"}),
        ("Fyll i gula celler så räknas summan automatiskt.", {"yellow"}, set()),
        ("Grå celler fylls i automatiskt.", set(), {"grey"}),
        ("Om gula celler inte fylls i förkastas anbudet.", {"yellow"}, set()),
        ("Gula celler i kommunens mall fylls i innan den skickas till kommunen.", {"yellow"}, set()),
        ("Gula fält är obligatoriska, gröna frivilliga.", {"yellow", "green"}, set()),
        ("Obligatoriska krav är markerade med rött.", set(), set()),
        ("Lokalen har gröna väggar och gula dörrar som beställaren målar.", set(), set()),
    ],
)
def test_a_sentence_tells_whose_each_colour_is(text: str, filled: set[str], closed: set[str]) -> None:
    assert _said(text) == (filled, closed)


def test_the_first_sheet_explains_the_colours_of_all() -> None:
    def first(sheet: Worksheet) -> None:
        sheet["A1"] = "Leverantören fyller i gula celler. Grå celler räknas fram."

    def form(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "Firma", "Säte", "Mottaget den"
        _paint(sheet, CREAM, "B1", "B2")
        _paint(sheet, GREY, "B3")

    assert slots(_read(first, ("Svar", form))) == {"B1": "coloured_cell", "B2": "coloured_cell"}


def test_a_sheet_without_the_colour_of_the_legend_keeps_its_own() -> None:
    def first(sheet: Worksheet) -> None:
        sheet["A1"] = "Yellow cells on the sheet Prices are to be completed."

    def form(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "Legal name", "Address"
        _paint(sheet, MINT, "B1", "B2")

    assert slots(_read(first, ("Company", form))) == {"B1": "coloured_cell", "B2": "coloured_cell"}


def test_a_sheet_that_names_its_colours_is_read_by_its_own_words() -> None:
    def first(sheet: Worksheet) -> None:
        sheet["A1"] = "Fyll i de vita fälten."

    def form(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A3"], sheet["A4"] = "Grå fält fylls i av anbudsgivaren", "Firma", "Ärende"
        _paint(sheet, GREY, "B3")
        sheet["B4"].border = BOX

    assert slots(_read(first, ("Svar", form))) == {"B3": "coloured_cell"}


@pytest.mark.parametrize("heading", ["Ifylls av bolaget", "Fylls i av beställaren", "For official use only"])
def test_the_colour_behind_the_buyers_heading_does_not_beat_that_of_the_answers(heading: str) -> None:
    def form(sheet: Worksheet) -> None:
        for row, text in enumerate(("Firma", "Säte", "Telefon"), 1):
            sheet.cell(row, 1, text)
        _paint(sheet, CREAM, "B1", "B2", "B3")
        sheet["A5"], sheet["A6"] = heading, "Datum"
        _paint(sheet, GREY, "A5", "B6")

    assert slots(_read(form)) == {"B1": "coloured_cell", "B2": "coloured_cell", "B3": "coloured_cell"}


def test_the_colour_behind_a_heading_for_the_bidder_only_decorates() -> None:
    def form(sheet: Worksheet) -> None:
        sheet["A1"] = "Ifylls av anbudsgivaren"
        sheet["A2"], sheet["A3"] = "Firma", "Säte"
        _paint(sheet, SKY, "A1")
        _paint(sheet, CREAM, "B2", "B3")

    assert slots(_read(form)) == {"B2": "coloured_cell", "B3": "coloured_cell"}


def test_a_swatch_shows_a_colour_and_is_no_place_to_fill_in() -> None:
    def key(sheet: Worksheet) -> None:
        sheet["B1"], sheet["B2"] = "Fylls i av anbudsgivaren", "Beräknas, ändra inte"
        _paint(sheet, MINT, "A1")
        _paint(sheet, SKY, "A2")

    def form(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "Spadar", "Krattor", "Jämförelsetal"
        _paint(sheet, MINT, "B1", "B2")
        _paint(sheet, SKY, "B3")

    assert slots(_read(key, ("Priser", form))) == {"B1": "coloured_cell", "B2": "coloured_cell"}


def test_a_hint_beside_an_answer_is_no_swatch() -> None:
    def form(sheet: Worksheet) -> None:
        sheet["A1"], sheet["C1"] = "Firma", "Fylls i av anbudsgivaren"
        _paint(sheet, MINT, "B1")

    assert slots(_read(form)) == {"B1": "coloured_cell"}


def test_a_colour_that_can_be_left_empty_says_so_at_its_cells() -> None:
    def form(sheet: Worksheet) -> None:
        sheet["A1"] = "Gula celler fylls i. Gröna celler fylls i endast om underleverantör anlitas."
        sheet["A3"], sheet["A4"] = "Firma", "Underleverantör"
        _paint(sheet, CREAM, "B3")
        _paint(sheet, MINT, "B4")

    document = _read(form)
    assert cell(document, "B3").slots[0].label is None
    assert cell(document, "B4").slots[0].label == "Gröna celler fylls i endast om underleverantör anlitas"
    assert [point.must for point in slots_of(document)] == [True, False]


def test_two_colours_without_a_legend_both_wait() -> None:
    def form(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["D1"], sheet["D2"] = "Firma", "Säte", "Kund", "Telefon"
        _paint(sheet, CREAM, "B1", "B2")
        _paint(sheet, SKY, "E1", "E2")

    assert set(slots(_read(form))) == {"B1", "B2", "E1", "E2"}


def test_a_pale_yellow_is_yellow() -> None:
    assert family((255, 244, 204)) == "yellow"
