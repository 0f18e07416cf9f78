"""Pictures in Office files and on pages: those that cannot be searched are told, those that spell the secret go."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image

from app.core.document import Finding
from app.secrecy.masking.metafiles import drawn_text, is_metafile
from app.secrecy.masking.needles import plain_number
from tests.support.hiding.drawings import emf, emf_by_shapes, shown_in_book, shown_in_document, wmf
from tests.support.hiding.sheets import bid_xlsx
from tests.support.hiding.words import bid_docx
from tests.support.leaks import leaks
from tests.support.masks import mark, masked
from tests.support.words import p, word_file

SECRET = "Nordvik Kraftverk"


def picture() -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(held, "PNG")
    return held.getvalue()


def said(findings: tuple[Finding, ...], code: str) -> dict[str, str]:
    return next((dict(finding.values) for finding in findings if finding.code == code), {})


def media(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "/media/" in name}


def test_a_picture_near_a_mark_is_told_with_its_paragraph() -> None:
    copy = masked("docx", shown_in_document(bid_docx(SECRET), picture(), "png"), mark(SECRET))
    told = said(copy.findings, "mask.pictures_text")
    assert told["count"] == "1"
    assert told["places"] == "7"
    assert media(copy.data)


def test_a_picture_in_another_chapter_is_counted() -> None:
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Bilagor</w:t></w:r></w:p>'
    text = word_file(p(f"Vi anger {SECRET}.") + p("Text.") * 12 + heading + p("Mer.") + "<w:sectPr/>")
    copy = masked("docx", shown_in_document(text, picture(), "png"), mark(SECRET))
    assert said(copy.findings, "mask.pictures_elsewhere") == {"count": "1"}
    assert not said(copy.findings, "mask.pictures_text")


def test_a_file_without_pictures_says_nothing_of_them() -> None:
    assert not [finding for finding in masked("docx", bid_docx(SECRET), mark(SECRET)).findings if "pictures" in finding.code]


def test_a_picture_on_a_sheet_with_a_mark_is_told_with_its_cell() -> None:
    copy = masked("xlsx", shown_in_book(bid_xlsx(SECRET), picture(), "png"), mark(SECRET))
    assert said(copy.findings, "mask.pictures_cells") == {"count": "1", "places": "Pris!D7"}


@pytest.mark.parametrize("drawing", [emf([SECRET]), emf(list(SECRET)), emf_by_shapes(4), wmf(SECRET)])
def test_a_drawing_that_spells_the_secret_or_cannot_be_read_becomes_grey(drawing: bytes) -> None:
    ending = "wmf" if drawing[:4] != b"\x01\0\0\0" else "emf"
    copy = masked("docx", shown_in_document(bid_docx(SECRET), drawing, ending), mark(SECRET))
    assert said(copy.findings, "mask.drawings_removed") == {"count": "1"}
    assert leaks(copy.data, SECRET) == []
    held = media(copy.data)
    assert [name.rpartition(".")[2] for name in held] == ["png"]
    assert Image.open(BytesIO(next(iter(held.values())))).getpixel((3, 3)) == (217, 217, 217)


def test_a_drawing_that_says_something_else_stays() -> None:
    drawing = emf(["Organisation", "Ledning"])
    copy = masked("docx", shown_in_document(bid_docx(SECRET), drawing), mark(SECRET))
    assert list(media(copy.data).values()) == [drawing]
    assert said(copy.findings, "mask.pictures_text")["count"] == "1"


def test_a_drawing_is_read_and_a_damaged_one_is_not_believed() -> None:
    assert drawn_text(emf(["Ett", "Två"])).pieces == ("Ett", "Två")
    assert drawn_text(wmf("Ångström")).text == "Ångström"
    assert drawn_text(emf(["Ett"])).whole
    assert not drawn_text(emf(["Ett"])[:-24]).whole
    assert not drawn_text(emf_by_shapes(3)).whole
    assert not is_metafile(picture())


@pytest.mark.parametrize("stored", ["1.285E3", "1285.0000000000002", "1284.9999999999998", "12.85E+2"])
def test_a_hidden_number_is_compared_by_its_value_however_it_is_written(stored: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["B9"] = "Timpris", 1285, 4711
    sheet.row_dimensions[9].hidden = True
    held = BytesIO()
    book.save(held)
    data = held.getvalue()
    with ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert b"<v>4711</v>" in parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"4711", stored.encode())
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    copy = masked("xlsx", written.getvalue(), mark("1285", sheet="Sheet", cells="B1"))
    shown = load_workbook(BytesIO(copy.data)).active
    assert shown is not None
    assert shown["B1"].value == shown["B9"].value == "[█ 1 █]"


def test_a_number_is_shown_as_people_write_it() -> None:
    assert plain_number("1.285E3") == "1285"
    assert plain_number("0.1234500000000001") == "0.12345"
    assert plain_number("1E400") == plain_number("x") == ""


def test_a_page_with_a_picture_beside_the_mask_and_one_that_is_nothing_but_a_picture_are_told() -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    held = BytesIO()
    canvas = Canvas(held)
    canvas.drawString(72, 700, f"Vi anger {SECRET} som kund.")
    canvas.drawImage(ImageReader(BytesIO(picture())), 72, 300, 200, 200)
    canvas.showPage()
    canvas.drawString(72, 700, "En sida utan bild.")
    canvas.showPage()
    canvas.drawImage(ImageReader(BytesIO(picture())), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    copy = masked("pdf", held.getvalue(), mark(SECRET))
    assert said(copy.findings, "mask.pictures_pages") == {"count": "1", "places": "1"}
    assert said(copy.findings, "mask.pages_unread") == {"places": "3"}
    assert len(pypdfium2.PdfDocument(copy.data)) == 3
