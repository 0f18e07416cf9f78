from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.sections import outline
from app.extraction.statements import find_statements
from tests.support.documents import document, furniture, heading, item, row


def found(*blocks: Block | str) -> list[Point]:
    made = document(blocks)
    return find_statements(made, outline(made))


def one(text: str, chapter: str = "1 Administrativa föreskrifter") -> Point | None:
    points = found(heading(chapter), text)
    assert len(points) < 2
    return points[0] if points else None


@pytest.mark.parametrize(
    ("text", "kind", "must"),
    [
        ("Anbudet ska vara avfattat på svenska.", PointKind.REQUIREMENT, True),
        ("Offererad konsult måste ha minst fem års erfarenhet.", PointKind.REQUIREMENT, True),
        ("Alternativa anbud accepteras inte.", PointKind.REQUIREMENT, True),
        ("Anbudsgivaren ansvarar själv för att anbudet är komplett.", PointKind.REQUIREMENT, True),
        ("Priserna anges i svenska kronor exklusive mervärdesskatt.", PointKind.REQUIREMENT, True),
        ("Om underleverantör anlitas ska dennes namn anges.", PointKind.REQUIREMENT, False),
        ("Anbud som kommer in för sent förkastas.", PointKind.REQUIREMENT, True),
        ("Anbudet bör innehålla en innehållsförteckning.", PointKind.CRITERION, False),
        ("Anbudsgivare uppmanas att ställa frågor i god tid.", PointKind.REQUIREMENT, False),
        ("CV för varje erbjuden konsult ska bifogas anbudet.", PointKind.ATTACHMENT, True),
        ("Kopia på tillståndet skickas med anbudet.", PointKind.ATTACHMENT, True),
        ("Som bevis bifogas certifikat från ett ackrediterat organ.", PointKind.ATTACHMENT, True),
        ("Ska-krav 1: Systemet loggar alla händelser.", PointKind.REQUIREMENT, True),
        ("Fossilfri drift ger ett avdrag på 50 000 kr.", PointKind.CRITERION, False),
        ("Anbudsgivaren ska bifoga ett samarbetsavtal.", PointKind.ATTACHMENT, True),
        ("Frågor ska ställas senast den 3 maj 2031.", PointKind.DEADLINE, False),
        ("Anbudet ska vara giltigt i 120 dagar efter sista anbudsdag.", PointKind.DEADLINE, True),
        ("Kriteriet viktas med 40 procent.", PointKind.CRITERION, False),
        ("Vinnande anbudsgivare ska lämna försäkringsbevis.", PointKind.CONTRACT, False),
        ("Tenderers shall submit a list of three references.", PointKind.ATTACHMENT, True),
        ("The proposal must not exceed 25 pages.", PointKind.REQUIREMENT, True),
        ("Late proposals will not be considered.", PointKind.REQUIREMENT, True),
        ("Pages should be numbered consecutively.", PointKind.CRITERION, False),
    ],
)
def test_kinds(text: str, kind: PointKind, must: bool) -> None:
    point = one(text)
    assert point is not None
    assert (point.kind, point.must) == (kind, must)
    assert point.source.quote == text
    assert point.cues


@pytest.mark.parametrize(
    "text",
    [
        "Myndigheten ska meddela tilldelningsbeslut till samtliga anbudsgivare.",
        "Kommunen förbehåller sig rätten att avbryta upphandlingen.",
        "Verksamheten har en önskad nivå och tar inte skada.",
        "Upphandlingen genomförs på svenska marknaden.",
        "Bilaga behöver inte lämnas.",
        "Detta ändrar inte avtalets omfattning.",
        "The authority will publish the answers.",
        "Registreringsbevis krävs inte.",
        "S = ska-krav, B = bör-krav",
    ],
)
def test_what_asks_nothing(text: str) -> None:
    assert one(text) is None


def test_a_lead_in_governs_its_list_over_page_furniture() -> None:
    points = found(
        heading("2 Krav på tjänsten"),
        "Konsulten ska ha:",
        item("• god vana av projektledning"),
        furniture("Sida 3 (9)"),
        item("• dokumenterad erfarenhet av upphandling"),
        "Konsulterna presenteras nedan.",
    )
    assert [point.text for point in points] == ["god vana av projektledning", "dokumenterad erfarenhet av upphandling"]
    assert all(point.kind is PointKind.REQUIREMENT and point.must for point in points)
    assert all(any(span.block == 1 for span in point.spans) for point in points), "the lead-in is accounted for"


def test_a_buyers_list_asks_nothing() -> None:
    assert found(heading("1 Bakgrund"), "Kommunen erbjuder bland annat:", item("• förskola"), item("• äldreomsorg")) == []


def test_a_list_of_what_the_tender_contains_names_attachments() -> None:
    points = found("Anbudet ska innehålla följande:", item("a) Ifylld prisbilaga"), item("b) Svar på samtliga krav"))
    assert [(point.kind, point.number) for point in points] == [(PointKind.ATTACHMENT, "a"), (PointKind.REQUIREMENT, "b")]


def test_a_later_sentence_of_an_item_stands_alone_when_it_asks() -> None:
    points = found("Konsulten ska ha:", item("• examen. Examensbevis ska bifogas anbudet."))
    assert [point.kind for point in points] == [PointKind.REQUIREMENT, PointKind.ATTACHMENT]


def test_contract_chapters_hold_contract_duties_but_the_bidders_acceptance_is_a_requirement() -> None:
    points = found(heading("5 Avtalsvillkor"), "Leverantören ska fakturera månadsvis.", "Anbudsgivaren ska acceptera villkoren.")
    assert [point.kind for point in points] == [PointKind.CONTRACT, PointKind.REQUIREMENT]


def test_rows_of_a_requirement_table_are_points_with_their_number_and_class() -> None:
    points = found(
        heading("3 Kravspecifikation"),
        row("Krav-ID", "Kravbeskrivning", "Klass", header=True),
        row("K-01", "Systemet stöder inloggning med e-legitimation", "Ska-krav"),
        row("K-02", "Systemet kan visas i mobil", "Bör-krav"),
    )
    assert [(point.number, point.kind, point.must) for point in points] == [
        ("K-01", PointKind.REQUIREMENT, True),
        ("K-02", PointKind.CRITERION, False),
    ]
    assert points[0].text == "Systemet stöder inloggning med e-legitimation"


def test_a_deadline_in_a_table_takes_its_row() -> None:
    points = found(row("Sista dag att lämna anbud", "2031-05-03"), row("Kontaktperson", "Anna Exempel"))
    assert [(point.kind, point.text) for point in points] == [(PointKind.DEADLINE, "Sista dag att lämna anbud\t2031-05-03")]


def test_conditions_are_told_in_the_documents_words() -> None:
    point = one("Om anbudsgivaren åberopar annans kapacitet, ska ett åtagande bifogas.")
    assert point is not None
    assert point.when == "Om anbudsgivaren åberopar annans kapacitet"
    assert not point.must


def test_what_a_slot_holds_is_not_told_twice() -> None:
    made = document([heading("1 Krav på anbudet"), "Anbudsgivaren ska ange pris."])
    chapters = outline(made)
    slots = find_statements(made, chapters)
    assert len(slots) == 1
    assert find_statements(made, chapters, slots) == []
