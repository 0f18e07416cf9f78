"""Slots of whole files in different layouts, read by the program's own readers."""

from __future__ import annotations

from docx.document import Document as WordDocument
from openpyxl import Workbook
from openpyxl.styles import Protection
from reportlab.pdfgen.canvas import Canvas

from app.core.document import AnswerType
from app.core.points import PointKind
from tests.support.slots import drawn, paragraph, pdf, slots_in, table, word, workbook


def test_requirement_table_with_answer_columns() -> None:
    data = pdf(
        paragraph("2. Krav", "Heading1"),
        table(
            [
                ["Krav-ID", "Kravbeskrivning", "Klass", "Uppfylls (Ja/Nej)", "Kommentar"],
                ["B-01", "Bussen ska ha tre dörrar för resenärer.", "Ska", "", ""],
                ["B-02", "Bussen bör ha plats för två barnvagnar.", "Bör", "", ""],
            ],
            [50, 200, 50, 80, 80],
        ),
    )
    points = slots_in("krav.pdf", data)
    assert [(point.number, point.must, point.answer.type) for point in points] == [
        ("B-01", True, AnswerType.YES_NO),
        ("B-02", False, AnswerType.YES_NO),
    ]
    assert points[0].source.quote == "Bussen ska ha tre dörrar för resenärer."


def test_requirement_table_without_answer_column_has_no_slots() -> None:
    rows = [["Krav-ID", "Kravbeskrivning", "Klass", "Status", "Notering"]]
    rows += [[f"B-{number}", "Bussen ska ha fungerande värme.", "Ska-krav", "", ""] for number in range(3)]
    assert slots_in("krav.pdf", pdf(paragraph("2. Krav", "Heading1"), table(rows, [50, 200, 60, 60, 80]))) == []


def test_yes_and_no_columns() -> None:
    data = pdf(
        table([["Fråga", "Ja", "Nej"], ["Har företaget egen verkstad?", "", ""], ["Finns reservfordon?", "", ""]], [250, 60, 60])
    )
    assert [point.answer.options for point in slots_in("f.pdf", data)] == [("Ja", "Nej"), ("Ja", "Nej")]


def test_price_table_is_one_question() -> None:
    rows = [["Linje", "Antal", "Enhet", "À-pris (SEK)"], ["Linje 1", "10", "tur", ""], ["Linje 2", "20", "tur", ""]]
    (point,) = slots_in("pris.pdf", pdf(paragraph("6. Priser", "Heading1"), table(rows, [120, 60, 60, 100])))
    assert point.answer.type is AnswerType.PRICE_TABLE
    assert point.source.quote == "Linje Antal Enhet À-pris (SEK)"


def test_form_of_labels_beside_empty_cells() -> None:
    rows = [["Företagsnamn", ""], ["Organisationsnummer", ""], ["Antal förare", ""]]
    assert [point.source.quote for point in slots_in("f.pdf", pdf(table(rows, [150, 250])))] == [row[0] for row in rows]


def test_lines_drawn_to_write_on() -> None:
    def draw(canvas: Canvas) -> None:
        for number, label in enumerate(("Företag:", "Adress:", "Telefon:")):
            canvas.drawString(72, 700 - 40 * number, label)
            canvas.line(150, 698 - 40 * number, 400, 698 - 40 * number)

    assert [point.source.quote for point in slots_in("f.pdf", drawn(draw))] == ["Företag:", "Adress:", "Telefon:"]


def test_form_fields_with_printed_labels() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Depåns adress:")
        canvas.acroForm.textfield(name="f1", x=200, y=695, width=200, height=20)
        canvas.drawString(72, 650, "Antal platser:")
        canvas.acroForm.textfield(name="f2", x=200, y=645, width=200, height=20)

    assert [point.source.quote for point in slots_in("f.pdf", drawn(draw))] == ["Depåns adress:", "Antal platser:"]


