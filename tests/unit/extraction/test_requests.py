"""What running prose asks the bidder to write and to enclose: letters, invitations, the text of procurement documents."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, item

FILE, DATA, DEMAND, WEIGHED = PointKind.ATTACHMENT, PointKind.QUESTION, PointKind.REQUIREMENT, PointKind.CRITERION
SLOTS = (FILE, DATA)


def read(*blocks: Block | str) -> list[Point]:
    return list(find(document(blocks)).points)


def slots(*blocks: Block | str) -> list[tuple[PointKind, bool]]:
    return [(point.kind, point.must) for point in read(*blocks) if point.kind in SLOTS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi vill att ni kort beskriver hur arbetet bemannas under sommaren.", (DATA, True)),
        ("I svaret vill vi också att ni redogör för era rutiner vid olyckor.", (DATA, True)),
        ("Vi ser gärna att ni berättar om ett liknande arbete.", (DATA, False)),
        ("Vi vill även veta hur många bilar ni har.", (DATA, True)),
        ("Sist i offerten anger ni ert pris per besök.", (DATA, True)),
        ("Ni ska också uppge vem som är er kontaktperson.", (DATA, True)),
        ("Skriv i brevet vilka dagar ni kan komma.", (DATA, True)),
        ("Berätta gärna om era lärlingar.", (DATA, False)),
        ("In your letter, please state who will lead the work.", (DATA, True)),
        ("You should describe how the samples are stored.", (DATA, False)),
        ("Tell us how you train new drivers.", (DATA, True)),
        ("Till offerten fogar ni montörens intyg.", (FILE, True)),
        ("Dessutom ska ni skicka med en karta över området.", (FILE, True)),
        ("Vi vill att ni bifogar en tidplan för våren.", (FILE, True)),
        ("Ert svar inleds med ett personligt brev.", (FILE, True)),
        ("Skicka gärna med två bilder från ett tidigare arbete.", (FILE, False)),
        ("We would also like to see a recent test report.", (FILE, True)),
        ("You must enclose a copy of your licence.", (FILE, True)),
        ("Anlitar ni någon annan för körningen bifogar ni dennes tillstånd.", (FILE, False)),
    ],
)
def test_a_letter_speaks_to_the_bidder(text: str, expected: tuple[PointKind, bool]) -> None:
    assert slots("Hej!", text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anbudsgivaren bör beskriva hur larm följs upp.", (DATA, False)),
        ("Sökanden ska kortfattat redogöra för sin organisation.", (DATA, True)),
        ("Anbudsgivaren uppger hur många fordon som drivs med el.", (DATA, True)),
        ("Anbudsgivaren ska i anbudet bekräfta att personalen är utbildad.", (DATA, True)),
        ("I anbudet ska rutinen vid stölder beskrivas.", (DATA, True)),
        ("Leverantören anger antalet i fråga 7.2.", (DATA, True)),
        ("I formulärets ruta 12 kryssas vilka orter som avses.", (DATA, True)),
        ("Timpriset skrivs in i prisformuläret.", (DATA, True)),
        ("Tenderers are asked to indicate which depots they use.", (DATA, True)),
        ("Senaste årsredovisning bifogas svaret.", (FILE, True)),
        ("En sådan fullmakt bifogas offerten.", (FILE, False)),
        ("Kravet styrks med kopia av giltigt certifikat.", (FILE, True)),
        ("Nystartade företag får i stället visa en balansrapport.", (FILE, False)),
        ("Newly formed companies may instead submit a letter from a bank.", (FILE, False)),
        ("Priser lämnas i bilaga 3, som ska bifogas anbudet.", (FILE, True)),
        ("Prices are entered in the price schedule, which shall be uploaded with the bid.", (FILE, True)),
        ("Organisationen beskrivs på högst två sidor.", (DATA, True)),
        ("Uppgift om underleverantörer lämnas i anbudet.", (DATA, True)),
        ("Anbudsgivare uppmanas att kort beskriva sitt miljöarbete.", (DATA, False)),
        ("Anbudsgivaren bör lämna exempel på en egenkontroll.", (FILE, False)),
        ("För montörer bifogas CV.", (FILE, True)),
        ("I förekommande fall lämnas fullmakt.", (FILE, False)),
        ("That company shall sign a separate undertaking.", (FILE, True)),
        ("The financial part consists of Annex 4, completed in full.", (FILE, True)),
        ("Evidence of insurance is provided in the form of a certificate.", (FILE, True)),
    ],
)
def test_the_text_of_a_tender_asks_in_prose(text: str, expected: tuple[PointKind, bool]) -> None:
    assert slots(heading("2 Krav på anbudsgivaren"), text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Priserna ni anger gäller hela året.",
        "Ni behöver inte bifoga några intyg.",
        "Vi beskriver området i bilagan.",
        "Vi behöver en konsult med vana av intyg.",
        "De bilder som bifogas anbudet ska vara läsbara.",
        "Det antal som anges i fråga 4 är preliminärt.",
        "Nämnden antar ett förslag i maj.",
        "Ni får besked inom en vecka.",
        "Vi bedömer att arbetet tar fyra veckor.",
        "Kontraktet bifogas denna förfrågan.",
        "Till varje leverans bifogas intyg om ursprung.",
        "Anbudsgivare uppmanas att ställa frågor i tid.",
        "Du lämnar ditt pris senast den 12 mars.",
        "Name the file after your company.",
        "Intyg som bifogas anbudet returneras inte.",
        "Quote the order number on each invoice.",
    ],
)
def test_what_only_tells_is_no_slot(text: str) -> None:
    assert slots("Hej!", text) == []


def test_terms_of_the_contract_ask_nothing_of_the_tender() -> None:
    assert slots(heading("7 Avtalsvillkor"), "Ni bifogar en specifikation till fakturan.", "Ni ska beskriva felet för oss.") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Dessutom vill vi ha:",
        "Vi behöver följande från er:",
        "Ert svar ska innehålla:",
        "I offerten vill vi att ni redovisar:",
        "Skicka in följande till oss:",
        "Please send us:",
        "Your reply should contain:",
        "With your quotation we need the following:",
    ],
)
def test_a_lead_in_that_asks_governs_its_list(lead: str) -> None:
    entries = (
        "fast pris",
        "hur ni sköter klagomål",
        "kopia av ert försäkringsbevis",
        "om ni anlitar någon annan: namnet på denne",
    )
    found = [point for point in read("Hej!", lead, *map(item, entries)) if point.text in entries]
    assert [(point.kind, point.must) for point in found] == [(DATA, True), (DATA, True), (FILE, True), (DATA, False)]
    assert found[-1].when == "om ni anlitar någon annan"


@pytest.mark.parametrize(
    "lead",
    ["Vi söker en konsult som har:", "Vi vill påminna om att huset är:", "We will provide the following:", "Vi lämnar följande:"],
)
def test_other_lead_ins_ask_for_nothing(lead: str) -> None:
    assert slots("Hej!", lead, item("tio års vana"), item("svenska i tal")) == []


def test_a_wish_leads_in_wishes() -> None:
    assert slots("Hej!", "Vi vill gärna också ha:", item("ett arbetsprov"), item("ert pris per dag")) == [
        (FILE, False),
        (DATA, False),
    ]


def test_everything_listed_as_a_document_is_one() -> None:
    entries = (item("a layout of the hall;"), item("answers to chapter 4; and"), item("where applicable, a commitment."))
    expected = [(FILE, True), (FILE, True), (FILE, False)]
    assert (
        slots(heading("2 Instructions to tenderers"), "The tender shall contain the following documents:", *entries) == expected
    )


def test_a_condition_for_the_form_is_none_for_enclosing() -> None:
    entries = (item("två rapporter, översatta vid behov,"), item("en fullmakt, om ombud anlitas,"))
    assert slots("Hej!", "Vi vill ha:", *entries) == [(FILE, True), (FILE, False)]


def test_a_letter_to_enclose_and_what_to_write_in_it() -> None:
    found = read("Hej!", "Svaret inleds med ett följebrev på en sida där ni anger er kontaktperson.")
    assert [(point.kind, point.text) for point in found] == [
        (FILE, "Svaret inleds med ett följebrev på en sida"),
        (DATA, "ni anger er kontaktperson."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Det vi tittar efter är att planen håller och att riskerna är kända.",
        "Vid bedömningen tas hänsyn till hur avfallet sorteras.",
        "Stor vikt läggs vid ledtiden.",
        "Mervärde ges för egna lärlingar.",
        "Hänsyn tas till kvaliteten i beskrivningen.",
        "Credit will be given for electric vehicles.",
        "A delivery within two days gives the full deduction.",
        "Bidders with a local depot receive a deduction of 2 per cent.",
        "We will assess how risks are handled.",
    ],
)
def test_what_is_weighed_is_a_criterion(text: str) -> None:
    assert [point.kind for point in read(heading("5 Utvärdering"), text)] == [WEIGHED]


def test_merits_with_their_sums_are_criteria() -> None:
    found = read(
        "Hej!",
        "Det finns också sådant som ger avdrag vid jämförelsen:",
        item("vana av skolmiljö (avdrag 20 kronor per timme)"),
        item("egen verkstad (avdrag 10 kronor per timme)"),
    )
    assert [point.kind for point in found] == [WEIGHED, WEIGHED]


def test_prose_that_names_a_question_of_the_form_is_its_other_mention() -> None:
    found = read("Antalet anges i fråga 3.2.", "3.2 Antal fordon: ________________", "Orterna anges i fråga 9.9.")
    assert [(point.kind, len(point.also)) for point in found] == [(DATA, 1), (DATA, 0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Offerten ska innehålla pris per lampa, leveranstid och en tidplan.", [(DATA, True), (FILE, True)]),
        ("Ert svar bör innehålla ett CV samt namn på två referenser.", [(FILE, False), (DATA, False)]),
        ("Your quotation must include a method statement, unit prices and the number of staff.", [(FILE, True), (DATA, True)]),
    ],
)
def test_data_and_documents_in_one_sentence_are_parted(text: str, expected: list[tuple[PointKind, bool]]) -> None:
    assert slots("Hej!", text) == expected


@pytest.mark.parametrize(
    "text", ["Anbudet ska innehålla alla kostnader och avgifter.", "Offerten ska inte innehålla priser och intyg."]
)
def test_what_a_tender_holds_otherwise_is_a_demand(text: str) -> None:
    assert slots("Hej!", text) == []
