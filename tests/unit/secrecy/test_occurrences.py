"""A text is found wherever it stands in the bid, however it is written there."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from app.core.document import Block, BlockKind, Cell, Document, DocumentKind, Place, Slot, SlotOrigin
from app.documents import read
from app.documents.reader import ReadRequest
from app.secrecy.occurrences import Where, occurrences


def text(*paragraphs: str, name: str = "anbud.txt") -> Document:
    return Document(name, DocumentKind.TEXT, "", tuple(Block(BlockKind.PARAGRAPH, one) for one in paragraphs))


def found(document: Document, wanted: str) -> list[str]:
    return [one.text for one in occurrences([document], wanted)]


@pytest.mark.parametrize("written", ["1 285", "1285", "1.285", "1\u00a0285", "1\u202f285", "1,285", "1'285", "1 285,00"])
def test_a_number_is_the_same_with_other_marks_between_its_thousands(written: str) -> None:
    assert len(found(text(f"Priset är {written} kronor."), "1 285")) == 1
    assert len(found(text(f"Priset är {written} kronor."), "1285")) == 1


@pytest.mark.parametrize("written", ["11 285", "1 285 000", "12850", "1 285,50", "91285", "1 2850"])
def test_a_longer_number_is_another_one(written: str) -> None:
    assert found(text(f"Priset är {written} kronor."), "1 285") == []


def test_the_end_of_a_number_is_no_number() -> None:
    assert found(text("Priset är 1 285 kronor."), "285") == []
    assert found(text("Nummer 285 av 300."), "285") == ["285"]


def test_a_longer_word_is_another_one() -> None:
    assert found(text("Lodlinjens mått"), "Lodlinjen") == []
    assert found(text("metoden LODLINJEN mäts"), "Lodlinjen") == ["LODLINJEN"]


def test_white_space_accents_and_soft_hyphens_make_no_difference() -> None:
    assert len(found(text("Elvira\u00a0 Stensjo\u0308"), "Elvira Stensjö")) == 1
    assert len(found(text("kon\u00adfidentiell ﬁl"), "konfidentiell fil")) == 1


def test_a_text_over_two_paragraphs_is_found_but_no_number_over_two_cells() -> None:
    assert len(occurrences([text("Vi mäter och", "loggar allt")], "mäter och loggar")) == 1
    row = Block(BlockKind.TABLE_ROW, "1\t285", cells=(Cell("1", 0), Cell("285", 1)))
    assert occurrences([Document("a", DocumentKind.DOCX, "", (row,))], "1 285") == ()


def test_word_files_are_searched_in_every_corner() -> None:
    made = docx.Document()
    made.core_properties.title = "Offert från Kaisa Frid"
    made.sections[0].header.paragraphs[0].text = "Kontakt: Kaisa Frid"
    paragraph = made.add_paragraph("Ansvarig är Kaisa Frid.")
    hidden = paragraph.add_run(" Även Kaisa Frid.")
    hidden.font.hidden = True
    made.add_comment(paragraph.runs[0], "Fråga Kaisa Frid först", author="T")
    target = BytesIO()
    made.save(target)
    document = read(ReadRequest("CV_Kaisa_Frid.docx", data=target.getvalue()))
    places = [one.where for one in occurrences([document], "kaisa frid")]
    assert places[:2] == [Where.FILE_NAME, Where.METADATA]
    assert {Where.HEADER, Where.BODY, Where.HIDDEN, Where.COMMENT} <= set(places)


def test_workbooks_are_searched_in_hidden_sheets_comments_and_names() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Kaisa Frid"
    sheet["A1"], sheet["B1"] = "Roll", "Namn"
    sheet["A2"], sheet["B2"] = "Chef", "Kaisa Frid"
    sheet["A2"].comment = Comment("Kaisa Frid enligt avtal", "T")
    behind = book.create_sheet("Dolt")
    behind["A1"] = "Kaisa Frid"
    behind.sheet_state = "hidden"
    target = BytesIO()
    book.save(target)
    document = read(ReadRequest("pris.xlsx", data=target.getvalue()))
    found = occurrences([document], "Kaisa Frid")
    assert [one.where for one in found].count(Where.SHEET_NAME) == 1
    assert {Where.SHEET_NAME, Where.BODY, Where.COMMENT, Where.HIDDEN} == {one.where for one in found}
    assert next(one for one in found if one.where is Where.BODY).place.cell == "B2"


def test_what_a_form_field_holds_is_found() -> None:
    slot = Slot(SlotOrigin.FORM_FIELD, label="Pris", value="1 285", place=Place(page=2))
    document = Document("a.pdf", DocumentKind.PDF, "", (Block(BlockKind.ANSWER_SLOT, "Pris:", slots=(slot,)),))
    (one,) = occurrences([document], "1285")
    assert (one.where, one.place.page, one.key) == (Where.FIELD, 2, "Pris")


def test_files_come_in_their_order_and_nothing_is_found_of_nothing() -> None:
    first, second = text("Frid", name="b.txt"), text("Frid", name="a.txt")
    assert [one.file for one in occurrences([first, second], "Frid")] == ["b.txt", "a.txt"]
    assert occurrences([first], "  \u00ad ") == ()
