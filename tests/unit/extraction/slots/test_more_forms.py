"""Lists of documents with their class, labels in a row, sums, heads without a mark, squares in cells."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill

from app.core.document import AnswerType, Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, row
from tests.support.pdfs import drawn, read
from tests.support.slots import lines_of, slots_in, workbook


def found(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


def test_yes_no_and_may_tell_which_documents_are_mandatory() -> None:
    points = found(
        row("Bilaga", "Dokument", "Obligatorisk: Ja/Nej/Kan", header=True),
        row("1", "Svarsbilaga", "Ja"),
        row("2", "Kvalitetsplan", "Nej"),
        row("3", "Referensintyg", "Kan"),
    )
    assert [(point.source.quote, point.must) for point in points] == [
        ("Svarsbilaga", True),
        ("Kvalitetsplan", False),
        ("Referensintyg", False),
    ]
    assert all(point.kind is PointKind.ATTACHMENT for point in points)


def test_a_list_of_documents_needs_no_header_where_each_has_a_class() -> None:
    points = found(heading("Bilagor"), row("CV för erbjuden konsult", "Ska"), row("Beskrivning av metoden", "Bör"))
    assert [(point.kind, point.must) for point in points] == [(PointKind.ATTACHMENT, True), (PointKind.ATTACHMENT, False)]


def test_roles_with_a_class_are_no_documents() -> None:
    assert [
        point for point in found(row("Byggledare", "Ska"), row("Arkitekt", "Bör")) if point.kind is PointKind.ATTACHMENT
    ] == []


def test_labels_beside_each_other_with_nothing_between_are_fields() -> None:
    points = lines_of("Namn: Titel: Datum:")
    assert [(point.source.quote, point.answer.type) for point in points] == [
        ("Namn:", AnswerType.TEXT),
        ("Titel:", AnswerType.TEXT),
        ("Datum:", AnswerType.DATE),
    ]
    assert lines_of("Observera: följande gäller:") == []


def test_a_head_that_nothing_marks_is_told_by_the_open_column_below_it() -> None:
    reading = find(
        document(
            [
                row("Nr", "Vi efterfrågar", "Er lösning"),
                row("1", "Jour dygnet runt alla dagar", ""),
                row("2", "Bemanning under semestern", ""),
            ]
        )
    )
    assert [point.source.quote for point in reading.points] == ["Jour dygnet runt alla dagar", "Bemanning under semestern"]
    assert reading.unassigned == ()


def test_a_document_asked_for_in_an_answer_column_is_an_attachment() -> None:
    points = found(
        row("No.", "Requirement", "Response", header=True),
        row("1", "Provide a certificate of insurance", ""),
        row("2", "Describe your approach to quality", ""),
    )
    assert [point.kind for point in points] == [PointKind.ATTACHMENT, PointKind.QUESTION]


def test_a_sum_that_the_sheet_works_out_asks_nothing() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("Krav", 0)
        for values in (
            ["Roll", "Antal tim", "Timpris", "Summa"],
            ["Arkitekt", 100, None, "=B2*C2"],
            ["Totalt - tim", 100, None, None],
        ):
            sheet.append(values)

    assert [point.source.quote for point in slots_in("pris.xlsx", workbook(fill))] == ["Arkitekt"]


def test_the_column_for_an_annex_beside_an_answer_asks_for_none_by_itself() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.create_sheet("Krav", 0)
        rows = (
            ["Krav", "Uppfylls (Ja/Nej)", "Kommentar", "Bilaga nr"],
            ["Systemet ska ha loggning", None, None, None],
            ["Bifoga tidplan för införandet", None, None, None],
        )
        for values in rows:
            sheet.append(values)
        for line in (2, 3):
            for column in "BCD":
                sheet[f"{column}{line}"].fill = PatternFill("solid", fgColor="FFFF99")

    points = slots_in("krav.xlsx", workbook(fill))
    assert [point.source.quote for point in points if point.kind is PointKind.ATTACHMENT] == ["Bifoga tidplan för införandet"]
    assert sum(point.source.quote == "Systemet ska ha loggning" for point in points) == 1


def test_squares_beside_yes_and_no_in_a_row_are_one_question() -> None:
    def page(paper: Any) -> None:
        for number, text in enumerate(("Har ni försäkring?", "Har ni egen depå?", "Har ni jour?")):
            y = 700 - 24 * number
            paper.drawString(60, y, text)
            for x, word in ((400, "Ja"), (460, "Nej")):
                paper.rect(x, y - 2, 10, 10)
                paper.drawString(x + 14, y, word)

    points = find(read(drawn(page))).points
    assert [(point.source.quote, point.answer.type) for point in points] == [
        ("Har ni försäkring?", AnswerType.YES_NO),
        ("Har ni egen depå?", AnswerType.YES_NO),
        ("Har ni jour?", AnswerType.YES_NO),
    ]


def test_lines_in_a_column_right_of_their_labels_are_each_filled_in() -> None:
    def page(paper: Any) -> None:
        for number, text in enumerate(("Anbudsgivare", "Organisationsnummer", "Telefon")):
            paper.drawString(60, 700 - 26 * number, text)
            paper.line(200, 698 - 26 * number, 500, 698 - 26 * number)

    quotes = [point.source.quote for point in find(read(drawn(page))).points]
    assert quotes == ["Anbudsgivare", "Organisationsnummer", "Telefon"]


def test_small_words_below_a_line_to_sign_on_are_no_footnote() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, 700, "Med min underskrift intygar jag att uppgifterna i detta formulär är riktiga och fullständiga.")
        paper.line(60, 300, 260, 300)
        paper.setFont("Helvetica", 8)
        paper.drawString(60, 288, "Ort och datum")

    assert "Ort och datum" in [point.source.quote for point in find(read(drawn(page))).points]
