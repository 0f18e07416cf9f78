"""Which documents are forms, which attachments ask for one, and that a buyer's file is known by its bytes."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from app.core.checklist import DocumentSummary
from app.core.document import DocumentKind, Finding
from app.core.errors import FillError
from app.core.points import PointKind, Source
from app.core.work import DocumentRecord, ItemState, WorkItem
from app.workers.file_work import ProcessFileWork, SerialFileWork
from app.workflow.form_list import asking_for, form_request, forms_of, is_original
from tests.support.desks import TENDER, point, work


def document(name: str, kind: DocumentKind = DocumentKind.XLSX, member: str | None = None, **fields: Any) -> DocumentRecord:
    return DocumentRecord(f"key-{name}", TENDER, 0, DocumentSummary(name, name, kind, "0" * 64, **fields), "f" * 64, member)


def question(number: int, name: str, *cues: str, **fields: Any) -> WorkItem:
    item = point(number)
    return work(number, item=replace(item, cues=cues, source=replace(item.source, document=name)), **fields)


def test_forms_are_the_documents_with_places_to_answer_in() -> None:
    documents = [
        document("pris.xlsx"),
        document("krav.docx", DocumentKind.DOCX),
        document("fält.pdf", DocumentKind.PDF),
        document("text.pdf", DocumentKind.PDF),
        document("trasig.xlsx", error=Finding("file.corrupt", "trasig.xlsx")),
    ]
    items = [
        question(1, "pris.xlsx", "slot.unlocked_cell", answer="Ja"),
        question(2, "pris.xlsx", "column.answer", answer="  "),
        question(3, "pris.xlsx", "slot.unlocked_cell", answer="x", state=ItemState.REJECTED),
        question(4, "pris.xlsx", "must.shall", answer="ett krav utan plats"),
        question(5, "krav.docx", "must.shall"),
        question(6, "fält.pdf", "slot.form_field"),
        question(7, "text.pdf", "slot.blank"),
        question(8, "trasig.xlsx", "slot.unlocked_cell"),
    ]
    found = [(form.name, form.questions, form.answered, form.fillable) for form in forms_of(documents, items)]
    assert found == [("pris.xlsx", 2, 1, True), ("fält.pdf", 1, 0, True), ("text.pdf", 1, 0, False)]


def test_a_question_that_stands_in_two_forms_counts_in_both() -> None:
    twice = question(1, "pris.xlsx", "slot.unlocked_cell", answer="Ja")
    twice = replace(twice, item=replace(twice.item, also=(Source("krav.docx", "Ja?", twice.item.source.place),)))
    forms = forms_of([document("pris.xlsx"), document("krav.docx", DocumentKind.DOCX)], [twice])
    assert [(form.name, form.answered) for form in forms] == [("pris.xlsx", 1), ("krav.docx", 1)]


def test_attachments_that_ask_for_the_form_are_found_and_others_are_not() -> None:
    asks = work(1, item=replace(point(1, PointKind.ATTACHMENT), text="ifylld prisbilaga, bilaga 2"))
    other = work(2, item=replace(point(2, PointKind.ATTACHMENT), text="kopia av försäkringsbrev"))
    asked = work(3, item=replace(point(3), text="ifylld prisbilaga, bilaga 2"))
    documents = [document("Bilaga 2 Prisbilaga.xlsx")]
    items = (asks, other, asked)
    assert asking_for("Bilaga 2 Prisbilaga ifylld.xlsx", items, documents) == (asks.key,)
    assert asking_for("Försäkran.pdf", items, documents) == ()
    rejected = replace(asks, state=ItemState.REJECTED)
    assert asking_for("Bilaga 2 Prisbilaga ifylld.xlsx", (rejected, other), documents) == ()


def archive(**members: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as writing:
        for name, data in members.items():
            writing.writestr(f"Bilagor/{name}.txt", data)
    return made.getvalue()


@pytest.mark.parametrize("child", [SerialFileWork, ProcessFileWork])
def test_a_document_inside_an_archive_is_taken_out_of_it(child: Any) -> None:
    record = document("portal.zip/Bilagor/ett.txt", DocumentKind.TEXT, "Bilagor/ett.txt")
    request = form_request(record, archive(ett=b"Vad kostar det?", annat=b"nej"), (), child())
    assert (request.name, request.bytes()) == ("portal.zip/Bilagor/ett.txt", b"Vad kostar det?")


def test_a_document_that_is_not_in_the_archive_any_more_is_told() -> None:
    record = document("portal.zip/Bilagor/tre.txt", DocumentKind.TEXT, "Bilagor/tre.txt")
    with pytest.raises(FillError) as error:
        form_request(record, archive(ett=b"Vad kostar det?"), (), SerialFileWork())
    assert error.value.code_used == "file.not_found"


def test_a_buyers_file_is_known_wherever_it_lies(tmp_path: Path) -> None:
    (tmp_path / "kopia.xlsx").write_bytes(b"form")
    originals = {sha256(b"form").hexdigest()}
    assert is_original(tmp_path / "kopia.xlsx", originals)
    (tmp_path / "kopia.xlsx").write_bytes(b"form, ifyllt")
    assert not is_original(tmp_path / "kopia.xlsx", originals)
    assert not is_original(tmp_path / "finns inte.xlsx", originals)
