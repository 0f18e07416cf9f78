"""A Word document's parts that python-docx has no words for: fields, table rows for print, links, language.

Tables are put together as XML, because a cell at a time through the library costs a hundred times more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from app.export.places import Link
from app.export.plain import legal

__all__ = ["Line", "Pages"]

_INK, _GREY, _ACCENT, _BLUE = (
    RGBColor(0x1C, 0x26, 0x30),
    RGBColor(0x55, 0x63, 0x6F),
    RGBColor(0x0B, 0x6B, 0x63),
    RGBColor(0x1F, 0x5F, 0xA8),
)
_WIDTH = 170
"""Millimetres between the margins of an A4 page."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a table cell in one of the document's styles, as a link when it has one, after a label in bold."""

    text: str
    style: str = "Cell"
    link: Link | None = None
    label: str = ""


class Pages:
    """A Word document on A4 with its styles, header and footer, ready for headings, paragraphs and tables."""

    def __init__(self, title: str, language: str, header: str, footer: str) -> None:
        self.document: WordDocument = Document()
        self._links: dict[str, str] = {}
        self._page()
        self._styles(language)
        properties = self.document.core_properties
        properties.title, properties.author, properties.language = title[:255], "Anbudsklar", language
        properties.comments = properties.last_modified_by = ""
        self._edges(header, footer)

    def heading(self, text: str, level: int) -> None:
        """A heading: 0 is the document's title."""
        self.document.add_heading(legal(text), level)

    def paragraph(self, text: str, style: str | None = None) -> None:
        """A paragraph in a style."""
        self.document.add_paragraph(legal(text), style)

    def turn(self) -> None:
        """From here on, pages of their own with the long side across (257 mm between the margins)."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)

    def table(self, widths: Sequence[int], header: Sequence[str], title: str) -> Table:
        """An empty table with its columns in millimetres and a header row that is repeated on each page."""
        made = self.document.add_table(0, len(widths), "Checklist")
        made.alignment = WD_TABLE_ALIGNMENT.LEFT
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), legal(title)[:250])
        made._tbl.tblPr.append(caption)
        table = Table(made._tbl, widths, self._relation)
        table.row([[Line(text, "Cell Header")] for text in header], repeated=True)
        return table

    def _relation(self, link: Link) -> str:
        """The id of the relationship that holds the address, one for each address."""
        address = link.address
        if address not in self._links:
            # The library looks through all relationships for each new one; the name makes ours unlike its own.
            self._links[address] = f"rIdLink{len(self._links)}"
            relations = self.document.part.rels
            relations.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, self._links[address], is_external=True)
        return self._links[address]

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(22), Mm(18)
        section.header_distance = section.footer_distance = Mm(10)

    def _styles(self, language: str) -> None:
        styles: Any = self.document.styles
        normal = styles["Normal"]
        normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(10.5), _INK
        normal.paragraph_format.space_after = Pt(4)
        self._language(language)
        size: float
        for name, size, before in (("Title", 22, 0), ("Heading 1", 16, 18), ("Heading 2", 13, 14), ("Heading 3", 11, 10)):
            style = styles[name]
            style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
            style.font.color.rgb = _ACCENT if name == "Heading 1" else _INK
            fonts = style.element.rPr.rFonts
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(4)
            style.paragraph_format.keep_with_next = True
            for border in style.element.pPr.findall(qn("w:pBdr")):
                style.element.pPr.remove(border)
        cells = (("Cell", 9.5, _INK, False), ("Cell Strong", 9.5, _INK, True), ("Cell Quiet", 8.5, _GREY, False))
        for name, size, colour, bold in (
            *cells,
            ("Cell Header", 9, _GREY, True),
            ("Cell Path", 9.5, _INK, True),
            ("Cell Tick", 12, _INK, False),
        ):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.font.size, style.font.color.rgb, style.font.bold = Pt(size), colour, bold
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(1.5), Pt(1.5)
        styles["Cell Path"].paragraph_format.keep_with_next = True
        lead = styles.add_style("Lead", WD_STYLE_TYPE.PARAGRAPH)
        lead.paragraph_format.space_before = Pt(4)
        lead.base_style, lead.font.color.rgb = normal, _GREY
        link = styles.add_style("Source Link", WD_STYLE_TYPE.CHARACTER)
        link.font.color.rgb, link.font.underline = _BLUE, True
        table = styles.add_style("Checklist", WD_STYLE_TYPE.TABLE)
        table.base_style = styles["Normal Table"]
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            line = OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "CBD3DA")):
                line.set(qn(f"w:{key}"), value)
            borders.append(line)
        properties = OxmlElement("w:tblPr")
        properties.append(borders)
        table.element.append(properties)

    def _language(self, language: str) -> None:
        """The language of the text for spelling and for reading aloud, in the document's defaults."""
        defaults: Any = self.document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        element = OxmlElement("w:lang")
        element.set(qn("w:val"), language)
        defaults.append(element)

    def _edges(self, header: str, footer: str) -> None:
        section = self.document.sections[0]
        top = section.header.paragraphs[0]
        top.text, top.style = legal(header)[:150], "Cell Quiet"
        bottom = section.footer.paragraphs[0]
        bottom.style = "Cell Quiet"
        before, _, rest = footer.partition("{page}")
        between, _, after = rest.partition("{pages}")
        bottom.add_run(before)
        _field(bottom, "PAGE")
        bottom.add_run(between)
        _field(bottom, "NUMPAGES")
        bottom.add_run(after)


