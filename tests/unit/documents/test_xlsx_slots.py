"""Which cells are places to fill in."""

from __future__ import annotations

import re

from openpyxl.styles import Border, Color, Font, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.core.document import AnswerType, Flag, SlotOrigin
from app.documents.xlsx import read_xlsx
from tests.support.sheets import cell, changed, request, slots, workbook

YELLOW = PatternFill("solid", fgColor="FFFFFF99")
LABEL = PatternFill("solid", fgColor="FFD9E1F2")
THIN = Side("thin")
BOX = Border(THIN, THIN, THIN, THIN)


def _form(sheet: Worksheet) -> None:
    sheet["A1"], sheet["A2"], sheet["A3"] = "Firmanamn", "Säte", "Summa"
    for reference in ("B1", "B2", "B3"):
        sheet[reference].protection = Protection(locked=False)
    sheet["B3"] = "=B1+B2"


def test_unlocked_cells_count_only_on_a_protected_sheet() -> None:
    def protected(sheet: Worksheet) -> None:
        _form(sheet)
        sheet.protection.sheet = True

    assert slots(read_xlsx(request(workbook(_form)))) == {}
    document = read_xlsx(request(workbook(protected)))
    assert slots(document) == {"B1": "unlocked_cell", "B2": "unlocked_cell"}
    assert Flag.UNLOCKED in cell(document, "B1").flags
    assert Flag.UNLOCKED not in cell(document, "B3").flags


def test_a_whole_unlocked_column_without_cells_of_its_own() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "Kontaktperson", "Telefon"
        sheet.column_dimensions["B"].protection = Protection(locked=False)
        sheet.protection.sheet = True

    assert slots(read_xlsx(request(workbook(make)))) == {"B1": "unlocked_cell", "B2": "unlocked_cell"}


def test_value_in_an_unlocked_cell_is_kept_as_the_slots_value() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Intyg", "Skriv filens namn"
        sheet["B1"].protection = Protection(locked=False)
        sheet.protection.sheet = True

    found = cell(read_xlsx(request(workbook(make))), "B1")
    assert found.slots[0].value == "Skriv filens namn"


def test_merged_answer_box_is_one_slot_at_its_anchor() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A6"] = "Beskriv", "Efter"
        for line in sheet["A2:C4"]:
            for part in line:
                part.protection = Protection(locked=False)
                part.border = BOX
        sheet.merge_cells("A2:C4")
        sheet.protection.sheet = True

    document = read_xlsx(request(workbook(make)))
    assert slots(document) == {"A2": "unlocked_cell"}
    assert (cell(document, "A2").column_span, cell(document, "A2").row_span) == (3, 3)


def test_list_options_from_words_ranges_and_names() -> None:
    def make(sheet: Worksheet) -> None:
        for number, text in enumerate(("Ett", "Två", "Tre", "Fyra"), 1):
            sheet.cell(number, 1, text)
        for formula, where in (('"Ja,Nej"', "B1"), ("'Val 1'!$A$1:$A$3", "B2"), ("Nivåer", "B3"), ("$A$1:$A$2", "B4")):
            rule = DataValidation("list", formula1=formula)
            rule.add(where)
            sheet.add_data_validation(rule)

    def options(sheet: Worksheet) -> None:
        for number, text in enumerate(("Låg", "Mellan", "Hög"), 1):
            sheet.cell(number, 1, text)
        assert sheet.parent is not None
        sheet.parent.defined_names["Nivåer"] = DefinedName("Nivåer", attr_text="'Val 1'!$A$2:$A$3")

    document = read_xlsx(request(workbook(make, ("Val 1", options))))
    found = {reference: cell(document, reference).slots[0] for reference in ("B1", "B2", "B3", "B4")}
    assert {slot.origin for slot in found.values()} == {SlotOrigin.VALIDATED_CELL}
    assert found["B1"].options == ("Ja", "Nej")
    assert found["B1"].type is AnswerType.YES_NO
    assert found["B2"].options == ("Låg", "Mellan", "Hög")
    assert found["B2"].type is AnswerType.CHOICE
    assert found["B3"].options == ("Mellan", "Hög")
    assert found["B4"].options == ("Ett", "Två")


