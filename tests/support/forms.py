"""Forms for tests: small ones built here, answers written into them, and what differs between a form and its filled copy."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from openpyxl import Workbook, load_workbook
from reportlab.pdfgen import canvas

from app.core.document import Place
from app.core.forms import FillReport, FormAnswer, Outcome
from app.documents.reader import ReadRequest
from app.export.forms import Filled, FormJob, Target, fill
from app.workflow.filling import fill as fill_operation

WORD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:document xmlns:w="http://schemas.openxmlformats.org/'
    'wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
    "<!-- the maker's own --><w:body>{body}<w:sectPr  w:rsidR='00A1'/></w:body></w:document>"
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; further parts by their names, dots written as `__` and slashes as `___`."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr("word/document.xml", WORD.replace("{body}", body))
        for name, content in parts.items():
            package.writestr(name.replace("___", "/").replace("__", "."), content)
    return made.getvalue()


def paragraph(text: str, look: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def rows(*cells: Sequence[str]) -> str:
    """A table; what begins with "<" is a cell's content as it is."""
    made = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc><w:tcPr/>{cell if cell.startswith('<') else paragraph(cell) if cell else '<w:p/>'}</w:tc>" for cell in row
        )
        + "</w:tr>"
        for row in cells
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{made}</w:tbl>"