def test_word_table_with_several_labels_in_a_row() -> None:
    def fill(document: WordDocument) -> None:
        grid = document.add_table(rows=2, cols=4)
        for row, (left, right) in enumerate((("Företag:", "Org.nr:"), ("Telefon:", "E-post:"))):
            grid.cell(row, 0).text = left
            grid.cell(row, 2).text = right
        document.add_paragraph("Uppfylls kraven i avsnitt 2.1 – 2.6?  ☐ Ja  ☐ Nej")

    points = slots_in("f.docx", word(fill))
    assert [point.source.quote for point in points[:4]] == ["Företag:", "Org.nr:", "Telefon:", "E-post:"]
    assert points[4].answer.type is AnswerType.YES_NO


def test_word_value_columns_are_wishes() -> None:
    def fill(document: WordDocument) -> None:
        grid = document.add_table(rows=2, cols=4)
        head = ("Mervärde", "Möjligt prisavdrag", "Besvaras med Ja eller Nej", "Om Ja, ange var i anbudet det framgår")
        for column, text in enumerate(head):
            grid.cell(0, column).text = text
        grid.cell(1, 0).text = "Föraren har utbildning i hjärt-lungräddning"
        grid.cell(1, 1).text = "100 kr"

    (point,) = slots_in("f.docx", word(fill))
    assert (point.answer.type, point.must, point.kind) == (AnswerType.YES_NO, False, PointKind.QUESTION)


def test_unlocked_cells_of_a_protected_sheet() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.title = "Svar"
        for row in (
            ["Krav", "Kravet uppfylls?", "Bilaga nr/namn:"],
            ["Anbudsgivaren har trafiktillstånd.", None, "Ange bilagans namn"],
            ["Anbudsgivaren har försäkring.", None, "Krävs ingen bilaga!"],
            ["Anbudsgivaren hyr fordon.", None, "Ange bilagans namn (endast om fordon hyrs)"],
        ):
            sheet.append(row)
        for number in (2, 3, 4):
            for column in "BC":
                sheet[f"{column}{number}"].protection = Protection(locked=False)
        sheet.protection.enable()

    points = slots_in("svar.xlsx", workbook(fill))
    assert [(point.source.place.cell, point.kind.value, point.must) for point in points] == [
        ("B2", "question", True),
        ("C2", "attachment", True),
        ("B3", "question", True),
        ("B4", "question", True),
        ("C4", "attachment", False),
    ]


def test_empty_cells_under_answer_headers_of_an_open_sheet() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in (["Nr", "Krav", "Typ", "Svar Ja/Nej"], ["1.1", "Tidtabellen ska finnas på hållplatsen", "Ska", None]):
            sheet.append(row)
        prices = book.create_sheet("Priser")
        for line in (
            ["Artikel", "Mängd", "Enhet", "À-pris"],
            ["Hållplats", 10, "st", None],
            ["Rubrik utan mängd", None, None, None],
        ):
            prices.append(line)

    points = slots_in("svar.xlsx", workbook(fill))
    assert [(point.source.place.sheet, point.source.place.cell, point.answer.type) for point in points] == [
        ("Sheet", "D2", AnswerType.YES_NO),
        ("Priser", "D2", AnswerType.PRICE),
    ]


def test_labels_beside_empty_cells_of_an_open_sheet() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet["A1"], sheet["A2"], sheet["B3"] = "Företagsnamn", "Kontaktperson:", "Anteckning som inte frågar något."

    points = slots_in("f.xlsx", workbook(fill))
    assert [point.source.place.cell for point in points] == ["B1", "B2"]


def test_english_form() -> None:
    data = pdf(
        paragraph("Company name: ____________________"),
        paragraph("Signature: ______________ Date: ___________"),
        paragraph("Do you operate electric vehicles? Yes [ ] No [ ]"),
        paragraph("Describe your depot (maximum 500 words)."),
        paragraph("Response:"),
    )
    points = slots_in("form.pdf", data)
    assert [point.source.quote for point in points] == [
        "Company name:",
        "Signature:",
        "Date:",
        "Do you operate electric vehicles?",
        "Describe your depot (maximum 500 words).",
    ]
    assert points[4].answer.limit == "maximum 500 words"


def test_places_lie_on_the_page() -> None:
    points = slots_in("f.pdf", pdf(paragraph("Namn: ______________"), paragraph("Har ni depå? [ ] Ja [ ] Nej")))
    assert len(points) == 2
    for point in points:
        assert point.source.place.page == 1
        assert point.source.place.box is not None
