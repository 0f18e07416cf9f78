"""Rows of forms that say themselves how they are filled in, that show it, that are no more, or that somebody else fills in."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from openpyxl import Workbook

from app.core.document import AnswerType, Block, BlockKind, Cell, Document, DocumentKind, Line, Place, Slot, SlotOrigin
from app.core.points import Point, PointKind
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.sections import outline
from app.extraction.statements import find_statements
from app.extraction.tables import requirement_rows
from tests.support.slots import lines_of, slots_in, slots_of, word, workbook

_ROWS = list[list[str]]


def _word(rows: _ROWS, above: str = "", *, head: bool = False) -> list[Point]:
    def fill(document: WordDocument) -> None:
        if above:
            document.add_paragraph(above)
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        if head:
            grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text

    return slots_in("f.docx", word(fill))


def _quotes(points: list[Point]) -> list[str]:
    return [point.source.quote for point in points]


def test_a_cell_that_says_how_to_fill_it_in_waits_for_an_answer() -> None:
    rows = [
        ["Konsultens namn", "Ange fullständigt namn"],
        ["Offererad roll", ""],
        ["Anställd sedan", "ÅÅÅÅ-MM"],
        ["Antal års erfarenhet", ""],
        ["Kort beskrivning av uppdraget", "Högst 100 ord"],
        ["Offererad tid", "Konsulten offereras på heltid"],
    ]
    assert _quotes(_word(rows)) == [row[0] for row in rows[:5]]


def test_a_table_of_instructions_alone_is_no_form() -> None:
    rows = [
        ["Flik 1", "Ange företagets namn och adress"],
        ["Flik 2", "Beskriv organisationen"],
        ["Flik 3", "Ange priset för varje tjänst"],
    ]
    assert _word(rows) == []


@pytest.mark.parametrize(
    "body",
    [
        [["Exempel: Högskoleingenjör", "Lunds universitet", "2009"], ["", "", ""], ["", "", ""]],
        [["1", "", ""], ["2", "", ""], ["3.", "", ""]],
        [["", "", ""], ["", "", ""]],
    ],
)
def test_a_table_of_empty_rows_is_one_question(body: _ROWS) -> None:
    (one,) = _word([["Examen", "Lärosäte", "Beskrivning av utbildningen"], *body], head=True)
    assert one.source.quote.split() == ["Examen", "Lärosäte", "Beskrivning", "av", "utbildningen"]
    assert one.kind is PointKind.QUESTION


def test_what_others_fill_in_is_not_asked() -> None:
    referee = [["Ifylls av referenspersonen", "Svar"], ["Hur nöjd är ni med leveransen?", ""], ["Skulle ni anlita dem igen?", ""]]
    assert _word(referee) == []
    beside = [
        ["För leverantören", "För myndigheten (fylls i vid beställning)"],
        ["Ort och datum: ______", "Beställningsdatum: ______"],
        ["Namnförtydligande: ______", "Titel: ______"],
    ]
    assert not any("Beställningsdatum" in quote for quote in _quotes(_word(beside)))
    need = [["Beställningsnummer", ""], ["Datum för beslut", ""]]
    assert _word(need, "Fylls i av avropande myndighet") == []
    assert _quotes(_word(need, "Fylls i av leverantören")) == ["Beställningsnummer", "Datum för beslut"]


def test_a_requirement_that_is_no_more_is_not_asked() -> None:
    head = ["Nr", "Krav", "Uppfylls (Ja/Nej)"]
    rows = [
        head,
        ["6.1", "Systemet ska logga alla händelser", ""],
        ["6.2", "(utgår)", "☐ Ja ☐ Nej"],
        ["6.3", "Systemet ska vara snabbt", ""],
    ]
    assert _quotes(_word(rows)) == ["Systemet ska logga alla händelser", "Systemet ska vara snabbt"]


def test_a_unit_after_a_blank_is_none_of_the_question() -> None:
    rows = [
        ["Kravnr", "Kravtext", "Typ", "Anbudsgivarens svar"],
        ["4.3", "Madrassen ska klara minst 180 kg.", "SK", "☐ Ja ☐ Nej"],
        ["4.4", "Pumpen ska vara tyst. Ange uppmätt värde.", "SK", "________ dB(A)"],
        ["4.5", "Leverans ska ske snabbt. Ange tiden.", "SK", "________ dagar"],
    ]
    assert _quotes(_word(rows)) == [row[1] for row in rows[1:]]


def test_a_corner_may_be_empty_over_the_names_of_the_rows() -> None:
    rows = [["", "Regionen", "Leverantören"], ["Kontaktperson", "Anna Ek", ""], ["Telefon och mejl", "avtal@region.example", ""]]
    assert _quotes(_word(rows)) == ["Kontaktperson", "Telefon och mejl"]


def test_a_class_may_be_that_nothing_is_asked() -> None:
    rows = [
        ["Kravnr", "Kravtext", "Typ"],
        ["1.1", "Regionen tillhandahåller lokaler", "Info"],
        ["1.2", "Leverantören ska ha egna fordon", "Ska"],
        ["1.3", "Informationen lagras inom EU", "Ska"],
    ]

    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(row)

    made = read(ReadRequest("krav.xlsx", data=workbook(fill)))
    assert [row.number for row in requirement_rows(made).values()] == ["1.2", "1.3"]


@pytest.mark.parametrize(
    ("beside", "musts"),
    [
        ("Alltid", [True]),
        ("Om underleverantör anlitas", [False]),
        ("I förekommande fall", [False]),
        ("Behövs inte", []),
        ("Hämtas av beställaren", []),
    ],
)
def test_when_a_document_is_wanted(beside: str, musts: list[bool]) -> None:
    rows = [["Handling", "När"], ["Intyg från samarbetspartner", beside]]
    found = _word(rows, "Handlingar som ska finnas med i anbudet")
    assert [point.must for point in found] == musts
    assert all(point.kind is PointKind.ATTACHMENT for point in found)


def test_a_table_may_tell_by_its_cells_which_documents_come_with_the_tender() -> None:
    rows = [
        ["Nr", "Handling", "När"],
        ["1", "Anbudsblankett, ifylld", "Med anbudet"],
        ["2", "Samverkansavtal", "Med anbudet, om sådan anlitas"],
        ["3", "Bild på maskiner", "Frivilligt"],
        ["4", "Bevis om försäkring", "Vid avtal"],
        ["5", "Utdrag ur belastningsregistret", "Före start"],
        ["6", "Nyckelkvittens", "Upprättas av kommunen"],
    ]
    found = [(point.source.quote, point.must) for point in _word(rows, "Tabellen visar vad som hör till.")]
    assert found == [("Anbudsblankett, ifylld", True), ("Samverkansavtal", False), ("Bild på maskiner", False)]
    assert _word([["Nr", "Handling", "När"], ["1", "Leveransplan", "Vid avtal"]], "Avtalets handlingar") == []


def test_files_are_put_below_the_question() -> None:
    asked, below = "Ladda upp gällande ackrediteringsbevis.", "Uppladdade filer:"
    rows = tuple(
        Block(BlockKind.TABLE_ROW, text, Place(page=1), (Line(0, 1),), cells=(Cell(text, 0, slots=slots),), table=0, row=number)
        for number, (text, slots) in enumerate(((asked, ()), (below, (Slot(SlotOrigin.DRAWN_BOX),))))
    )
    (one,) = slots_of(Document("form.pdf", DocumentKind.PDF, "0" * 64, rows, pages=1))
    assert (one.source.quote, one.kind, one.answer.type) == (asked, PointKind.ATTACHMENT, AnswerType.FILE)


def test_a_group_of_documents_may_be_wanted_at_times_only() -> None:
    rows = [
        ["Nr", "Handling", "Bifogad"],
        ["Lämnas med anbudet", "", ""],
        ["1", "Anbudsformulär", ""],
        ["Lämnas i förekommande fall", "", ""],
        ["2", "Fullmakt", ""],
    ]
    assert [(point.source.quote, point.must) for point in _word(rows)] == [("Anbudsformulär", True), ("Fullmakt", False)]


def test_the_line_of_the_answer_is_no_question_of_its_own() -> None:
    rows = [["B-01 Bör-krav", "Vikt: 3"], ["Tjänsten bör omvandla gamla format.", ""], ["Anbudsgivarens svar: Ja Nej", ""]]
    assert _quotes(_word(rows, head=True)) == ["Tjänsten bör omvandla gamla format."]


def test_labels_that_nobody_knows_beside_each_other() -> None:
    assert _quotes(lines_of("Verkstadens adress ________ Avstånd i km ________")) == ["Verkstadens adress", "Avstånd i km"]
    assert len(lines_of("Vi erbjuder leverans inom ________ dagar från den ________ och framåt.")) == 1


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("Certifikat (om sådana finns):", False),
        ("Behörig företrädare (om annan än kontaktpersonen):", True),
        ("B4. Om Ja på B1, redogör för omständigheterna:", False),
        ("Om ja, ange vilka företag som ingår:", False),
        ("Redovisa eventuella avvikelser:", False),
        ("Redovisa omsättningen:", True),
    ],
)
def test_whether_an_answer_can_be_done_without(text: str, must: bool) -> None:
    (one,) = lines_of(f"{text} ________")
    assert one.must is must


def test_the_requirement_before_its_answer_in_one_paragraph_is_the_question() -> None:
    (one,) = lines_of("Tjänsten ska ta emot paket. Paketen är stora. Anbudsgivarens svar: ☐ Ja ☐ Nej")
    assert (one.source.quote, one.answer.type) == ("Paketen är stora.", AnswerType.YES_NO)


def test_a_sentence_of_a_sheet_is_found_in_its_own_cell() -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.append(["1.", "Prisbilagan ska fyllas i och lämnas in i Excel-format tillsammans med anbudet."])
        sheet.append(["2.", "Sista dag för frågor är 2026-12-01."])

    made = read(ReadRequest("pris.xlsx", data=workbook(fill)))
    assert [point.source.place.cell for point in find_statements(made, outline(made))] == ["B1", "B2"]
