"""A form filled in from the list: ids, places, words, what is left, and the file that is written or not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Protection

from app.core.document import Finding, Place
from app.core.errors import FillError, OutputError
from app.core.forms import FormAnswer, Outcome
from app.core.points import Source
from app.core.work import ItemState
from app.documents.reader import ReadRequest
from app.workers.file_work import ProcessFileWork, SerialFileWork
from app.workflow.filling import answers_for, fill_file, form_places
from tests.support.corpus import checked
from tests.support.desks import point, work
from tests.support.forms import (
    acroform,
    all_filled,
    cells_that_differ,
    compound_file,
    control,
    filled,
    paragraph,
    reasons,
    rows,
    saved,
    word,
)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A workbook with three questions and the cells for their answers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Anbud"
    for row, words in enumerate(("Leverantörens namn", "Organisationsnummer", "E-post"), 2):
        sheet[f"A{row}"] = words
        sheet[f"B{row}"].protection = Protection(locked=False)
    sheet.protection.enable()
    path = tmp_path / "formulär.xlsx"
    path.write_bytes(saved(book))
    return path


def test_ids_are_those_of_the_list(form: Path) -> None:
    places = form_places(ReadRequest(form.name, data=form.read_bytes()))
    assert [asked.id for asked in places.asked] == [item["id"] for item in checked(form).data["items"]]
    assert len(places.asked) == 3


def test_an_answer_finds_its_cell_by_id_words_or_place(form: Path) -> None:
    ids = {item["text"]: item["id"] for item in checked(form).data["items"]}
    name = next(identity for text, identity in ids.items() if text.startswith("Leverantörens"))
    report, made = filled(
        form.read_bytes(),
        [
            FormAnswer("Åkes Bygg", item=name),
            FormAnswer("556677-8899", question="organisationsnummer"),
            FormAnswer("a@b.se", place=Place(sheet="Anbud", cell="$b$4")),
        ],
        form.name,
    )
    assert cells_that_differ(form.read_bytes(), made) == {
        ("Anbud", "B2"): "Åkes Bygg",
        ("Anbud", "B3"): "556677-8899",
        ("Anbud", "B4"): "a@b.se",
    }
    assert all_filled(report)
    assert report.unanswered == ()
    assert [entry.place.cell for entry in report.entries] == ["B2", "B3", "B4"]


def test_what_has_no_place_and_what_is_left_are_told(form: Path) -> None:
    report, made = filled(
        form.read_bytes(), [FormAnswer("x", item="0" * 16), FormAnswer("x", question="Vad kostar det?")], form.name
    )
    assert reasons(report) == ["fill.not_in_form"] * 2
    assert {entry.outcome for entry in report.entries} == {Outcome.NO_PLACE}
    assert [left.place.cell for left in report.unanswered] == ["B2", "B3", "B4"]
    assert made == form.read_bytes()


def test_an_id_of_another_version_falls_back_on_the_words(form: Path) -> None:
    report, _ = filled(form.read_bytes(), [FormAnswer("x", item="0" * 16, question="E-post")], form.name)
    assert [entry.place.cell for entry in report.entries if entry.outcome is Outcome.FILLED] == ["B4"]


def test_word_forms_from_the_list() -> None:
    form = word(
        paragraph("Anbudsformulär")
        + rows(["Företagsnamn:", control("<w:text/>") and f"<w:p>{control('<w:text/>')}</w:p>"], ["Organisationsnummer:", ""])
        + paragraph("Kontaktperson: ____________")
        + paragraph("Har ni kollektivavtal? ☐ Ja ☐ Nej")
    )
    places = form_places(ReadRequest("form.docx", data=form))
    values = {"yes_no": "Ja"}
    answers = [
        FormAnswer(values.get(asked.point.answer.type, f"svar {number}"), item=asked.id)
        for number, asked in enumerate(places.asked)
    ]
    report, made = filled(form, answers, "form.docx")
    assert len(answers) == 4
    assert all_filled(report), reasons(report)
    again = form_places(ReadRequest("form.docx", data=made)).document
    text = "\n".join(block.text for block in again.blocks)
    assert "Företagsnamn:\tsvar 0" in text
    assert "Organisationsnummer:\tsvar 1" in text
    assert "Kontaktperson: svar 2" in text
    assert "☒ Ja ☐ Nej" in text


def test_the_lists_answers_go_to_the_document_that_asks(form: Path) -> None:
    places = form_places(ReadRequest(form.name, data=form.read_bytes()))
    items = [
        replace(work(number, **fields), item=replace(point(number), id=asked.id, text=asked.point.text))
        for number, (asked, fields) in enumerate(
            zip(
                places.asked,
                ({"answer": "Åkes"}, {"answer": "x", "state": ItemState.REJECTED}, {"answer": " "}),
                strict=True,
            ),
            1,
        )
    ]
    other = replace(work(9, answer="x"), item=replace(point(9), source=Source("annat", "x")))
    answers = answers_for([*items, other], "doc")
    assert [answer.value for answer in answers] == ["Åkes"]
    report, _ = filled(form.read_bytes(), answers, form.name)
    assert [entry.place.cell for entry in report.entries] == ["B2"]


@pytest.mark.parametrize(
    ("streams", "code", "remedy"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "file.password_needed", "remove_password"),
        (("Workbook",), "file.unsupported", "save_as_xlsx"),
        (("WordDocument",), "file.unsupported", "save_as_docx"),
    ],
)
def test_encrypted_and_old_forms_say_what_to_do(streams: tuple[str, ...], code: str, remedy: str) -> None:
    done = SerialFileWork().do("fill", ReadRequest("formulär.xls", data=compound_file(*streams)), b"[]")
    assert isinstance(done, Finding)
    assert done.code == code
    assert dict(done.values)["remedy"] == remedy


@pytest.mark.parametrize(("answer", "told"), [("Ja", []), ("Nej", ["fill.required_differs"])])
def test_an_answer_that_the_buyer_does_not_accept_is_taken_and_told(answer: str, told: list[str]) -> None:
    form = word(rows(["Krav", "Svar"], ["Har ni kollektivavtal?", "☐ Ja"]))
    report, _ = filled(form, [FormAnswer(answer, question="Har ni kollektivavtal?")], "form.docx")
    assert all_filled(report)
    assert [note.code for note in report.entries[0].notes] == told


def test_boxes_in_one_cell_are_not_told_apart_by_the_names_of_columns() -> None:
    """The columns "Ja/Nej" and "Kommentar" were once taken for the answers, as there are two boxes."""
    form = word(
        rows(
            ["Krav", "Ja/Nej", "Kommentar"],
            ["Avrop ska bekräftas inom två dagar.", "☐ Ja ☐ Nej", ""],
            ["Priset är fast.", "☐ Ja ☐ Nej", ""],
        )
    )
    report, made = filled(form, [FormAnswer("Nej", question="Avrop ska bekräftas inom två dagar.")], "form.docx")
    assert all_filled(report), reasons(report)
    assert "☐ Ja ☒ Nej" in form_places(ReadRequest("form.docx", data=made)).document.blocks[1].text


def test_bare_boxes_are_told_apart_by_the_names_of_their_columns() -> None:
    form = word(rows(["Krav", "Ja", "Nej"], ["Har ni kollektivavtal?", "☐", "☐"], ["Har ni egna lokaler?", "☐", "☐"]))
    report, made = filled(form, [FormAnswer("Nej", question="Har ni egna lokaler?")], "form.docx")
    assert all_filled(report), reasons(report)
    texts = [block.text for block in form_places(ReadRequest("form.docx", data=made)).document.blocks]
    assert texts[1:] == ["Har ni kollektivavtal?\t☐\t☐", "Har ni egna lokaler?\t☐\t☒"]


def test_a_cross_goes_into_the_column_of_the_answer() -> None:
    form = word(rows(["Krav", "Ja", "Nej"], ["Har ni kollektivavtal?", "", ""], ["Har ni egna lokaler i länet?", "", ""]))
    report, made = filled(
        form,
        [FormAnswer("Nej", question="Har ni kollektivavtal?"), FormAnswer("Ja", question="Har ni egna lokaler i länet?")],
        "form.docx",
    )
    assert all_filled(report), reasons(report)
    texts = [block.text for block in form_places(ReadRequest("form.docx", data=made)).document.blocks]
    assert texts[1:] == ["Har ni kollektivavtal?\t\tX", "Har ni egna lokaler i länet?\tX\t"]


def test_what_was_answered_by_a_fields_name_or_its_box_is_not_left() -> None:
    report, _ = filled(acroform(), [FormAnswer("Lod AB", field="company"), FormAnswer("Ja", field="agreement")], "form.pdf")
    before, _ = filled(acroform(), [], "form.pdf")
    left = [place.question for place in before.unanswered]
    assert [question for question in left if question not in [place.question for place in report.unanswered]] == [
        question for question in left if question.startswith(("Företagsnamn", "Har ni kollektivavtal"))
    ]
    company = next(place for place in before.unanswered if place.question.startswith("Företagsnamn:"))
    by_box, _ = filled(acroform(), [FormAnswer("Lod AB", place=company.place)], "form.pdf")
    assert [entry.outcome for entry in by_box.entries] == [Outcome.FILLED]
    assert not any(place.question.startswith("Företagsnamn") for place in by_box.unanswered)


def test_the_copy_is_written_and_the_form_only_read(form: Path) -> None:
    before = form.read_bytes()
    target = form.with_name("ifylld.xlsx")
    report = fill_file(form, [FormAnswer("x", question="E-post")], target, work=SerialFileWork())
    assert report.count(Outcome.FILLED) == 1
    assert cells_that_differ(before, target.read_bytes()) == {("Anbud", "B4"): "x"}
    assert form.read_bytes() == before


@pytest.mark.parametrize("target", ["formulär.xlsx", "./formulär.xlsx", "formulär.pdf"])
def test_the_form_is_never_written_over_nor_given_another_format(form: Path, target: str) -> None:
    with pytest.raises(FillError) as error:
        fill_file(form, [FormAnswer("x", question="E-post")], form.parent / target, work=SerialFileWork())
    assert error.value.code_used in ("fill.same_file", "fill.other_format")


def test_nothing_is_written_when_nothing_was_filled_in(form: Path) -> None:
    target = form.with_name("ifylld.xlsx")
    fill_file(form, [FormAnswer("x", question="Något helt annat")], target, work=SerialFileWork())
    assert not target.exists()


def test_a_folder_that_cannot_be_written_is_told(form: Path) -> None:
    with pytest.raises(OutputError):
        fill_file(form, [FormAnswer("x", question="E-post")], form.parent / "finns inte" / "ut.xlsx", work=SerialFileWork())


def test_a_child_does_it_as_well_also_with_much_to_send(tmp_path: Path) -> None:
    """A file that is larger than a pipe holds while the child gets ready was once never sent whole."""
    form = tmp_path / "form.pdf"
    form.write_bytes(acroform() + b"\n%" + b"x" * 3_000_000)
    target = tmp_path / "ut.pdf"
    report = fill_file(form, [FormAnswer("Åkes", field="company")], target, work=ProcessFileWork())
    assert report.count(Outcome.FILLED) == 1
    assert target.read_bytes().startswith(form.read_bytes())


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("text.txt", b"Namn: ____", "file.unsupported"),
        ("trasig.xlsx", b"PK\x03\x04 trasig", "file.corrupt"),
    ],
)
def test_what_is_no_form_is_told(name: str, data: bytes, code: str) -> None:
    done = SerialFileWork().do("fill", ReadRequest(name, data=data), b"[]")
    assert isinstance(done, Finding)
    assert done.code == code
