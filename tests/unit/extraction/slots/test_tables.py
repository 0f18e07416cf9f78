"""Slots of tables in Word and PDF: printed answers, grids for several references, lists to choose from."""

from __future__ import annotations

import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.core.document import AnswerType, Block, BlockKind, Cell
from app.core.points import Point
from app.extraction.slots.table_shape import names_columns
from tests.support.slots import lines_of, paragraph, pdf, slots_in, table, word

_LEAD = (paragraph("2. Krav", "Heading1"), paragraph("Tabellen nedan besvaras i sin helhet."))


def _both(rows: list[list[str]]) -> list[list[Point]]:
    def fill(document: WordDocument) -> None:
        grid = document.add_table(rows=len(rows), cols=len(rows[0]))
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                grid.cell(place, column).text = text

    widths = [450 // len(rows[0])] * len(rows[0])
    return [slots_in("f.docx", word(fill)), slots_in("f.pdf", pdf(*_LEAD, table(rows, widths)))]


def test_yes_and_no_printed_in_the_answer_cell() -> None:
    rows = [["Nr", "Krav", "Svar"], ["1", "Bussen har tre dörrar", "Ja / Nej"], ["2", "Bussen har ramp", "Ja / Nej"]]
    for points in _both(rows):
        assert [(point.number, point.answer.type, point.answer.options) for point in points] == [
            ("1", AnswerType.YES_NO, ("Ja", "Nej")),
            ("2", AnswerType.YES_NO, ("Ja", "Nej")),
        ]


def test_yes_and_no_printed_beside_questions_without_a_header() -> None:
    for points in _both([["Finns reservfordon?", "Ja / Nej"], ["Är depån bemannad?", "Ja / Nej"]]):
        assert [(point.source.quote, point.answer.type) for point in points] == [
            ("Finns reservfordon?", AnswerType.YES_NO),
            ("Är depån bemannad?", AnswerType.YES_NO),
        ]


def test_each_reference_has_its_own_answers() -> None:
    for points in _both([["Referens", "Referens 1", "Referens 2"], ["Kund", "", ""], ["Kontaktperson", "", ""]]):
        assert [point.text for point in points] == [
            "Kund – Referens 1",
            "Kund – Referens 2",
            "Kontaktperson – Referens 1",
            "Kontaktperson – Referens 2",
        ]


@pytest.mark.parametrize("squares", ["[ ] Ja  [ ] Nej", "☐ Ja ☐ Nej"])
def test_squares_before_the_question(squares: str) -> None:
    (point,) = lines_of(f"{squares}  Anbudsgivaren har tillgång till reservfordon", "Depån ligger vid hamnen.")
    assert point.source.quote == "Anbudsgivaren har tillgång till reservfordon"
    assert (point.answer.type, point.answer.options) == (AnswerType.YES_NO, ("Ja", "Nej"))


def test_what_goes_with_no_is_not_the_question() -> None:
    (point,) = lines_of("Har ni en depå?", "☐ Ja ☐ Nej, ange var bussarna ställs upp")
    assert point.source.quote == "Har ni en depå?"


@pytest.mark.parametrize("shown", [" ", "Välj ett objekt.", "Ja"])
def test_a_list_of_yes_and_no_whatever_is_shown(shown: str) -> None:
    control = (
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:dropDownList>"
        '<w:listItem w:displayText="Ja" w:value="Ja"/><w:listItem w:displayText="Nej" w:value="Nej"/>'
        f'</w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve">{shown}</w:t></w:r></w:sdtContent></w:sdt>'
    )

    def fill(document: WordDocument) -> None:
        document.add_paragraph("Accepteras kravet på nattöppet? ")._p.append(parse_xml(control))
        document.add_paragraph("Är depån bemannad?")
        document.add_paragraph()._p.append(parse_xml(control))

    points = slots_in("f.docx", word(fill))
    assert [(point.source.quote, point.answer.options, point.answer.required) for point in points] == [
        ("Accepteras kravet på nattöppet?", ("Ja", "Nej"), None),
        ("Är depån bemannad?", ("Ja", "Nej"), None),
    ]
    assert all("slot.confirmation" not in point.cues for point in points)


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (("Nr", "Krav", "Svar"), True),
        (("Dokument", "Ska/Bör"), True),
        (("Referens", "Referens 1", "Referens 2"), True),
        (("1", "Bussen ska ha tre dörrar", "Ska"), False),
        (("Finns reservfordon?", "Ja / Nej"), False),
    ],
)
def test_a_first_row_that_names_columns_without_a_mark(texts: tuple[str, ...], names: bool) -> None:
    cells = tuple(Cell(text, column) for column, text in enumerate(texts))
    assert names_columns(Block(BlockKind.TABLE_ROW, "\t".join(texts), cells=cells, table=0, row=0)) is names
