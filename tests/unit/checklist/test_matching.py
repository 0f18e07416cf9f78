"""Which files of the bid folder fit which items: measured on the sample, and case by case."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from app.checklist.file_kinds import FileKind, file_kinds
from app.checklist.file_words import annexes, leading_number, sections, simple, suffix_of
from app.checklist.matching import Fit, SeenFile, asked_types, fits, form_of, prescribed_name
from app.core.checklist import ChecklistItem
from app.core.document import AnswerType, DocumentKind
from app.core.points import PointKind
from app.workers.serial import SerialRunner
from app.workflow.check import check
from tests.support.packages import document, item, question

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample"

BID = (
    "0 Anbudsbrev.docx",
    "1 Kravspecifikation ifylld.docx",
    "2 Prisbilaga ifylld.xlsx",
    "3 Referensuppdrag.pdf",
    "4.1 CV Losningsarkitekt.docx",
    "4.2 CV Systemutvecklare.docx",
    "5 Rutiner for informationssakerhet.docx",
    "6 Kvalitet och miljo.docx",
)
"""A bid's files as bidders name them."""


def seen(name: str, *head: str) -> SeenFile:
    return SeenFile(f"/anbud/{name}", name, sha256(name.encode()).hexdigest(), head)


def one(asked: ChecklistItem, file: SeenFile) -> Fit | None:
    return next(iter(fits([asked], [file]).get(asked.id, ())), None)


@pytest.mark.parametrize("kind", file_kinds(), ids=lambda kind: kind.id)
def test_examples_of_each_kind_match_and_near_misses_do_not(kind: FileKind) -> None:
    def says(text: str) -> bool:
        plain = simple(text, ending=False)
        return bool(kind.names.search(plain) or kind.heads.search(plain))

    assert kind.examples
    assert kind.near_misses
    assert all(says(example) for example in kind.examples)
    assert not [miss for miss in kind.near_misses if says(miss) or kind.asks.search(simple(miss, ending=False))]


def test_the_sample_bid_is_matched_right() -> None:
    checklist = check([SAMPLE / "procurement"], runner=SerialRunner())
    files = [SeenFile(name, name, "x") for name in BID]
    found = fits(checklist.items, files, checklist.documents)
    by_text = {one.text: found.get(one.id, ()) for one in checklist.items if one.kind is PointKind.ATTACHMENT}

    def best(words: str) -> tuple[str, ...]:
        (some,) = [suggestions for text, suggestions in by_text.items() if text.startswith(words)]
        return tuple(fit.path for fit in some)

    assert best("ifylld kravspecifikation") == ("1 Kravspecifikation ifylld.docx",)
    assert best("ifylld prisbilaga") == ("2 Prisbilaga ifylld.xlsx",)
    assert best("beskrivning av tre referensuppdrag") == ("3 Referensuppdrag.pdf",)
    assert best("meritförteckning") == ("4.2 CV Systemutvecklare.docx", "4.1 CV Losningsarkitekt.docx")
    assert "6 Kvalitet och miljo.docx" in best("Certifikat eller en egen beskrivning")
    assert best("egen försäkran") == ()
    assert best("Om annan än firmatecknare") == ()
    forms = {file.name: form_of(file, checklist.documents) for file in files}
    names = {document.id: document.name for document in checklist.documents}
    assert {name: names[form] for name, form in forms.items() if form} == {
        "1 Kravspecifikation ifylld.docx": "Bilaga 1 Kravspecifikation.docx",
        "2 Prisbilaga ifylld.xlsx": "Bilaga 2 Prisbilaga.xlsx",
    }


@pytest.mark.parametrize(
    ("asks", "name", "reason"),
    [
        ("Aktuellt registreringsbevis från Bolagsverket", "Registreringsbevis 2027.pdf", "kind_name"),
        ("Försäkringsbevis ska bifogas", "forsakringsbevis_If.pdf", "kind_name"),
        ("Bilaga 3 ska fyllas i och bifogas", "Bilaga 3.pdf", "annex"),
        ("Beskrivning av överlämningsrutiner", "Överlämningsrutin.docx", "words"),
        ("Beskrivning av överlamningsrutiner", "OverlamningRutiner.docx", "words"),
        ("Intyg om F-skatt (SKV 4820)", "SKV4820.pdf", "kind_name"),
    ],
)
def test_names_that_fit(asks: str, name: str, reason: str) -> None:
    found = one(item("a", asks), seen(name))
    assert found is not None
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("asks", "name"),
    [
        ("Aktuellt registreringsbevis", "Försäkringsbevis.pdf"),
        ("CV för projektledare", "Årsredovisning 2026.pdf"),
        ("Bilaga 3 ska bifogas", "Bilaga 4.pdf"),
        ("Intyg ska bifogas anbudet", "Anbudsbrev.docx"),
        ("Egen försäkran (ESPD)", "Försäkringsbevis.pdf"),
    ],
)
def test_names_that_do_not_fit(asks: str, name: str) -> None:
    assert one(item("a", asks), seen(name)) is None


def test_a_name_that_says_nothing_is_told_by_its_first_lines() -> None:
    asked = item("a", "Aktuellt registreringsbevis ska bifogas")
    assert one(asked, seen("scan0042.pdf")) is None
    found = one(asked, seen("scan0042.pdf", "REGISTRERINGSBEVIS", "Aktiebolag", "Bolagsverket"))
    assert found is not None
    assert found.reasons[0] == "kind_text"


