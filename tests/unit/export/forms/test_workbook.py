"""Answers into workbooks: the right kind of value in the right cell, and nothing else changed."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from app.export.forms.values import legal_text
from tests.support.forms import cells_that_differ, opened, parts_that_differ, put, saved


@pytest.fixture(scope="module")
def form() -> bytes:
    """A protected sheet with open cells of each kind, rules, a merged answer cell and sums over two sheets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad"
    sheet["A1"], sheet["A1"].font = "Anbudsformulär", Font(bold=True)
    formats = {
        "B2": "General",
        "B3": "#,##0.00",
        "B4": "yyyy-mm-dd",
        "B5": "0%",
        "B6": "@",
        "B7": "General",
        "B8": "General",
        "B9": "General",
        "B10": "hh:mm",
        "B11": "General",
    }
    for cell, code in formats.items():
        sheet[f"A{cell[1:]}"] = f"Fråga {cell[1:]}"
        sheet[cell].number_format = code
        sheet[cell].protection = Protection(locked=False)
    sheet.merge_cells("B11:C12")
    sheet["D3"], sheet["D4"] = "=B3*2", "=SUM(D3:D3)"
    sheet["D5"] = "köparens egen text"
    sheet["D6"] = "=A1"
    rules: tuple[tuple[Any, str, dict[str, Any]], ...] = (
        ("list", "B7", {"formula1": '"Ja,Nej"'}),
        ("whole", "B8", {"operator": "between", "formula1": "1", "formula2": "10"}),
        ("textLength", "B9", {"operator": "lessThanOrEqual", "formula1": "12"}),
    )
    for kind, cell, options in rules:
        rule = DataValidation(kind, showErrorMessage=True, **options)
        rule.add(cell)
        sheet.add_data_validation(rule)
    sheet.protection.enable()
    other = book.create_sheet("Summa")
    other["A1"], other["A2"] = "=Blad!D4+1", '=COUNTA(INDIRECT("A5"))'
    other["B1"] = ArrayFormula("B1:B2", "=Blad!A2:A3")
    return with_results(saved(book))


def with_results(data: bytes) -> bytes:
    """As Excel saves it: each formula with its result."""
    old, made = ZipFile(BytesIO(data)), BytesIO()
    with ZipFile(made, "w") as package:
        for name in old.namelist():
            package.writestr(
                name,
                old.read(name)
                .replace(b"<v></v>", b"<v>7</v>")
                .replace(b"<v />", b"<v>7</v>")
                .replace(b' fullCalcOnLoad="1"', b""),
            )
    return made.getvalue()


def sheet_xml(data: bytes, part: str = "xl/worksheets/sheet1.xml") -> str:
    return ZipFile(BytesIO(data)).read(part).decode("utf-8")


def test_each_answer_is_the_kind_of_value_that_its_cell_takes(form: bytes) -> None:
    made = put(
        form,
        ("B2", "Åkes Bygg & <Söner>"),
        ("B3", "1 234,50 kr"),
        ("B4", "30 juni 2026"),
        ("B5", "25"),
        ("B6", "0701234567"),
        ("B7", "JA"),
        ("B8", "7"),
        ("B9", "tolv tecken!"),
        ("B10", "13:30"),
    )
    assert [result.reason for result in made.results] == [None] * 9
    sheet = opened(made.data)["Blad"]
    assert [sheet[f"B{row}"].value for row in (2, 3, 5, 6, 7, 8, 9)] == [
        "Åkes Bygg & <Söner>",
        1234.5,
        0.25,
        "0701234567",
        "Ja",
        7,
        "tolv tecken!",
    ]
    assert sheet["B4"].value == datetime(2026, 6, 30)
    assert sheet["B10"].value is not None
    assert sheet["B10"].value.hour == 13
    assert set(cells_that_differ(form, made.data)) == {("Blad", f"B{row}") for row in range(2, 11)}


def test_only_the_cells_bytes_and_what_depends_on_them_change(form: bytes) -> None:
    made = put(form, ("B3", "5"))
    assert (
        parts_that_differ(form, made.data)
        == set(made.changed)
        == {
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/workbook.xml",
        }
    )
    before, after = sheet_xml(form), sheet_xml(made.data)
    first, last = before.index('<c r="B3"'), before.index("</row>", before.index('<c r="D4"'))
    assert after.startswith(before[:first])
    assert after.endswith(before[last:])


