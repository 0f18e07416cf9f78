"""Page layout of the sample's PDF files: what a public authority's documents look like. Text comes from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageBreak, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.tableofcontents import TableOfContents

from resources.sample.build.labels import Labels

INK = HexColor("#1f3a4d")
PALE = HexColor("#e6eef2")
CREAM = HexColor("#faf6e8")
GRID = HexColor("#8fa3ad")
WIDTH = A4[0] - 50 * mm

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=14, spaceAfter=6)
ITEM = ParagraphStyle("item", BODY, leftIndent=16, bulletIndent=2, spaceAfter=3)
CELL = ParagraphStyle("cell", BODY, fontSize=9, leading=12, spaceAfter=0)
HEAD_CELL = ParagraphStyle("head cell", CELL, fontName="Helvetica-Bold")
NOTE = ParagraphStyle("note", BODY, fontSize=8, leading=10, spaceAfter=0)
TITLE = ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=24, leading=30, textColor=INK, spaceAfter=10)
UNDERTITLE = ParagraphStyle("undertitle", BODY, fontSize=14, leading=19, textColor=INK, spaceAfter=14)
HEADINGS = (
    ParagraphStyle(
        "h1",
        BODY,
        fontName="Helvetica-Bold",
        fontSize=16,
        leading=20,
        textColor=INK,
        spaceBefore=14,
        spaceAfter=8,
        keepWithNext=1,
    ),
    ParagraphStyle(
        "h2",
        BODY,
        fontName="Helvetica-Bold",
        fontSize=12,
        leading=16,
        textColor=INK,
        spaceBefore=10,
        spaceAfter=4,
        keepWithNext=1,
    ),
    ParagraphStyle("h3", BODY, fontName="Helvetica-Bold", fontSize=10, leading=14, spaceBefore=6, spaceAfter=3, keepWithNext=1),
)


@dataclass
class Paper:
    """A document in the making: its story, its labels, and the numbers of its headings."""

    title: str
    author: str
    head: tuple[str, str]
    foot: str
    labels: Labels = field(default_factory=Labels)
    story: list[Any] = field(default_factory=list)
    footnotes: dict[int, str] = field(default_factory=dict)
    _numbers: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, *flowables: Any) -> None:
        """Put ready parts on the page."""
        self.story.extend(flowables)

    def heading(self, text: str, level: int = 1) -> None:
        """A numbered heading that the table of contents lists (the first two levels)."""
        self._numbers[level - 1] += 1
        self._numbers[level:] = [0] * (3 - level)
        number = ".".join(str(part) for part in self._numbers[:level])
        if level == 1:
            self.add(PageBreak())
        self.add(Paragraph(f"{number} {text}", HEADINGS[level - 1]))

    def heading_plain(self, text: str, level: int = 2) -> None:
        """A heading without a number."""
        self.add(Paragraph(text, HEADINGS[level - 1]))

    def text(self, *paragraphs: str) -> None:
        """Running text, one string per paragraph."""
        self.add(*(Paragraph(self.labels.read(text), BODY) for text in paragraphs))

    def bullets(self, *items: str) -> None:
        """A list with bullets."""
        self.add(*(Paragraph(self.labels.read(item), ITEM, bulletText="•") for item in items), Spacer(1, 4))

    def letters(self, *items: str) -> None:
        """A list with letters."""
        marks = (f"{letter})" for letter in "abcdefghijkl")
        self.add(*(Paragraph(self.labels.read(item), ITEM, bulletText=mark) for mark, item in zip(marks, items, strict=False)))
        self.add(Spacer(1, 4))

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], lines: bool = True, header: bool = True, height: float = 0
    ) -> None:
        """A table of text, with or without drawn lines; `widths` are shares of the text's width. The header repeats."""
        data = [
            [Paragraph(self.labels.read(text), HEAD_CELL if header and number == 0 else CELL) for text in row]
            for number, row in enumerate(rows)
        ]
        style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("TOPPADDING", (0, 0), (-1, -1), 3)]
        if lines:
            style.append(("GRID", (0, 0), (-1, -1), 0.5, GRID))
        if header:
            style.append(("BACKGROUND", (0, 0), (-1, 0), PALE) if lines else ("LINEBELOW", (0, 0), (-1, 0), 0.5, GRID))
        heights = [0, *[height] * (len(rows) - 1)]
        table = Table(data, colWidths=shared(widths), minRowHeights=heights, repeatRows=1 if header else 0, style=style)
        self.add(table, Spacer(1, 8))

    def form(self, labels: Sequence[str], height: float = 20, share: float = 0.42) -> None:
        """A form: a label to the left, an empty cell to the right."""
        data = [[Paragraph(self.labels.read(label), CELL), ""] for label in labels]
        style = [
            ("GRID", (0, 0), (-1, -1), 0.5, GRID),
            ("BACKGROUND", (0, 0), (0, -1), PALE),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ]
        self.add(
            Table(data, colWidths=shared((share, 1 - share)), rowHeights=None, minRowHeights=[height] * len(data), style=style)
        )
        self.add(Spacer(1, 8))

    def yes_or_no(self, rows: Sequence[str], header: Sequence[str] = ("", "Ja", "Nej")) -> None:
        """Statements to confirm by a cross in one of two drawn boxes."""
        data: list[list[Any]] = [[Paragraph(text, HEAD_CELL) for text in header]]
        data += [[Paragraph(self.labels.read(row), CELL), square(), square()] for row in rows]
        style = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, GRID),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
        self.add(Table(data, colWidths=shared((0.84, 0.08, 0.08)), repeatRows=1, style=style), Spacer(1, 8))

    def answer_box(self, question: str, hint: str = "", height: float = 70) -> None:
        """A question in bold and under it a drawn, tinted box to write in."""
        parts: list[Any] = [Paragraph(f"<b>{self.labels.read(question)}</b>", CELL)]
        if hint:
            parts.append(Paragraph(self.labels.read(hint), NOTE))
        box = Table([[parts], [""]], colWidths=[WIDTH], rowHeights=[None, height])
        box.setStyle(
            [("BOX", (0, 0), (-1, -1), 0.7, INK), ("BACKGROUND", (0, 0), (-1, -1), CREAM), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        )
        self.add(KeepTogether([box, Spacer(1, 8)]))

    def panel(self, *paragraphs: str) -> None:
        """Text in a tinted panel: something to note, nothing to fill in."""
        cell = [Paragraph(self.labels.read(text), CELL) for text in paragraphs]
        self.add(Table([[cell]], colWidths=[WIDTH], style=[("BACKGROUND", (0, 0), (-1, -1), PALE)]), Spacer(1, 8))

    def contents(self) -> None:
        """The table of contents, on a page of its own."""
        contents = TableOfContents(dotsMinLevel=0)
        contents.levelStyles = [
            ParagraphStyle("toc1", BODY, fontName="Helvetica-Bold", fontSize=9, leading=12, spaceBefore=3, spaceAfter=0),
            ParagraphStyle("toc2", BODY, leftIndent=14, spaceAfter=0, fontSize=8.5, leading=10.8),
        ]
        self.add(PageBreak(), Paragraph("Innehållsförteckning", HEADINGS[0]), contents)

    def write(self, target: Path) -> None:
        """The PDF file; the same bytes each time."""
        # Flowables keep marks of the pass that placed them: each pass gets its own.
        total = self._build(target, deepcopy(self.story), 0)
        self._build(target, deepcopy(self.story), total)

    def _build(self, target: Path, story: list[Any], total: int) -> int:
        document = BaseDocTemplate(
            str(target),
            pagesize=A4,
            title=self.title,
            author=self.author,
            lang="sv-SE",
            invariant=1,
            pageCompression=0,
        )
        frame = Frame(
            25 * mm, 28 * mm, WIDTH + 0.1, A4[1] - 60 * mm, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0
        )
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=self._furniture(total)))
        document.afterFlowable = lambda flowable: note_heading(document, flowable)
        document.multiBuild(story)
        return int(document.page)

    def _furniture(self, total: int) -> Callable[[Any, Any], None]:
        def draw(canvas: Any, document: Any) -> None:
            canvas.saveState()
            canvas.setFont("Helvetica", 8)
            canvas.setFillColor(INK)
            top = A4[1] - 15 * mm
            canvas.drawString(25 * mm, top, self.head[0])
            canvas.drawRightString(A4[0] - 25 * mm, top, f"Sida {document.page} ({total})")
            canvas.drawString(25 * mm, top - 10, self.head[1])
            canvas.setStrokeColor(GRID)
            canvas.line(25 * mm, top - 16, A4[0] - 25 * mm, top - 16)
            canvas.drawCentredString(A4[0] / 2, 12 * mm, self.foot)
            note = self.footnotes.get(document.page)
            if note:
                canvas.line(25 * mm, 25 * mm, 65 * mm, 25 * mm)
                canvas.setFillColor(black)
                canvas.drawString(25 * mm, 21 * mm, note)
            canvas.restoreState()

        return draw


def shared(widths: Sequence[float]) -> list[float]:
    """Shares of the text's width in points."""
    return [width * WIDTH for width in widths]


def square(side: float = 9) -> Any:
    """A drawn box to put a cross in."""
    drawing = Drawing(side + 1, side + 1)
    drawing.add(Rect(0.5, 0.5, side, side, strokeColor=black, strokeWidth=0.8, fillColor=white))
    return drawing


def note_heading(document: Any, flowable: Any) -> None:
    """Tell the table of contents about a heading, and make it a bookmark."""
    style = getattr(getattr(flowable, "style", None), "name", "")
    text = flowable.getPlainText() if style in ("h1", "h2") else ""
    if not text or not text[0].isdigit():
        return
    key = f"heading-{text.split()[0]}"
    document.canv.bookmarkPage(key)
    document.canv.addOutlineEntry(text, key, 0 if style == "h1" else 1)
    document.notify("TOCEntry", (0 if style == "h1" else 1, text, document.page, key))
