"""Tables of a procurement's annexes, in which a note tells what comes back with the tender."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument

from app.core.points import Point, PointKind
from tests.support.slots import slots_in, word


def _table(*rows: tuple[str, ...], heading: str = "8 Annexes") -> list[Point]:
    def fill(document: WordDocument) -> None:
        document.add_heading(heading, 1)
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text

    return slots_in("f.docx", word(fill))


@pytest.mark.parametrize(
    "note", ["To be completed and returned", "To be submitted with the tender", "To be completed by the tenderer"]
)
def test_an_annex_that_is_returned_is_an_attachment(note: str) -> None:
    points = _table(("Annex", "Title", "Note"), ("Annex A", "Present system", "For information"), ("Annex B", "Price form", note))
    assert [(point.kind, point.must, point.source.quote, point.number) for point in points] == [
        (PointKind.ATTACHMENT, True, "Price form", "Annex B")
    ]


def test_a_column_asks_whether_it_is_returned() -> None:
    points = _table(("Annex", "Title", "To be returned"), ("A", "Present system", "No"), ("B", "Price form", "Yes"))
    assert [(point.source.quote, point.number) for point in points] == [("Price form", "B")]


def test_an_annex_that_is_returned_only_sometimes() -> None:
    points = _table(("Document", "Note"), ("Undertaking", "To be signed and returned, if applicable"), ("Map", "For information"))
    assert [(point.source.quote, point.must) for point in points] == [("Undertaking", False)]


@pytest.mark.parametrize(
    "note", ["For information", "For information, signed at contract start", "To be signed at contract start"]
)
def test_the_buyers_annexes_are_not_asked_for(note: str) -> None:
    assert _table(("Annex", "Title", "Note"), ("Annex A", "Present system", note), ("Annex B", "Processing of data", note)) == []


def test_what_is_returned_in_the_service_is_no_annex() -> None:
    assert _table(("Event", "Action"), ("Order form", "To be completed and returned"), ("Fault", "To be reported")) == []


def test_a_column_that_says_what_the_buyer_includes_asks_for_nothing() -> None:
    rows = (("Document", "Included"), ("Draft contract", "Yes"), ("Specification", "Yes"))
    assert _table(*rows, heading="1 The procurement documents consist of the following") == []


def test_a_note_in_swedish() -> None:
    points = _table(
        ("Bilaga", "Namn", "Anmärkning"), ("A", "Karta", "För kännedom"), ("B", "Prisblad", "Ska returneras ifylld med anbudet")
    )
    assert [(point.source.quote, point.number) for point in points] == [("Prisblad", "B")]
