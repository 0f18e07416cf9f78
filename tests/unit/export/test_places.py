"""Links to sources lead only to files beside the export, and say where inside."""

from __future__ import annotations

import pytest

from app.core.checklist import Checklist, DocumentSummary, Tender
from app.core.document import DocumentKind, Place, document_id
from app.core.points import Source
from app.export.places import Places
from app.export.plain import clipped, legal, one_line, ranges
from app.export.words import words_in
from tests.support.checklists import ILLEGAL


def places(*names: str) -> Places:
    summaries = tuple(DocumentSummary(document_id(name), name, DocumentKind.PDF, "0" * 64) for name in names)
    return Places(Checklist(Tender(), summaries, ()), words_in("sv"))


def address(name: str, place: Place) -> str | None:
    link = places(name).link_to(document_id(name), place)
    return link.address if link else None


def test_a_page_is_a_fragment_and_names_are_percent_encoded() -> None:
    assert address("Bilaga #1 å.pdf", Place(12)) == "Bilaga%20%231%20%C3%A5.pdf#page=12"
    assert address("mapp/Krav.pdf", Place(3)) == "mapp/Krav.pdf#page=3"
    assert address("Krav.docx", Place(paragraph=3)) == "Krav.docx"


def test_a_cell_is_a_quoted_sheet_and_a_reference() -> None:
    link = places("Pris.xlsx").link_to(document_id("Pris.xlsx"), Place(sheet="Pris 'A'", cell="$B$4"))
    assert link is not None
    assert link.inside == "'Pris ''A'''!B4"
    assert address("Pris.xlsx", Place(sheet="Blad", cell='A1","x')) == "Pris.xlsx#%27Blad%27!A1"


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../hemlig.pdf",
        "a/../../b.pdf",
        "\\\\server\\delad\\x.pdf",
        "mapp\\fil.pdf",
        "//server/x.pdf",
        "paket.zip/Krav.pdf",
        "Ram.pdf/bilaga.xlsx",
        "",
        "rad\x00brytning.pdf",
    ],
)
def test_what_is_no_file_beside_the_export_gets_no_link(name: str) -> None:
    assert address(name, Place(1)) is None


def test_a_scheme_in_a_name_is_no_scheme_in_the_link() -> None:
    assert address("javascript:alert(1).pdf", Place(1)) == "javascript%3Aalert%281%29.pdf#page=1"


def test_other_mentions_name_the_document_only_when_it_is_another() -> None:
    known = places("A.pdf", "B.pdf")
    home = Source(document_id("A.pdf"), "x", Place(1))
    others = [Source(document_id("A.pdf"), "x", Place(4)), Source(document_id("B.pdf"), "x", Place(2))]
    assert known.also([*others, others[0]], home) == "s. 4; B.pdf s. 2"
    many = [Source(document_id("A.pdf"), "x", Place(page)) for page in range(2, 40)]
    assert known.also(many, home).endswith("s. 13; och 26 till")


def test_text_is_made_fit_for_xml_without_losing_its_letters() -> None:
    cleaned = legal(ILLEGAL)
    assert cleaned.isprintable() or "\ufffd" in cleaned
    assert not {"\x00", "\x07", "\x0c", "\x85", "\ud800", "\u202e", "\ufffe"} & set(cleaned)
    assert legal("a\r\nb\rc\tåäö €\U0001f4ce") == "a\nb\nc\tåäö €\U0001f4ce"
    assert one_line("  a\n b\t c ") == "a b c"


def test_lengths_and_ranges() -> None:
    assert clipped("abcdef", 4) == "abc…"
    assert clipped("abcd", 4) == "abcd"
    assert ranges((9, 1, 2, 3, 7, 7)) == "1–3, 7, 9"
