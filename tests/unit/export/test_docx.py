"""The Word document: structure that a reader, a screen reader and a printer can use."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.core.checklist import Checklist
from app.export.docx import write_docx
from tests.support.checklists import LONG, MARKUP, checklist, described


def written(given: Checklist, language: str = "sv") -> BytesIO:
    target = BytesIO()
    write_docx(given, target, language, described)
    target.seek(0)
    return target


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(written(checklist(40)))


def texts(document: Any) -> list[str]:
    return ["".join(node.text or "" for node in row.iter(qn("w:t"))) for row in document.element.body.iter(qn("w:tr"))]


def test_headings_form_an_outline_that_begins_with_the_times(document: Any) -> None:
    headings = [(one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith(("Title", "Heading"))]
    assert headings[0] == ("Title", "Konsulttjänster för ärendehantering – förnyad upphandling")
    chapters = [text for style, text in headings if style == "Heading 1"]
    assert chapters == [
        "Tider",
        "Om upphandlingen",
        "Sammanfattning",
        "Att läsa för hand",
        "I anbudet",
        "Efter tilldelning",
        "Dokument som lästes",
    ]
    levels = [int(style[-1]) for style, _ in headings[1:]]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_point_is_in_it_once(document: Any) -> None:
    told = texts(document)
    assert sum("Anbudet ska ha kommit in senast" in row for row in told) == 1
    assert sum(LONG.strip() in row for row in told) == 1
    assert sum(MARKUP in row for row in told) == 1
    assert sum(row.startswith("☐") for row in told) == len(checklist(40).items)


def test_must_stands_in_words_and_sources_are_links(document: Any) -> None:
    row = next(row for row in texts(document) if "Är anbudsgivaren registrerad" in row)
    assert "Ska" in row
    assert row.endswith("s. 1")
    targets = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert "Anbudsinbjudan%20%C3%A5%C3%A4%C3%B6.pdf#page=1" in targets
    used = [link.get(qn("r:id")) for link in document.element.body.iter(qn("w:hyperlink"))]
    assert used
    assert set(used) <= set(document.part.rels)


def test_every_table_repeats_its_header_and_splits_no_row(document: Any) -> None:
    assert document.tables
    for table in document.tables:
        rows = table._tbl.findall(qn("w:tr"))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_language_paper_title_and_page_numbers(language: str, code: str) -> None:
    made: Any = Document(written(checklist(), language))
    assert made.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}").get(qn("w:val")) == code
    assert made.core_properties.language == code
    assert "Konsulttjänster" in made.core_properties.title
    section = made.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "Konsulttjänster" in section.header.paragraphs[0].text
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_what_must_be_read_by_hand_is_told(document: Any) -> None:
    bullets = [one.text for one in document.paragraphs if one.style.name == "List Bullet"]
    assert "Anbudsinbjudan åäö.pdf: sidorna 7–9, 12 har ingen text som går att läsa." in bullets
    assert any("<file.corrupt>" in text for text in bullets)
    assert any(text.startswith("2 rader hör inte") for text in bullets)


def test_every_style_that_is_used_exists(document: Any) -> None:
    with ZipFile(written(checklist())) as archive:
        assert b"w:body" in archive.read("word/document.xml")
    known = {style.style_id for style in document.styles}
    used = {node.get(qn("w:val")) for name in ("w:pStyle", "w:rStyle", "w:tblStyle") for node in document.element.iter(qn(name))}
    assert used <= known