def test_results_that_no_longer_hold_are_taken_away_and_others_stay(form: bytes) -> None:
    made = put(form, ("B3", "5"))
    values = {cell: sheet_xml(made.data).split(f'r="{cell}"')[1].split("</c>")[0] for cell in ("D3", "D4", "D6")}
    assert "<v>" not in values["D3"]
    assert "<v>" not in values["D4"]
    assert "<v>7</v>" in values["D6"]  # reads a cell that has not changed
    summed = sheet_xml(made.data, "xl/worksheets/sheet2.xml")
    assert "<v>" not in summed.split('r="A1"')[1].split("</c>")[0]
    assert "<v>" not in summed.split('r="A2"')[1].split("</c>")[0]  # nobody can tell what it reads
    assert 'fullCalcOnLoad="1"' in sheet_xml(made.data, "xl/workbook.xml")
    assert [(finding.code, dict(finding.values)["count"]) for finding in made.findings] == [("fill.recalculated", "4")]


def test_without_formulas_that_depend_on_it_only_the_sheet_changes(form: bytes) -> None:
    book = opened(form)
    del book["Summa"]
    made = put(saved(book), ("B2", "text"))
    assert made.changed == ("xl/worksheets/sheet1.xml",)
    assert made.findings == ()


@pytest.mark.parametrize(
    ("cell", "answer", "code"),
    [
        ("B3", "på begäran", "fill.not_number"),
        ("B4", "snart", "fill.not_date"),
        ("B7", "kanske", "fill.not_in_list"),
        ("B8", "11", "fill.out_of_bounds"),
        ("B8", "2,5", "fill.not_whole"),
        ("B9", "tretton tecken", "fill.too_long"),
        ("B10", "lunch", "fill.not_time"),
        ("A1", "ny rubrik", "fill.locked"),
        ("D3", "5", "fill.formula"),
        ("D5", "x", "fill.locked"),
        ("B2:B5", "x", "fill.several_cells"),
        ("B", "x", "fill.no_cell"),
        ("B2", "x" * 32_768, "fill.too_long"),
    ],
)
def test_what_does_not_fit_is_not_written_and_told(form: bytes, cell: str, answer: str, code: str) -> None:
    made = put(form, (cell, answer))
    assert [result.reason.code for result in made.results if result.reason] == [code]
    assert made.data == form


def test_the_options_of_a_list_come_with_the_refusal(form: bytes) -> None:
    assert put(form, ("B7", "kanske")).results[0].options == ("Ja", "Nej")


def test_merged_answer_cells_take_the_answer_in_their_first(form: bytes) -> None:
    made = put(form, ("C12", "svar"))
    assert cells_that_differ(form, made.data) == {("Blad", "B11"): "svar"}
    assert [note.code for note in made.results[0].notes] == ["fill.merged"]


def test_a_second_answer_for_the_same_cell_is_not_written_over_the_first(form: bytes) -> None:
    made = put(form, ("B2", "ett"), ("B2", "två"), ("B11", "a"), ("C12", "b"))
    assert [result.reason.code if result.reason else "" for result in made.results] == ["", "fill.twice", "", "fill.twice"]
    assert opened(made.data)["Blad"]["B2"].value == "ett"


def test_cells_and_rows_that_are_not_stored_are_made_where_they_belong(form: bytes) -> None:
    book = opened(form)
    sheet = book["Blad"]
    sheet.protection.disable()
    made = put(saved(book), ("E40", "sist"), ("A20", "mellan"), ("C3", "bredvid"), ("E20", "samma rad"), ("G2", "x"))
    assert [result.reason for result in made.results] == [None] * 5
    assert {key[1]: value for key, value in cells_that_differ(saved(book), made.data).items()} == {
        "E40": "sist",
        "A20": "mellan",
        "C3": "bredvid",
        "E20": "samma rad",
        "G2": "x",
    }
    xml = sheet_xml(made.data)
    assert xml.index('r="20"') < xml.index('r="40"')
    assert xml.index('r="B3"') < xml.index('r="C3"') < xml.index('r="D3"')
    assert 'ref="A1:G40"' in xml


