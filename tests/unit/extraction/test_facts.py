"""Facts of the procurement, from phrases as buyers write them."""

from __future__ import annotations

import pytest

from app.core.document import Block, BlockKind, Document, Flag, Line, Place
from app.core.points import Fact
from app.extraction.facts import find_facts
from app.extraction.sections import outline
from tests.support.documents import document, furniture, heading, paragraph, row


def _facts(made: Document) -> list[Fact]:
    return find_facts(made, outline(made))


def _best(made: Document, name: str) -> str | None:
    found = [fact for fact in _facts(made) if fact.name == name]
    return max(found, key=lambda fact: fact.weight).value if found else None


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Sista anbudsdag: 2031-02-03 23:59", "tender_deadline", "2031-02-03T23:59"),
        ("Anbud ska ha inkommit senast måndagen den 3 februari 2031 kl. 12.00.", "tender_deadline", "2031-02-03T12:00"),
        ("Sista dag att lämna anbud är 3/2 2031.", "tender_deadline", "2031-02-03"),
        ("Anbudstiden går ut 2031- 02-03.", "tender_deadline", "2031-02-03"),
        ("2031-02-03 är sista anbudsdag.", "tender_deadline", "2031-02-03"),
        ("Proposals are due March 5, 2031 at 2:00 PM.", "tender_deadline", "2031-03-05T14:00"),
        ("Closing date: 5 March 2031", "tender_deadline", "2031-03-05"),
        ("Bids must be received no later than 12:00 noon on 5 March 2031", "tender_deadline", "2031-03-05T12:00"),
        ("Anbudstiden förlängs från 2031-02-03 till 2031-02-17.", "tender_deadline", "2031-02-17"),
        ("Sista dag för att ställa frågor är den 20 januari 2031.", "question_deadline", "2031-01-20"),
        ("Frågor ska ställas skriftligen senast 2031-01-20.", "question_deadline", "2031-01-20"),
        ("Frågor ska ställas senast tio dagar före sista anbudsdag.", "question_deadline", "tio dagar före sista anbudsdag"),
        ("Questions must be submitted no later than January 20, 2031.", "question_deadline", "2031-01-20"),
        ("Svar på frågor publiceras senast 2031-01-27.", "answers_by", "2031-01-27"),
        ("Anbudet ska vara giltigt till och med 2031-06-30.", "valid_until", "2031-06-30"),
        ("Anbud ska vara giltiga i 4 månader från sista anbudsdag.", "validity_period", "P4M"),
        ("Anbudet är bindande i nittio (90) dagar.", "validity_period", "P90D"),
        ("Proposals shall remain valid for 120 days.", "validity_period", "P120D"),
        ("Diarienummer: KS 2031/17", "reference", "KS 2031/17"),
        ("Dnr 2031:0017", "reference", "2031:0017"),
        ("Upphandlings-id: UH-2031-17", "reference", "UH-2031-17"),
        ("RFP #4711", "reference", "4711"),
        ("Upphandlingens namn: Skötsel av parker", "name", "Skötsel av parker"),
        ("Upphandlande myndighet: Norrverket (org.nr 202100-1111)", "buyer", "Norrverket"),
        ("Köpare: Sjöstads kommun", "buyer", "Sjöstads kommun"),
        ("Norrverket inbjuder härmed till anbudsgivning.", "buyer", "Norrverket"),
        ("Beskrivningen får omfatta högst 10 A4-sidor.", "page_limit", "högst 10 A4-sidor"),
        ("Texten ska ha teckenstorlek minst 11 punkter.", "font_limit", "teckenstorlek minst 11 punkter"),
        ("Anbudet ska vara skrivet på svenska.", "tender_language", "svenska"),
        ("Alla priser ska anges i svenska kronor.", "currency", "SEK"),
        ("Anbud ska lämnas elektroniskt via Kommers Annons.", "submission_way", "Kommers Annons"),
        ("Upphandlingen sker genom ett öppet förfarande.", "procedure", "öppet förfarande"),
        ("Namnge filen ”Pris”.", "file_naming", "Namnge filen ”Pris”."),
        ("Planerad avtalsstart är 2031-04-01.", "contract_start", "2031-04-01"),
    ],
)
def test_a_phrase_gives_its_fact(text: str, name: str, value: str) -> None:
    assert _best(document([text]), name) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sista leveransdag är 2031-02-03.", "tender_deadline"),
        ("Avtalet gäller till och med 2031-06-30.", "valid_until"),
        ("Kontraktets diarienummer är xxxxxx.", "reference"),
        ("Organisationsnummer: 202100-1111", "reference"),
        ("Köparen ska betala inom 30 dagar.", "buyer"),
        ("Sista anbudsdag framgår av annonsen. Frågor besvaras till 2031-01-20.", "tender_deadline"),
        ("Se avsnitt 3.2 på sidan 4.", "page_limit"),
    ],
)
def test_a_near_miss_gives_none(text: str, name: str) -> None:
    assert _best(document([text]), name) is None


