"""Annex 2, the price form, as a protected workbook whose yellow cells are to be filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from resources.sample.build import names
from resources.sample.build.archive import freeze
from resources.sample.build.labels import Labels

YELLOW = PatternFill("solid", fgColor="FFFF99")
SHADE = PatternFill("solid", fgColor="E6EEF2")
THIN = Side(style="thin", color="8FA3AD")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
LOTS = {
    "Anbudsområde A": (("Lösningsarkitekt", 0.25), ("Systemutvecklare senior", 0.45), ("Systemutvecklare", 0.3)),
    "Anbudsområde B": (("Testledare", 0.4), ("Testare", 0.35), ("Tillgänglighetsexpert", 0.25)),
}
SUSTAINABILITY = (
    ("H1", "Anbudsgivaren ska ha en policy mot mutor och annat otillbörligt inflytande.", True),
    ("H2", "Anbudsgivaren ska återbruka eller återvinna den IT-utrustning som används i uppdragen.", True),
    ("H3", "Anbudsgivaren bör redovisa klimatpåverkan från sina tjänsteresor varje år.", False),
)
INFORMATION = (
    ("Anbudsgivarens namn", True),
    ("Organisationsnummer", True),
    ("Kontaktperson för prisfrågor", True),
    ("Datum", True),
)
# The drop-down is kept where newer versions of Excel keep it when its list stands on another sheet.
CHOICE = (
    f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1" '
    'showInputMessage="1" showErrorMessage="1"><x14:formula1><xm:f>Listor!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>B11</xm:sqref>'
    "</x14:dataValidation></x14:dataValidations></ext></extLst>"
)


def price_form(target: Path, filled: Mapping[str, Any] | None = None) -> Labels:
    """Write the workbook. `filled` maps "Sheet!Cell" to a bidder's entries. Returns the labels of its cells."""
    filled = filled or {}
    labels = Labels()
    book = Workbook()
    book.properties.title, book.properties.creator = f"Bilaga 2 Prisbilaga, {names.NAME}", names.BUYER
    information(book.active, labels)
    computed: dict[str, dict[str, float]] = {}
    for lot, roles in LOTS.items():
        computed[lot] = prices(book.create_sheet(lot), labels, roles, filled)
    sustainability(book.create_sheet("Hållbarhet"), labels)
    lists = book.create_sheet("Listor")
    for row, value in enumerate(("Ja", "Nej"), 1):
        lists.cell(row, 1, value)
    lists.sheet_state = "hidden"
    for place, value in filled.items():
        name, cell = place.split("!")
        book[name][cell] = value
    for sheet in book.worksheets:
        sheet.protection.sheet = True
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(target)
    freeze(target, lambda name, data: finish(name, data, computed))
    return labels


def finish(name: str, data: bytes, computed: Mapping[str, Mapping[str, float]]) -> bytes:
    """Add what openpyxl does not write: the newer kind of drop-down, and the values of formulas as Excel last showed them."""
    if name == "xl/worksheets/sheet1.xml":
        return data.replace(b"</worksheet>", CHOICE.encode() + b"</worksheet>")
    for number, values in enumerate(computed.values(), 2):
        if name == f"xl/worksheets/sheet{number}.xml":
            for cell, value in values.items():
                pattern = rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v ?/?>(</v>)?' % cell.encode()
                data = re.sub(pattern, rb"\g<1><v>%s</v>" % f"{value:g}".encode(), data)
    return data


def information(sheet: Any, labels: Labels) -> None:
    """First sheet: instructions and who bids."""
    sheet.title = "Anbudsgivare"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 52, 42
    sheet["A1"] = "Bilaga 2 Prisbilaga"
    sheet["A1"].font = Font(name="Calibri", bold=True, size=16, color="1F3A4D")
    sheet["A2"] = f"{names.NAME}, diarienummer {names.REFERENCE}"
    sheet["A4"] = "Fyll i samtliga gula celler. Övriga celler är låsta. Egna rader eller kolumner får inte läggas till."
    sheet.merge_cells("A4:B4")
    labels.cell("Anbudsgivare", "A4", "Fyll i samtliga gula celler.", True, "requirement", also=True)
    labels.cell("Anbudsgivare", "A4", "Egna rader eller kolumner får inte läggas till.", True, "requirement", also=True)
    for row, (label, must) in enumerate(INFORMATION, 6):
        sheet.cell(row, 1, label).border = FRAME
        answer_cell(sheet.cell(row, 2))
        labels.cell("Anbudsgivare", f"B{row}", label, must)
    sheet["B9"].number_format = "yyyy-mm-dd"
    date = DataValidation(type="date", operator="greaterThan", formula1="46279", showErrorMessage=True)
    date.add("B9")
    sheet.add_data_validation(date)
    sheet["A11"] = "Priserna gäller utan förbehåll till och med den 31 mars 2028"
    sheet["A11"].border = FRAME
    answer_cell(sheet["B11"])
    labels.cell("Anbudsgivare", "B11", "Priserna gäller utan förbehåll till och med den 31 mars 2028", True)


