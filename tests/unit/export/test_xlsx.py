"""The compliance matrix: safe text, working columns, links, and counts that follow the status."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from app.core.checklist import Checklist
from app.export.xlsx import STATUSES, write_xlsx
from tests.support.checklists import FORMULAS, ILLEGAL, checklist, described, item, tender


def written(given: Checklist, language: str = "sv") -> BytesIO:
    target = BytesIO()
    write_xlsx(given, target, language, described)
    target.seek(0)
    return target


@pytest.fixture(scope="module")
def workbook() -> Workbook:
    return load_workbook(written(checklist(40)))


def rows(sheet: Any) -> list[dict[str, Any]]:
    names = [cell.value for cell in sheet[1]]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=2)]


def test_the_sheets_are_those_that_suppliers_keep(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["Kravmatris", "Sammanfattning", "Datum och fakta", "Avtal", "Dokument", "Otilldelade rader"]
    english = load_workbook(written(checklist(), "en"))
    assert english.sheetnames[0] == "Compliance matrix"
    assert workbook.properties.title == "Checklista för anbud: Konsulttjänster för ärendehantering – förnyad upphandling"


def test_every_point_of_the_tender_is_a_row_and_contract_duties_stand_apart(workbook: Workbook) -> None:
    given = checklist(40)
    contract = {one.id for one in given.items if one.kind == "contract"}
    assert [row["Id"].value for row in rows(workbook["Kravmatris"])] == [one.id for one in given.items if one.id not in contract]
    assert {row[9].value for row in workbook["Avtal"].iter_rows(min_row=3)} == contract


def test_no_foreign_text_is_ever_a_formula_or_an_error(workbook: Workbook) -> None:
    for sheet in workbook.worksheets:
        if sheet.title == "Sammanfattning":
            continue
        for row in sheet.iter_rows():
            assert {cell.data_type for cell in row} <= {"s", "n"}
    found = {row["Krav eller fråga"].value: row["Krav eller fråga"] for row in rows(workbook["Kravmatris"])}
    for text in FORMULAS:
        cell = found[text.replace("\r", "\n")]
        assert cell.quotePrefix == (text != "#N/A")


def test_only_our_own_formulas_are_in_the_file() -> None:
    with ZipFile(written(checklist())) as archive:
        with_formulas = [name for name in archive.namelist() if "worksheets/" in name and b"<f>" in archive.read(name)]
        assert with_formulas == ["xl/worksheets/sheet2.xml"]
        assert archive.read("xl/worksheets/sheet2.xml").count(b"<f>=") == 0


def test_illegal_characters_and_lengths_do_not_break_the_file() -> None:
    long = "å" * 40_000
    sheet = load_workbook(written(Checklist(tender(), (), (item(long), item(ILLEGAL, 2)))))["Kravmatris"]
    assert len(str(sheet["B2"].value)) == 32_767
    assert "\ufffd" in str(sheet["B3"].value)


def test_sources_link_to_page_and_cell(workbook: Workbook) -> None:
    links = {row["Id"].value: row["Sida eller cell"] for row in rows(workbook["Kravmatris"])}
    page = links["question-0001"].hyperlink
    assert (page.target, page.location) == ("Anbudsinbjudan%20%C3%A5%C3%A4%C3%B6.pdf", "page=1")
    cell = links["question-0051"]
    assert (cell.value, cell.hyperlink.target, cell.hyperlink.location) == (
        "Krav 'A', C8",
        "Svar/Pris%20%26%20krav.xlsx",
        "'Krav ''A'''!C8",
    )
    assert all(row[5].hyperlink is None for row in workbook["Avtal"].iter_rows(min_row=3)), (
        "inside a ZIP there is no file to open"
    )


def test_the_status_is_chosen_from_a_list_and_counted(workbook: Workbook) -> None:
    sheet: Any = workbook["Kravmatris"]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.formula1 == '"Ej påbörjad,Pågår,Klar,Ej aktuellt"'
    status = next(cell for cell in sheet[1] if cell.value == "Status")
    assert f"{status.column_letter}{sheet.max_row}" in validation
    assert {row["Status"].value for row in rows(sheet)} == {"Ej påbörjad"}
    summary: Any = workbook["Sammanfattning"]
    formulas = [cell.value for row in summary.iter_rows(min_row=3) for cell in row if cell.data_type == "f"]
    assert sum("Klar" in formula for formula in formulas) == 5
    assert len(formulas) == 6 * (2 + len(STATUSES))
    assert all(f"${status.column_letter}$2" in formula for formula in formulas if "Klar" in formula)


def test_it_is_laid_out_for_screen_and_paper(workbook: Workbook) -> None:
    sheet: Any = workbook["Kravmatris"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == f"A1:U{sheet.max_row}"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["B2"].alignment.wrap_text
    heights = {one.index: one.height for one in sheet.row_dimensions.values()}
    assert heights[4] > 5 * heights[2], "a long text gets a tall row in programs that do not reckon it themselves"


def test_documents_tell_their_ledger_and_what_went_wrong(workbook: Workbook) -> None:
    told = {row[0].value: [cell.value for cell in row] for row in workbook["Dokument"].iter_rows(min_row=3)}
    assert told["Anbudsinbjudan åäö.pdf"][1:9] == ["PDF", 15, 100, 40, 50, 8, 2, "7–9, 12"]
    assert told["Bilaga #4 <sista>.pdf"][1] == "Kunde inte läsas"
    assert "<file.corrupt>" in str(told["Bilaga #4 <sista>.pdf"][9])
    unassigned = [row[0].value for row in workbook["Otilldelade rader"].iter_rows(min_row=3)]
    assert unassigned == ["En rad som ingen regel tog", '=HYPERLINK("http://example.invalid")']