def test_a_date_stands_in_the_next_block_or_cell() -> None:
    assert _best(document([heading("Sista anbudsdag"), "Fredagen den 3 februari 2034 kl. 23.59"]), "tender_deadline") == (
        "2034-02-03T23:59"
    )
    assert _best(document([row("Sista anbudsdag", "2031-02-03")]), "tender_deadline") == "2031-02-03"
    rows = [row("Annonsdag", "Sista anbudsdag", header=True), row("2031-01-02", "2031-02-03")]
    assert _best(document(rows), "tender_deadline") == "2031-02-03"


def test_a_missing_year_follows_from_the_day_of_publication() -> None:
    made = document(["Publicerad 2030-12-10", "Sista anbudsdag är den 11 januari kl. 12.00."])
    assert _best(made, "tender_deadline") == "2031-01-11T12:00"


def test_the_title_page_weighs_more_than_the_text() -> None:
    made = document(["Sista anbudsdag: 2031-02-03", "Publicerad 2031-01-02"])
    first = next(fact for fact in _facts(made) if fact.name == "tender_deadline")
    late = Document(made.name, made.kind, made.sha256, (_on_page(made.blocks[0], 9),), 9)
    assert first.weight > next(fact for fact in _facts(late) if fact.name == "tender_deadline").weight


def test_an_announced_change_weighs_most() -> None:
    made = document(["Sista anbudsdag: 2031-02-03", "Sista anbudsdag flyttas till 2031-02-17."])
    assert _best(made, "tender_deadline") == "2031-02-17"


def test_labels_and_values_in_columns() -> None:
    made = document([row("Upphandlande organisation", "Upphandling"), row("Norrverket\nVera Ek", "Skötsel av parker")])
    assert _best(made, "name") == "Skötsel av parker"
    assert _best(
        document([furniture("Handläggare Diarienummer STATUS"), furniture("Vera Ek 2031–0017 UTKAST")]), "reference"
    ) == ("2031–0017")


def test_lots_are_named_not_mentioned() -> None:
    made = document(
        [
            heading("Anbudsområde 1 – Växtskötsel"),
            "I anbudsområde 1 ingår parker.",
            heading("Anbudsområde 2 – Snöröjning"),
        ]
    )
    assert [fact.value for fact in _facts(made) if fact.name == "lot"] == [
        "Anbudsområde 1 – Växtskötsel",
        "Anbudsområde 2 – Snöröjning",
    ]


def test_contents_are_no_facts() -> None:
    assert _facts(document([paragraph("Sista anbudsdag 2031-02-03", Flag.CONTENTS)])) == []


def test_a_source_quotes_the_words_at_their_place() -> None:
    made = document(["Anbud lämnas i portalen. Sista anbudsdag: 2031-02-03 23:59"])
    fact = next(fact for fact in _facts(made) if fact.name == "tender_deadline")
    assert fact.source.quote == "Sista anbudsdag: 2031-02-03 23:59"
    assert fact.source.quote in made.blocks[0].text
    assert fact.source.place.page == 1
    assert fact.source.document == made.id


def _on_page(block: Block, page: int) -> Block:
    return Block(BlockKind.PARAGRAPH, block.text, Place(page), (Line(0, page),))
