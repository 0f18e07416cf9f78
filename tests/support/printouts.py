"""Printouts of a submitted bid as portals make them, in several layouts, as PDF files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.core.document import Document
from app.documents import read
from app.documents.reader import ReadRequest

Asked = tuple[str, str, str]
"""Number, question, what the portal prints as its answer."""
Layout = Callable[[Sequence[Asked], Sequence[str], str, str], bytes]

_STYLES = getSampleStyleSheet()


def _p(text: str, style: str = "BodyText") -> Paragraph:
    return Paragraph(escape(text).replace("\n", "<br/>"), _STYLES[style])


def _pdf(story: Sequence[object], footer: str) -> bytes:
    held = BytesIO()

    def page(canvas: object, _: object) -> None:
        canvas.setFont("Helvetica", 8)  # type: ignore[attr-defined]
        canvas.drawString(20 * mm, 10 * mm, footer)  # type: ignore[attr-defined]

    SimpleDocTemplate(held, pagesize=A4, title="Anbud").build(list(story), onFirstPage=page, onLaterPages=page)
    return held.getvalue()


def paragraphs(asked: Sequence[Asked], files: Sequence[str], name: str, reference: str) -> bytes:
    """Question, and its answer below it after a label."""
    story: list[object] = [_p("Inlämnat anbud", "Title"), _p(f"Upphandling: {name}"), _p(f"Diarienummer: {reference}")]
    for number, question, answer in asked:
        story += [Spacer(1, 4 * mm), _p(f"{number} {question}", "Heading4"), _p(f"Svar: {answer}")]
    story += [_p("Bifogade filer", "Heading3"), *(_p(file) for file in files)]
    return _pdf(story, f"{reference} Anbudskvitto")


def table(asked: Sequence[Asked], files: Sequence[str], name: str, reference: str) -> bytes:
    """A table with lines: number, question, answer; the files in one of their own."""
    rows = [[_p("Nr"), _p("Fråga"), _p("Svar")], *([_p(part) for part in row] for row in asked)]
    lines = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    listed = [[_p("Filnamn")], *([_p(file)] for file in files)]
    story: list[object] = [
        _p("Kvitto på anbud", "Title"),
        _p(f"{name}, {reference}"),
        Table(rows, colWidths=[18 * mm, 80 * mm, 70 * mm], repeatRows=1, style=lines, splitInRow=1),
        Spacer(1, 6 * mm),
        Table(listed, colWidths=[150 * mm], style=lines),
    ]
    return _pdf(story, "Portalen")


def side_by_side(asked: Sequence[Asked], files: Sequence[str], name: str, reference: str) -> bytes:
    """Question and answer on one line, without lines between."""
    story: list[object] = [_p(f"Anbud: {name}", "Heading1"), _p(f"Referensnummer {reference}")]
    story += [_p(f"{number}. {question}: {answer}") for number, question, answer in asked]
    story += [_p(f"Bifogad fil: {file}") for file in files]
    return _pdf(story, "Sida")


LAYOUTS: dict[str, Layout] = {"paragraphs": paragraphs, "table": table, "side_by_side": side_by_side}


def printed(layout: str, asked: Sequence[Asked], files: Sequence[str], name: str, reference: str) -> Document:
    """The printout as the ordinary reader reads it."""
    return read(ReadRequest("kvitto.pdf", data=LAYOUTS[layout](asked, files, name, reference)))
