"""Sheets of a workbook: columns, rows and safe cells. What openpyxl would leave to chance is decided here.

- Foreign text is always stored as text. It never becomes a formula or an error value, whatever it begins with.
- A workbook is put together in memory: openpyxl's own writer would leave each sheet in a temporary file meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from app.export.places import Link
from app.export.plain import clipped, legal

__all__ = ["MOST_ROWS", "Column", "Sheet", "Value", "add_styles", "save"]

MOST_ROWS = 1_000_000
_MOST_CHARACTERS = 32_767
_MOST_LINKS = 60_000
"""Excel repairs a sheet with more than 65,530 links, and the repair takes them all away."""
_MOST_ADDRESS = 2_000
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\r", "'")

_LINE, _MOST_HEIGHT = 13.2, 409.0
"""Points: a line of the cells' type, and the tallest row that Excel has."""

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, width in characters and style of its cells."""

    heading: str
    width: float
    style: str = "text"


class _Row(RowDimension):
    """A row with a height that was reckoned from its text, and that follows the text when the user changes it."""

    @property
    def customHeight(self) -> bool:  # noqa: N802
        """False: a height that somebody chose would stay whatever is written in the row."""
        return False


class Sheet:
    """A worksheet with a header row that stays in sight, filters, and a page layout for printing."""

    def __init__(self, workbook: Workbook, title: str, columns: Sequence[Column], lead: str = "") -> None:
        self.columns = columns
        self.sheet: Worksheet = workbook.create_sheet(title[:31])
        self.row = 0
        self._links = 0
        if lead:
            self.row += 1
            self.set(1, lead, "lead")
            self.sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(columns))
            self.sheet.row_dimensions[1].height = 24
        self.header = self.row + 1
        for number, column in enumerate(columns, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = column.width
        self.add([column.heading for column in columns], "header")
        for number, column in enumerate(columns, 1):
            if column.style == "number":
                self.set(number, column.heading, "header_number")

    def add(self, values: Iterable[Value], style: str | None = None) -> int:
        """A row of values in the columns' styles, or all in one style. Returns its number."""
        self.row += 1
        lines = 1
        for number, (column, value) in enumerate(zip(self.columns, values, strict=True), 1):
            self.set(number, value, style or column.style)
            if isinstance(value, str) and len(value) * 2 > column.width:
                lines = max(lines, _lines(value, column.width))
        height = min(lines * _LINE + 3, _MOST_HEIGHT)
        self.sheet.row_dimensions[self.row] = _Row(self.sheet, self.row, ht=height)
        return self.row

    def set(self, column: int, value: Value, style: str) -> None:
        """A cell of the current row. Text stays text."""
        cell = self.sheet.cell(row=self.row, column=column)
        cell.style = style
        if isinstance(value, str):
            text = clipped(legal(value), _MOST_CHARACTERS)
            if text:
                cell.value = text
                cell.data_type = "s"
                cell.quotePrefix = text.startswith(_STARTS_FORMULA)
        elif value is not None:
            cell.value = value

    def formula(self, column: int, formula: str, style: str) -> None:
        """A formula of our own in the current row: nothing foreign may be part of it."""
        cell = self.sheet.cell(row=self.row, column=column)
        cell.style = style
        cell.value = formula

    def link(self, column: int, link: Link | None) -> None:
        """Let the cell of the current row open a file at its place."""
        if link is None or self._links >= _MOST_LINKS or len(link.address) > _MOST_ADDRESS:
            return
        self._links += 1
        cell = self.sheet.cell(row=self.row, column=column)
        cell.style = "link"
        # Set as an object: openpyxl would put the address in an empty cell, and does not part file and place.
        cell.hyperlink = Hyperlink(ref=cell.coordinate, target=link.path, location=link.inside or None)

    def finish(self, printed: int | None = None, frozen: int = 0) -> None:
        """Filters over all rows, the header frozen together with `frozen` columns, printing of the first `printed` columns."""
        last = get_column_letter(len(self.columns))
        self.sheet.auto_filter.ref = f"A{self.header}:{last}{max(self.row, self.header)}"
        self.sheet.freeze_panes = f"{get_column_letter(frozen + 1)}{self.header + 1}"
        self.sheet.print_area = f"A1:{get_column_letter(printed or len(self.columns))}{max(self.row, self.header)}"
        self.page()
        self.sheet.print_title_rows = f"{self.header}:{self.header}"

    def page(self) -> None:
        """A4 landscape, as wide as the paper and as many pages long as it takes, sheet and page number at the foot."""
        sheet = self.sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth = 1
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
        footer = sheet.oddFooter
        if footer is not None and footer.left is not None and footer.right is not None:
            footer.left.text, footer.right.text = "&A", "&P / &N"
        sheet.sheet_view.showGridLines = False


