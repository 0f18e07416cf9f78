"""Bad and hostile workbooks: an error of the tree, or a bounded reading."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from app.core.document import Document
from app.core.errors import AnbudsklarError, CorruptFileError, LimitError, PasswordNeededError, UnsafeFileError
from app.core.limits import DEFAULT_LIMITS
from app.documents import read
from app.documents.xlsx import read_xlsx
from tests.support.sheets import changed, request, slots, workbook

SHEET = "xl/worksheets/sheet1.xml"


def _simple(sheet: Worksheet) -> None:
    sheet["A1"], sheet["B1"] = "Fråga", "Svar"
    sheet["A2"] = "Hur många konsulter?"
    sheet.merge_cells("A4:C4")
    sheet["A4"] = "Slut"


SIMPLE = workbook(_simple)


def _with_rows(xml: bytes, rows: bytes, after: bytes = b"") -> bytes:
    start, end = xml.index(b"<sheetData>") + len(b"<sheetData>"), xml.index(b"</sheetData>")
    return xml[:start] + rows + xml[end : end + len(b"</sheetData>")] + after + b"</worksheet>"


def _sheet(rows: bytes, after: bytes = b"") -> bytes:
    return changed(SIMPLE, {SHEET: lambda xml: _with_rows(xml, rows, after)})


def _unlocked_style(xml: bytes) -> bytes:
    return xml.replace(
        b"</cellXfs>", b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"><protection locked="0"/></xf></cellXfs>'
    )


def test_a_hundred_thousand_formatted_rows_without_text_are_bounded() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n) for n in range(2, 100_000))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Namn</t></is></c><c r="B1" s="1"/></row>'
    data = changed(
        SIMPLE,
        {
            SHEET: lambda xml: _with_rows(xml, first + rows, b'<sheetProtection sheet="1"/>'),
            "xl/styles.xml": _unlocked_style,
        },
    )
    document = read_xlsx(request(data))
    assert len(document.blocks) <= DEFAULT_LIMITS.empty_rows + 2
    assert "B1" in slots(document)
    assert document.line_count() == 1


def test_rows_that_tell_something_beyond_the_limit_are_reported() -> None:
    border = b'<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>'
    xf = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="1"/></cellXfs>'
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 5_000))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Namn</t></is></c></row>'
    last = b'<row r="9000"><c r="A9000" t="inlineStr"><is><t>Underskrift</t></is></c></row>'
    data = changed(
        SIMPLE,
        {
            SHEET: lambda xml: _with_rows(xml, first + rows + last),
            "xl/styles.xml": lambda xml: xml.replace(b"</borders>", border).replace(b"</cellXfs>", xf),
        },
    )
    document = read_xlsx(request(data))
    assert [finding.code for finding in document.warnings] == ["sheet.rows_left_out"]
    assert document.blocks[-1].text == "Underskrift"


def test_too_many_cells_is_a_limit_error() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 40))
    with pytest.raises(LimitError) as caught:
        read_xlsx(request(_sheet(rows), limits=replace(DEFAULT_LIMITS, cells=20)))
    assert caught.value.code_used == "limit.cells"


def test_too_much_text_is_a_limit_error() -> None:
    with pytest.raises(LimitError) as caught:
        read_xlsx(request(SIMPLE, limits=replace(DEFAULT_LIMITS, characters=10)))
    assert caught.value.code_used == "limit.unpacked"


def test_merges_and_validations_over_the_whole_sheet_cost_nothing() -> None:
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Ett</t></is></c></row><row r="900"><c r="C900"><v>4</v></c></row>'
    after = (
        b'<mergeCells><mergeCell ref="A2:XFD1048576"/><mergeCell ref="nonsense"/></mergeCells>'
        b'<dataValidations><dataValidation type="list" sqref="A1:XFD1048576 ??">'
        b"<formula1>$A:$XFD</formula1></dataValidation></dataValidations>"
    )
    document = read_xlsx(request(_sheet(rows, after)))
    assert any(block.text == "Ett" for block in document.blocks)


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="x"><c r="??" s="99999" t="s"><v>77</v></c></row>',
        b'<row r="-1"><c><v>5</v></c></row><row><c/><c t="b"><v>maybe</v></c></row>',
        b'<row r="99999999"><c r="ZZZZ1"><v>1e999</v></c></row>',
        b'<row r="1"><c r="A1" t="n"><v>NaN</v></c><c r="B1" t="e"><v>#REF!</v></c></row>',
        b'<row r="1"><c r="A1" t="d"><v>2026-01-02</v></c><c r="XFE1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" s="-3"><v>1</v><f/></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        b"",
    ],
)
def test_odd_cells_are_survived(rows: bytes) -> None:
    assert isinstance(read_xlsx(request(_sheet(rows))), Document)


def test_one_broken_sheet_leaves_the_others_and_is_reported() -> None:
    def second(sheet: Worksheet) -> None:
        sheet["A1"] = "Kvar"

    data = changed(workbook(_simple, ("Två", second)), {SHEET: lambda xml: xml[: len(xml) // 2]})
    document = read_xlsx(request(data))
    assert any(block.text == "Kvar" for block in document.blocks)
    assert [finding.code for finding in document.warnings] == ["sheet.unreadable"]
    with pytest.raises(CorruptFileError):
        read_xlsx(request(changed(SIMPLE, {SHEET: lambda xml: xml[: len(xml) // 2]})))


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    with pytest.raises(UnsafeFileError):
        read_xlsx(request(changed(SIMPLE, {SHEET: lambda xml: bomb})))


def test_missing_parts() -> None:
    from tests.support.sheets import archive

    with pytest.raises(CorruptFileError):
        read_xlsx(request(archive({"[Content_Types].xml": b"<Types/>", "xl/other.xml": b"<x/>"})))


def test_encrypted_workbook_needs_its_password_removed() -> None:
    with pytest.raises(PasswordNeededError):
        read_xlsx(
            request(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 900)
        )


def test_macros_and_links_are_reported_not_used() -> None:
    rels = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="file:///c:/hemligt.xlsx" TargetMode="External"/></Relationships>'
    )
    data = changed(
        SIMPLE,
        {"xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", rels)},
        {"xl/vbaProject.bin": b"macro"},
    )
    assert {finding.code for finding in read_xlsx(request(data)).warnings} == {"file.macros", "file.external_link"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_sheets_raise_only_errors_of_the_tree(data: st.DataObject) -> None:
    part = data.draw(
        st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"])
    )
    places = data.draw(st.lists(st.tuples(st.integers(0, 5_000), st.binary(min_size=1, max_size=6)), min_size=1, max_size=4))

    def mutate(xml: bytes) -> bytes:
        for place, piece in places:
            spot = place % len(xml)
            xml = xml[:spot] + piece + xml[spot + len(piece) :]
        return xml

    try:
        document = read(request(changed(SIMPLE, {part: mutate})))
    except AnbudsklarError:
        return
    assert all(block.text == "\t".join(c.text for c in block.cells) for block in document.blocks if block.cells)


def test_a_sheet_whose_part_is_missing_is_told() -> None:
    links = "xl/_rels/workbook.xml.rels"
    data = workbook(_simple, ("Borta", _simple))
    document = read_xlsx(request(changed(data, {links: lambda xml: xml.replace(b"sheet2.xml", b"borta.xml")})))
    assert [warning.code for warning in document.warnings] == ["sheet.unreadable"]
    with pytest.raises(CorruptFileError):
        read_xlsx(request(changed(SIMPLE, {links: lambda xml: xml.replace(b"sheet1.xml", b"borta.xml")})))
