"""Forms in the ways that buyers draw them, and their slots."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from openpyxl import Workbook
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.core.document import Block, BlockKind, Document, DocumentKind, Line, Place
from app.core.points import Point
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.sections import outline
from app.extraction.slots import find_slots

_STYLES = getSampleStyleSheet()


def slots_of(document: Document) -> list[Point]:
    """The slots of a document as the program finds them."""
    return find_slots(document, outline(document))


def slots_in(name: str, data: bytes) -> list[Point]:
    """The slots of a file's bytes."""
    return slots_of(read(ReadRequest(name, data=data)))


def text_document(*lines: str) -> Document:
    """One paragraph for each line, on page 1."""
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, line, Place(page=1, paragraph=number), (Line(0, 1),)) for number, line in enumerate(lines)
    )
    return Document("form.pdf", DocumentKind.PDF, "0" * 64, blocks, pages=1)


def lines_of(*lines: str) -> list[Point]:
    """The slots of paragraphs."""
    return slots_of(text_document(*lines))


def paragraph(text: str, style: str = "Normal") -> Flowable:
    """A paragraph of a PDF page."""
    return Paragraph(text, _STYLES[style])


def table(rows: list[list[str]], widths: list[int] | None = None) -> Flowable:
    """A table with ruled lines."""
    cells = [[Paragraph(text, _STYLES["Normal"]) for text in row] for row in rows]
    return Table(cells, colWidths=widths, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")]), repeatRows=1)


def pdf(*content: Flowable) -> bytes:
    """A PDF with these things below each other."""
    target = BytesIO()
    story: list[Flowable] = []
    for part in content:
        story.extend((part, Spacer(1, 12)))
    SimpleDocTemplate(target).build(story)
    return target.getvalue()


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """A PDF page drawn by hand."""
    target = BytesIO()
    canvas = Canvas(target)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def word(fill: Callable[[WordDocument], None]) -> bytes:
    """A Word document."""
    document = docx.Document()
    fill(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """An Excel workbook."""
    book = Workbook()
    fill(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
