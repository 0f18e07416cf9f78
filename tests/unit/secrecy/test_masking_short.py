"""Secrets that look like any word or number: a customer's one name, a price of four digits. They hide where long ones do."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, NumberObject

from app.core.errors import MaskingError
from app.secrecy.masking.metadata import bare_picture
from tests.support.hiding.parts import with_parts
from tests.support.leaks import leaks
from tests.support.masks import mark, masked, pdf_text
from tests.support.pdfs import drawn, texts
from tests.support.sheets import workbook
from tests.support.words import p, word_file
from tests.unit.secrecy.test_masking_excel import cells, priced, with_values

NAME, PRICE = "Nordvik", "1165"
SHEET = "xl/worksheets/sheet1.xml"
BODY = "word/document.xml"
RICH = "http://schemas.microsoft.com/office/2017/06/relationships"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart><c:ser>'
    '<c:val><c:numLit><c:ptCount val="2"/><c:pt idx="0"><c:v>1165</c:v></c:pt><c:pt idx="1"><c:v>990</c:v></c:pt></c:numLit>'
    "</c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
)


def hidden(inner: str) -> bytes:
    return word_file(p(f"Vår kund heter {NAME} sedan länge.") + inner)


@pytest.mark.parametrize("header", ["&L1165", '&C&"Arial,Bold"&14&K00FF001165 kr', "Blad &P&R1165"])
def test_a_number_right_after_a_code_of_a_header_is_gone(header: str) -> None:
    layer = f"<headerFooter><oddHeader>{escape(header)}</oddHeader></headerFooter></worksheet>".encode()
    original = with_parts(priced(), {SHEET: lambda part: part.replace(b"</worksheet>", layer)})
    assert leaks(original, PRICE)
    copy = masked("xlsx", original, mark(PRICE, sheet="Blad1", cells="C2")).data
    assert leaks(copy, PRICE) == []
    assert header.replace(PRICE, "[█ 1 █]") in str(
        etree.fromstring(ZipFile(BytesIO(copy)).read(SHEET)).findtext(".//{*}oddHeader")
    )


@pytest.mark.parametrize(
    "inner",
    [
        f'<w:p><w:fldSimple w:instr="INCLUDETEXT {NAME}.docx"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>',
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:listEntry w:val="{NAME}"/></w:ddList></w:ffData>'
        "</w:fldChar></w:r></w:p>",
        f'<w:p><w:smartTag w:uri="u" w:element="kund"><w:smartTagPr><w:attr w:name="n" w:val="{NAME}"/></w:smartTagPr>'
        "</w:smartTag></w:p>",
        f'<w:customXml w:element="{NAME}" w:uri="u"><w:p/></w:customXml>',
        f'<w:p><w:r><w:rPr><w:rFonts w:ascii="{NAME} Sans"/></w:rPr><w:t>x</w:t></w:r></w:p>',
        f'<w:sdt><w:sdtPr><w:docPartObj><w:docPartCategory w:val="{NAME}"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p/>'
        "</w:sdtContent></w:sdt>",
    ],
    ids=["simple field", "drop-down", "smart tag", "custom element", "font", "building block"],
)
def test_a_name_is_gone_from_every_attribute_of_a_word_file(inner: str) -> None:
    assert leaks(masked("docx", hidden(inner), mark(NAME)).data, NAME) == []


def test_the_formats_own_words_stay() -> None:
    data = word_file(p("Center är vår kund.") + '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>Mitt</w:t></w:r></w:p>')
    copy = masked("docx", data, mark("Center"))
    assert 'w:val="center"' in ZipFile(BytesIO(copy.data)).read(BODY).decode()


def png(text: str, *, packed: bool) -> bytes:
    notes, target = PngImagePlugin.PngInfo(), BytesIO()
    notes.add_text("Author", text, zip=packed)
    Image.new("RGB", (30, 20), "red").save(target, "PNG", pnginfo=notes)
    return target.getvalue()


def jpeg(text: str) -> bytes:
    about, target = Image.Exif(), BytesIO()
    about[0x013B] = text
    Image.radial_gradient("L").save(target, "JPEG", exif=about, comment=text.encode())
    return target.getvalue() + text.encode()


def pixels(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as picture:
        return picture.tobytes()


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("form", ["png", "jpeg"])
def test_a_picture_keeps_its_pixels_and_loses_all_that_is_written_about_it(form: str, packed: bool) -> None:
    original = png(NAME, packed=packed) if form == "png" else jpeg(NAME)
    bare = bare_picture(original, None)
    assert len(bare) < len(original)
    assert NAME.encode() not in bare
    assert pixels(bare) == pixels(original)
    with Image.open(BytesIO(bare)) as picture:
        assert not picture.getexif()
        assert not {"Author", "comment", "exif"} & set(picture.info)


@pytest.mark.parametrize("size", [0, 8, 20, 60])
def test_half_a_picture_is_left_as_it_is(size: int) -> None:
    for whole in (png(NAME, packed=False), jpeg(NAME)):
        assert bare_picture(whole[:size], None) == whole[:size]


def test_pictures_in_a_word_file_tell_nothing_and_are_named_by_number() -> None:
    document, target = Document(), BytesIO()
    document.add_paragraph(f"Vår kund heter {NAME} sedan länge.")
    document.add_picture(BytesIO(png(f"{NAME} Kraftverk i Sjölunda", packed=True)))
    document.save(target)
    with ZipFile(target) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(b"image1.png", f"{NAME}.png".encode())
    parts[f"word/media/{NAME}.png"] = parts.pop("word/media/image1.png")
    odd = BytesIO()
    with ZipFile(odd, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    copy = masked("docx", odd.getvalue(), mark(NAME)).data
    names = ZipFile(BytesIO(copy)).namelist()
    assert not [name for name in names if NAME in name]
    shown = next(iter(Document(BytesIO(copy)).part.package.image_parts))
    with Image.open(BytesIO(shown.blob)) as picture:
        assert "Author" not in picture.info


def test_a_chart_in_a_word_file_loses_the_point_and_keeps_the_others() -> None:
    data = with_parts(
        word_file(p(f"Timpriset är {PRICE} kronor.")),
        None,
        {"word/charts/chart1.xml": CHART},
        [(BODY, "rIdC", "chart", "charts/chart1.xml")],
        {"word/charts/chart1.xml": CHART_TYPE},
    )
    copy = masked("docx", data, mark(PRICE)).data
    chart = ZipFile(BytesIO(copy)).read("word/charts/chart1.xml").decode()
    assert PRICE not in chart
    assert "<c:v>990</c:v>" in chart


@pytest.mark.parametrize(
    "layer",
    [
        '<scenarios><scenario name="s" count="1"><inputCells r="C2" val="1165"/></scenario></scenarios>',
        '<conditionalFormatting sqref="C2"><cfRule type="colorScale" priority="1"><colorScale><cfvo type="num" val="1165"/>'
        '<cfvo type="max"/><color rgb="FFFF0000"/><color rgb="FFFFFF00"/></colorScale></cfRule></conditionalFormatting>',
        '<autoFilter ref="A1:C3"><filterColumn colId="2"><top10 val="1" filterVal="1165"/></filterColumn></autoFilter>',
    ],
    ids=["scenario", "limit of a colour scale", "filter of the highest"],
)
def test_a_price_is_gone_from_what_a_sheet_holds_beside_its_cells(layer: str) -> None:
    data = with_parts(priced(), {SHEET: lambda part: part.replace(b"</sheetData>", b"</sheetData>" + layer.encode())})
    copy = masked("xlsx", data, mark(PRICE, sheet="Blad1", cells="C2")).data
    sheet = ZipFile(BytesIO(copy)).read(SHEET).decode()
    assert PRICE not in sheet
    assert "<conditionalFormatting" not in sheet


def test_rich_values_go_and_cells_do_not_point_to_them() -> None:
    held = '<rvData xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"><rv s="0"><v>1165</v></rv></rvData>'
    data = with_parts(
        priced(),
        {SHEET: lambda part: part.replace(b'<c r="C3"', b'<c vm="1" r="C3"')},
        {"xl/richData/rdrichvalue.xml": held, "xl/metadata.xml": "<metadata/>"},
        [
            ("xl/workbook.xml", "rIdR", f"{RICH}/rdRichValue", "richData/rdrichvalue.xml"),
            ("xl/workbook.xml", "rIdM", "sheetMetadata", "metadata.xml"),
        ],
    )
    copy = masked("xlsx", data, mark(PRICE, sheet="Blad1", cells="C2")).data
    names = ZipFile(BytesIO(copy)).namelist()
    assert "xl/richData/rdrichvalue.xml" not in names
    assert "xl/metadata.xml" not in names
    assert b"vm=" not in ZipFile(BytesIO(copy)).read(SHEET)
    assert cells(copy)["C3"] == 1040


@pytest.mark.parametrize(
    ("formula", "value"),
    [('"Pris "&TEXT(C2,"# ##0")&" kr"', "Pris 1 165 kr"), ("C2*1", "1165.0000000000002"), ("ROUND(C2,0)+0.4", "1165.4")],
)
def test_a_cell_that_shows_the_masked_price_in_words_or_rounded_is_masked_with_it(formula: str, value: str) -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["Roll", "Vikt", "Pris"])
        sheet.append(["Arkitekt", 0.25, 1165, f"={formula}"])

    data = with_values(workbook(fill), D2=value)
    if not value.replace(".", "").isdigit():
        data = with_parts(data, {SHEET: lambda part: part.replace(b'<c r="D2"', b'<c t="str" r="D2"')})
    copy = masked("xlsx", data, mark(PRICE, sheet="Blad1", cells="C2"))
    assert cells(copy.data)["D2"] == cells(copy.data)["C2"] == "[█ 1 █]"
    assert "mask.number_elsewhere" not in [finding.code for finding in copy.findings]


def resources(pdf: Any, kind: str) -> Any:
    return pdf.pages[1]["/Resources"][kind]


def test_a_photograph_on_another_page_loses_what_is_written_about_it(tmp_path: Any) -> None:
    path = tmp_path / "bild.jpg"
    path.write_bytes(jpeg(f"{NAME} Kraftverk"))
    original = drawn(texts((60, 700, f"Vår kund heter {NAME} Kraftverk.")), lambda page: page.drawImage(str(path), 60, 300))
    copy = masked("pdf", original, mark(f"{NAME} Kraftverk")).data
    pictures = [held.get_object() for held in resources(PdfReader(BytesIO(copy)), "/XObject").values()]
    assert [held["/Filter"] for held in pictures] == ["/DCTDecode"]
    assert NAME.encode() not in pictures[0]._data
    assert pixels(pictures[0]._data) == pixels(jpeg(NAME))


def test_a_secret_over_the_cells_of_another_page_stops_the_copy() -> None:
    other = texts((60, 500, "Kund"), (60, 480, "Pris"), (200, 500, NAME), (200, 480, "900"), (260, 500, "Kraftverk"))
    data = drawn(texts((60, 700, f"Vår kund heter {NAME} Kraftverk.")), other)
    with pytest.raises(MaskingError) as error:
        masked("pdf", data, mark(f"{NAME} Kraftverk"))
    assert error.value.code_used == "mask.elsewhere"
    assert dict(error.value.finding().values)["claim"] == "1"
    assert error.value.finding().page == 2
    copy = masked("pdf", data, mark(f"{NAME} Kraftverk"), left=frozenset({1}))
    assert "900" in pdf_text(copy.data)[1]


def named_font(writer: Any) -> None:
    for font in resources(writer, "/Font").values():
        font.get_object()[NameObject("/FontName")] = NameObject(f"/ABCDEF+{NAME}")


def own_key(writer: Any) -> None:
    for font in resources(writer, "/Font").values():
        font.get_object()[NameObject(f"/{NAME}")] = NumberObject(1)


def operators(added: str) -> Callable[[Any], None]:
    def change(writer: Any) -> None:
        stream = DecodedStreamObject()
        stream.set_data(writer.pages[1].get_contents().get_data() + added.encode())
        writer.pages[1][NameObject("/Contents")] = writer._add_object(stream)

    return change


@pytest.mark.parametrize(
    "change",
    [
        named_font,
        own_key,
        operators(f" /{NAME} BMC EMC"),
        operators(f" /Span << /ActualText ({NAME}) >> BDC EMC % {NAME}"),
        operators(f" q 9 0 0 9 9 9 cm BI /W 7 /H 1 /BPC 8 /CS /G ID {NAME} EI Q"),
    ],
    ids=["font", "key", "tag", "property and remark", "picture in the operators"],
)
def test_a_name_is_gone_from_what_draws_another_page(change: Callable[[Any], None]) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(texts((60, 700, f"Kund: {NAME}.")), texts((60, 700, "Sida två"))))))
    change(writer)
    target = BytesIO()
    writer.write(target)
    copy = masked("pdf", target.getvalue(), mark(NAME))
    assert leaks(copy.data, NAME) == []
    assert "Sida två" in pdf_text(copy.data)[1]


@pytest.mark.parametrize(
    "written",
    ["1.285 kr", "1.285:-", "1285,00", "1,285.00", "SEK1285", "kr1285", "1285kr/h", "1'285 kr", "1 285 kronor", "1285"],
)
def test_an_amount_is_found_however_it_is_written(written: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Timpris 1 285 kr"
        sheet["B1"] = "Åtgång i timmar"
        sheet["A1"].comment = Comment(f"förra gången {written}, nu ned", "Anna")

    copy = masked("xlsx", workbook(fill), mark("1 285 kr", cells="A1"))
    said = load_workbook(BytesIO(copy.data))["Blad1"]["A1"].comment.text
    assert "285" not in said
    assert said.startswith("förra gången")
    document = Document()
    document.add_paragraph("Timpris 1 285 kr")
    document.add_paragraph(f"Internt: {written} som lägst").runs[0].font.hidden = True
    held = BytesIO()
    document.save(held)
    hidden = masked("docx", held.getvalue(), mark("1 285 kr"))
    assert "285" not in "".join(paragraph.text for paragraph in Document(BytesIO(hidden.data)).paragraphs)


@pytest.mark.parametrize("other", ["12 285 kr", "1 285 000 kr", "1 286 kr", "1285,50", "art.nr 4-1286"])
def test_another_amount_stays(other: str) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "Timpris 1 285 kr"
        sheet["A1"].comment = Comment(f"budget {other}", "Anna")

    copy = masked("xlsx", workbook(fill), mark("1 285 kr", cells="A1"))
    assert load_workbook(BytesIO(copy.data))["Blad1"]["A1"].comment.text == f"budget {other}"


def test_an_amount_in_sight_that_is_written_otherwise_is_told_and_left() -> None:
    copy = masked("text", "Pris 1 285 kr per timme.\nVolymen är 1.285 st.\n".encode(), mark("1 285 kr"))
    assert [finding.code for finding in copy.findings] == ["mask.number_elsewhere"]
    assert "1.285 st" in copy.data.decode()