def test_the_buyers_text_is_not_overwritten_where_nothing_is_protected(form: bytes) -> None:
    book = opened(form)
    book["Blad"].protection.disable()
    made = put(saved(book), ("D5", "mitt"), ("B2", "svar"))
    assert [result.reason.code if result.reason else "" for result in made.results] == ["fill.not_open", ""]
    assert "fill.not_protected" in {finding.code for finding in made.findings}


def test_a_form_without_the_sheet_says_so(form: bytes) -> None:
    assert put(form, ("B2", "x"), sheet="Blad 9").results[0].reason is not None


def test_formulas_with_errors_stay_as_they_are(form: bytes) -> None:
    book = opened(form)
    book["Summa"]["C1"] = "=#REF!+1"
    data = with_results(saved(book))
    made = put(data, ("B2", "svar"))
    assert made.results[0].reason is None
    assert "#REF!+1" in sheet_xml(made.data, "xl/worksheets/sheet2.xml")


def test_macros_are_kept_and_told(form: bytes) -> None:
    made = BytesIO(form)
    with ZipFile(made, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro \x00\x01")
    done = put(made.getvalue(), ("B2", "svar"))
    assert ZipFile(BytesIO(done.data)).read("xl/vbaProject.bin") == b"macro \x00\x01"
    assert "fill.macros" in {finding.code for finding in done.findings}


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80))
@example("_x000D_ _x0041")
@example("=1+1")
def test_any_text_comes_back_as_it_was_written(form: bytes, text: str) -> None:
    made = put(form, ("B6", text))
    wanted = legal_text(text)
    stored = opened(made.data)["Blad"]["B6"].value
    # openpyxl leaves the escapes of texts that stand in the cell itself as they are; spreadsheets do not.
    assert (stored or "").replace("_x005F_", "_") == wanted


def formulas(*cells: str) -> bytes:
    """A workbook with these cells, as XML, beside an open B1."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad"
    sheet["B1"], sheet["Z9"] = 1, "x"
    old, made = ZipFile(BytesIO(saved(book))), BytesIO()
    rows = "".join(f'<row r="{number}">{cell}</row>' for number, cell in enumerate(cells, 2))
    with ZipFile(made, "w") as package:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b'<row r="9">', rows.encode() + b'<row r="9">')
            package.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("formula", "stale"),
    [
        ("B1*2", True),
        ("$B$1", True),
        ("SUM(A1:C1)", True),
        ("SUM(B:B)", True),
        ("SUM(1:1)", True),
        ("Blad!B1", True),
        ("'Blad'!B1+0", True),
        ("Summan", True),  # a name: it may mean anything
        ("OFFSET(A1,0,1)", True),
        ("A1+C1", False),
        ("SUM(B2:B9)", False),
        ("Annat!B1", False),
        ('"B1"', False),
        ("LOG10(A5)", False),
        ("IF(A1=TRUE,A2,FALSE)", False),
    ],
)
def test_what_a_formula_reads_is_read_off_its_references(formula: str, stale: bool) -> None:
    cell = f'<c r="F2"><f>{formula.replace(chr(34), "&quot;")}</f><v>7</v></c>'
    made = put(formulas(cell), ("B1", "5"))
    assert ("<v>7</v>" not in sheet_xml(made.data)) is stale


def test_copies_of_a_shared_formula_read_what_is_moved_along() -> None:
    made = put(
        formulas(
            '<c r="F2"><f t="shared" ref="F2:F4" si="0">C2+$E$9</f><v>7</v></c>',
            '<c r="F3"><f t="shared" si="0"/><v>8</v></c>',
            '<c r="F4"><f t="shared" si="0"/><v>9</v></c>',
        ),
        ("C3", "5"),
    )
    assert [f"<v>{number}</v>" in sheet_xml(made.data) for number in (7, 8, 9)] == [True, False, True]
    made = put(
        formulas(
            '<c r="F2"><f t="shared" ref="F2:F3" si="0">$E$9</f><v>7</v></c>', '<c r="F3"><f t="shared" si="0"/><v>8</v></c>'
        ),
        ("E9", "5"),
    )
    assert [f"<v>{number}</v>" in sheet_xml(made.data) for number in (7, 8)] == [False, False]
