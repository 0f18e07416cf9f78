"""The annex as a workbook: the request as a table with a column for everything, and a sheet about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.export.annex.content import Annex, AnnexRow
from app.export.annex.fingerprint import marker
from app.export.plain import legal
from app.export.target import writing

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["write_xlsx"]

_COLUMNS = (
    ("number", 6, "number"),
    ("file", 26, "strong"),
    ("where", 26, "text"),
    ("title", 28, "text"),
    ("category", 18, "text"),
    ("ground", 20, "text"),
    ("used_by", 36, "text"),
    ("how", 36, "text"),
    ("loss", 36, "text"),
    ("kept", 30, "text"),
    ("market", 30, "text"),
    ("duration", 14, "text"),
    ("released", 26, "text"),
)
_QUOTE = ("quote", 30, "text")


def write_xlsx(annex: Annex, target: BinaryIO) -> None:
    """Write the workbook. Raises OutputError."""
    from app.export.sheets import save

    workbook = _workbook(annex)
    with writing("xlsx"):
        save(workbook, target)


def _workbook(annex: Annex) -> Workbook:
    from openpyxl import Workbook

    from app.export.sheets import add_styles

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook, "yyyy-mm-dd")
    properties = workbook.properties
    properties.title, properties.subject = f"{annex.title}: {legal(annex.tender)}"[:255], annex.words("subject")
    properties.language, properties.creator = annex.words.language, legal(annex.bidder)[:255]
    properties.keywords = marker(annex.fingerprint)
    _claims(workbook, annex)
    _about(workbook, annex)
    return workbook


def _claims(workbook: Workbook, annex: Annex) -> None:
    from app.export.sheets import Column, Sheet

    # A column for the secret text exists only where the user asked for it to be repeated.
    columns = (*_COLUMNS, *([_QUOTE] if any(row.quotes for row in annex.rows) else []))
    made = [Column(annex.words.of("columns", name), width, style) for name, width, style in columns]
    sheet = Sheet(workbook, annex.words.of("sheets", "claims"), made, f"{annex.title}: {annex.tender}")
    for row in annex.rows:
        sheet.add([_cell(row, name) for name, _, _ in columns])
    sheet.finish(frozen=1)


def _cell(row: AnnexRow, name: str) -> str | int:
    match name:
        case "number":
            return row.number
        case "file":
            return "\n".join(one.file for one in row.places)
        case "where":
            several = len(row.places) > 1
            return "\n".join(f"{one.file}: {one.where}" if several else one.where for one in row.places)
        case "quote":
            return "\n".join(row.quotes)
        case _:
            text: str = getattr(row, name)
            return text


def _about(workbook: Workbook, annex: Annex) -> None:
    from app.export.sheets import Column, Sheet

    sheet = Sheet(
        workbook,
        annex.words.of("sheets", "about"),
        [Column(annex.words("about"), 30, "strong"), Column(annex.words("fact"), 90, "text")],
    )
    for label, value in annex.labelled_facts():
        sheet.add([label, value])
    for text in (*annex.intro(), *annex.closing(), annex.last_line()):
        sheet.add(["", text])
    sheet.page()
