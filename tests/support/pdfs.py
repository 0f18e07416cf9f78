"""Small PDFs for tests, drawn with reportlab."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate, Spacer, Table

from app.core.document import Block, Document
from app.core.limits import DEFAULT_LIMITS, Limits
from app.documents.pdf import read_pdf
from app.documents.reader import ReadRequest

HEIGHT = float(A4[1])


def drawn(*pages: Callable[[Any], None], encrypt: Any = None) -> bytes:
    """A PDF whose pages are drawn by functions that take a canvas."""
    target = BytesIO()
    paper = canvas.Canvas(target, pagesize=A4, encrypt=encrypt, invariant=1)
    for page in pages:
        paper.setFont("Helvetica", 11)
        page(paper)
        paper.showPage()
    paper.save()
    return target.getvalue()


def texts(*lines: tuple[float, float, str], size: float = 11, font: str = "Helvetica") -> Callable[[Any], None]:
    """A page of lines: distance from the left, baseline from the top, text."""

    def page(paper: Any) -> None:
        paper.setFont(font, size)
        for x, y, text in lines:
            paper.drawString(x, HEIGHT - y, text)

    return page


def set_in(*story: Any, wide: bool = False) -> bytes:
    """A PDF of flowing text: strings become paragraphs, numbers become space."""
    target = BytesIO()
    style = getSampleStyleSheet()
    made = [
        Paragraph(part, style["Normal"]) if isinstance(part, str) else Spacer(1, part) if isinstance(part, int) else part
        for part in story
    ]
    SimpleDocTemplate(target, pagesize=landscape(A4) if wide else A4, invariant=1).build(made)
    return target.getvalue()


def in_columns(*story: str) -> bytes:
    """A PDF set in two columns with space between paragraphs."""
    target = BytesIO()
    document = BaseDocTemplate(target, pagesize=A4, invariant=1)
    document.addPageTemplates(PageTemplate(frames=[Frame(50, 50, 240, 700), Frame(305, 50, 240, 700)]))
    style = getSampleStyleSheet()
    document.build([part for text in story for part in (Paragraph(text, style["Normal"]), Spacer(1, 8))])
    return target.getvalue()


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], lines: bool = True, wrap: int | None = None) -> Any:
    """A table with or without lines; column `wrap` is set as paragraphs that wrap. The first row repeats on each page."""
    style = getSampleStyleSheet()
    body = [
        [Paragraph(text, style["Normal"]) if column == wrap and number else text for column, text in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    made = Table(body, colWidths=list(widths), repeatRows=1)
    look: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if lines:
        look += [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
    made.setStyle(look)
    return made


def read(data: bytes, *passwords: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The document as the reader sees it."""
    return read_pdf(ReadRequest("prov.pdf", data=data, passwords=passwords, limits=limits))


def body(document: Document) -> list[Block]:
    """Its blocks without page furniture."""
    return [block for _, block in document.body()]