def test_name_and_first_lines_together_are_sure() -> None:
    asked = item("a", "Försäkringsbevis för ansvarsförsäkring")
    found = one(asked, seen("Försäkringsbevis.pdf", "Försäkringsbevis"))
    assert found is not None
    assert found.strong
    assert {"kind_name", "kind_text"} <= set(found.reasons)


def test_first_lines_that_say_something_else_cast_doubt() -> None:
    asked = item("a", "Bilaga 3, CV för projektledaren")
    plain, other = one(asked, seen("Bilaga 3.pdf")), one(asked, seen("Bilaga 3.pdf", "Årsredovisning 2026"))
    assert plain is not None
    assert other is None


def test_the_type_that_is_asked_for_counts() -> None:
    asked = item("a", "Prisbilagan lämnas i Excel")
    excel, pdf = one(asked, seen("Prisbilaga.xlsx")), one(asked, seen("Prisbilaga.pdf"))
    assert excel is not None
    assert pdf is not None
    assert excel.score > pdf.score
    assert "type" in excel.reasons
    assert asked_types(item("b", "Lämnas som PDF eller Word-fil")) == (".pdf", ".docx", ".doc", ".odt")
    assert asked_types(item("b", "Lämnas på papper")) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Filen ska namnges ”Bilaga 3 - CV”.", "Bilaga 3 - CV"),
        ('Dokumentet ska döpas till "Pris_anbudsgivare.xlsx"', "Pris_anbudsgivare.xlsx"),
        ("Filnamnet ska vara Prisbilaga.xlsx och inget annat", "Prisbilaga.xlsx"),
        ('The file shall be named as "Annex 2 Price"', "Annex 2 Price"),
        ("Bilagor ska namnges tydligt.", None),
        ("Anbudsgivaren ska bifoga ”intyg”.", None),
        ("Platschefen ska namnges i anbudet.", None),
    ],
)
def test_names_that_a_question_prescribes(text: str, name: str | None) -> None:
    assert prescribed_name(item("a", text)) == name


def test_a_prescribed_name_is_sure_whatever_else_the_file_looks_like() -> None:
    asked = item("a", "CV bifogas. Filen ska namnges ”Bilaga 7 Person”.")
    found = one(asked, seen("bilaga 7 person.pdf", "Årsredovisning"))
    assert found is not None
    assert found.strong
    assert found.reasons[0] == "prescribed"


def test_one_file_may_fit_many_items_and_many_files_one() -> None:
    items = [item("a", "CV för projektledare"), item("b", "CV för arkitekt")]
    found = fits(items, [seen("CV Anna.pdf"), seen("CV Bo.pdf")])
    assert {key: len(some) for key, some in found.items()} == {"a": 2, "b": 2}


def test_questions_in_words_take_no_files() -> None:
    assert fits([question("q", "Beskriv er försäkring"), item("r", "CV", PointKind.REQUIREMENT)], [seen("CV.pdf")]) == {}
    assert fits([item("q", "Bifoga CV", PointKind.QUESTION, answer=AnswerType.FILE)], [seen("CV.pdf")])


def test_the_buyers_own_form_unchanged_is_no_filled_copy() -> None:
    form = replace(document("Bilaga 2 Prisbilaga.xlsx"), kind=DocumentKind.XLSX)
    filled = SeenFile("p", "Prisbilaga ifylld AB Konsult.xlsx", "1")
    assert form_of(filled, [form]) == form.id
    assert form_of(replace(filled, sha256=form.sha256), [form]) is None
    assert form_of(replace(filled, name="Prisbilaga ifylld.pdf"), [form]) is None
    assert form_of(replace(filled, name="Bilaga 3 Prisbilaga.xlsx"), [form]) is None
    assert form_of(replace(filled, name="Prisbilaga del av en helt annan sammanställning för intern kalkyl.xlsx"), [form]) is None
    assert form_of(filled, [form, replace(form, id="annan")]) is None


def test_numbers_in_names_and_texts() -> None:
    assert leading_number("4.1 CV.docx") == "4.1"
    assert leading_number("13_2-prov.pdf") == "13.2"
    assert leading_number("CV 4.1.docx") is None
    assert sections("enligt avsnitt 4.1 och punkt 3.2.1, 10 % av") == {"4.1", "3.2.1"}
    assert annexes(simple("Bilaga 3, bilaga B2 och Annex 4a")) == {"3", "b2", "4a"}
    assert annexes(simple("bilagan som är 3 sidor, bilaga i anbudet")) == frozenset()


def test_text_made_simple() -> None:
    assert simple("Lösningsarkitekt_CV-Åsa.PDF", ending=False) == "losningsarkitekt cv asa"
    assert simple("PrisBilaga 4.1. Slut") == "pris bilaga 4.1 slut"
    assert suffix_of("4.1 CV") == ""
    assert suffix_of("a.XLSX") == ".xlsx"
    assert suffix_of("version 2.10") == ""


def test_many_items_and_files_are_no_trouble() -> None:
    items = [item(str(number), f"Bilaga {number}: beskrivning av rutin nummer {number}") for number in range(120)]
    found = fits(items, [seen(f"Bilaga {number} rutin.pdf") for number in range(120)])
    assert all(found[str(number)][0].path == f"/anbud/Bilaga {number} rutin.pdf" for number in range(120))
