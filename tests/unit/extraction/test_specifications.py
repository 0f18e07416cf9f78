"""Specifications without a word of demand, terms of ending a contract, times of service, conditions."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, item


def found(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


@pytest.mark.parametrize(
    "text", ["Sand med fraktion 2-6 mm används.", "Golvet läggs flytande.", "Trapphus moppas varje vecka.", "Sanden är tvättad."]
)
def test_what_a_specification_says_is_done_is_required(text: str) -> None:
    (point,) = found(heading("Teknisk specifikation"), text)
    assert (point.kind, point.must) == (PointKind.REQUIREMENT, True)


@pytest.mark.parametrize("text", ["Idag används sand med fraktion 2-6 mm.", "Beställaren anvisar plats för upplag."])
def test_what_is_so_already_or_done_by_the_buyer_is_not(text: str) -> None:
    assert found(heading("Teknisk specifikation"), text) == []


def test_what_such_a_specification_lists_is_required() -> None:
    points = found(heading("Teknisk beskrivning"), item("• Rutschkana i rostfritt stål"))
    assert [point.kind for point in points] == [PointKind.REQUIREMENT]
    assert found(heading("1 Bakgrund"), item("• Rutschkana i rostfritt stål")) == []


def test_nothing_in_such_a_specification_is_silent() -> None:
    reading = find(document([heading("Teknisk beskrivning"), "Armaturer med varmvitt ljus."]))
    assert [line.text for line in reading.unassigned] == ["Armaturer med varmvitt ljus."]


def test_a_title_tells_that_the_document_specifies() -> None:
    points = found(heading("Teknisk beskrivning – Lekplats"), heading("1 Markarbeten"), "Massorna transporteras till deponi.")
    assert len(points) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Konsulten ska informeras om det gällande regelverket.",
        "Personalen ska ha kunskap om den nya lagen.",
        "Uppgifter om anbudsgivaren ska anges.",
    ],
)
def test_what_something_is_about_is_no_condition(text: str) -> None:
    (point,) = found(text)
    assert (point.when, point.must) == (None, True)


def test_a_condition_after_what_something_is_about_is_one() -> None:
    (point,) = found("Konsulten ska informeras om lagen, om det behövs.")
    assert point.when == "om det behövs"


@pytest.mark.parametrize(
    "text",
    [
        "Leverantören ska svara på felanmälan inom 4 timmar.",
        "Kundtjänst ska vara öppen vardagar och besvara ärenden senast kl. 16.00.",
        "The supplier shall respond to incidents within 4 hours.",
    ],
)
def test_a_time_of_the_service_is_no_deadline(text: str) -> None:
    (point,) = found(text)
    assert point.kind is PointKind.REQUIREMENT


@pytest.mark.parametrize(
    "text", ["Komplettering ska lämnas inom fem arbetsdagar.", "Frågor om leveransen ska ställas senast den 3 maj."]
)
def test_a_time_to_bid_by_is_a_deadline(text: str) -> None:
    (point,) = found(text)
    assert point.kind is PointKind.DEADLINE


def test_grounds_for_ending_a_contract_are_no_duties() -> None:
    points = found(
        heading("5 Avtalsvillkor"),
        "Beställaren får häva avtalet om:",
        item("• Leverantören ställer in sina betalningar"),
        item("• Leverantören bryter mot sekretessen"),
        "Leverantören ska vid hävning återlämna allt material.",
    )
    assert [point.source.quote for point in points] == ["Leverantören ska vid hävning återlämna allt material."]


def test_duties_in_a_list_of_contract_terms_stay() -> None:
    points = found(heading("5 Avtalsvillkor"), "Följande gäller:", item("• Leverantören fakturerar månadsvis"))
    assert [point.kind for point in points] == [PointKind.CONTRACT]


@pytest.mark.parametrize("text", ["CV för platschefen bifogas.", "Kopia av utbildningsbevis bifogas."])
def test_a_document_that_is_handed_in_is_asked_for_without_a_modal_verb(text: str) -> None:
    (point,) = found(text)
    assert (point.kind, point.must) == (PointKind.ATTACHMENT, True)


@pytest.mark.parametrize("text", ["Intyg om marken bifogas denna förfrågan.", "Karta bifogas."])
def test_a_document_of_the_procurement_is_not(text: str) -> None:
    assert found(text) == []


def test_documents_of_unknown_names_in_a_list_stand_alone() -> None:
    points = found("Till anbudet ska bifogas ett följebrev, en riskanalys, ett hållbarhetsprogram och CV.")
    assert [point.source.quote for point in points][1:] == ["en riskanalys", "ett hållbarhetsprogram", "CV"]


def test_what_a_document_tells_of_is_no_document() -> None:
    (point,) = found("Bifoga CV med uppgift om utbildning, erfarenhet och språkkunskaper.")
    assert point.kind is PointKind.ATTACHMENT
