from __future__ import annotations

import pytest

from app.core.document import AnswerType, Block
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
        ("Av mallen ska framgå beställarens namn och telefonnummer.", PointKind.REQUIREMENT, True),
        ("Leverantören besvarar varje krav genom att kryssa Ja eller Nej.", PointKind.REQUIREMENT, True),
        ("Svarstiden får i normalfallet inte överstiga tre sekunder.", PointKind.REQUIREMENT, True),
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


def test_each_document_that_a_sentence_names_is_an_attachment() -> None:
    text = "Till anbudet fogas bevis om F-skatt, intyg om ansvarsförsäkring samt registreringsbevis."
    points = found(heading("1 Administrativa föreskrifter"), text)
    assert [point.text for point in points] == [
        "Till anbudet fogas bevis om F-skatt",
        "intyg om ansvarsförsäkring",
        "registreringsbevis",
    ]
    assert all(point.kind is PointKind.ATTACHMENT and point.must for point in points)
    assert all(point.source.quote in text and point.answer.type is AnswerType.FILE for point in points)


def test_a_condition_holds_for_the_document_it_stands_with() -> None:
    points = found(
        heading("1 Administrativa föreskrifter"),
        "Anbudsgivaren ska bifoga årsredovisning, en miljöpolicy och, om ombud anlitas, en fullmakt.",
    )
    assert [(point.must, point.when) for point in points] == [(True, None), (True, None), (False, "om ombud anlitas")]


def test_documents_named_in_a_contract_duty_are_one_duty() -> None:
    points = found(heading("5 Avtalsvillkor"), "Leverantören ska lämna in kvalitetsplan, miljöplan och tidplan.")
    assert [point.kind for point in points] == [PointKind.CONTRACT]


def test_entries_in_one_paragraph_are_points_under_their_lead_in() -> None:
    points = found(
        heading("2 Instructions to tenderers"),
        "Read this first. The following shall be enclosed: (a) a tender form; (b) a company profile; and (c) a bond. "
        "Bids must be signed.",
    )
    assert {point.text: point.kind for point in points} == {
        "(a) a tender form": PointKind.ATTACHMENT,
        "(b) a company profile": PointKind.ATTACHMENT,
        "(c) a bond": PointKind.ATTACHMENT,
        "Bids must be signed.": PointKind.REQUIREMENT,
    }
    assert [point.number for point in points if point.kind is PointKind.ATTACHMENT] == ["2 a", "2 b", "2 c"]


@pytest.mark.parametrize(
    ("lead", "items"),
    [
        ("Bilagor till anbudet:", ("• Bilaga A Prisformulär", "• Bilaga B Svarsformulär")),
        ("Bilagor som ska lämnas:", ("(a) Prisbilaga", "(b) CV")),
        ("Annexes to be submitted:", ("1. Price schedule", "2. Signed declaration")),
        ("The following documents must accompany the tender:", ("- Tax certificate", "- CV of the project manager")),
        ("Tenderers shall enclose:", ("- a tax certificate", "- CVs of key staff")),
        ("Please provide with your tender:", ("- Registration certificate", "- Audited accounts")),
    ],
)
def test_a_list_of_documents_asked_for_names_attachments(lead: str, items: tuple[str, ...]) -> None:
    points = found(heading("1 Administrativa föreskrifter"), lead, *(item(text) for text in items))
    assert [point.kind for point in points] == [PointKind.ATTACHMENT] * len(items)


@pytest.mark.parametrize(
    ("text", "answer", "limit"),
    [
        ("Kan ni leverera inom fem dagar? Ja/Nej", AnswerType.YES_NO, None),
        ("Do you hold ISO 9001 certification? (Yes/No)", AnswerType.YES_NO, None),
        ("Hur hanterar anbudsgivaren reklamationer?", AnswerType.TEXT, None),
        ("How will you ensure continuity of service?", AnswerType.TEXT, None),
        ("Beskriv ert kvalitetsarbete (högst 500 ord).", AnswerType.TEXT, "högst 500 ord"),
        ("Describe your approach (max 1,000 words).", AnswerType.TEXT, "max 1,000 words"),
        ("Describe your team. (max 2 pages)", AnswerType.TEXT, "max 2 pages"),
        ("Please describe your complaints procedure (500 words max).", AnswerType.TEXT, "500 words max"),
        ("Vänligen ange kontaktperson.", AnswerType.TEXT, None),
        ("Ange kontaktperson.", AnswerType.TEXT, None),
    ],
)
def test_a_question_in_prose_says_how_it_is_answered(text: str, answer: AnswerType, limit: str | None) -> None:
    point = one(text)
    assert point is not None
    assert (point.kind, point.must, point.answer.type, point.answer.limit) == (PointKind.QUESTION, True, answer, limit)
    assert point.source.quote == text


