"""The annex as a Word document to read through, change and sign."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from app.export.annex.content import Annex, AnnexRow
from app.export.annex.fingerprint import marker
from app.export.plain import legal, one_line
from app.export.target import writing

if TYPE_CHECKING:
    from app.export.pages import Line, Pages

__all__ = ["write_docx"]

_WIDTHS = (10, 58, 44, 87, 24, 34)
"""Millimetres. The second holds a file name of some 23 letters on one line, also where Calibri is replaced by a wider letter."""
_FACTS = (52, 118)
_COLUMNS = ("number", "place", "kind", "harm", "duration", "released")
_HARM = ("used_by", "how", "loss", "kept", "market")
_RULE = "_" * 42


def write_docx(annex: Annex, target: BinaryIO) -> None:
    """Write the document. Raises OutputError."""
    whole = BytesIO()
    _document(annex).document.save(whole)
    with writing("docx"):
        target.write(whole.getvalue())


def _document(annex: Annex) -> Pages:
    from docx.shared import Pt

    from app.export.pages import Line, Pages

    words = annex.words
    pages = Pages(
        f"{annex.title}: {one_line(annex.tender)}",
        words.language,
        f"{annex.title} · {one_line(dict(annex.facts).get('reference', '') or annex.tender)}",
        words("page_of", page="{page}", pages="{pages}"),
    )
    properties = pages.document.core_properties
    properties.author, properties.keywords = legal(annex.bidder)[:255], marker(annex.fingerprint)
    properties.subject = words("subject")
    properties.created = properties.modified = datetime(annex.day.year, annex.day.month, annex.day.day, 12)
    pages.heading(annex.title, 0)
    pages.paragraph(one_line(annex.lead), "Lead")
    facts = pages.table(_FACTS, (words("about"), words("fact")), words("facts_summary"))
    for label, value in annex.labelled_facts():
        facts.row([[Line(label, "Cell Strong")], [Line(one_line(value))]])
    for place, text in enumerate(annex.intro()):
        pages.paragraph(text)
        if not place:
            pages.document.paragraphs[-1].paragraph_format.space_before = Pt(12)
    pages.heading(words("closing"), 1)
    for text in annex.closing():
        pages.paragraph(text)
    _signature(pages, annex)
    pages.turn()
    pages.heading(words("claims"), 1)
    if annex.rows:
        table = pages.table(_WIDTHS, [words.of("columns", name) for name in _COLUMNS], words("table_summary"))
        for row in annex.rows:
            table.row(_cells(annex, row))
    else:
        pages.paragraph(words("none"))
    pages.paragraph(annex.last_line(), "Lead")
    return pages


def _cells(annex: Annex, row: AnnexRow) -> list[list[Line]]:
    from app.export.pages import Line

    def labelled(key: str, text: str) -> list[Line]:
        return [Line(text.strip(), label=annex.words.of("labels", key))] if text.strip() else []

    place = [line for one in row.places for line in (Line(one.file, "Cell Strong"), Line(one.where))]
    kind = [Line(row.title, "Cell Strong")]
    if row.category.casefold() != row.title.casefold():
        kind.append(Line(row.category))
    kind.append(Line(row.ground))
    harm = [line for key in _HARM for line in labelled(key, getattr(row, key))]
    quotes = [line for quote in row.quotes for line in labelled("quote", quote)]
    return [
        [Line(str(row.number), "Cell Strong")],
        place,
        [*kind, *quotes],
        harm,
        [Line(row.duration)],
        [Line(row.released.strip())],
    ]


def _signature(pages: Pages, annex: Annex) -> None:
    from docx.shared import Pt

    for label in (annex.words("place_day"), annex.words("signature")):
        pages.paragraph(f"{label}: {_RULE}")
        look = pages.document.paragraphs[-1].paragraph_format
        look.space_before, look.keep_with_next = Pt(22), True
    if annex.signatory:
        pages.paragraph(one_line(annex.signatory))
    pages.paragraph(one_line(annex.bidder))
