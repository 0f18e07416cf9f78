"""What the bidder has made of the list is in every format: state, answer, owner, due date, note and linked files."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from app.core.checklist import Checklist
from app.core.document import Finding
from app.core.resources import resource
from app.core.work import FileLink, ItemState, WorkItem
from app.export.words import words_in
from app.export.work import Progress, Work, day_of, file_name
from app.workflow.exports import writer
from tests.support.checklists import MARKUP, checklist, items

QUESTION, ATTACHMENT, REQUIREMENT, CRITERION = items()[:4]
CONTRACT = items()[-1]
ANSWER = "=SUMMA(A1) är vårt svar\nmed två rader"
SECRET_FOLDER = "/home/lina/Anbud 2026"


def record(number: int, of: Any, **fields: Any) -> WorkItem:
    return WorkItem(f"{number:032x}", "0" * 32, float(number), of, **fields)


def worked() -> Work:
    """One item in each state, and everything that can be said of one."""
    made = (
        record(1, QUESTION, state=ItemState.DONE, reviewed=True, answer="Ja", owner="Lina Åström", due="2026-11-30"),
        record(2, ATTACHMENT, note="Beställt 12 november <b>\nhämtas av Per"),
        record(3, REQUIREMENT, state=ItemState.REJECTED, reason="Gäller bara anbudsområde B"),
        record(4, CRITERION, answer=ANSWER, due="i god tid", changed=True),
        record(5, CONTRACT, owner="Per", note="Räkna in i priset", withdrawn=True),
    )
    files = (
        FileLink("f" * 32, "0" * 32, made[1].key, f"{SECRET_FOLDER}/Intyg skatteverket.pdf", "a" * 64, 1200),
        FileLink("e" * 32, "0" * 32, made[1].key, r"C:\Anbud\Intyg två.pdf", "b" * 64, 900),
    )
    return Work({one.item.id: one for one in made}, {made[1].key: files}, left_out=2)


def code(finding: Finding, language: str) -> str:
    return f"{finding.code} {language}"


def written(name: str, work: Work, language: str = "sv", given: Checklist | None = None) -> BytesIO:
    target = BytesIO()
    writer(name, given or checklist(), language, code, work)(target)
    target.seek(0)
    return target


def row(workbook: Any, identity: str) -> dict[str, Any]:
    sheet = workbook["Kravmatris"]
    names = [cell.value for cell in sheet[2]]
    found = (dict(zip(names, cells, strict=True)) for cells in sheet.iter_rows(min_row=3))
    return next(one for one in found if one["Id"].value == identity)


def test_the_matrix_is_filled_in() -> None:
    workbook = load_workbook(written("xlsx", worked()))
    question = row(workbook, QUESTION.id)
    assert (question["Status"].value, question["Ansvarig"].value, question["Svar"].value) == ("Klar", "Lina Åström", "Ja")
    assert question["Förfallodag"].value == datetime(2026, 11, 30)
    attachment = row(workbook, ATTACHMENT.id)
    assert attachment["Status"].value == "Pågår", "it has files and is not done"
    assert attachment["Fil"].value == "Intyg skatteverket.pdf\nIntyg två.pdf"
    assert attachment["Kommentar"].value == "Anteckning: Beställt 12 november <b>\nhämtas av Per"
    rejected = row(workbook, REQUIREMENT.id)
    assert (rejected["Status"].value, rejected["Kommentar"].value) == (
        "Ej aktuellt",
        "Gäller inte oss: Gäller bara anbudsområde B",
    )
    criterion = row(workbook, CRITERION.id)
    assert (criterion["Svar"].value, criterion["Svar"].data_type, criterion["Svar"].quotePrefix) == (ANSWER, "s", True)
    assert (criterion["Status"].value, criterion["Förfallodag"].value) == ("Pågår", "i god tid")
    assert criterion["Kommentar"].value == "Ändrad i en senare version av dokumentet."
    untouched = row(workbook, items()[4].id)
    assert (untouched["Status"].value, untouched["Svar"].value) == ("Ej påbörjad", None)
    duty = next(cells for cells in workbook["Avtal"].iter_rows(min_row=3) if cells[9].value == CONTRACT.id)
    assert "Ansvarig: Per" in str(duty[6].value)
    assert "Räkna in i priset" in str(duty[6].value)


def test_the_matrix_tells_first_that_it_is_a_selection() -> None:
    workbook = load_workbook(written("xlsx", worked()))
    assert workbook["Kravmatris"]["A1"].value.startswith("Ett urval: 2 punkter till")
    assert workbook["Kravmatris"].freeze_panes == "C3"
    whole = load_workbook(written("xlsx", Work(worked().items)))
    assert whole["Kravmatris"]["A1"].value == "Nr"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", ("Svar: Ja", "Ansvarig: Lina Åström · Klart till: 2026-11-30", "Filer: Intyg skatteverket.pdf, Intyg två.pdf")),
        ("en", ("Answer: Ja", "Owner: Lina Åström · Ready by: 2026-11-30", "Files: Intyg skatteverket.pdf, Intyg två.pdf")),
    ],
)
@pytest.mark.parametrize("name", ["docx", "html"])
def test_documents_to_read_show_the_work(name: str, language: str, told: tuple[str, ...]) -> None:
    text = _text(name, written(name, worked(), language))
    for line in told:
        assert line in text
    assert "Gäller bara anbudsområde B" in text
    assert "=SUMMA(A1) är vårt svar" in text
    assert words_in(language)("left_out", count=2) in text
    assert text.count("☑") >= 1
    assert text.count("☒") >= 1
    assert SECRET_FOLDER not in text


def _text(name: str, file: BytesIO) -> str:
    if name == "html":
        from html.parser import HTMLParser

        class Text(HTMLParser):
            found = ""

            def handle_data(self, data: str) -> None:
                self.found += data

        page = Text()
        page.feed(file.getvalue().decode())
        return page.found
    document: Any = Document(file)
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_foreign_answers_cannot_become_markup() -> None:
    work = Work({QUESTION.id: record(1, QUESTION, answer=MARKUP, note=MARKUP, owner=MARKUP)})
    page = written("html", work).getvalue().decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_json_has_the_work_and_still_follows_the_schema() -> None:
    schema = json.loads(resource("schemas", "checklist.schema.json").read_text("utf-8"))
    data = json.loads(written("json", worked()).getvalue())
    Draft202012Validator(schema).validate(data)
    found = {item["id"]: item.get("work") for item in data["items"]}
    assert data["left_out"] == 2
    assert found[QUESTION.id] == {
        "state": "done",
        "reviewed": True,
        "reason": None,
        "answer": "Ja",
        "owner": "Lina Åström",
        "due": "2026-11-30",
        "note": "",
        "changed": False,
        "withdrawn": False,
        "files": [],
    }
    assert [file["name"] for file in found[ATTACHMENT.id]["files"]] == ["Intyg skatteverket.pdf", "Intyg två.pdf"]
    assert found[items()[4].id] is None
    assert SECRET_FOLDER not in written("json", worked()).getvalue().decode()


@pytest.mark.parametrize("name", ["html", "json"])
def test_a_list_that_nobody_works_on_says_nothing_of_work(name: str) -> None:
    bare, empty = written(name, Work()).getvalue(), written(name, Work(left_out=0)).getvalue()
    assert bare == empty
    assert b'"work"' not in bare
    assert b'class="state' not in bare


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "todo"),
        ({"answer": "  "}, "todo"),
        ({"answer": "Ja"}, "doing"),
        ({"state": ItemState.DONE}, "done"),
        ({"state": ItemState.REJECTED, "answer": "Ja"}, "not_applicable"),
    ],
)
def test_the_state_of_an_item(fields: dict[str, Any], status: str) -> None:
    work = Work({QUESTION.id: record(1, QUESTION, **fields)})
    assert Progress(work, words_in("sv")).status(QUESTION) == status


def test_names_and_days_of_any_machine() -> None:
    assert [file_name(path) for path in (r"C:\Anbud\CV.pdf", "/a/b/CV.pdf", "CV.pdf")] == ["CV.pdf"] * 3
    assert day_of("2026-11-30") == date(2026, 11, 30)
    assert [day_of(text) for text in ("", "snart", "2026-13-01")] == [None] * 3
