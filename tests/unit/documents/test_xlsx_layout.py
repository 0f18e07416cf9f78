"""How a sheet becomes blocks, and what of its values is shown."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, Side
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from app.core.document import BlockKind, DocumentKind, Flag
from app.documents.xlsx import read_xlsx
from tests.support.sheets import cell, changed, request, row, saved, workbook

BOLD = Font(bold=True)
THIN = Side("thin")
BOX = Border(THIN, THIN, THIN, THIN)


def _price_table(sheet: Worksheet) -> None:
    sheet["A1"] = "Prisbilaga"
    sheet["A1"].font = Font(bold=True, size=16)
    for column, text in enumerate(("Roll", "Timpris", "Kommentar"), 1):
        sheet.cell(3, column, text).font = BOLD
    for number, text in enumerate(("Arkitekt", "Testare"), 4):
        sheet.cell(number, 1, text)
        for column in (1, 2, 3):
            sheet.cell(number, column).border = BOX


def test_rows_cells_places_and_headings() -> None:
    document = read_xlsx(request(workbook(_price_table)))
    assert document.kind is DocumentKind.XLSX
    assert document.sheets == ("Blad1",)
    kinds = [(block.kind, block.text) for block in document.blocks]
    assert kinds == [
        (BlockKind.HEADING, "Blad1"),
        (BlockKind.HEADING, "Prisbilaga"),
        (BlockKind.TABLE_ROW, "Roll\tTimpris\tKommentar"),
        (BlockKind.TABLE_ROW, "Arkitekt\t\t"),
        (BlockKind.TABLE_ROW, "Testare\t\t"),
    ]
    header, first, _ = document.blocks[2:]
    assert Flag.HEADER_ROW in header.flags
    assert Flag.HEADER_ROW not in first.flags
    assert (header.table, header.row, first.table, first.row) == (0, 0, 0, 1)
    assert [c.place.cell for c in first.cells] == ["A4", "B4", "C4"]
    assert [c.column for c in first.cells] == [0, 1, 2]
    assert all(c.place.sheet == "Blad1" for c in first.cells)
    assert document.line_count() == 4


def test_two_header_levels_with_a_merged_group() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Krav", "Anbudsgivarens svar"
        sheet.merge_cells("B1:C1")
        for column, text in enumerate(("Krav", "Uppfylls", "Hänvisning"), 1):
            sheet.cell(2, column, text)
            sheet.cell(1, column).font = sheet.cell(2, column).font = BOLD
        sheet["A3"] = "Systemet ska ha loggning"
        for column in (1, 2, 3):
            sheet.cell(3, column).border = BOX

    blocks = read_xlsx(request(workbook(make))).blocks[1:]
    assert [Flag.HEADER_ROW in block.flags for block in blocks] == [True, True, False]
    assert blocks[0].cells[1].column_span == 2


def test_header_row_of_a_list_object_frozen_pane_and_filter() -> None:
    def listed(sheet: Worksheet) -> None:
        sheet.append(["Id", "Krav"])
        sheet.append(["K1", "Text"])
        sheet.add_table(Table(displayName="T1", ref="A1:B2"))

    def frozen(sheet: Worksheet) -> None:
        sheet.append(["Ort", "Län"])
        sheet.append(["Gävle", "Gävleborg"])
        sheet.freeze_panes = "A2"

    def filtered(sheet: Worksheet) -> None:
        sheet.append(["Ort", "Län"])
        sheet.append(["Gävle", "Gävleborg"])
        sheet.auto_filter.ref = "A1:B2"

    for make in (listed, frozen, filtered):
        blocks = read_xlsx(request(workbook(make))).blocks[1:]
        assert [Flag.HEADER_ROW in block.flags for block in blocks] == [True, False]


def test_labels_side_by_side_are_not_a_header() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["C1"] = "Namn:", "Telefon:"
        sheet["A2"], sheet["C2"] = "Adress:", "E-post:"

    blocks = read_xlsx(request(workbook(make))).blocks[1:]
    assert not any(Flag.HEADER_ROW in block.flags for block in blocks)


def test_code_and_title_in_bold_make_a_numbered_heading() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "CB.12", "Schakt för grund"
        sheet["A1"].font = sheet["B1"].font = BOLD
        sheet["A2"], sheet["B2"], sheet["C2"] = "1", "Schakt", "m3"

    block = row(read_xlsx(request(workbook(make))), "Schakt för grund")
    assert (block.kind, block.number, block.level) == (BlockKind.HEADING, "CB.12", 3)


def test_hidden_sheets_rows_and_columns_are_read_and_flagged() -> None:
    def make(sheet: Worksheet) -> None:
        for number in (1, 2, 3):
            sheet.append([f"Rad {number}", f"Värde {number}"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    def secret(sheet: Worksheet) -> None:
        sheet["A1"] = "Dolt krav"
        sheet.sheet_state = "veryHidden"

    document = read_xlsx(request(workbook(make, ("Dolt", secret))))
    assert Flag.HIDDEN not in row(document, "Rad 1").flags
    assert Flag.HIDDEN in row(document, "Rad 2").flags
    assert Flag.HIDDEN in cell(document, "B1").flags
    assert Flag.HIDDEN in row(document, "Dolt krav").flags


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (date(2026, 3, 9), "yyyy-mm-dd", "2026-03-09"),
        (datetime(2026, 3, 9, 23, 59), "d/m/yy h:mm", "2026-03-09 23:59"),
        (time(13, 30), "hh:mm", "13:30"),
        (0.125, "0.0%", "12.5%"),
        (1234567, "#,##0", "1234567"),
        (0.1 + 0.2, "General", "0.3"),
        (7.0, "0.00", "7"),
        (True, "General", "TRUE"),
        ("Rad ett\nrad\u00a0två", "General", "Rad ett rad två"),
        (45000, '"Diarienr" 0', "45000"),
    ],
)
def test_values_as_a_reader_would_say_them(value: date | time | float | str, code: str, shown: str) -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "Fält"
        sheet.cell(1, 2).value = value
        sheet["B1"].number_format = code

    assert cell(read_xlsx(request(workbook(make))), "B1").text == shown


def test_cached_value_of_a_formula_is_shown_and_a_missing_one_reported() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Summa", "=1+1"

    data = workbook(make)
    document = read_xlsx(request(data))
    assert [finding.code for finding in document.warnings] == ["sheet.formulas_without_value"]
    part = "xl/worksheets/sheet1.xml"
    cached = changed(data, {part: lambda xml: xml.replace(b"<v/>", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")})
    document = read_xlsx(request(cached))
    assert cell(document, "B1").text == "2"
    assert document.warnings == ()


def test_dates_of_a_1904_workbook() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Dag", 44000
        sheet["B1"].number_format = "yyyy-mm-dd"

    mac = changed(workbook(make), {"xl/workbook.xml": lambda xml: re.sub(rb"<workbookPr\b", b'<workbookPr date1904="1" ', xml)})
    assert cell(read_xlsx(request(mac)), "B1").text == "2024-06-19"


def test_notes_text_boxes_and_printed_headers() -> None:
    drawing = (
        b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        b'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor>'
        b"<xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        b"<xdr:sp><xdr:txBody><a:p><a:r><a:t>Fyll i </a:t></a:r><a:r><a:t>alla flikar.</a:t></a:r></a:p><a:p/></xdr:txBody>"
        b"</xdr:sp>"
        b"</xdr:twoCellAnchor></xdr:wsDr>"
    )
    relation = (
        b'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
        b'Target="/xl/drawings/drawing9.xml"/></Relationships>'
    )

    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A3"] = "Överst", "Nederst"
        sheet["A1"].comment = Comment("Se bilaga 2", "Upphandlaren")
        assert sheet.oddHeader is not None
        sheet.oddHeader.center.text = "Dnr 12-2026 &P"

    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    data = changed(
        workbook(make), {rels: lambda xml: xml.replace(b"</Relationships>", relation)}, {"xl/drawings/drawing9.xml": drawing}
    )
    document = read_xlsx(request(data))
    texts = [(block.kind, block.text) for block in document.blocks]
    assert texts == [
        (BlockKind.HEADING, "Blad1"),
        (BlockKind.PARAGRAPH, "Överst"),
        (BlockKind.PARAGRAPH, "Fyll i alla flikar."),
        (BlockKind.PARAGRAPH, "Nederst"),
        (BlockKind.COMMENT, "Se bilaga 2"),
        (BlockKind.FURNITURE, "Dnr 12-2026"),
    ]
    assert Flag.TEXT_BOX in document.blocks[2].flags
    assert document.blocks[4].place.cell == "A1"


def test_text_of_all_rows_is_the_cells_joined() -> None:
    document = read_xlsx(request(workbook(_price_table)))
    rows = [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
    assert rows
    assert all(block.text == "\t".join(c.text for c in block.cells) for block in rows)


def test_a_workbook_without_text_says_so() -> None:
    document = read_xlsx(request(saved(Workbook())))
    assert [finding.code for finding in document.warnings] == ["file.no_text"]


def test_sheet_names_keep_their_blanks_for_links() -> None:
    def make(sheet: Worksheet) -> None:
        sheet.title = "Pris "
        sheet["A1"], sheet["B1"] = "a", "b"

    document = read_xlsx(request(workbook(make)))
    assert document.sheets == ("Pris ",)
    assert document.blocks[0].text == "Pris"
    assert document.blocks[1].place.sheet == "Pris "


def test_progress_reaches_its_total() -> None:
    seen: list[tuple[int, int]] = []

    def listen(done: int, total: int) -> None:
        seen.append((done, total))

    from dataclasses import replace

    read_xlsx(replace(request(workbook(_price_table, ("Två", _price_table))), progress=listen))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
