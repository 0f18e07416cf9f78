"""What only makes something clear, what holds when there is a contract, and what others do."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, item, row


def found(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


@pytest.mark.parametrize(
    "text",
    [
        "Exempel: en trasig lampa ska anses vara ett mindre fel.",
        "Räkneexempel: en resa får ta högst tio minuter.",
        "For instance, the winch weighs 300 kg and must be lifted by crane.",
        "Akut fel: fel som hindrar driften och påbörjats av entreprenören.",
        "Uppdraget ska slutredovisas till Socialdepartementet senast den 1 mars 2031.",
        "Gruppen ska vid bedömningen beakta helheten.",
        "De ska göra bedömningen var för sig.",
        "Frågorna i tabellen avser det egna företaget.",
        "Länsstyrelsen ska besvara frågor.",
    ],
)
def test_what_asks_nothing_of_the_bidder_is_no_point(text: str) -> None:
    assert found(heading("1 Upphandlingen"), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Exempel på rapport ska bifogas.",
        "Exempelvis ska anbudsgivaren kunna visa ett intyg.",
        "Krav: systemet ska logga händelser.",
        "Rapporten ska redovisas till beställaren.",
    ],
)
def test_what_asks_for_an_example_or_of_the_bidder_is_one(text: str) -> None:
    assert len(found(heading("1 Upphandlingen"), text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Leverantören ska under avtalstiden delta i två möten per år.",
        "Vid avtalets upphörande ska leverantören lämna tillbaka nycklarna.",
        "The supplier shall during the contract period attend two meetings.",
        "Bolaget ska efter tilldelning föra in priserna.",
        "Tillståndet ska på begäran kunna visas under avtalstiden.",
    ],
)
def test_what_binds_while_the_contract_runs_is_contract(text: str) -> None:
    (point,) = found(heading("1 Upphandlingen"), text)
    assert point.kind is PointKind.CONTRACT


@pytest.mark.parametrize(
    "text",
    [
        "Anbudsgivaren ska under avtalstiden arbeta med kvalitet.",
        "A tenderer shall state which passages are to be kept secret after the award.",
        "Systemet ska under avtalstiden kunna lämna ut data.",
    ],
)
def test_what_a_tenderer_says_or_a_thing_can_is_not(text: str) -> None:
    assert [point.kind for point in found(heading("1 Upphandlingen"), text)] != [PointKind.CONTRACT]


def test_an_insurance_while_the_contract_runs_is_contract_even_in_a_specification() -> None:
    (point,) = found(heading("1 Kravspecifikation"), "Leverantören ska under hela avtalstiden ha en ansvarsförsäkring.")
    assert point.kind is PointKind.CONTRACT


def test_who_a_passive_verb_names_acts_whoever_stands_before_it() -> None:
    (point,) = found(heading("1 Anbud"), "Begär kommunen en översättning ska den bekostas av anbudsgivaren.")
    assert point.kind is PointKind.REQUIREMENT


def test_an_organisation_that_acts_as_the_buyer_is_the_buyer() -> None:
    points = found(
        heading("1 Anbud"),
        "Museet publicerar svaren i systemet. Museet ska betala inom 30 dagar. Museet ska kalla till visning.",
    )
    assert points == []


def test_a_heading_that_names_a_list_asks_nothing() -> None:
    assert found(heading("1.4 List of annexes"), "Annex A – Prices") == []


def test_entries_without_a_full_stop_are_all_listed() -> None:
    points = found(
        heading("1 Tjänsten"), item("• Växter ska vattnas"), item("• Döda växter ska bytas"), item("• Krukor ska vara rena")
    )
    assert [point.source.quote for point in points] == ["Växter ska vattnas", "Döda växter ska bytas", "Krukor ska vara rena"]


def test_words_of_a_condition_in_a_list_are_no_demand() -> None:
    points = found(
        heading("1 Avbrytande"),
        "Upphandlingen kan avbrytas om",
        item("• endast ogiltiga anbud lämnas"),
        item("• endast ett anbud lämnas"),
    )
    assert "endast ogiltiga anbud lämnas" not in [point.source.quote for point in points]


def test_a_list_glued_to_its_lead_in_is_governed() -> None:
    points = found(
        heading("1 Personal"),
        "Laget ska bestå av fyra personer. Var och en ska: 1. ha körkort,",
        item("2. inneha förarbevis,"),
        item("3. kunna kommunicera på svenska."),
    )
    assert [point.source.quote for point in points] == [
        "Laget ska bestå av fyra personer.",
        "1. ha körkort,",
        "2. inneha förarbevis,",
        "3. kunna kommunicera på svenska.",
    ]


def test_a_list_in_the_cells_of_a_column_is_governed() -> None:
    points = found(
        heading("1 Personal"),
        row("", "Av beskrivningen ska framgå:"),
        row("", "• uppdragets längd,"),
        row("", "• antal personer."),
        row("", "Kommunen ringer kunden."),
    )
    assert [point.source.quote for point in points] == ["uppdragets längd,", "antal personer."]


def test_a_colon_and_a_number_are_no_list() -> None:
    (point,) = found(heading("1 Karta"), "Kartan ska ha skala 1:10 och visa hela hamnen.")
    assert point.source.quote == "Kartan ska ha skala 1:10 och visa hela hamnen."


@pytest.mark.parametrize(
    "text",
    ["Servicefönster: fönster meddelas senast tre dagar i förväg.", "Utbildning: utbildning hålls varje kvartal i lokalen."],
)
def test_what_happens_to_a_term_is_no_definition(text: str) -> None:
    assert [point.source.quote for point in found(heading("3 Kravspecifikation"), text)] == [text]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Fastighetsförvaltningen ska utföras med egen personal.", PointKind.REQUIREMENT),
        ("Föreningen ska bifoga sina stadgar till ansökan.", PointKind.ATTACHMENT),
        ("Institutet ska vara ackrediterat.", PointKind.REQUIREMENT),
        ("The trust shall be maintained by the supplier.", PointKind.REQUIREMENT),
    ],
)
def test_kinds_of_organisations_are_the_buyer_only_where_they_act_as_one(text: str, kind: PointKind) -> None:
    assert [point.kind for point in found(heading("6 Övrigt"), text)] == [kind]


def test_an_association_that_buys_is_the_buyer() -> None:
    blocks = ["Föreningen avser att teckna avtal.", "Föreningen utvärderar anbuden.", "Föreningen ska svara inom en vecka."]
    assert [point for point in found(heading("1 Upphandlingen"), *blocks) if "svara inom" in point.text] == []
