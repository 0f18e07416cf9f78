"""Broken forms through everything that is done with a form: only errors of the tree, and the child lives."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from app.core.document import Finding, Place
from app.core.forms import FormAnswer
from app.documents.reader import ReadRequest
from app.workers.file_work import SerialFileWork
from tests.support.forms import acroform, control, paragraph, rows, saved, word
from tests.support.mutations import mutated

_EACH = 40


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Blad"
    for row, words in enumerate(("Leverantörens namn", "Organisationsnummer", "Pris"), 2):
        sheet[f"A{row}"] = words
        sheet[f"B{row}"].protection = Protection(locked=False)
    rule = DataValidation("list", formula1='"Ja,Nej"')
    rule.add("B3")
    sheet.add_data_validation(rule)
    sheet["C4"] = "=B4*2"
    sheet.merge_cells("B2:C2")
    sheet.protection.enable()
    return saved(book)


def document() -> bytes:
    lists = "<w:dropDownList><w:listItem w:displayText='Ja' w:value='j'/></w:dropDownList>"
    return word(
        rows(["Namn:", f"<w:p>{control('<w:text/>', title='Namn')}</w:p>"], ["Ort:", ""])
        + paragraph("Kontakt: ________")
        + paragraph("Kollektivavtal? ☐ Ja ☐ Nej")
        + f"<w:p>{control(lists, 'Välj', 'Val')}</w:p>"
    )


ANSWERS = (
    FormAnswer("Ja", place=Place(sheet="Blad", cell="B3")),
    FormAnswer("12", place=Place(sheet="Blad", cell="B4")),
    FormAnswer("Åke", place=Place(sheet="Blad", cell="C2")),
    *(FormAnswer("Ja", place=Place(paragraph=number)) for number in range(6)),
    *(FormAnswer("Ja", field=name) for name in ("Namn", "Val", "company", "agreement", "town", "accept", "region")),
    FormAnswer("svar", place=Place(1)),
)


@pytest.mark.parametrize("name", ["form.xlsx", "form.docx", "form.pdf"])
def test_a_broken_form_is_told_or_filled_and_never_a_fault(name: str) -> None:
    whole = {"form.xlsx": workbook, "form.docx": document, "form.pdf": acroform}[name]()
    order = msgspec.json.encode(ANSWERS)
    work, told = SerialFileWork(), Counter[str]()
    for seed in range(_EACH):
        request = ReadRequest(name, data=mutated(whole, seed))
        done = work.do("fill", request, order)
        told[done.code if isinstance(done, Finding) else "filled"] += 1
        back = work.do("read_form", request, msgspec.json.encode({"original": whole}))
        told[back.code if isinstance(back, Finding) else "read"] += 1
        assert not (isinstance(done, Finding) and done.code == "worker.failed"), (seed, done.values)
        assert not (isinstance(back, Finding) and back.code == "worker.failed"), (seed, back.values)
    assert told["filled"] > 0
    assert told["read"] > 0
    assert any(code.startswith("file.") for code in told), told


def test_a_broken_matrix_is_told_or_read() -> None:
    whole, work = workbook(), SerialFileWork()
    for seed in range(_EACH):
        done = work.do("read_matrix", ReadRequest("m.xlsx", data=mutated(whole, seed)), b'["Organisationsnummer"]')
        assert not (isinstance(done, Finding) and done.code == "worker.failed"), (seed, done.values)