@pytest.mark.parametrize("text", ["Har ni frågor om upphandlingen?", "What happens after the award?", "Vad är detta?"])
def test_a_question_that_is_not_put_to_the_bidder(text: str) -> None:
    assert one(text) is None


def test_bidders_questions_in_a_log_are_not_put_to_the_bidder() -> None:
    entries = [text for number in range(1, 5) for text in (f"Fråga {number}", "Kan ni ändra detta?", f"Svar {number}", "Nej.")]
    assert found(heading("Frågor och svar"), *entries) == []


def test_what_is_given_when_something_is_so_has_its_condition() -> None:
    point = one("Anlitas underentreprenör anges vem det är.")
    assert point is not None
    assert (point.kind, point.must, point.when) == (PointKind.REQUIREMENT, False, "Anlitas underentreprenör")


@pytest.mark.parametrize(
    "text",
    [
        "Entreprenören fakturerar månadsvis i efterskott.",
        "Vid försening utgår vite med 2 procent per vecka.",
        "The supplier will indemnify the buyer against all claims.",
        "In the event of delay, the Supplier pays liquidated damages.",
    ],
)
def test_what_a_party_does_in_contract_terms_is_its_duty(text: str) -> None:
    points = found(heading("5 Avtalsvillkor"), text)
    assert [(point.kind, point.must) for point in points] == [(PointKind.CONTRACT, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Leverantören har rätt till ersättning.",
        "Avtalet upphör om leverantören fakturerar för sent.",
        "Title passes on delivery.",
    ],
)
def test_what_contract_terms_tell_otherwise_is_no_duty(text: str) -> None:
    assert found(heading("5 Avtalsvillkor"), text) == []


def test_a_condition_that_opens_with_should_has_its_words() -> None:
    point = one("Should the bidder be foreign, it must attach a certificate.")
    assert point is not None
    assert (point.must, point.when) == (False, "Should the bidder be foreign")


@pytest.mark.parametrize(
    ("title", "listed"),
    [
        ("Leverantören ska ha jour dygnet runt.", True),
        ("3.2 Systemet ska logga alla händelser", True),
        ("The supplier shall keep spare parts", True),
        ("Hur anbud ska lämnas", False),
        ("Krav som ska uppfyllas", False),
        ("Vad leverantören ska leverera", False),
        ("Ska-krav", False),
    ],
)
def test_a_heading_that_says_who_shall_do_what(title: str, listed: bool) -> None:
    made = [point for point in found(heading("3 Kravspecifikation"), heading(title), "Se nedan.") if point.text == title]
    assert [point.kind for point in made] == [PointKind.REQUIREMENT] * listed


@pytest.mark.parametrize(
    "rows",
    [
        [row("1", "Leverantören ska ha lager på orten.", "Svar:"), row("2", "Leverantören ska ha bil på orten.", "Svar:")],
        [row("The supplier shall keep spare parts.", "Response:")],
        [row("Information", "", "Leverantören ska ha lager på orten.")],
    ],
)
def test_a_first_row_that_demands_names_no_columns(rows: list[Block | str]) -> None:
    assert len(found(heading("3 Kravspecifikation"), *rows)) == len(rows)


def test_a_bracket_that_is_never_closed_ends_with_its_block() -> None:
    blocks: list[Block | str] = [
        heading("3 Krav"),
        "[Anvisning: ta bort detta",
        "Leverantören ska ha jour.",
        heading("4 Mer"),
        "Leverantören ska ha bil.",
    ]
    assert [point.text for point in found(*blocks)] == ["Leverantören ska ha jour.", "Leverantören ska ha bil."]


def test_a_bracket_over_several_blocks_is_the_buyers() -> None:
    blocks: list[Block | str] = [
        heading("3 Krav"),
        "[Anvisning: till dig",
        "Leverantören ska ha jour.",
        "som fyller i]",
        "Leverantören ska ha bil.",
    ]
    assert [point.text for point in found(*blocks)] == ["Leverantören ska ha bil."]
