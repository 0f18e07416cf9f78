"""What reads like a request of the bidder and is none: what is left out, sent elsewhere, or told while the work runs."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, item

FILE, DATA, DEMAND, DATE = PointKind.ATTACHMENT, PointKind.QUESTION, PointKind.REQUIREMENT, PointKind.DEADLINE
SLOTS = (FILE, DATA)
WORK = heading("3 Kravspecifikation")
RULES = heading("2 Administrativa föreskrifter")


def read(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


def told(*blocks: Block | str) -> list[tuple[PointKind, bool]]:
    return [(point.kind, point.must) for point in read(*blocks)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi vill att ni inte bifogar kataloger.",
        "Ni bifogar inga bilder utöver formuläret.",
        "Till offerten lägger ni inget mer.",
        "Vi önskar att ni inte redogör för avslutade arbeten.",
        "Enclose no catalogues.",
        "Please submit nothing but the price form.",
        "Bifoga inga personbevis.",
        "Sänd inte med reklamblad.",
    ],
)
def test_what_is_to_be_left_out_is_a_rule_and_no_slot(text: str) -> None:
    assert [kind for kind, _ in told("Hej!", text)] == [DEMAND]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bifoga inte bara ett CV utan också intyg.", FILE),
        ("Bifoga ej äldre registerutdrag än ett halvår.", FILE),
        ("Vi vill att ni bifogar ett certifikat som inte har gått ut.", FILE),
        ("Vi vill att ni beskriver hur inga gångvägar stängs.", DATA),
        ("List no more than four assignments.", DATA),
        ("Ange om ingen annan anlitas.", DATA),
        ("Ange ej tillämpligt i de rutor som inte berör er.", DATA),
        ("Describe not only the method but also the risks.", DATA),
    ],
)
def test_a_negation_of_something_else_leaves_the_request(text: str, expected: PointKind) -> None:
    assert told("Hej!", text) == [(expected, True)]


def test_a_document_that_is_not_wanted_is_no_part_of_the_row() -> None:
    found = read("Hej!", "Bifoga ett CV och en tidplan, men inte registreringsbevis.")
    assert [(point.kind, "registreringsbevis" in point.text) for point in found] == [(FILE, False), (FILE, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Frågor sänder ni via systemet.",
        "Offerten skickar ni in i systemet.",
        "Fakturan sänder ni med e-post.",
        "Räkningen skickar ni när arbetet är klart.",
        "Frågor lägger ni i systemet.",
    ],
)
def test_what_is_sent_elsewhere_is_not_enclosed(text: str) -> None:
    assert not [point for point in read("Hej!", text) if point.kind in SLOTS]


@pytest.mark.parametrize(
    "text",
    [
        "Till svaret lägger ni ett foto.",
        "Med offerten sänder ni en skiss.",
        "Dessutom skickar ni med en ritning.",
        "Vidare lägger ni till en karta.",
        "Då sänder ni ett intyg från banken.",
    ],
)
def test_what_is_sent_with_the_reply_is_enclosed(text: str) -> None:
    assert told("Hej!", text) == [(FILE, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Vid strömavbrott ska ni genast uppge hur länge det varar.",
        "När larmet har upphört ska ni redogöra för orsaken.",
        "Ni anger koden i panelen.",
        "Ni bifogar körjournaler till fakturan.",
        "Efter varje kurs ska ni skicka in en närvarolista.",
        "Under arbetet ska ni redovisa hur tiden används.",
    ],
)
def test_what_is_told_while_the_work_runs_is_no_slot(text: str) -> None:
    assert not [point for point in read(WORK, text) if point.kind in SLOTS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I anbudet ska ni beskriva felhanteringen.", (DATA, True)),
        ("Ni ska beskriva hur larm tas emot.", (DATA, True)),
        ("Ni redovisar era rutiner för nycklar.", (DATA, True)),
        ("Ni ska bifoga certifikat för montören.", (FILE, True)),
        ("När ni åberopar andra företag ska ni beskriva hur ni delar på arbetet.", (DATA, False)),
    ],
)
def test_a_specification_asks_for_answers_too(text: str, expected: tuple[PointKind, bool]) -> None:
    assert told(WORK, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The crew shall carry out the safety assessment before departure.",
        "Personalen ska vid bedömningen av behovet utgå från planen.",
        "Gruppen ska vid prövningen beakta barnets ålder.",
    ],
)
def test_assessing_may_be_the_work(text: str) -> None:
    assert told(WORK, text) == [(DEMAND, True)]


@pytest.mark.parametrize(
    "text",
    ["De ska göra utvärderingen var för sig.", "They shall carry out the evaluation of the tenders together."],
)
def test_who_assesses_tenders_is_the_buyer(text: str) -> None:
    assert told(heading("5 Utvärdering"), text) == told(WORK, text.replace("utvärderingen", "utvärderingen av anbuden")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anbud kan dras tillbaka fram till den 4 maj 2031.", [(DATE, False)]),
        ("Ni får rätta ert svar fram till den 4 maj 2031.", [(DATE, False)]),
        ("Anbuden är hemliga fram till den 4 maj 2031.", []),
        ("Svar på frågor offentliggörs före den 4 maj 2031.", []),
        ("Kommunen svarar på frågor om anbud fram till den 4 maj 2031.", []),
        ("Anbud kan lämnas fram till den 4 maj 2031.", [(DATE, True)]),
        ("Frågor tas emot fram till den 4 maj 2031.", [(DATE, False)]),
        ("Anbud öppnas inte förrän den 4 maj.", []),
    ],
)
def test_a_time_until_which_nobody_need_act(text: str, expected: list[tuple[PointKind, bool]]) -> None:
    assert told(RULES, text) == expected


def test_what_is_gladly_seen_among_demands_is_a_wish() -> None:
    found = read("Hej!", "Vi behöver följande från er:", item("gärna en folder"), item("ert pris, gärna per dag"))
    assert [(point.text, point.must) for point in found] == [("gärna en folder", False), ("ert pris, gärna per dag", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Låt oss veta om ni har några frågor.",
        "Let us know if you need more time.",
        "Tell us if anything is unclear.",
        "Låt oss veta om ni saknar någon fil.",
    ],
)
def test_an_offer_of_help_asks_nothing(text: str) -> None:
    assert not [point for point in read("Hej!", text) if point.kind in SLOTS]


@pytest.mark.parametrize("text", ["Låt oss veta vilka dagar ni kan komma.", "Tell us if you have a depot in the north."])
def test_the_same_words_with_a_question_ask(text: str) -> None:
    assert told("Hej!", text) == [(DATA, True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leverantören kommer att ges nycklar till huset.", []),
        ("Entreprenören disponerar en bod.", []),
        ("Leverantören väljer själv metod.", []),
        ("Leverantören underhåller maskinerna.", [(DEMAND, True)]),
        ("Systemet ska se till att poster inte ändras.", [(DEMAND, True)]),
    ],
)
def test_what_the_supplier_is_given_is_no_demand(text: str, expected: list[tuple[PointKind, bool]]) -> None:
    assert told(WORK, "Systemet ska vara på svenska.", text)[1:] == expected
