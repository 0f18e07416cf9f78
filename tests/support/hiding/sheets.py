"""Where an Excel file can hide a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.support.hiding.drawings import emf, shown_in_book
from tests.support.hiding.parts import with_parts

__all__ = ["SHEET_PLACES", "bid_xlsx"]

OPEN_WORDS = ("Genomförande", "Leveransplan", "kvalitetsgranskning")
Hide = Callable[[bytes, str], bytes]

_BOOK = "xl/workbook.xml"
_SHEET = "xl/worksheets/sheet1.xml"
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_M = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def bid_xlsx(secret: str) -> bytes:
    """A sheet with the secret within a cell's text, and open text around it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Pris"
    sheet["A1"], sheet["A2"], sheet["B3"] = "Genomförande", "Leveransplan", f"Vi anger {secret} för hela perioden"
    sheet["A4"] = "En kvalitetsgranskning görs varje månad."
    book.create_sheet("Villkor")["A1"] = "Villkor"
    return shared(_saved(book))


def _instead(held: bytes, _: bytes) -> bytes:
    return held


def shared(data: bytes) -> bytes:
    """The workbook as Excel writes it: texts in a part of their own, cells with their numbers."""
    strings: list[bytes] = []

    def number(found: re.Match[bytes]) -> bytes:
        strings.append(found.group(2))
        return b'<c %st="s"><v>%d</v></c>' % (found.group(1), len(strings) - 1)

    with ZipFile(BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/") and b"<is>" in archive.read(name)]
    pattern = re.compile(rb'<c ([^>]*)t="inlineStr"><is>(.*?)</is></c>')
    changed = {name: pattern.sub(number, ZipFile(BytesIO(data)).read(name)) for name in sheets}
    made = "".join(f"<si>{text.decode()}</si>" for text in strings)
    return with_parts(
        data,
        {name: partial(_instead, held) for name, held in changed.items()},
        {"xl/sharedStrings.xml": f"<sst {_S}>{made}</sst>"},
        [(_BOOK, "rIdStrings", "sharedStrings", "/xl/sharedStrings.xml")],
        {"xl/sharedStrings.xml": f"{_M}.sharedStrings+xml"},
    )


def _saved(book: Any) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _with(change: Callable[[Any, str], None]) -> Hide:
    def hide(data: bytes, secret: str) -> bytes:
        book = load_workbook(BytesIO(data))
        change(book, secret)
        return _saved(book)

    return hide


def _hidden_sheet(book: Any, secret: str) -> None:
    sheet = book.create_sheet("Underlag")
    sheet["A1"] = secret
    sheet.sheet_state = "veryHidden"


def _hidden_row(book: Any, secret: str) -> None:
    book["Villkor"]["C9"] = secret
    book["Villkor"].row_dimensions[9].hidden = True


def _hidden_column(book: Any, secret: str) -> None:
    book["Villkor"]["K2"] = secret
    book["Villkor"].column_dimensions["K"].hidden = True


def _comment(book: Any, secret: str) -> None:
    book["Villkor"]["A1"].comment = Comment(f"Se {secret}", "x")


def _name(book: Any, secret: str) -> None:
    book.defined_names["dold"] = DefinedName("dold", attr_text=f'"{secret}"', comment=secret)


def _validation(book: Any, secret: str) -> None:
    rule = DataValidation("list", formula1=f'"Ja,{secret}"', promptTitle="x", prompt=secret, error=secret)
    rule.add("D4")
    book["Villkor"].add_data_validation(rule)


def _condition(book: Any, secret: str) -> None:
    book["Villkor"].conditional_formatting.add("A1:A9", Rule("expression", formula=[f'A1="{secret}"']))


def _header(book: Any, secret: str) -> None:
    book["Villkor"].oddHeader.center.text = secret
    book["Villkor"].evenFooter.left.text = secret


def _sheet_name(book: Any, secret: str) -> None:
    book.create_sheet(secret[:31])["A1"] = "tomt"


def _formula(book: Any, secret: str) -> None:
    book["Villkor"]["E5"] = f'=IF(A1="{secret}",1,0)'


def _properties(book: Any, secret: str) -> None:
    book.properties.title = book.properties.keywords = book.properties.creator = secret


def _filter(book: Any, secret: str) -> None:
    book["Villkor"].auto_filter.ref = "A1:B9"
    book["Villkor"].auto_filter.add_filter_column(0, [secret])


def _table(book: Any, secret: str) -> None:
    from openpyxl.worksheet.table import Table

    sheet = book["Villkor"]
    sheet["H1"], sheet["I1"], sheet["H2"] = "Ett", "Två", 1
    table = Table(displayName="Tabell", ref="H1:I2")
    sheet.add_table(table)
    vars(Table)["_initialise_columns"](table)
    table.tableColumns[0].name, table.tableColumns[1].name = "Ett", "Två"
    table.tableColumns[0].totalsRowLabel = secret
    table.comment = secret


def _part(name: str, xml: str, kind: str, content_type: str, source: str = _BOOK) -> Hide:
    def hide(data: bytes, secret: str) -> bytes:
        held = f'<?xml version="1.0" encoding="UTF-8"?>{xml}'.replace("SECRET", escape(secret))
        middle = len(secret) // 2
        held = held.replace("HALF", escape(secret[:middle])).replace("REST", escape(secret[middle:]))
        return with_parts(data, None, {name: held}, [(source, "rIdHide", kind, "/" + name)], {name: content_type})

    return hide


def _string(xml: str) -> Hide:
    """A string that no cell uses."""

    def hide(data: bytes, secret: str) -> bytes:
        middle = len(secret) // 2
        held = xml.replace("HALF", escape(secret[:middle])).replace("REST", escape(secret[middle:]))
        return with_parts(data, {"xl/sharedStrings.xml": lambda part: part.replace(b"</sst>", held.encode() + b"</sst>")})

    return hide


def _cached(data: bytes, secret: str) -> bytes:
    """The remembered text of a formula on a hidden sheet."""
    made = _with(lambda book, _: setattr(book.create_sheet("Dold"), "sheet_state", "hidden"))(data, secret)
    cell = f'<sheetData><row r="1"><c r="A1" t="str"><f>UPPER(Pris!B9)</f><v>{escape(secret)}</v></c></row></sheetData>'
    return with_parts(
        made, {"xl/worksheets/sheet3.xml": lambda part: re.sub(rb"<sheetData\s*/>|<sheetData></sheetData>", cell.encode(), part)}
    )


def _picture_text(data: bytes, secret: str) -> bytes:
    drawing = (
        f'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" {_A}>'
        f"<xdr:absoluteAnchor><xdr:sp>"
        '<xdr:nvSpPr><xdr:cNvPr id="2" name="Ruta" descr="SECRET"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>'
        "HALF</a:t></a:r><a:r><a:t>REST</a:t></a:r>"
        "</a:p></xdr:txBody></xdr:sp></xdr:absoluteAnchor></xdr:wsDr>"
    )
    return _part(
        "xl/drawings/drawing9.xml", drawing, "drawing", "application/vnd.openxmlformats-officedocument.drawing+xml", _SHEET
    )(data, secret)


_CHART = (
    f'<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" {_A}><c:chart>'
    f"<c:title><c:tx><c:rich><a:p><a:r><a:t>HALF</a:t></a:r>"
    "<a:r><a:t>REST</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:ser><c:cat><c:strRef><c:f>"
    "Pris!$B$3</c:f><c:strCache>"
    '<c:pt idx="0"><c:v>SECRET</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser></c:plotArea></c:chart></c:chartSpace>'
)


def _word(secret: str) -> str:
    return "x_" + "".join(sign for sign in secret if sign.isalnum())


def _joined_sheet(book: Any, secret: str) -> None:
    book.create_sheet(_word(secret)[:31])["A1"] = "tomt"
    book["Villkor"]["B7"] = f"='{_word(secret)[:31]}'!A1"


def _joined_name(book: Any, secret: str) -> None:
    book.defined_names[_word(secret)] = DefinedName(_word(secret), attr_text="Villkor!$A$1")
    book["Villkor"]["B8"] = f"={_word(secret)}"


SHEET_PLACES: dict[str, Hide] = {
    "a hidden sheet": _with(_hidden_sheet),
    "a hidden row": _with(_hidden_row),
    "a hidden column": _with(_hidden_column),
    "a comment": _with(_comment),
    "a defined name": _with(_name),
    "a list of choices": _with(_validation),
    "a condition": _with(_condition),
    "a header": _with(_header),
    "a sheet's name": _with(_sheet_name),
    "a formula": _with(_formula),
    "properties": _with(_properties),
    "a sheet's name in one word": _with(_joined_sheet),
    "a defined name in one word": _with(_joined_name),
    "a drawing of commands": lambda data, secret: shown_in_book(data, emf([secret])),
    "a drawing of commands, letter by letter": lambda data, secret: shown_in_book(data, emf(list(secret))),
    "a filter": _with(_filter),
    "a table": _with(_table),
    "a string that no cell uses": _string("<si><t>HALFREST</t></si>"),
    "a string in runs": _string("<si><r><t>HALF</t></r><r><t>REST</t></r></si>"),
    "a remembered value": _cached,
    "text in a drawing": _picture_text,
    "a chart": _part(
        "xl/charts/chart9.xml", _CHART, "chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml", _SHEET
    ),
    "a pivot table's memory": _part(
        "xl/pivotCache/pivotCacheRecords9.xml",
        f'<pivotCacheRecords {_S}><r><s v="SECRET"/></r></pivotCacheRecords>',
        "pivotCacheRecords",
        f"{_M}.pivotCacheRecords+xml",
    ),
    "a link to another book": _part(
        "xl/externalLinks/externalLink9.xml",
        f'<externalLink {_S}><externalBook><sheetNames><sheetName val="SECRET"/></sheetNames><sheetDataSet>'
        f'<sheetData sheetId="0"><row r="1">'
        '<cell r="A1" t="str"><v>SECRET</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>',
        "externalLink",
        f"{_M}.externalLink+xml",
    ),
    "a connection": _part(
        "xl/connections.xml",
        f'<connections {_S}><connection id="1" name="SECRET">'
        f'<dbPr connection="SECRET" command="SELECT SECRET"/></connection></connections>',
        "connections",
        f"{_M}.connections+xml",
    ),
    "the log of a shared book": _part(
        "xl/revisions/revisionLog9.xml",
        f'<revisions {_S}><rcc rId="1"><nc r="A1" t="inlineStr"><is><t>SECRET</t></is></nc></rcc></revisions>',
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionLog",
        f"{_M}.revisionLog+xml",
    ),
    "a conversation": _part(
        "xl/threadedComments/threadedComment9.xml",
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1"><text>SECRET'
        "</text></threadedComment></ThreadedComments>",
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "application/vnd.ms-excel.threadedcomments+xml",
        _SHEET,
    ),
    "the order of calculation": _part(
        "xl/calcChain.xml", f'<calcChain {_S}><c r="A1" i="SECRET"/></calcChain>', "calcChain", f"{_M}.calcChain+xml"
    ),
    "stored data": _part("customXml/item9.xml", "<bud><pris>SECRET</pris></bud>", "customXml", "application/xml"),
    "the archive's comment": lambda data, secret: with_parts(data, comment=secret.encode("utf-8")),
    "parts left over": lambda data, secret: with_parts(data, None, {"xl/gammal.xml": f"<a>{secret}</a>"}),
}
"""Functions that hide a text in an Excel file, none in a cell that is seen."""