class Table:
    """Rows of a table, appended as XML."""

    def __init__(self, element: Any, widths: Sequence[int], relation: Any) -> None:
        self._element = element
        self._widths = widths
        self._relation = relation

    def row(self, cells: Sequence[Sequence[Line]], repeated: bool = False) -> None:
        """A row that stays on one page, each cell a list of paragraphs. A single cell goes over all columns."""
        row: Any = OxmlElement("w:tr")
        properties: Any = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if repeated:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        whole = len(cells) == 1 and len(self._widths) > 1
        widths = [sum(self._widths)] if whole else self._widths
        for width, lines in zip(widths, cells, strict=True):
            row.append(self._cell(width, lines, len(self._widths) if whole else 1, repeated or whole))
        self._element.append(row)

    def _cell(self, width: int, lines: Sequence[Line], span: int, shaded: bool) -> Any:
        cell: Any = OxmlElement("w:tc")
        properties: Any = OxmlElement("w:tcPr")
        _child(properties, "w:tcW", w=str(round(width * 56.7)), type="dxa")
        if span > 1:
            _child(properties, "w:gridSpan", val=str(span))
        if shaded:
            _child(properties, "w:shd", val="clear", color="auto", fill="ECEFF2" if span == 1 else "F8FAFB")
        cell.append(properties)
        for line in lines or (Line(""),):
            cell.append(self._paragraph(line))
        return cell

    def _paragraph(self, line: Line) -> Any:
        paragraph: Any = OxmlElement("w:p")
        _child(_child(paragraph, "w:pPr"), "w:pStyle", val=line.style.replace(" ", ""))
        if line.label:
            run = _child(paragraph, "w:r")
            _child(_child(run, "w:rPr"), "w:b")
            _text(run, f"{legal(line.label)} ")
        parent = paragraph
        if line.link is not None:
            parent = _child(paragraph, "w:hyperlink")
            parent.set(qn("r:id"), self._relation(line.link))
        for number, text in enumerate(legal(line.text).split("\n")):
            run = _child(parent, "w:r")
            if line.link is not None:
                _child(_child(run, "w:rPr"), "w:rStyle", val="SourceLink")
            if number:
                _child(run, "w:br")
            _text(run, text)
        return paragraph


def _child(parent: Any, name: str, **attributes: str) -> Any:
    element: Any = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def _text(run: Any, text: str) -> None:
    words = _child(run, "w:t")
    words.text = text.replace("\t", " ")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that the program computes when it lays out the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = _child(field, "w:r")
    _child(run, "w:t").text = "1"
    paragraph._p.append(field)
