"""Lists of what the tender holds, and sentences that ask for an answer and a document at once."""

from __future__ import annotations

import pytest

from app.core.document import AnswerType
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, item

FILE, DATA = PointKind.ATTACHMENT, PointKind.QUESTION
BIDDING = "1 Anbudets form"


def points(*texts: str, chapter: str = BIDDING) -> list[Point]:
    """What is found under a chapter's heading: a paragraph first, or a heading when it begins with #, then a list."""
    first, *entries = texts
    opening = heading(first[1:]) if first.startswith("#") else first
    return list(find(document([heading(chapter), opening, *map(item, entries)])).points)


def slots(*texts: str, chapter: str = BIDDING) -> list[tuple[PointKind, bool]]:
    return [(point.kind, point.must) for point in points(*texts, chapter=chapter) if point.kind in (FILE, DATA)]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            (
                "Svaret ska skickas per e-post och innehålla:",
                "1. Ifylld svarsbilaga",
                "2. CV för konsulten",
                "3. Timpris exkl. moms",
            ),
            [(FILE, True), (FILE, True), (DATA, True)],
        ),
        (
            ("Anbudet ska bestå av", "• prisbilaga", "• i förekommande fall fullmakt", "• organisationsnummer och firmanamn"),
            [(FILE, True), (FILE, False), (DATA, True)],
        ),
        (
            ("Till anbudet ska fogas:", "a) intyg om försäkring;", "b) registreringsbevis och kopia av F-skattebevis."),
            [(FILE, True)] * 3,
        ),
        (
            ("#Så lämnar ni anbud", "1. Ifyllt anbudsformulär.", "2. Två referenser med namn och telefonnummer.", "3. Policy."),
            [(FILE, True), (DATA, True), (FILE, True)],
        ),
        (
            ("#Vad ska bifogas?", "1. Anbudsformulär", "2. Egenförsäkran, om annans kapacitet åberopas"),
            [(FILE, True), (FILE, False)],
        ),
        (("Lämna in följande handlingar:", "1. Undertecknad anbudsblankett", "2. Kopia av trafiktillstånd"), [(FILE, True)] * 2),
        (
            ("Offerten ska innehålla nedanstående:", "– Prisuppgift per artikel", "– Produktblad", "– Leveranstid i veckor"),
            [(DATA, True), (FILE, True), (DATA, True)],
        ),
        (("Anbudet bör innehålla:", "• kvalitetsplan"), [(FILE, False)]),
        (
            (
                "The tender shall contain the following:",
                "• Discount in per cent",
                "• Two references with telephone numbers",
                "• CVs",
            ),
            [(DATA, True), (DATA, True), (FILE, True)],
        ),
        (("Offerten ska innehålla:", "• 2 st referenser med telefonnummer", "• policy"), [(DATA, True), (FILE, True)]),
        (("Ni ska lämna följande uppgifter i svaret:", "a. Fast pris för arbetet", "b. Konsultens namn"), [(DATA, True)] * 2),
        (("Kontrollera att anbudet innehåller följande:", "• ifylld prisbilaga", "• svar på frågor"), [(FILE, True)]),
        (("Detta ska finnas med i svaret:", "1. Intyg från uppdragsgivare"), [(FILE, True)]),
        (
            ("Anbudet ska innehålla:", "1. Ifyllt svarsformulär, där det för varje mervärde anges var i CV det framgår."),
            [(FILE, True)],
        ),
        (("Tillsammans med anbudet ska följande lämnas:", "1. Intyg om registrering, vid behov"), [(FILE, False)]),
    ],
)
def test_entries_of_what_the_tender_holds_are_documents_or_data(
    texts: tuple[str, ...], expected: list[tuple[PointKind, bool]]
) -> None:
    assert slots(*texts) == expected