def control(kind: str, shown: str = "Klicka här för att ange text.", title: str = "", prompt: bool = True) -> str:
    """A content control in a paragraph."""
    alias = f'<w:alias w:val="{title}"/>' if title else ""
    empty = "<w:showingPlcHdr/>" if prompt else ""
    return (
        f"<w:sdt><w:sdtPr>{alias}<w:id w:val='7'/>{empty}{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val='Grey'/><w:b/>"
        f"</w:rPr><w:t>{shown}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def main_part(data: bytes) -> str:
    """The body of a Word file as text."""
    return ZipFile(BytesIO(data)).read("word/document.xml").decode("utf-8")


def parts_that_differ(before: bytes, after: bytes) -> set[str]:
    """Names of the parts of a package whose bytes are not the same. The members and their order must be."""
    old, new = ZipFile(BytesIO(before)), ZipFile(BytesIO(after))
    assert old.namelist() == new.namelist()
    return {name for name in old.namelist() if old.read(name) != new.read(name)}


def opened(data: bytes) -> Workbook:
    """A workbook as openpyxl reads it, without what it says of extensions that it does not know."""
    with catch_warnings():
        simplefilter("ignore")
        return load_workbook(BytesIO(data))


def cells_that_differ(before: bytes, after: bytes) -> dict[tuple[str, str], Any]:
    """Each cell with another value, by sheet and name. Styles, widths, merges, rules and locks must be the same."""
    old, new = opened(before), opened(after)
    assert old.sheetnames == new.sheetnames
    found: dict[tuple[str, str], Any] = {}
    for one, other in zip(old.worksheets, new.worksheets, strict=True):
        assert sorted(map(str, one.merged_cells.ranges)) == sorted(map(str, other.merged_cells.ranges))
        assert one.protection.__dict__ == other.protection.__dict__
        assert [rule.sqref for rule in one.data_validations.dataValidation] == [
            rule.sqref for rule in other.data_validations.dataValidation
        ]
        assert {key: each.width for key, each in one.column_dimensions.items()} == {
            key: each.width for key, each in other.column_dimensions.items()
        }
        for row in other.iter_rows():
            cell: Any
            for cell in row:
                was: Any = one[cell.coordinate]
                assert was._style == cell._style or (was.value is None and not was.has_style)
                if _plain(was.value) != _plain(cell.value):
                    found[one.title, cell.coordinate] = cell.value
    return found


def _plain(value: Any) -> Any:
    return value.text if hasattr(value, "text") else value


def filled(data: bytes, answers: Iterable[FormAnswer], name: str = "form.xlsx") -> tuple[FillReport, bytes]:
    """A form filled in as the child process does it."""
    said, made = fill_operation(ReadRequest(name, data=data), msgspec.json.encode(tuple(answers)))
    return msgspec.json.decode(said, type=FillReport), made


def put(data: bytes, *cells: tuple[str, str], sheet: str = "Blad") -> Filled:
    """Answers put into cells of a workbook by its writer alone."""
    targets = tuple(Target(number, value, Place(sheet=sheet, cell=cell)) for number, (cell, value) in enumerate(cells))
    return fill(FormJob("form.xlsx", data, targets), "xlsx")


def reasons(report: FillReport) -> list[str]:
    """Why each answer was not filled in; "" for those that were."""
    return [entry.reason.code if entry.reason is not None else "" for entry in report.entries]


def all_filled(report: FillReport) -> bool:
    """Whether every answer is in."""
    return report.count(Outcome.FILLED) == len(report.entries) > 0


def saved(workbook: Workbook) -> bytes:
    """A workbook's bytes."""
    made = BytesIO()
    workbook.save(made)
    return made.getvalue()


def acroform(*, extra: bool = False) -> bytes:
    """A PDF with a field of each kind, the company's name on two pages."""
    made = BytesIO()
    paper = canvas.Canvas(made, pagesize=(595, 842), invariant=1)
    form = paper.acroForm
    for height, words in ((780, "Företagsnamn:"), (740, "Beskriv er organisation:"), (640, "Organisationsnummer:")):
        paper.drawString(50, height, words)
    form.textfield(name="company", x=200, y=772, width=250, height=20, fontSize=11, maxlen=60)
    form.textfield(name="describe", x=200, y=680, width=250, height=70, fontSize=10, fieldFlags="multiline", maxlen=400)
    form.textfield(name="orgnr", x=200, y=632, width=200, height=20, maxlen=11, fieldFlags="comb")
    paper.drawString(50, 600, "Vi accepterar avtalsvillkoren:")
    form.checkbox(name="accept", x=250, y=595)
    paper.drawString(50, 560, "Har ni kollektivavtal?")
    for left, value in ((250, "Ja"), (320, "Nej")):
        form.radio(name="agreement", value=value, x=left, y=555)
        paper.drawString(left + 25, 560, value)
    paper.drawString(50, 520, "Ort:")
    form.choice(name="town", options=[("Malmö", "m"), ("Umeå", "u")], value="m", x=200, y=512, width=120, height=20)
    paper.drawString(50, 480, "Region:")
    form.listbox(name="region", options=["Norr", "Mitt", "Syd"], value="Norr", x=200, y=430, width=120, height=60)
    if extra:
        form.textfield(name="locked", value="köparens", x=200, y=380, width=120, height=20, fieldFlags="readOnly")
    paper.showPage()
    paper.drawString(50, 780, "Företagsnamn (upprepas):")
    form.textfield(name="company", x=250, y=772, width=250, height=20, maxlen=60)
    paper.save()
    return made.getvalue()


def compound_file(*streams: str) -> bytes:
    """The frame of an old Office file, or of an encrypted new one: a directory with these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<II", header, 44, 1, 1)
    struct.pack_into("<109I", header, 76, 0, *([0xFFFFFFFF] * 108))
    directory = b""
    for number, name in enumerate(("Root Entry", *streams)):
        entry = bytearray(128)
        raw = name.encode("utf-16-le")
        entry[: len(raw)] = raw
        last = number in (0, len(streams))
        struct.pack_into("<HBB", entry, 64, len(raw) + 2, 2, 1)
        struct.pack_into("<III", entry, 68, 0xFFFFFFFF, 0xFFFFFFFF if last else number + 1, 0xFFFFFFFF if number else 1)
        directory += bytes(entry)
    return bytes(header) + struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *([0xFFFFFFFF] * 126)) + directory.ljust(512, b"\0")
