"""Whole files to break: drawn here, from the sample procurement, and from the labelled documents where they are."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from tests.support.corpus import CORPUS, PROJECT

_LARGEST = 400_000  # bytes: larger files take longer than breaking them is worth
_SAMPLE = PROJECT / "resources" / "sample"


@cache
def sources() -> tuple[tuple[str, bytes], ...]:
    """Names and bytes, always in the same order on the same machine."""
    drawn = (
        ("form.pdf", _form_pdf(0)),
        ("packed.pdf", _form_pdf(1)),
        ("form.docx", _docx()),
        ("form.xlsx", _xlsx()),
        ("plain.txt", _text()),
        ("plain.md", _text()),
        ("rows.csv", "Krav;Ja/Nej;Kommentar\nTjänsten ska finnas;;\nPris per timme;;\n".encode("cp1252")),
    )
    found = [
        (path.name, path.read_bytes())
        for folder in (_SAMPLE, *((CORPUS / name for name in ("tendsign", "word", "excel", "af")) if CORPUS.is_dir() else ()))
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".pdf", ".docx", ".xlsx") and path.stat().st_size <= _LARGEST
    ]
    return (*drawn, *found)


def _form_pdf(compressed: int) -> bytes:
    from reportlab.lib import colors
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    paper: Any = Canvas(target, pageCompression=compressed, invariant=1)
    for page in range(3):
        paper.setFont("Helvetica-Bold", 14)
        paper.drawString(70, 780, f"{page + 1}. Krav på tjänsten")
        paper.setFont("Helvetica", 10)
        for row in range(6):
            paper.drawString(70, 750 - row * 20, f"{page + 1}.{row + 1} Leverantören ska utföra del {row} inom {row + 3} dagar.")
        paper.setFillColor(colors.lightyellow)
        paper.rect(70, 540, 400, 60, fill=1)
        paper.setFillColor(colors.black)
        paper.drawString(80, 580, "Bifoga en beskrivning av bemanningen.")
        paper.grid([70, 200, 330, 460], [400, 430, 460, 490])
        paper.drawString(75, 470, "Krav")
        paper.drawString(205, 470, "Ja/Nej")
        paper.drawString(75, 440, "Drift dygnet runt")
        paper.acroForm.textfield(name=f"namn{page}", tooltip="Företagets namn", x=70, y=300, width=200, height=20)
        paper.acroForm.checkbox(name=f"ruta{page}", tooltip="Ja", x=300, y=300)
        paper.drawString(70, 260, "Ort och datum: ____________________")
        paper.showPage()
    paper.save()
    return target.getvalue()


def _docx() -> bytes:
    import docx

    document: Any = docx.Document()
    document.add_heading("Krav på tjänsten", 1)
    document.add_paragraph("Anbudsgivaren ska uppfylla följande:")
    for text in ("erfarenhet av drift", "certifierad personal"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph("Namn: ____________")
    table = document.add_table(rows=3, cols=3)
    table.style = "Table Grid"
    for column, text in enumerate(("Krav", "Uppfylls (Ja/Nej)", "Kommentar")):
        table.cell(0, column).text = text
    table.cell(1, 0).text = "Tjänsten ska vara tillgänglig"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "Pris per timme"
    document.sections[0].header.paragraphs[0].text = "Förfrågningsunderlag"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _xlsx() -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import PatternFill, Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Krav"
    for row in (["Krav", "Ja/Nej", "Kommentar"], ["Tjänsten ska finnas", None, None], ["Pris per timme", None, "kr"]):
        sheet.append(row)
    validation = DataValidation(type="list", formula1='"Ja,Nej"')
    sheet.add_data_validation(validation)
    validation.add("B2")
    sheet["B2"].protection = Protection(locked=False)
    sheet["B3"].fill = PatternFill("solid", fgColor="FFFF99")
    sheet.merge_cells("A5:C5")
    sheet["A5"] = "Bilagor som ska bifogas"
    sheet.protection.sheet = True
    hidden: Any = book.create_sheet("Dold")
    hidden.sheet_state = "hidden"
    hidden["A1"] = "Anbudsgivaren ska fylla i bladet"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _text() -> bytes:
    lines = ["# Krav på tjänsten", "", "Sista anbudsdag: 2031-02-03", "• Anbudet ska vara på svenska", "| Krav | Ja |", "| a | |"]
    return ("\n".join(lines * 5)).encode()