@pytest.mark.parametrize(
    ("chapter", "texts"),
    [
        (BIDDING, ("CV ska innehålla:", "• namn", "• tidigare uppdrag med kontaktperson och telefon")),
        (BIDDING, ("Upphandlingsdokumenten består av:", "1. Inbjudan", "2. Prisbilaga", "3. Avtalsutkast")),
        (BIDDING, ("Kommunen lämnar följande till vald leverantör:", "• ritningar", "• kopia av skyddsplan")),
        (BIDDING, ("Följande behöver inte lämnas in:", "• registreringsbevis", "• kopia av skatteintyg")),
        (BIDDING, ("Anbud får inte innehålla:", "• egna avtalsvillkor", "• prislista för andra varor")),
        (BIDDING, ("Skriftligt svar ska omfatta minst:", "• En implementeringsplan", "• antal steg")),
        (BIDDING, ("Anbud ska lämnas för följande tjänster:", "• prisundersökning", "• telefonpassning")),
        ("5 Avtalsvillkor", ("Leverantören ska vid slutleverans överlämna:", "1. Kopia av intyg", "2. Pris för reservdelar")),
        ("3 Kravspecifikation", ("Månadsrapporten ska innehålla:", "• antal ärenden", "• namn på ansvarig")),
    ],
)
def test_lists_of_other_things_ask_for_no_slot(chapter: str, texts: tuple[str, ...]) -> None:
    assert slots(*texts, chapter=chapter) == []


def test_a_document_for_some_has_its_condition_and_the_one_beside_it_has_none() -> None:
    found = points(
        "Till anbudet ska fogas:", "1. Kopia av examensbevis samt, för den som åberopar mervärde 2, intyg om utbildning."
    )
    assert [(point.must, point.when) for point in found] == [(True, None), (False, "för den som åberopar mervärde 2")]


def test_data_in_a_list_are_answered_in_words() -> None:
    (point,) = points("Anbudet ska innehålla:", "• Timpris, angivet i svarsformuläret")
    assert (point.kind, point.answer.type) == (DATA, AnswerType.TEXT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Åberopat företag anges i anbudsformuläret, och ett åtagande från detta ska bifogas.", [(DATA, False), (FILE, False)]),
        (
            "Om ett annat företag utför arbetet ska det anges i bilaga 2 och ett samarbetsavtal bifogas.",
            [(DATA, False), (FILE, False)],
        ),
        ("Beskriv metoden och bifoga ett exempel på protokoll.", [(DATA, True), (FILE, True)]),
        ("Fyll i prisbilagan och skicka in den tillsammans med anbudet.", [(FILE, True)]),
        ("Anbudsgivaren ska redovisa uppdragen i bilaga 1 och bifoga filen.", [(FILE, True)]),
    ],
)
def test_an_answer_and_a_document_in_one_sentence_are_two(text: str, expected: list[tuple[PointKind, bool]]) -> None:
    assert slots(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ritningar får bifogas anbudet.", (FILE, False)),
        ("I annat fall ska en fullmakt bifogas.", (FILE, False)),
        ("Vid konsortium ska ett undertecknat konsortialavtal bifogas.", (FILE, False)),
        ("Intyget, som inte får vara äldre än ett år, ska bifogas anbudet.", (FILE, True)),
        ("Anbudsgivare ska använda prisbilagan och bifoga den ifylld till anbudet.", (FILE, True)),
        ("Leverantör som saknar kollektivavtal bifogar en redovisning av villkoren.", (FILE, False)),
        ("Sökanden ska till ansökan foga ett personligt brev.", (FILE, True)),
        ("Arbetsprover bifogas i pdf-format.", (FILE, True)),
        ("Lösningen beskrivs på högst tio sidor och bifogas som en separat fil.", (FILE, True)),
        ("Saknas bolagsregister lämnas i stället en försäkran på heder och samvete.", (FILE, False)),
        ("Anbudsgivaren ska lämna en plan för kompetensöverföring.", (FILE, True)),
        ("Av anbudet ska framgå vem som är kontaktperson.", (DATA, True)),
        ("Erbjuder ni annan utrustning ska ni ange vilken modell det gäller.", (DATA, False)),
        ("Bevis: ESPD för anbudsgivaren.", (FILE, True)),
        ("Anbudsgivaren skall i en bilaga om högst två sidor beskriva hur arbetet leds.", (FILE, True)),
        ("Två saker efterfrågas: ett intyg om kapacitet.", (FILE, True)),
        ("Avser ni att anlita en underleverantör ska ni ange vilken.", (DATA, False)),
        ("Anbudsgivaren ska i svarsfältet ange när tjänsten kan tas i drift.", (DATA, True)),
        ("Anbudsgivare som erbjuder detta anger ”Ja” i svarsfältet till punkt 3.", (DATA, False)),
    ],
)
def test_what_is_handed_in_or_told_in_a_sentence(text: str, expected: tuple[PointKind, bool]) -> None:
    assert slots(text) == [expected]