def test_validation_in_the_extension_list_that_openpyxl_drops() -> None:
    extension = (
        b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        b'<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        b'<x14:dataValidation type="list" promptTitle="Svar" prompt="V&#228;lj ett">'
        b"<x14:formula1><xm:f>Listor!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>B1 B3</xm:sqref>"
        b"</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )

    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"], sheet["A3"] = "Uppfylls kravet?", "Not", "Godtas villkoret?"

    def lists(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "JA", "NEJ"
        sheet.sheet_state = "hidden"

    data = workbook(make, ("Listor", lists))
    part = "xl/worksheets/sheet1.xml"
    document = read_xlsx(request(changed(data, {part: lambda xml: xml.replace(b"</worksheet>", extension)})))
    assert slots(document) == {"B1": "validated_cell", "B3": "validated_cell"}
    slot = cell(document, "B3").slots[0]
    assert slot.options == ("JA", "NEJ")
    assert slot.label == "Svar Välj ett"
    assert any(block.text == "Listor" and Flag.HIDDEN in block.flags for block in document.blocks)


def test_column_wide_validation_leaves_its_header_and_the_empty_rest_alone() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Krav", "Svar"
        sheet["A1"].font = sheet["B1"].font = Font(bold=True)
        sheet["A2"], sheet["A3"] = "Ett krav", "Ett annat krav"
        rule = DataValidation("list", formula1='"Ja,Nej"')
        rule.add("B1:B1048576")
        sheet.add_data_validation(rule)

    assert slots(read_xlsx(request(workbook(make)))) == {"B2": "validated_cell", "B3": "validated_cell"}


def test_colour_that_only_empty_cells_have_means_fill_in() -> None:
    def make(sheet: Worksheet) -> None:
        for number, text in enumerate(("Timpris", "Restid", "Rabatt"), 1):
            sheet.cell(number, 1, text).fill = LABEL
            sheet.cell(number, 2).fill = YELLOW

    document = read_xlsx(request(workbook(make)))
    assert slots(document) == {"B1": "coloured_cell", "B2": "coloured_cell", "B3": "coloured_cell"}
    assert Flag.FILL_IN in cell(document, "B1").flags
    assert Flag.FILL_IN not in cell(document, "A1").flags


def test_coloured_stripes_and_headers_are_no_places_to_fill_in() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["B1"] = "Roll", "Pris"
        sheet["A2"] = "Avdelning A"
        sheet["A3"], sheet["B3"] = "Utredare", 100
        for column in "ABCD":
            sheet[f"{column}1"].fill = LABEL
            sheet[f"{column}2"].fill = YELLOW

    assert slots(read_xlsx(request(workbook(make)))) == {}


def test_legend_names_the_colour_even_where_values_stand() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "Gröna celler fylls i av leverantören."
        sheet["A3"], sheet["B3"], sheet["C3"] = "Pris per timme", 0, "SEK"
        sheet["A4"], sheet["B4"] = "Pris per dag", None
        for reference in ("B3", "B4"):
            sheet[reference].fill = PatternFill("solid", fgColor=Color(indexed=42))

    assert slots(read_xlsx(request(workbook(make)))) == {"B3": "coloured_cell", "B4": "coloured_cell"}


def test_legend_about_revisions_or_locked_cells_is_no_legend() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "Ändringar är markerade med gult. Blå fält fylls inte i."
        sheet["A3"], sheet["B3"] = "Antal", 7
        sheet["B3"].fill = YELLOW
        sheet["A4"], sheet["B4"] = "Pris", 8
        sheet["B4"].fill = LABEL

    assert slots(read_xlsx(request(workbook(make)))) == {}


def test_white_is_a_colour_when_the_legend_says_so() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "(Vita fält ska fyllas i)"
        sheet["A1"].fill = LABEL
        for number, text in enumerate(("Namn", "Adress"), 3):
            sheet.cell(number, 1, text).fill = LABEL
            sheet.cell(number, 2).border = BOX

    assert slots(read_xlsx(request(workbook(make)))) == {"B3": "coloured_cell", "B4": "coloured_cell"}


def test_legend_on_a_protected_sheet_tells_the_answer_cells_from_other_unlocked_ones() -> None:
    grey = PatternFill("solid", fgColor="FFD9D9D9")

    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "Samtliga grå rutor fylls i."
        sheet["A3"], sheet["B3"], sheet["C3"] = "Schakt", 12, None
        for reference in ("A3", "B3", "C3"):
            sheet[reference].protection = Protection(locked=False)
        sheet["C3"].fill = grey
        sheet.protection.sheet = True

    assert slots(read_xlsx(request(workbook(make)))) == {"C3": "unlocked_cell"}


def test_theme_colour_with_tint_is_resolved() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "Ange svar i de blå cellerna"
        sheet["A2"] = "Antal konsulter"
        sheet["B2"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.8))

    assert slots(read_xlsx(request(workbook(make)))) == {"B2": "coloured_cell"}


def test_answer_type_follows_number_format_and_validation() -> None:
    formats = {
        "B1": "yyyy-mm-dd",
        "B2": '#,##0 "kr"',
        "B3": "0.00%",
        "B4": "General",
        "B5": "[$-41D]d mmmm yyyy",
        "B6": "#,##0.00",
    }

    def make(sheet: Worksheet) -> None:
        for number, (reference, code) in enumerate(formats.items(), 1):
            sheet.cell(number, 1, f"Fråga {number}")
            sheet[reference].number_format = code
            sheet[reference].protection = Protection(locked=False)
        sheet.protection.sheet = True

    document = read_xlsx(request(workbook(make)))
    assert [cell(document, reference).slots[0].type.value for reference in formats] == [
        "date",
        "price",
        "number",
        "text",
        "date",
        "number",
    ]


def test_options_of_an_endless_range_or_a_name_of_itself_end() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "Ett", "Två"
        for formula, where in (("Val!$A:$A", "B1"), ("Sig", "B2")):
            rule = DataValidation("list", formula1=formula)
            rule.add(where)
            sheet.add_data_validation(rule)
        assert sheet.parent is not None
        sheet.parent.defined_names["Sig"] = DefinedName("Sig", attr_text="Sig")

    def options(sheet: Worksheet) -> None:
        for number in range(1, 2001):
            sheet.cell(number, 1, f"val {number}")

    document = read_xlsx(request(workbook(make, ("Val", options))))
    assert len(cell(document, "B1").slots[0].options) == 500
    assert cell(document, "B2").slots[0].options == ()


def test_checkbox_of_a_form_control() -> None:
    vml = (
        b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        b'<v:shape id="_x0000_s1025" type="#_x0000_t201"><v:textbox><div><font>Ja, vi godtar<br></font></div></v:textbox>'
        b'<x:ClientData ObjectType="Checkbox"><x:Anchor>1, 5, 1, 2, 2, 5, 2, 0</x:Anchor><x:Checked>1</x:Checked></x:ClientData>'
        b"</v:shape></xml>"
    )
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Target="../drawings/v1.vml"/>'
        b"</Relationships>"
    )

    def make(sheet: Worksheet) -> None:
        sheet["A1"], sheet["A2"] = "Rubrik", "Godtas villkoren?"

    data = changed(workbook(make), {}, {"xl/drawings/v1.vml": vml, "xl/worksheets/_rels/sheet1.xml.rels": rels})
    found = [block for block in read_xlsx(request(data)).blocks if block.slots]
    assert len(found) == 1
    assert found[0].text == "Ja, vi godtar"
    assert found[0].slots[0].origin is SlotOrigin.CHECKBOX
    assert found[0].place.cell == "B2"


def test_locked_validated_cell_on_a_protected_sheet_is_no_slot() -> None:
    def make(sheet: Worksheet) -> None:
        sheet["A1"] = "Status"
        rule = DataValidation("list", formula1='"A,B"')
        rule.add("B1")
        sheet.add_data_validation(rule)
        sheet.protection.sheet = True

    data = workbook(make)
    assert slots(read_xlsx(request(data))) == {}
    part = "xl/worksheets/sheet1.xml"
    opened = changed(data, {part: lambda xml: re.sub(rb"<sheetProtection[^>]*/>", b"", xml)})
    assert slots(read_xlsx(request(opened))) == {"B1": "validated_cell"}
