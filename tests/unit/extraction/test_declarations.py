"""What a document says of its own parts: that all that stands there is required, or belongs to the contract."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.declarations import find_declarations
from app.extraction.reading import find
from app.extraction.sections import outline
from tests.support.documents import document, heading, item, row


def found(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


def quotes(*blocks: Block | str) -> list[str]:
    return [point.source.quote for point in found(*blocks)]


def governed(*blocks: Block | str) -> list[int]:
    made = document(blocks)
    return sorted(find_declarations(made, outline(made)).required)


@pytest.mark.parametrize(
    "declaration",
    [
        "I kapitel 2 och 3 är kraven skrivna som påståenden. Samtliga påståenden i dessa kapitel är ska-krav.",
        "Det som beskrivs i kapitel 2–3 är obligatoriska krav.",
        "Texten i kapitel 2 och 3 är skriven i presens. Allt som står där ska läsas som skallkrav.",
        "All statements in chapters 2 to 3 are mandatory requirements.",
        "I kapitel 2–3 är alla påståenden tvingande krav.",
    ],
)
def test_where_all_that_is_said_is_required_a_statement_needs_no_word_of_demand(declaration: str) -> None:
    points = quotes(
        heading("1 Läsanvisning"),
        declaration,
        heading("2 Kranen"),
        "Kranen lyfter två ton. Hytten rymmer en förare.",
        heading("3 Drift"),
        "Larm visas på en skärm.",
        heading("4 Övrigt"),
        "Hamnen öppnar klockan sex.",
    )
    assert points[-3:] == ["Kranen lyfter två ton.", "Hytten rymmer en förare.", "Larm visas på en skärm."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunen monterar egna radioapparater.",
        "Idag lyfts lasten för hand.",
        "Exempel: en låda på tre kilo lyfts på fyra sekunder.",
        "Med last avses allt som lyfts.",
        "Syftet med kranen är att skona personalen.",
        "Tillverkaren äger ritningarna och kan komma att ändra dem.",
        "Måtten framgår av bilaga 4.",
        "Kommunen har fyra hamnar. De sköts av hamnvakterna.",
        "Det krävs inte att kranen är ny.",
        "Hur tung är lasten?",
    ],
)
def test_what_explains_or_tells_of_others_is_none(sentence: str) -> None:
    assert quotes(heading("1 Kranen (ska-krav)"), "Kranen lyfter två ton. Hytten rymmer en.", sentence) == [
        "Kranen lyfter två ton.",
        "Hytten rymmer en.",
    ]


def test_an_entry_of_a_declared_list_may_lack_a_verb_and_a_full_stop() -> None:
    points = quotes(heading("1 Utrustning (obligatorisk)"), item("• Färg: vit RAL 9010"), item("• Bänken rymmer fem personer"))
    assert points == ["Färg: vit RAL 9010", "Bänken rymmer fem personer"]


def test_a_list_that_is_spoken_of_begins_soon_after() -> None:
    blocks = (
        heading("1 Bussarna"),
        "Följande krav gäller samtliga bussar. De besvaras i formuläret.",
        item("• Ramp finns vid mittdörren."),
        item("• Bälte finns på varje sits."),
        "Kommunen har tolv hållplatser.",
    )
    assert governed(*blocks) == [2, 3]
    assert quotes(*blocks)[-2:] == ["Ramp finns vid mittdörren.", "Bälte finns på varje sits."]


def test_what_carries_a_mark_is_required() -> None:
    blocks = (
        heading("1 The boat"),
        "The requirements marked M are mandatory. Those marked W are wishes.",
        "M1 The boat carries ten passengers.",
        "W1 The boat carries a crane.",
    )
    assert governed(*blocks) == [2]
    assert governed(heading("1 Requirements for the boat"), *blocks[1:]) == [1, 2]
    assert quotes(heading("1 Requirements for the boat"), *blocks[1:]) == [
        "The requirements marked M are mandatory.",
        "M1 The boat carries ten passengers.",
    ]


def test_a_chapter_that_mostly_says_what_must_be_explains_the_rest() -> None:
    assert (
        governed(
            heading("1 Om kraven"),
            "Kraven i kapitel 2 är obligatoriska.",
            heading("2 Krav på bilen"),
            "Bilen ska ha fyra dörrar. Bilen ska vara vit. Garaget ligger i Norrby.",
        )
        == []
    )


def test_a_chapter_of_requirements_told_in_the_present_is_one() -> None:
    points = quotes(
        heading("1 Krav på personalen"), "Personalen bär namnskylt. Ny personal presenteras för rektor. Alla talar svenska."
    )
    assert len(points) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "Kraven i kapitel 2 är inte obligatoriska.",
        "Kraven i bilaga 2 är obligatoriska.",
        "Påståenden i anbudet är bindande.",
        "Statements in this document are for information.",
        "Kraven som är markerade med fet stil är obligatoriska.",
    ],
)
def test_what_declares_nothing_of_the_document_governs_nothing(sentence: str) -> None:
    assert governed(heading("1 Inledning"), sentence, heading("2 Kranen"), "Kranen lyfter två ton.") == []


@pytest.mark.parametrize(
    "declaration",
    [
        "Punkterna i detta kapitel kommer att föras in i avtalet.",
        "Villkoren i kapitel 2 gäller först efter avtalstecknande.",
        "The provisions in this chapter form part of the contract.",
    ],
)
def test_what_belongs_to_the_contract_by_its_own_words_is_contract(declaration: str) -> None:
    points = found(
        heading("1 Tjänsten"),
        "Tjänsten ska vara tillgänglig dygnet runt.",
        heading("2 Förvaltning"),
        declaration,
        "Leverantören ska kalla till möte varje kvartal.",
    )
    kinds = {point.source.quote: point.kind for point in points}
    assert kinds["Tjänsten ska vara tillgänglig dygnet runt."] is PointKind.REQUIREMENT
    assert kinds["Leverantören ska kalla till möte varje kvartal."] is PointKind.CONTRACT


@pytest.mark.parametrize(
    "text",
    [
        "Saldot redovisas månadsvis till museet.",
        "Tillbud rapporteras inom ett dygn.",
        "Korridorer moppas två gånger i veckan.",
        "Backups are verified every week.",
    ],
)
def test_what_is_done_so_often_or_so_soon_is_required_in_a_specification(text: str) -> None:
    assert quotes(heading("1 Tjänsten"), "Arbetet ska utföras fackmässigt.", text)[1:] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Idag redovisas saldot månadsvis.",
        "Fakturor betalas inom 30 dagar.",
        "Statistiken redovisas årligen av SCB.",
        "Slutrapporten lämnas senast två veckor efter avtalstecknandet.",
        "Behörighet tilldelas dagligen av kommunen.",
    ],
)
def test_what_others_do_so_often_is_not(text: str) -> None:
    assert quotes(heading("1 Tjänsten"), "Arbetet ska utföras fackmässigt.", text)[1:] == []


def test_levels_of_service_in_a_table_are_required() -> None:
    points = found(
        heading("1 Tjänsten"),
        "Arbetet ska utföras fackmässigt.",
        row("Felklass", "Påbörjad åtgärd", "Avhjälpt fel", header=True),
        row("Klass 1", "inom 2 timmar", "inom 8 timmar"),
        row("Klass 2", "nästa besök", "nästa besök"),
    )
    assert [point.source.quote for point in points][1:] == ["Klass 1\tinom 2 timmar\tinom 8 timmar"]


def test_a_table_of_amounts_that_are_no_levels_of_service_is_not() -> None:
    points = found(
        heading("1 Tjänsten"),
        "Arbetet ska utföras fackmässigt.",
        row("Skola", "Lovdagar", "Öppet", header=True),
        row("Norrby", "12 dagar", "8 timmar"),
        row("Priority", "March", "Response time"),
    )
    assert len(points) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Kraven i kapitel 3 ingår i avtalet.",
        "Villkoren i detta avsnitt utgör en del av avtalet.",
        "The terms in this chapter form part of the contract.",
    ],
)
def test_what_is_put_to_the_bidder_is_asked_also_where_the_terms_belong_to_the_contract(sentence: str) -> None:
    points = found(
        heading("3 Krav på tjänsten"),
        sentence,
        "Timpris (kr): ______",
        "Bifoga CV för konsulten.",
        "Hur säkerställer ni kvalitet?",
    )
    assert [point.kind for point in points if point.source.quote != sentence] == [
        PointKind.QUESTION,
        PointKind.ATTACHMENT,
        PointKind.QUESTION,
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Systemet ger larm.",
        "Hissen når plan fem.",
        "Systemet visar vem som äger ärendet.",
        "The seat is approximately 45 cm wide.",
    ],
)
def test_short_verbs_and_words_in_passing_are_statements_too(sentence: str) -> None:
    assert quotes(heading("5 Funktioner (ska-krav)"), "Bilen har dragkrok.", sentence)[-1] == sentence


def test_the_word_in_is_no_mark() -> None:
    blocks: list[Block | str] = [heading("2 Krav (ska-krav)"), "S1 Kranen lyfter två ton.", "I leveransen finns montering."]
    assert len(quotes(*blocks)) == 2


def test_what_is_declared_required_and_not_understood_is_left_to_be_looked_at() -> None:
    reading = find(document([heading("5 Funktioner (ska-krav)"), "Bilen har dragkrok.", "Allt klart dag ett."]))
    assert [line.text for line in reading.unassigned] == ["Allt klart dag ett."]
