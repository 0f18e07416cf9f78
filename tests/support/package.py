"""A small procurement package, built anew for each test: own words, every common format, some of it broken."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

PARAGRAPHS = (
    "1 Allmänt",
    "Exempelverket upphandlar drift av växeltelefoni. Diarienummer: EX 2030/17.",
    "Sista dag för att lämna anbud är 2030-01-31.",
    "2 Krav på anbudsgivaren",
    "Anbudsgivaren ska ha ett kvalitetsledningssystem.",
    "Anbudsgivaren ska bifoga registreringsbevis.",
    "Beskriv hur ni bemannar växeln:",
    "Svar: ______________________________",
)


def pdf_bytes(paragraphs: tuple[str, ...] = PARAGRAPHS, pages: int = 1) -> bytes:
    """A PDF with the paragraphs on every page."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in range(pages):
        y = 780
        for paragraph in paragraphs:
            heading = paragraph[0].isdigit()
            canvas.setFont("Helvetica-Bold" if heading else "Helvetica", 14 if heading else 11)
            canvas.drawString(70, y, paragraph)
            y -= 30
        canvas.drawString(280, 40, f"Sida {page + 1} ({pages})")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned_pdf_bytes() -> bytes:
    """A PDF whose only page is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawImage(ImageReader(Image.new("L", (300, 400), 200)), 0, 0, 590, 840)
    canvas.save()
    return stream.getvalue()


def docx_bytes() -> bytes:
    """A Word document with the same."""
    import docx

    document = docx.Document()
    for paragraph in PARAGRAPHS:
        if paragraph[0].isdigit():
            document.add_heading(paragraph[2:], 1)
        else:
            document.add_paragraph(paragraph)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def xlsx_bytes() -> bytes:
    """A workbook with requirements to say yes or no to."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Nr", "Krav", "Uppfylls (Ja/Nej)"), ("K1", "Leverantören ska ha jour dygnet runt.", None)):
        sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def zip_bytes(members: dict[str, bytes]) -> bytes:
    """A ZIP of the members."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def build_package(folder: Path) -> Path:
    """A folder in which everything can be read."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "Upphandlingsdokument.pdf").write_bytes(pdf_bytes())
    (folder / "Bilaga 1 Åtaganden.docx").write_bytes(docx_bytes())
    (folder / "Kravlista.xlsx").write_bytes(xlsx_bytes())
    inner = zip_bytes({"Läs mig.txt": "\n\n".join(PARAGRAPHS).encode()})
    (folder / "Övrigt.zip").write_bytes(zip_bytes({"mapp/Underlag.pdf": pdf_bytes(), "inre.zip": inner}))
    return folder


def add_broken_files(folder: Path) -> Path:
    """Adds what cannot be read: each of these is an error of its own."""
    (folder / "Tom.pdf").write_bytes(b"")
    (folder / "Trasig.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    (folder / "Avkortad.docx").write_bytes(docx_bytes()[:4000])
    (folder / "Skannad.pdf").write_bytes(scanned_pdf_bytes())
    return folder