@pytest.mark.parametrize(
    ("chapter", "text"),
    [
        (BIDDING, "Registreringsbevis behöver inte bifogas."),
        (BIDDING, "CV för övriga konsulter behöver inte lämnas in."),
        (BIDDING, "Inga broschyrer ska bifogas anbudet."),
        (BIDDING, "Bevis: Intyg om skatt hämtas av kommunen."),
        (BIDDING, "Foton får inte skickas med."),
        (BIDDING, "Kommunen ska bifoga en förteckning över lokalerna."),
        (BIDDING, "Avtalsmallen bifogas denna inbjudan."),
        (BIDDING, "Försäkringsbevis ska lämnas senast vid avtalstecknande."),
        (BIDDING, "Användaren ska kunna bifoga en fil till ärendet."),
        (BIDDING, "De krav som ska uppfyllas anges i bilaga 2."),
        ("3 Kravspecifikation", "Vid varje leverans ska en packlista medfölja."),
        ("3 Kravspecifikation", "Till varje faktura ska bifogas en specifikation."),
        ("5 Avtalsvillkor", "Leverantören ska ange vilken underleverantör som anlitas."),
        ("5 Avtalsvillkor", "Vid ändring ska en ny tidplan bifogas."),
    ],
)
def test_what_is_not_handed_in_with_the_tender(chapter: str, text: str) -> None:
    assert slots(text, chapter=chapter) == []


def test_what_a_document_must_hold_is_no_list_of_documents() -> None:
    found = points("Till anbudet ska bifogas en plan som ska innehålla:", "• organisation", "• kopia av ritning")
    assert [point.kind for point in found[-2:]] == [PointKind.REQUIREMENT] * 2


def test_a_part_of_a_tender_holds_documents_and_is_no_party() -> None:
    lead = "The technical part shall contain the following items, numbered as below:"
    entries = (
        "(a) a signed cover letter;",
        "(b) the curriculum vitae of the contract manager;",
        "(c) a description of the work.",
    )
    assert [kind for kind, _ in slots(lead, *entries, chapter="4 Content of the technical part")] == [FILE, FILE, FILE]


def test_a_document_is_asked_for_beside_the_answer_to_a_question() -> None:
    found = points("Beskriv er certifiering. Kopia av certifikatet bifogas anbudet. Svar: ________")
    assert [(point.kind, point.source.quote) for point in found if point.kind is FILE] == [
        (FILE, "Kopia av certifikatet bifogas anbudet.")
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Anbudet ska innehålla följande:", "• Priset ska vara fast hela tiden", "• Ingen bankgaranti", "• (utgår)"), []),
        (("Anbudet ska innehålla följande:", "• Intyg lämnas av myndigheten", "• Timpris som ska gälla ett år"), [(DATA, True)]),
        (("Följande handlingar ska inte bifogas:", "• Broschyrer", "• CV"), []),
        (("The following documents shall not be enclosed:", "• Brochures", "• CVs"), []),
        (("Anbud som innehåller följande kommer inte att prövas:", "• Prisuppgifter i fel bilaga"), []),
        (("Anbudet innehåller ofta fel av följande slag:", "• Namn saknas", "• Pris per timme saknas"), []),
    ],
)
def test_what_is_not_handed_in_is_no_entry(texts: tuple[str, ...], expected: list[tuple[PointKind, bool]]) -> None:
    assert slots(*texts) == expected


@pytest.mark.parametrize(
    "lead", ["Anbudsgivaren ska bifoga en plan som ska innehålla:", "Enclose a quality plan which describes:"]
)
def test_a_document_is_listed_beside_what_it_must_hold(lead: str) -> None:
    assert [point.text for point in points(lead, "• mål", "• tider") if point.kind is FILE] == [lead]


def test_an_entry_leads_in_no_other_of_its_list() -> None:
    found = slots("Läs detta först.", "1. The tenderer shall enclose a CV", "2. Describe the method", "3. State the price")
    assert found == [(FILE, True), (DATA, True), (DATA, True)]


def test_a_heading_ends_the_list_of_the_heading_before_it() -> None:
    blocks = [
        heading(BIDDING),
        heading("Anbudets innehåll", 2),
        item("• CV"),
        heading("Om kommunen", 2),
        item("• Antal invånare: 20"),
    ]
    assert [point.text for point in find(document(blocks)).points] == ["CV"]
