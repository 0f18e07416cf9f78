"""A filled copy of the buyer's form: what it answers, beside the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Protection

from app.core.document import AnswerType, Place
from app.core.errors import FillError
from app.core.forms import FormAnswer
from app.core.points import Answer
from app.documents.reader import ReadRequest
from app.workers.file_work import ProcessFileWork, SerialFileWork
from app.workflow.filling import form_places
from app.workflow.form_back import FormAnswers, HeldAnswer, answers_of, compare_form
from tests.support.desks import desk_of, point, work
from tests.support.forms import acroform, all_filled, control, filled, paragraph, rows, saved, word


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, words in enumerate(("Leverantörens namn", "Organisationsnummer", "Pris per timme", "E-post"), 2):
        sheet[f"A{row}"] = words
        sheet[f"B{row}"].protection = Protection(locked=False)
    sheet["B4"].number_format = "#,##0.00"
    sheet.protection.enable()
    return saved(book)


def document() -> bytes:
    return word(
        paragraph("Anbudsformulär")
        + rows(["Företagsnamn:", f"<w:p>{control('<w:text/>')}</w:p>"], ["Organisationsnummer:", ""])
        + paragraph("Kontaktperson: ____________")
        + paragraph("Har ni kollektivavtal? ☐ Ja ☐ Nej")
    )


FORMS = [("form.xlsx", workbook), ("form.docx", document), ("form.pdf", acroform)]


@pytest.mark.parametrize(("name", "make"), FORMS, ids=[name for name, _ in FORMS])
def test_what_was_filled_in_comes_back_and_nothing_else(name: str, make: object, tmp_path: Path) -> None:
    form = make()  # type: ignore[operator]
    asked = form_places(ReadRequest(name, data=form)).asked
    values = {AnswerType.YES_NO: "Nej", AnswerType.PRICE: "1 250,50", AnswerType.NUMBER: "12"}
    answers = {
        each.id: "Ja"
        if "accepterar" in each.point.text
        else values.get(each.point.answer.type)
        or (each.point.answer.options[-1] if each.point.answer.options else f"svar {number}")
        for number, each in enumerate(asked)
        if "upprepas" not in each.point.text
    }
    report, copy = filled(form, [FormAnswer(value, item=item) for item, value in answers.items()], name)
    assert all_filled(report)
    (tmp_path / name).write_bytes(form)
    (tmp_path / f"ifylld-{name}").write_bytes(copy)
    found = answers_of(ReadRequest(name, path=tmp_path / name), tmp_path / f"ifylld-{name}", work=SerialFileWork())
    held = {answer.item: answer.now for answer in found.answers if answer.item in answers}
    assert {item: value.replace(" ", "") for item, value in held.items()} == {
        item: {"1 250,50": "1250,5"}.get(value, value).replace(" ", "") for item, value in answers.items()
    }
    assert found.lost == ()
    untouched = answers_of(ReadRequest(name, path=tmp_path / name), tmp_path / name, work=SerialFileWork())
    assert all(answer.now == answer.was for answer in untouched.answers)


def test_answers_are_compared_with_the_list_and_taken_over_as_one_step(tmp_path: Path) -> None:
    form = workbook()
    asked = form_places(ReadRequest("form.xlsx", data=form)).asked
    items = tuple(
        replace(work(number, answer=answer), item=replace(point(number), id=each.id, text=each.point.text))
        for number, (each, answer) in enumerate(zip(asked, ("Åkes Bygg", None, None, "gammal@b.se"), strict=True), 1)
    )
    desk, _ = desk_of(*items)
    report, copy = filled(
        form,
        [
            FormAnswer("Åkes Bygg", item=asked[0].id),
            FormAnswer("556677-8899", item=asked[1].id),
            FormAnswer("ny@b.se", item=asked[3].id),
        ],
    )
    assert all_filled(report)
    (tmp_path / "form.xlsx").write_bytes(form)
    (tmp_path / "kollegan.xlsx").write_bytes(copy)
    found = answers_of(ReadRequest("form.xlsx", path=tmp_path / "form.xlsx"), tmp_path / "kollegan.xlsx", work=ProcessFileWork())
    comparison = compare_form("kollegan.xlsx", found, desk.items())
    assert [(each.mine, each.theirs, each.both) for each in comparison.differences] == [
        ("", "556677-8899", False),
        ("gammal@b.se", "ny@b.se", True),
    ]
    assert comparison.same == 2
    assert desk.take_answers(comparison.differences, comparison.file) == ()
    assert [item.answer for item in desk.items()] == ["Åkes Bygg", "556677-8899", None, "ny@b.se"]
    desk.undo()
    assert [item.answer for item in desk.items()] == ["Åkes Bygg", None, None, "gammal@b.se"]


def test_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(document())
    (tmp_path / "annan.xlsx").write_bytes(workbook())
    with pytest.raises(FillError) as error:
        answers_of(ReadRequest("form.docx", path=tmp_path / "form.docx"), tmp_path / "annan.xlsx", work=SerialFileWork())
    assert error.value.code_used == "matrix.other_form"


def test_several_lines_typed_in_word_are_one_answer(tmp_path: Path) -> None:
    (tmp_path / "form.docx").write_bytes(document())
    typed = word(
        paragraph("Anbudsformulär")
        + rows(
            ["Företagsnamn:", f"<w:p>{control('<w:text/>', 'Åkes', prompt=False)}</w:p>"],
            ["Organisationsnummer:", paragraph("ett") + paragraph("två")],
        )
        + paragraph("Kontaktperson: Åke")
        + paragraph("Har ni kollektivavtal? ☒ Ja ☐ Nej")
    )
    (tmp_path / "ifylld.docx").write_bytes(typed)
    found = answers_of(ReadRequest("form.docx", path=tmp_path / "form.docx"), tmp_path / "ifylld.docx", work=SerialFileWork())
    assert [answer.now for answer in found.answers] == ["Åkes", "ett\ntvå", "Åke", "Ja"]


@pytest.mark.parametrize(
    ("kind", "mine", "now", "alike"),
    [
        (AnswerType.PRICE, "1 150,50 kr", "1150,5", True),
        (AnswerType.NUMBER, "1 150", "1150", True),
        (AnswerType.NUMBER, "1 150", "1151", False),
        (AnswerType.NUMBER, "enligt avtal", "enligt bilaga", False),
        (AnswerType.DATE, "24 december 2027", "2027-12-24", True),
        (AnswerType.DATE, "24 december 2027", "2027-12-23", False),
        (AnswerType.YES_NO, "ja", "Ja", True),
        (AnswerType.YES_NO, "Ja", "Nej", False),
        (AnswerType.TEXT, "1 150", "1150", False),
    ],
)
def test_what_is_written_otherwise_but_says_the_same_is_no_difference(kind: AnswerType, mine: str, now: str, alike: bool) -> None:
    item = replace(work(1, answer=mine), item=replace(point(1), answer=Answer(kind)))
    found = FormAnswers((HeldAnswer(item.item.id, item.item.text, Place(cell="B2"), "", now),))
    comparison = compare_form("form.xlsx", found, (item,))
    assert (len(comparison.differences), comparison.same) == ((0, 1) if alike else (1, 0))
