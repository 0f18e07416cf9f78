"""All finders of answer slots, in the order in which they may take blocks."""

from __future__ import annotations

from app.core.document import Document, DocumentKind
from app.core.points import Point
from app.extraction.sections import Outline
from app.extraction.slots.answer_lines import find_answer_lines
from app.extraction.slots.answer_parts import find_answer_parts
from app.extraction.slots.blanks import find_blanks
from app.extraction.slots.document_lists import find_document_lists
from app.extraction.slots.entry_rows import find_entry_rows
from app.extraction.slots.returned_annexes import find_returned_annexes
from app.extraction.slots.scan import Scan
from app.extraction.slots.sheets import find_sheet_slots
from app.extraction.slots.stacked import find_stacked
from app.extraction.slots.table_rows import find_table_slots
from app.extraction.slots.type_lines import find_type_lines
from app.extraction.slots.value_lists import leave_value_lists


def find_slots(document: Document, outline: Outline) -> list[Point]:
    """Every question and attachment that has a place to be answered at, in reading order."""
    return look_through(document, outline).points()


def look_through(document: Document, outline: Outline) -> Scan:
    """The document with its slots found, and which of its blocks are questions that the bidder does not answer."""
    scan = Scan.of(document, outline)
    if document.kind is DocumentKind.XLSX:
        leave_value_lists(scan)
        find_document_lists(scan)
        find_returned_annexes(scan)
        find_sheet_slots(scan)
        return scan
    find_stacked(scan)
    find_answer_lines(scan)
    find_entry_rows(scan)
    find_document_lists(scan)
    find_returned_annexes(scan)
    find_type_lines(scan)
    find_answer_parts(scan)
    find_table_slots(scan)
    find_blanks(scan)
    return scan