def prices(sheet: Any, labels: Labels, roles: Any, filled: Mapping[str, Any]) -> dict[str, float]:
    """A lot's sheet. Returns the values of its formulas."""
    lot = sheet.title
    for letter, width in zip("ABCDE", (34, 12, 20, 20, 36), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"] = f"Priser, {lot[0].lower()}{lot[1:]}"
    sheet["A1"].font = Font(name="Calibri", bold=True, size=14, color="1F3A4D")
    sheet["A2"] = "Pris anges i kronor per timme exklusive mervärdesskatt."
    labels.cell(lot, "A2", str(sheet["A2"].value), True, "requirement", also=True)
    for column, text in enumerate(("Roll", "Vikt", "Pris per timme (SEK)", "Viktat pris (SEK)", "Kommentar (frivillig)"), 1):
        head = sheet.cell(4, column, text)
        head.font, head.fill, head.border = Font(name="Calibri", bold=True), SHADE, FRAME
        head.alignment = Alignment(wrap_text=True, vertical="top")
    number = DataValidation(type="decimal", operator="greaterThan", formula1="0", showErrorMessage=True)
    number.error, number.errorTitle = "Ange ett pris som är större än 0.", "Pris"
    sheet.add_data_validation(number)
    values: dict[str, float] = {}
    for row, (role, weight) in enumerate(roles, 5):
        sheet.cell(row, 1, role).border = FRAME
        share = sheet.cell(row, 2, weight)
        share.number_format, share.border = "0 %", FRAME
        answer_cell(sheet.cell(row, 3))
        sheet.cell(row, 3).number_format = "#,##0"
        number.add(sheet.cell(row, 3).coordinate)
        sheet.cell(row, 4, f"=B{row}*C{row}").border = FRAME
        values[f"D{row}"] = weight * float(filled.get(f"{lot}!C{row}", 0))
        comment = sheet.cell(row, 5)
        comment.protection, comment.border = Protection(locked=False), FRAME
        labels.cell(lot, f"C{row}", role, True)
        labels.cell(lot, f"E{row}", f"{role} Kommentar (frivillig)", False, also=True)
    last = 4 + len(roles)
    sheet.cell(last + 1, 1, "Anbudspris per timme").font = Font(name="Calibri", bold=True)
    total = sheet.cell(last + 1, 4, f"=SUM(D5:D{last})")
    total.font, total.number_format = Font(name="Calibri", bold=True), "#,##0.00"
    values[total.coordinate] = sum(values.values())
    return values


def sustainability(sheet: Any, labels: Labels) -> None:
    """Demands to answer with Ja or Nej, and where the bid describes how they are met."""
    for letter, width in zip("ABCD", (8, 80, 18, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"] = "Krav på hållbarhet"
    sheet["A1"].font = Font(name="Calibri", bold=True, size=14, color="1F3A4D")
    for column, text in enumerate(("Nr", "Krav", "Uppfylls kravet?", "Beskrivning, bilaga nr (frivillig)"), 1):
        head = sheet.cell(3, column, text)
        head.font, head.fill, head.border = Font(name="Calibri", bold=True), SHADE, FRAME
    yes_or_no = DataValidation(type="list", formula1='"Ja,Nej"', allow_blank=True)
    sheet.add_data_validation(yes_or_no)
    for row, (number, text, must) in enumerate(SUSTAINABILITY, 4):
        sheet.cell(row, 1, number).border = FRAME
        demand = sheet.cell(row, 2, text)
        demand.border, demand.alignment = FRAME, Alignment(wrap_text=True, vertical="top")
        answer_cell(sheet.cell(row, 3))
        yes_or_no.add(f"C{row}")
        sheet.cell(row, 4).border, sheet.cell(row, 4).protection = FRAME, Protection(locked=False)
        labels.cell(sheet.title, f"C{row}", text, must)
        labels.cell(sheet.title, f"D{row}", text, False, also=True)


def answer_cell(cell: Any) -> None:
    """A cell that the bidder fills in: yellow, framed, unlocked."""
    cell.fill, cell.border, cell.protection = YELLOW, FRAME, Protection(locked=False)
