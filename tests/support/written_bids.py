"""The bids of `edited_bids` written out as files of every format and read back, with where each passage was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from unicodedata import normalize

from app.core.document import Document
from app.documents import read
from app.documents.reader import ReadRequest
from tests.support.edited_bids import Bid


@dataclass(frozen=True)
class Written:
    """A file read back, with the page of each paragraph and the cell of each row, as they were written."""

    document: Document
    pages: dict[str, int] = field(default_factory=dict)
    cells: dict[tuple[str, int], tuple[str, str]] = field(default_factory=dict)


def spelled(text: str, spelling: str) -> str:
    """The same text as another program might store it."""
    match spelling:
        case "nfd":
            return normalize("NFD", text)
        case "soft":
            return " ".join(
                word[: len(word) // 2] + "\u00ad" + word[len(word) // 2 :] if len(word) > 8 else word for word in text.split(" ")
            )
        case "ligatures":
            return text.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")
        case "hard":
            return text.replace(" ", "\u00a0")
        case _:
            return text


def write(bid: Bid, form: str) -> Written:
    """The bid as a file of the format, read back by the program's own reader."""
    return {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx, "txt": _txt}[form](bid)


def _read(name: str, data: bytes) -> Document:
    return read(ReadRequest(name, data=data))


def _docx(bid: Bid) -> Written:
    import docx

    made = docx.Document()
    for section in bid.sections:
        made.add_heading(section.title, 1)
        for para in section.paras:
            made.add_paragraph(spelled(para.text, bid.spelling))
        if section.rows:
            table = made.add_table(len(section.rows), len(section.rows[0][1]))
            for row, (_, cells) in zip(table.rows, section.rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = spelled(text, bid.spelling)
    target = BytesIO()
    made.save(target)
    return Written(_read("anbud.docx", target.getvalue()))


def _txt(bid: Bid) -> Written:
    import textwrap

    parts: list[str] = []
    for number, section in enumerate(bid.sections, 1):
        parts.append(f"{number} {section.title}")
        parts += ["\n".join(textwrap.wrap(spelled(para.text, bid.spelling), bid.width)) for para in section.paras]
        parts += [f"{cells[0]}, {', '.join(cells[1:])}" for _, cells in section.rows]
    return Written(_read("anbud.txt", "\n\n".join(parts).encode()))


def _pdf(bid: Bid) -> Written:
    from reportlab.lib import colors
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

    pages: dict[str, int] = {}
    style = getSampleStyleSheet()

    class Marked(Paragraph):  # type: ignore[misc]
        """Tells on which page it was drawn."""

        key = ""

        def draw(self) -> None:
            pages[self.key] = self.canv.getPageNumber()
            super().draw()

    class Grid(Table):  # type: ignore[misc]
        """The same for rows: the table is kept on one page."""

        keys: tuple[str, ...] = ()

        def draw(self) -> None:
            pages.update(dict.fromkeys(self.keys, self.canv.getPageNumber()))
            super().draw()

    story: list[object] = []
    spelling = "plain" if bid.spelling == "ligatures" else bid.spelling  # the standard fonts have no ligatures
    for number, section in enumerate(bid.sections, 1):
        story.append(Paragraph(f"{number} {section.title}", style["Heading1"]))
        for para in section.paras:
            text = para.text if spelling == "nfd" else spelled(para.text, spelling).replace("\u00ad", "")
            made = Marked(text, style["Normal"])
            made.key = para.key
            story += [KeepTogether([made]), Spacer(1, 9)]
        if section.rows:
            grid = Grid([list(cells) for _, cells in section.rows])
            grid.setStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)])
            grid.keys = tuple(key for key, _ in section.rows)
            story += [KeepTogether([grid]), Spacer(1, 9)]
    target = BytesIO()
    side = max(40, 297 - bid.width * 2.6)
    SimpleDocTemplate(target, leftMargin=side, rightMargin=side, invariant=1).build(story)
    return Written(_read("anbud.pdf", target.getvalue()), pages)


def _xlsx(bid: Bid) -> Written:
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    cells: dict[tuple[str, int], tuple[str, str]] = {}
    for number in range(bid.sheets_before):
        sheet = book.create_sheet(f"Ny {number + 1}")
        sheet["A1"] = "Läs detta först"
    for section in bid.sections:
        sheet = book.create_sheet(section.title)
        sheet.append([section.title])
        for _ in range(bid.rows_before):
            sheet.append(["Ny rad"])
        for para in section.paras:
            sheet.append([spelled(para.text, bid.spelling)])
            cells[para.key, 0] = (section.title, f"A{sheet.max_row}")
        sheet.append([None])
        for key, row in section.rows:
            sheet.append([_value(text) if key != "head" else text for text in row])
            for column in range(len(row)):
                cells[key, column] = (section.title, f"{get_column_letter(column + 1)}{sheet.max_row}")
    target = BytesIO()
    book.save(target)
    return Written(_read("priser.xlsx", target.getvalue()), {}, cells)


def _value(text: str) -> object:
    """Prices as numbers, which is how a workbook holds them."""
    bare = text.replace(" ", "")
    return int(bare) if bare.isdigit() else text or None
