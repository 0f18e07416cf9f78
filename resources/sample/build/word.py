"""Building Word files as Word writes them: numbered headings, form tables, content controls and the older form fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from resources.sample.build.archive import freeze
from resources.sample.build.labels import Labels

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
WRITTEN = datetime(2027, 9, 14, 8, 0)
PLACEHOLDER = "Klicka här för att ange text."


class Letter:
    """A Word file in the making, with its labels."""

    def __init__(self, title: str, author: str, head: str, foot: str) -> None:
        self.labels = Labels()
        self.document: Any = Document()
        self._ids = count(1001)
        properties = self.document.core_properties
        properties.title, properties.author, properties.last_modified_by = title, author, author
        properties.created = properties.modified = WRITTEN
        properties.comments = ""
        properties.language = "sv-SE"
        self._styles()
        self._numbering()
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.3)
        section.header.paragraphs[0].text = head
        section.footer.paragraphs[0].text = foot
        section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _styles(self) -> None:
        styles = self.document.styles
        styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for name, size in (("Title", 22), ("Heading 1", 15), ("Heading 2", 12)):
            font = styles[name].font
            font.name, font.size, font.bold, font.color.rgb = "Calibri", Pt(size), True, RGBColor(0x1F, 0x3A, 0x4D)
            fonts = styles[name].element.rPr.rFonts
            for attribute in list(fonts.attrib):
                if attribute.endswith("Theme"):
                    del fonts.attrib[attribute]

    def _numbering(self) -> None:
        """Number the headings the way Word does: by a list that belongs to the heading styles."""
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{level + 1}"/>'
            f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
            for level, pattern in enumerate(("%1", "%1.%2"))
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        numbering.insert(len(numbering.findall(qn("w:abstractNum"))), abstract)
        number = f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'
        numbering.append(parse_xml(number))
        for level in (0, 1):
            properties = self.document.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'),
            )

    def title(self, text: str) -> None:
        """The title on top."""
        self.document.add_paragraph(text, style="Title")

    def heading(self, text: str, level: int = 1) -> None:
        """A heading whose number Word computes."""
        self.document.add_paragraph(text, style=f"Heading {level}")

    def text(self, *paragraphs: str, style: str | None = None) -> None:
        """Running text, one string per paragraph."""
        for paragraph in paragraphs:
            self.document.add_paragraph(self.labels.read(paragraph), style=style)

    def bullets(self, *items: str) -> None:
        """A list with bullets."""
        self.text(*items, style="List Bullet")

    def table(self, rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Any:
        """A table with lines and a repeated, shaded header. A cell is a text or one of the fields below. Widths in cm."""
        table = self.document.add_table(rows=0, cols=len(widths), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for number, row in enumerate(rows):
            cells = table.add_row().cells
            for cell, content, width in zip(cells, row, widths, strict=True):
                cell.width = Cm(width)
                paragraph = cell.paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                self.fill(paragraph, content)
                if number == 0:
                    for run in paragraph.runs:
                        run.bold = True
                    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="E6EEF2"/>'))
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        self.document.add_paragraph()
        return table

    def picture(self, data: bytes, width: float) -> None:
        """A picture in a paragraph of its own. Width in cm."""
        self.document.add_paragraph().add_run().add_picture(BytesIO(data), width=Cm(width))

    def line(self, *parts: Any) -> None:
        """A paragraph of texts and fields."""
        self.fill(self.document.add_paragraph(), list(parts))

    def fill(self, paragraph: Any, content: Any) -> None:
        """Put a text, a field (a tuple of elements) or a list of them into a paragraph."""
        for part in content if isinstance(content, list) else [content]:
            if isinstance(part, str):
                paragraph.add_run(self.labels.read(part))
            else:
                for element in part:
                    paragraph._p.append(element)

    def _control(self, title: str, kind: str, shown: str, placeholder: bool) -> tuple[Any, ...]:
        showing = "<w:showingPlcHdr/>" if placeholder else ""
        style = '<w:rPr><w:color w:val="808080"/></w:rPr>' if placeholder else ""
        return (
            parse_xml(
                f"<w:sdt {nsdecls('w')} {W14}><w:sdtPr><w:alias w:val={quoteattr(title)}/><w:tag w:val={quoteattr(title)}/>"
                f'<w:id w:val="{next(self._ids)}"/>{showing}{kind}</w:sdtPr>'
                f"<w:sdtContent><w:r>{style}<w:t>{escape(shown)}</w:t></w:r></w:sdtContent></w:sdt>"
            ),
        )

    def text_control(self, title: str, value: str | None = None) -> tuple[Any, ...]:
        """A content control for text."""
        return self._control(title, "<w:text/>", value or PLACEHOLDER, value is None)

    def date_control(self, title: str, value: str | None = None) -> tuple[Any, ...]:
        """A content control for a date."""
        kind = '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="sv-SE"/><w:calendar w:val="gregorian"/></w:date>'
        return self._control(title, kind, value or "Klicka här för att ange datum.", value is None)

    def choice_control(self, title: str, options: Sequence[str], value: str | None = None) -> tuple[Any, ...]:
        """A content control with a drop-down list."""
        items = "".join(f"<w:listItem w:displayText={quoteattr(option)} w:value={quoteattr(option)}/>" for option in options)
        return self._control(title, f"<w:dropDownList>{items}</w:dropDownList>", value or "Välj ett objekt.", value is None)

    def checkbox_control(self, title: str, checked: bool = False) -> tuple[Any, ...]:
        """A content control to tick."""
        kind = (
            f'<w14:checkbox><w14:checked w14:val="{int(checked)}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
        )
        return self._control(title, kind, "☒" if checked else "☐", False)

    def _field(self, name: str, kind: str, instruction: str, shown: str) -> tuple[Any, ...]:
        run = f"<w:r {nsdecls('w')}>"
        data = f'<w:ffData><w:name w:val={quoteattr(name)}/><w:enabled/><w:calcOnExit w:val="0"/>{kind}</w:ffData>'
        parts = [
            f'{run}<w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>',
            f'{run}<w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>',
            f'{run}<w:fldChar w:fldCharType="separate"/></w:r>',
            f'{run}<w:t xml:space="preserve">{escape(shown)}</w:t></w:r>',
            f'{run}<w:fldChar w:fldCharType="end"/></w:r>',
        ]
        if not shown:
            del parts[2:4]
        return tuple(parse_xml(part) for part in parts)

    def old_text(self, name: str, value: str = "     ", limit: int = 0) -> tuple[Any, ...]:
        """An older form field for text, with at most `limit` characters."""
        longest = f'<w:maxLength w:val="{limit}"/>' if limit else ""
        return self._field(name, f"<w:textInput>{longest}</w:textInput>", "FORMTEXT", value)

    def old_checkbox(self, name: str, checked: bool = False) -> tuple[Any, ...]:
        """An older form field to tick."""
        return self._field(name, f'<w:checkBox><w:sizeAuto/><w:default w:val="{int(checked)}"/></w:checkBox>', "FORMCHECKBOX", "")

    def old_choice(self, name: str, options: Sequence[str], chosen: int = 0) -> tuple[Any, ...]:
        """An older form field with a drop-down list."""
        items = "".join(f"<w:listEntry w:val={quoteattr(option)}/>" for option in options)
        result = f'<w:result w:val="{chosen}"/>' if chosen else ""
        return self._field(name, f"<w:ddList>{result}{items}</w:ddList>", "FORMDROPDOWN", "")

    def write(self, target: Path) -> None:
        """The Word file; the same members each time."""
        self.document.save(str(target))
        freeze(target)
