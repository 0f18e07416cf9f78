"""Customers named in a sentence, and whom to ask there: not the bidder's own people, nor the buyer's."""

from __future__ import annotations

import pytest

from app.core.document import Block, BlockKind, Document, DocumentKind
from app.secrecy.finders import suggestions


def suggested(*lines: str, heading: str = "Villkor") -> list[tuple[str, str | None]]:
    blocks = (Block(BlockKind.HEADING, "Anbud", level=1), Block(BlockKind.HEADING, heading, level=2))
    texts = tuple(Block(BlockKind.PARAGRAPH, line) for line in lines)
    document = Document("Anbud.docx", DocumentKind.DOCX, "", (*blocks, *texts))
    return [(one.category, each.quote) for one in suggestions([("1", document)]) for each in one.anchors]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Vår kund Norrfrakt AB är nöjd.", "Norrfrakt AB"),
        ("Vår kund sedan 2027, Norrfrakt AB, kan intyga detta.", "Norrfrakt AB"),
        ("Vår största kund är Kramfors kommun.", "Kramfors kommun"),
        ("Sedan 2028 är Norrfrakt AB vår kund.", "Norrfrakt AB"),
        ("Norrfrakt AB är kund hos oss.", "Norrfrakt AB"),
        ("På uppdrag av Region Nordmarken driver vi två mottagningar.", "Region Nordmarken"),
        ("Our long-standing client, the Port of Whitby, says so.", "Port of Whitby"),
    ],
)
def test_a_customer_that_is_named_is_suggested(line: str, name: str) -> None:
    assert suggested(line) == [("customer", name)]


@pytest.mark.parametrize(
    "line",
    [
        "Vår kund ska alltid få svar inom en timme.",
        "Vår Kundtjänst har öppet dygnet runt.",
        "Till vår kund i Falun levererar vi varje dag.",
        "Vi har avtal med Kemtekniska i Norr AB om leverans av kemikalier.",
        "Our Customer Success Team is available.",
    ],
)
def test_no_customer_is_seen_where_none_is_named(line: str) -> None:
    assert suggested(line) == []


def test_a_person_to_ask_is_known_by_title_name_and_number() -> None:
    lines = ("Vår kund Norrfrakt AB har anlitat oss i sex år.", "Ring gärna driftchef Ulla Norén på 0910-12 34 56.")
    assert ("reference-contact", "Ulla Norén på 0910-12 34 56") in suggested(*lines)
    assert suggested("Referens: driftchef Ulla Norén (0910-12 34 56).")[0][0] == "reference-contact"
    assert suggested("Kontaktperson hos kunden är driftchef Ulla Norén.") == [("reference-contact", "Ulla Norén")]
    english = "For a reference, ring facilities director Ruth Calder on +44 1632 960 961."
    assert ("reference-contact", "Ruth Calder on +44 1632 960 961") in suggested(english)


@pytest.mark.parametrize(
    "line",
    [
        "Ring vår driftchef Ulla Norén på 0910-12 34 56 om referenser.",
        "Driftchef Ulla Norén nås på 0910-12 34 56 under hela avtalstiden.",
        "Kommunens upphandlare Eva Lind nås på 0910-12 34 56.",
        "Frågor om anbudet och referenser: Ulla Norén, 0910-12 34 56.",
    ],
)
def test_the_bidders_own_people_and_the_buyers_are_left(line: str) -> None:
    assert suggested(line) == []
