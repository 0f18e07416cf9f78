from __future__ import annotations

from app.core.document import Block
from app.extraction.sections import ChapterKind, outline
from tests.support.documents import document, heading, item, paragraph, row


def test_paths_numbers_and_kinds() -> None:
    made = document(
        [
            heading("1 Administrativa föreskrifter"),
            heading("1.1 Bakgrund"),
            "Vi köper tjänster.",
            heading("2 Kvalificering av anbudsgivare"),
            heading("2.1 Ekonomisk ställning"),
            "Anbudsgivaren ska vara stabil.",
            heading("3 Avtalsvillkor"),
            heading("3.1 Priser"),
            "Priserna är fasta.",
        ]
    )
    found = outline(made)
    assert found.path(2) == ("1 Administrativa föreskrifter", "1.1 Bakgrund")
    assert found.number(5) == "2.1"
    assert found.kind(2) is ChapterKind.INFORMATION
    assert found.kind(5) is ChapterKind.QUALIFICATION
    assert found.kind(8) is ChapterKind.CONTRACT, "prices inside contract terms are contract"


def test_a_numbered_list_is_not_an_outline() -> None:
    made = document(
        [
            heading("1 Inledning"),
            "Gör så här:",
            item("1. Registrera bolaget"),
            item("2. Logga in"),
            heading("2 Krav på tjänsten"),
            "Text",
        ]
    )
    found = outline(made)
    assert [entry.printed for entry in found.headings] == ["1 Inledning", "2 Krav på tjänsten"]


def test_numbers_that_start_again_stand_below_the_chain() -> None:
    blocks: list[Block | str] = [
        heading("1 Krav"),
        heading("2 Uppförandekod"),
        heading("1 Mänskliga rättigheter"),
        "Text",
        heading("3 Pris"),
        "Text",
    ]
    found = outline(document(blocks))
    assert found.path(3) == ("2 Uppförandekod", "1 Mänskliga rättigheter")
    assert found.path(5) == ("3 Pris",)


def test_codes_carry_the_outline_of_construction_provisions() -> None:
    codes = ["AFA Orientering", "AFA.1 Kontakt", "AFB Föreskrifter", "AFB.3 Underlag", "AFB.31 Tillhandahållande"]
    codes += ["AFB.4 Anbudsgivning", "AFB.41 Form", "AFC Entreprenad", "AFC.1 Omfattning"]
    made = document([*(heading(text) for text in codes), paragraph("LOU Lagen om offentlig upphandling"), "E ska städa."])
    found = outline(made)
    assert len(found.headings) == len(codes), "an abbreviation is not a chapter"
    assert found.kind(6) is ChapterKind.ADMINISTRATIVE
    assert found.kind(10) is ChapterKind.CONTRACT


def test_a_contract_draft_is_told_by_name_title_or_opening_words() -> None:
    assert outline(document(["Text"], "Avtalsutkast.docx")).kind(0) is ChapterKind.CONTRACT
    assert outline(document([heading("Avtalsmall"), heading("1 Omfattning"), "Text"])).kind(2) is ChapterKind.CONTRACT
    opened = outline(document([heading("1 Submission"), "Text", "WHEREAS the parties agree,", "The supplier shall work."]))
    assert opened.kind(1) is ChapterKind.ADMINISTRATIVE
    assert opened.kind(3) is ChapterKind.CONTRACT


def test_table_rows_and_sentences_are_not_headings() -> None:
    made = document([heading("1 Krav"), row("2", "Drift"), "3.1 Leverantören ska svara inom två timmar.", "4 personer deltog."])
    assert [entry.printed for entry in outline(made).headings] == ["1 Krav"]


def test_a_numbered_list_after_a_colon_or_of_sentences_holds_no_headings() -> None:
    made = document(
        [
            heading("Så svarar ni"),
            "Svaret ska innehålla:",
            item("1. Svarsformulär"),
            item("2. CV för konsulten"),
            item("3. Timpris"),
            heading("Övrigt"),
            item("1. Svar på svenska."),
            item("2. Pris i kronor."),
        ]
    )
    assert [found.title for found in outline(made).headings] == ["Så svarar ni", "Övrigt"]


def test_chapters_with_a_text_between_them_are_no_list() -> None:
    made = document(["Innehållet är:", heading("1. Bakgrund"), "Detta är bakgrunden.", heading("2. Krav"), "Kraven följer."])
    assert [found.title for found in outline(made).headings] == ["Bakgrund", "Krav"]