def _lines(text: str, width: float) -> int:
    """About how many lines the text takes in a column: not every program reckons it when it opens the file."""
    across = max(1.0, width * 1.15)
    return sum(max(1, ceil(len(line) / across)) for line in text.splitlines()) or 1


def add_styles(workbook: Workbook, date_format: str) -> None:
    """The named styles that cells refer to, so that a user can restyle the whole workbook in one place."""
    ink, grey, line = "1C2630", "55636F", "DDE3E8"
    below = Border(bottom=Side("thin", color=line))
    top = Alignment(vertical="top", wrap_text=True)
    middle = Alignment(vertical="top", horizontal="center", wrap_text=True)

    def fill(colour: str) -> PatternFill:
        return PatternFill("solid", fgColor=colour)

    styles = [
        NamedStyle("text", font=Font("Calibri", 10, color=ink), alignment=top, border=below),
        NamedStyle("quiet", font=Font("Calibri", 9, color=grey), alignment=top, border=below),
        NamedStyle("strong", font=Font("Calibri", 10, bold=True, color=ink), alignment=top, border=below),
        NamedStyle("middle", font=Font("Calibri", 10, color=ink), alignment=middle, border=below),
        NamedStyle("number", font=Font("Calibri", 10, color=ink), alignment=Alignment(vertical="top"), border=below),
        NamedStyle("date", font=Font("Calibri", 10, color=ink), alignment=middle, border=below, number_format=date_format),
        NamedStyle("entry", font=Font("Calibri", 10, color=ink), alignment=top, border=below, fill=fill("F8FAFB")),
        NamedStyle("link", font=Font("Calibri", 10, color="1F5FA8", underline="single"), alignment=top, border=below),
        NamedStyle("title", font=Font("Calibri", 16, bold=True, color=ink), alignment=Alignment(vertical="center")),
        NamedStyle("lead", font=Font("Calibri", 10, color=grey), alignment=Alignment(vertical="center", wrap_text=True)),
        NamedStyle(
            "header",
            font=Font("Calibri", 10, bold=True, color="FFFFFF"),
            alignment=Alignment(vertical="center", wrap_text=True),
            fill=fill("3F4C57"),
        ),
        NamedStyle(
            "header_number",
            font=Font("Calibri", 10, bold=True, color="FFFFFF"),
            alignment=Alignment(vertical="center", horizontal="right", wrap_text=True),
            fill=fill("3F4C57"),
        ),
        NamedStyle("question", font=Font("Calibri", 10, color="0B6B63"), alignment=top, border=below, fill=fill("E3F1EF")),
        NamedStyle("attachment", font=Font("Calibri", 10, color="8A5100"), alignment=top, border=below, fill=fill("FFF3DC")),
        NamedStyle("requirement", font=Font("Calibri", 10, color="3F4C57"), alignment=top, border=below, fill=fill("ECEFF2")),
        NamedStyle("criterion", font=Font("Calibri", 10, color="1F5FA8"), alignment=top, border=below, fill=fill("E6EFFA")),
        NamedStyle("deadline", font=Font("Calibri", 10, color="B3261E"), alignment=top, border=below, fill=fill("FDECEA")),
    ]
    for style in styles:
        workbook.add_named_style(style)


class _InMemory(ExcelWriter):
    """openpyxl's writer without its temporary files: no text of a tender is left on the disk by a crash."""

    def __init__(self, workbook: Workbook, archive: ZipFile) -> None:
        super().__init__(workbook, archive)
        self.archive = archive

    def write_worksheet(self, ws: Any) -> None:
        """One sheet into the archive. The workbooks made here have no drawings, charts, comments or pivots."""
        stream = BytesIO()
        writer: Any = WorksheetWriter(ws, stream)
        writer.write()
        ws._rels = writer._rels
        ws._drawing = None
        self.archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


def save(workbook: Workbook, target: BinaryIO) -> None:
    """Write the workbook to the target, which need not be seekable."""
    with ZipFile(target, "w", ZIP_DEFLATED, allowZip64=True) as archive:
        _InMemory(workbook, archive).write_data()
