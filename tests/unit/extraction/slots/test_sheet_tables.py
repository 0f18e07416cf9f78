"""Tables of a sheet beside and below each other, and the columns of their rows in any order."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

from app.core.document import AnswerType
from app.core.points import Point, PointKind
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.reading import find
from tests.support.slots import slots_in, workbook

_Rows = list[list[str | int | None]]
_OPEN = "OPEN"  # a cell painted as a place to fill in
_PAINT = PatternFill("solid", fgColor="FFFFF2CC")


def _sheet(rows: _Rows, merged: tuple[str, ...] = (), bold: tuple[int, ...] = ()) -> bytes:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column)
                if value == _OPEN:
                    cell.fill = _PAINT
                elif value is not None:
                    cell.value = value
                    cell.font = Font(bold=number in bold)
        for area in merged:
            sheet.merge_cells(area)

    return workbook(fill)


def _points(rows: _Rows, merged: tuple[str, ...] = (), bold: tuple[int, ...] = ()) -> list[Point]:
    return slots_in("f.xlsx", _sheet(rows, merged, bold))


def _asked(points: list[Point]) -> dict[str | None, str]:
    return {point.source.place.cell: point.source.quote for point in points}


_BESIDE: _Rows = [
    ["Del 1. Ytor", None, None, None, "Del 2. Timmar"],
    ["Yta", "Storlek (m²)", "Pris", None, "Insats", "Enhet", "Pris per enhet"],
    ["Torget framför stadshuset", 40, _OPEN, None, "Sopning", "tim", _OPEN],
    ["Gång- och cykelbanan", 90, _OPEN, None, "Tvätt (frivilligt)", "tim", _OPEN],
    ["Parken", 30, _OPEN],
]


def test_tables_beside_each_other_keep_their_own_names() -> None:
    points = _points(_BESIDE, bold=(1, 2))
    assert _asked(points) == {
        "C3": "Torget framför stadshuset",
        "G3": "Sopning",
        "C4": "Gång- och cykelbanan",
        "G4": "Tvätt (frivilligt)",
        "C5": "Parken",
    }
    assert [point.source.place.cell for point in points if not point.must] == ["G4"]


def test_an_empty_column_before_the_answers_parts_no_table() -> None:
    rows: _Rows = [
        ["No.", "Requirement", None, "Unit", "Compliant (Y/N)"],
        ["1", "The pump runs on mains power.", None, "pcs", None],
        ["2", "The pump is delivered with a hose.", None, "pcs", None],
    ]
    assert _asked(_points(rows, bold=(1,))) == {
        "E2": "The pump runs on mains power.",
        "E3": "The pump is delivered with a hose.",
    }


@pytest.mark.parametrize(
    "head",
    [
        ["Nr", "Uppfylls?", "Typ", "Krav"],
        ["Ref", "Compliant?", "Category", "Requirement"],
        ["Nr", "Godtas", "Klass", "Kravbeskrivning"],
        ["Kod", "Svar", "Vikt", "Fråga"],
    ],
)
def test_what_asks_can_stand_behind_its_answer(head: list[str]) -> None:
    texts = ["Bussen har tre dörrar för resenärer", "Plats för två barnvagnar", "Föraren talar svenska", "Bussen går på el"]
    rows: _Rows = [[*head]]
    rows += [[f"K{number}", _OPEN, "Ska", text] for number, text in enumerate(texts, 1)]
    points = _points(rows, bold=(1,))
    assert _asked(points) == {f"B{number}": text for number, text in enumerate(texts, 2)}
    assert [point.number for point in points] == ["K1", "K2", "K3", "K4"]


def test_words_behind_the_answer_do_not_ask_where_some_stand_before_it() -> None:
    rows: _Rows = [
        ["Nr", "Krav", "Svar", "Hur kravet kontrolleras"],
        [1, "Bilen är röd", _OPEN, "Kontrolleras av beställaren vid leveransen med ett färgprov"],
    ]
    assert _asked(_points(rows, bold=(1,))) == {"C2": "Bilen är röd"}


@pytest.mark.parametrize(
    ("head", "begun"),
    [
        ("Namn på bifogad fil", ("Försäkringsbrev:", "Intyg från tillverkaren:")),
        ("Hänvisning till bilaga", ("CV för ledaren:", "Policy:")),
        ("File name of enclosure", ("Certificate:", "Test report:")),
    ],
)
def test_a_name_begun_in_a_column_of_files_is_an_attachment(head: str, begun: tuple[str, str]) -> None:
    rows: _Rows = [
        ["Nr", "Krav", "Uppfylls", head],
        [1, "Båten är försäkrad till fullt värde", None, begun[0]],
        [2, "Båten har två motorer", None, "–"],
        [3, "Båten är provad", None, begun[1]],
    ]
    files = [point for point in _points(rows, bold=(1,)) if point.kind is PointKind.ATTACHMENT]
    assert _asked(files) == {"D2": begun[0], "D4": begun[1]}
    assert [point.number for point in files] == ["1", "3"]
    assert files[0].text == f"{begun[0].rstrip(':')} ({head})"


def test_a_document_asked_for_in_a_row_is_one_whatever_the_columns() -> None:
    rows: _Rows = [
        ["Fråga", "Svar anbudsområde 1", "Svar anbudsområde 2", "Hänvisning till bilaga"],
        ["Bifoga intyg om hygien.", None, None, None],
        ["Hur många bilar finns på orten?", None, None, None],
    ]
    points = _points(rows, bold=(1,))
    assert [point.source.place.cell for point in points] == ["D2", "B3", "C3"]


@pytest.mark.parametrize(
    "names", [("Pris norr", "Pris syd"), ("Område 1 pris", "Område 2 pris"), ("Timpris Luleå", "Timpris Piteå")]
)
def test_columns_of_one_answer_for_several_lots(names: tuple[str, str]) -> None:
    rows: _Rows = [["Leveransställe", *names], ["Centralköket", None, None], ["Skolan Ängen", None, None]]
    points = _points(rows, bold=(1,))
    assert [point.source.place.cell for point in points] == ["B2", "C2", "B3", "C3"]
    assert {point.answer.type for point in points} == {AnswerType.PRICE}
    assert points[1].text == f"Centralköket – {names[1]}"


def test_a_pack_size_longer_than_the_name_of_the_ware_does_not_ask() -> None:
    rows: _Rows = [
        ["Artikel", "Förpackning", "Enhet", "Pris per enhet"],
        ["Ris", "10 kg", "kg", None],
        ["Salt", "500 gram", "kg", None],
    ]
    assert _asked(_points(rows, bold=(1,))) == {"D2": "Ris", "D3": "Salt"}


def test_a_new_title_ends_the_table_above_it() -> None:
    rows: _Rows = [
        ["1. Varor"],
        ["Vara", "Färg", "Enhet", "Pris"],
        ["Penna", "Blå", "st", None],
        [],
        ["2. Rabatter"],
        ["Rabatt i procent:", None],
        ["Leveranstid i dagar:", None],
    ]
    points = _points(rows, bold=(1, 2, 5))
    assert [point.source.place.cell for point in points] == ["D3", "B6", "B7"]
    assert [point.text for point in points][1:] == ["Rabatt i procent:", "Leveranstid i dagar:"]


def test_groups_after_blank_rows_stay_in_their_table() -> None:
    rows: _Rows = [
        ["Nr", "Krav", "Klass", "Uppfylls"],
        [],
        ["Säkerhet"],
        ["1.1", "Dörrarna har nödöppnare", "Ska", None],
        [],
        ["Drift"],
        ["2.1", "Reservdelar lagerhålls i tio år", "Bör", None],
    ]
    points = _points(rows, bold=(1, 3, 6))
    assert [(point.source.place.cell, point.answer.type) for point in points] == [
        ("D4", AnswerType.YES_NO),
        ("D7", AnswerType.YES_NO),
    ]
    assert [point.must for point in points] == [True, False]


@pytest.mark.parametrize(
    "heading", ["Ifylls av bolaget", "Fylls i av upphandlaren", "For official use only", "Handläggarens anteckningar"]
)
def test_what_the_buyer_fills_in_beside_the_bidders_form_is_no_slot(heading: str) -> None:
    rows: _Rows = [
        ["Anbudsgivare", None, None, heading],
        ["Företag", _OPEN, None, "Mottaget den", _OPEN],
        ["Ort", _OPEN, None, "Ärende", _OPEN],
        [],
        ["Maskiner"],
        ["Maskin", "Årsmodell", None, "Motor"],
        [_OPEN, _OPEN, None, _OPEN],
    ]
    assert [point.source.place.cell for point in _points(rows, bold=(1, 5, 6))] == ["B2", "B3", "A7", "B7", "D7"]


def test_a_condition_in_the_title_over_a_form_holds_for_it_alone() -> None:
    rows: _Rows = [
        ["Anbudsgivare", None, None, "Underleverantör (om sådan anlitas)"],
        [],
        ["Företag", _OPEN, None, "Företag", _OPEN],
        ["Ort", _OPEN, None, "Ort", _OPEN],
    ]
    assert {point.source.place.cell: point.must for point in _points(rows, bold=(1,))} == {
        "B3": True,
        "E3": False,
        "B4": True,
        "E4": False,
    }


def test_values_of_lists_on_a_hidden_sheet_ask_for_nothing() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append(["Nr", "Krav", "Uppfylls"])
        sheet.append([1, "Taket är av plåt", None])
        hidden = book.create_sheet("Val")
        hidden.sheet_state = "hidden"
        for value in ("Ja", "Nej", "Ange svar här", "Beskriv med egna ord"):
            hidden.append([value])
        kept = book.create_sheet("Äldre")
        kept.sheet_state = "hidden"
        kept.append(["Leverantören ska ha en reservplan för leveranser."])

    reading = find(read(ReadRequest("f.xlsx", data=workbook(fill))))
    assert [(point.source.place.sheet, point.kind) for point in reading.points if point.source.place.sheet != "Sheet"] == [
        ("Äldre", PointKind.REQUIREMENT)
    ]


def test_names_under_the_names_of_lots_tell_the_lot() -> None:
    rows: _Rows = [
        ["Tjänst", "Område Väst", None, "Område Öst", None],
        [None, "Pris per km", "Väntetid pris/tim", "Pris per km", "Väntetid pris/tim"],
        ["Budbil", None, None, None, None],
        ["Lastbil", None, None, None, None],
        [],
        ["Hur länge gäller priserna?", None],
    ]
    points = _points(rows, merged=("A1:A2", "B1:C1", "D1:E1"), bold=(1, 2))
    assert [point.source.place.cell for point in points] == ["B3", "C3", "D3", "E3", "B4", "C4", "D4", "E4", "B6"]
    assert points[2].text == "Budbil – Område Öst, Pris per km"
    assert (points[-1].text, points[-1].answer.type) == ("Hur länge gäller priserna?", AnswerType.TEXT)


def test_columns_to_tick_are_one_question() -> None:
    rows: _Rows = [["Krav", "Ja", "Nej", "Kommentar"], ["Stolarna är stapelbara", None, None, None]]
    (point,) = _points(rows, bold=(1,))
    assert (point.text, point.answer.type, point.answer.options) == (
        "Stolarna är stapelbara",
        AnswerType.YES_NO,
        ("Ja", "Nej"),
    )


def test_the_names_of_a_new_table_replace_those_above() -> None:
    rows: _Rows = [
        ["Krav", "Ja", "Nej"],
        ["Stolarna är stapelbara", None, None],
        [],
        ["Fråga", "Välj svar"],
        ["Vilken garantitid erbjuds?", None, None],
    ]
    assert [point.source.place.cell for point in _points(rows, bold=(1, 4))] == ["B2", "B5"]


def test_grades_of_compliance_are_chosen() -> None:
    rows: _Rows = [["Req ID", "Requirement", "Compliance (F/P/N)"], ["FR-1", "The door closes by itself.", None]]
    (point,) = _points(rows, bold=(1,))
    assert (point.source.place.cell, point.answer.type) == ("C2", AnswerType.CHOICE)


def test_a_box_below_its_question_takes_the_answer() -> None:
    rows: _Rows = [
        ["Q1", "Describe your implementation plan."],
        [None, _OPEN],
        [],
        ["Q2", "How do you manage incidents?"],
        [None, _OPEN],
    ]
    assert _asked(_points(rows, merged=("B2:F2", "B5:F5"), bold=(1, 4))) == {
        "B2": "Describe your implementation plan.",
        "B5": "How do you manage incidents?",
    }


def test_a_sum_that_the_sheet_works_out_further_right_is_no_slot() -> None:
    rows: _Rows = [
        ["Post", "Enhet", "Mängd", "À-pris", "Belopp"],
        ["Schakt", "m3", 40, None, "=C2*D2"],
        [],
        ["Anbudssumma", None, None, None, "=E2"],
        ["Ort och datum", None],
    ]
    assert [point.source.place.cell for point in _points(rows, bold=(1,))] == ["D2", "B5"]


def test_lists_do_not_hide_the_places_for_words() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for text in ("Lämnas pris för båda orterna?", "Vem är kontaktperson?", "Leveranstid:"):
            sheet.append([text])
        answers = DataValidation(type="list", formula1='"Ja,Nej"')
        answers.add("B1")
        sheet.add_data_validation(answers)

    points = slots_in("f.xlsx", workbook(fill))
    assert [(point.source.place.cell, point.answer.type) for point in points] == [
        ("B1", AnswerType.YES_NO),
        ("B2", AnswerType.TEXT),
        ("B3", AnswerType.TEXT),
    ]


def test_the_title_of_a_table_says_that_it_is_optional() -> None:
    rows: _Rows = [
        ["Mandatory items"],
        ["No.", "Item", "Unit price"],
        [1, "Survey of the harbour", _OPEN],
        [],
        ["Optional items (not evaluated)"],
        ["No.", "Item", "Unit price"],
        [2, "Night surcharge", _OPEN],
        [3, "Extra crew member", _OPEN],
    ]
    assert {point.source.place.cell: point.must for point in _points(rows, bold=(1, 2, 5, 6))} == {
        "C3": True,
        "C7": False,
        "C8": False,
    }


def test_a_size_names_its_row() -> None:
    rows: _Rows = [["Storlek", "Antal per år", "Pris (kr)"], ["85x150", 26, None], ["115x200", 52, None]]
    assert [point.text for point in _points(rows, bold=(1,))] == ["85x150 – Pris (kr)", "115x200 – Pris (kr)"]


def test_labels_in_a_row_have_their_places_below_and_titles_have_none() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in (["Kontaktperson"], ["Namn", "Telefon", "E-post"], [None, None, None], [], ["Adress"], ["Gatuadress:"]):
            sheet.append(row)
        for reference in ("A1", "A2", "B2", "C2", "A5"):
            sheet[reference].font = Font(bold=True)
        line = Side("thin")
        for reference in ("A2", "B2", "C2", "A3", "B3", "C3"):
            sheet[reference].border = Border(line, line, line, line)

    points = slots_in("f.xlsx", workbook(fill))
    assert [(point.text, point.source.place.cell) for point in points] == [
        ("Namn", "A3"),
        ("Telefon", "B3"),
        ("E-post", "C3"),
        ("Gatuadress:", "B6"),
    ]
