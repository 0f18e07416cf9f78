"""Documents beside answers, lists of enclosures to tick, what only the buyer fills in, and what can be left out."""

from __future__ import annotations

import pytest

from app.core.document import Block
from app.core.points import Point, PointKind
from app.extraction.reading import find
from tests.support.documents import document, heading, row
from tests.support.slots import slots_of


def _slots(*blocks: Block | str) -> list[Point]:
    return slots_of(document(blocks))


def _told(points: list[Point]) -> list[tuple[PointKind, str]]:
    return [(point.kind, point.source.quote) for point in points]


_ASKS, _ENCLOSES = PointKind.QUESTION, PointKind.ATTACHMENT


@pytest.mark.parametrize(
    ("head", "document_name"),
    [
        (("Nr", "Krav", "Svar", "Bevis som ska bifogas"), "Försäkringsbrev"),
        (("No.", "Requirement", "Fulfilled (Yes/No)", "Documents to be enclosed"), "Copy of the insurance policy"),
        (("Nr", "Fråga", "Ert svar", "Bilaga"), "Årsredovisning"),
        (("Nr", "Anbudsgivarens svar", "Fråga", "Intyg/bevis"), "Intyg från revisor"),
    ],
)
def test_a_row_with_an_answer_cell_and_a_document_cell(head: tuple[str, ...], document_name: str) -> None:
    asked = next(place for place, name in enumerate(head) if name in ("Krav", "Requirement", "Fråga"))

    def filled(number: str, question: str, proof: str) -> Block:
        cells = [number, "", "", proof]
        cells[asked] = question
        return row(*cells)

    points = _slots(
        row(*head, header=True),
        filled("1", "Anbudsgivaren ska ha ansvarsförsäkring.", document_name),
        filled("2", "Anbudsgivaren ska ha minst fem montörer.", "–"),
    )
    assert sorted(_told(points)) == sorted(
        [
            (_ASKS, "Anbudsgivaren ska ha ansvarsförsäkring."),
            (_ENCLOSES, document_name),
            (_ASKS, "Anbudsgivaren ska ha minst fem montörer."),
        ]
    )


@pytest.mark.parametrize("proof", ["Kontrolleras av kommunen", "Se avsnitt 4", "På begäran", "Bifogas ej"])
def test_proof_that_nobody_encloses(proof: str) -> None:
    points = _slots(row("Krav", "Uppfylls (Ja/Nej)", "Bevis", header=True), row("Bolaget ska ha F-skatt.", "", proof))
    assert _told(points) == [(_ASKS, "Bolaget ska ha F-skatt.")]


@pytest.mark.parametrize(
    ("blocks", "enclosed"),
    [
        (("Kryssa för det som följer med svaret.", "☐ Årsredovisning", "☐ Kursplan"), ["Årsredovisning", "Kursplan"]),
        (
            ("Enclosed (tick): ☐ Certificate of registration ☐ Method statement",),
            ["Certificate of registration", "Method statement"],
        ),
        (("Följande handlingar bifogas: ☐ Fullmakt ☐ Kvalitetsplan",), ["Fullmakt", "Kvalitetsplan"]),
        (("We enclose:", "[ ] Price schedule", "[ ] Crew list"), ["Price schedule", "Crew list"]),
    ],
)
def test_each_ticked_enclosure_is_an_attachment(blocks: tuple[str, ...], enclosed: list[str]) -> None:
    assert _told(_slots(*blocks)) == [(_ENCLOSES, each) for each in enclosed]


def test_an_enclosure_with_a_condition_can_be_left_out() -> None:
    points = _slots("Kryssa för det som bifogas:", "☐ Miljöplan", "☐ Fullmakt (om ombud undertecknar)")
    assert [point.must for point in points] == [True, False]


@pytest.mark.parametrize(
    "blocks",
    [
        ("Kryssa för det som gäller företaget:", "☐ Aktiebolag", "☐ Handelsbolag"),
        ("Hur lämnas fakturan?", "☐ Som bilaga till e-post", "☐ Via Peppol"),
        ("Bifogas försäkringsbevis? ☐ Ja ☐ Nej",),
    ],
)
def test_alternatives_are_one_question(blocks: tuple[str, ...]) -> None:
    (point,) = _slots(*blocks)
    assert point.kind is _ASKS


def test_sentences_to_confirm_are_confirmed_one_by_one() -> None:
    points = _slots(
        "Genom att kryssa nedan intygar anbudsgivaren följande:",
        "☐ Företaget är registrerat för F-skatt.",
        "☐ Företaget har tagit del av avtalsvillkoren.",
    )
    assert len(points) == 2
    (one,) = _slots(
        "Anbudsgivaren bekräftar ett av följande:", "☐ Leverans sker inom tre dagar", "☐ Leverans sker inom fem dagar"
    )
    assert one.answer.options == ("Leverans sker inom tre dagar", "Leverans sker inom fem dagar")


def test_numbered_questions_beside_cells_that_hold_their_units() -> None:
    points = _slots(
        row("2.1", "Annual turnover for the last three financial years", "Year 1: £ Year 2: £ Year 3: £"),
        row("2.2", "Please attach audited accounts", "Attached: Yes / No"),
        row("2.3", "Is the company in administration?", "Yes / No"),
        row("2.4", "If yes to 2.3, give details", ""),
    )
    assert [point.kind for point in points] == [_ASKS, _ENCLOSES, _ASKS, _ASKS]
    assert [point.must for point in points] == [True, True, True, False]


@pytest.mark.parametrize(
    "fields",
    [
        ("For the Board’s use only: Tender no. ……….. Opened by ……………..",),
        ("Fylls i av kommunen:", "Mottaget datum: ________", "Granskat av: ________"),
        (heading("Myndighetens anteckningar"), "Inkom den: ________", "Diarienummer: ________", "Öppnat av: ________"),
        ("FOR OFFICIAL USE", "Received: ________", "Checked by: ________"),
        (row("Verkets noteringar", ""), row("Inkom den:", ""), row("Svar nummer:", "")),
        (row("Fylls i av registrator", ""), row("Diarienummer:", "")),
    ],
)
def test_what_only_the_buyer_fills_in(fields: tuple[Block | str, ...]) -> None:
    assert _told(_slots("Firma: ________", *fields)) == [(_ASKS, "Firma:")]


def test_fields_after_the_buyers_and_the_bidders_own_notes() -> None:
    points = _slots(
        "För kommunens anteckningar:",
        "Inkom den: ________",
        heading("Anbudsgivare"),
        "Företagsnamn: ________",
        "Anbudsgivarens egna noteringar: ________",
    )
    assert [point.source.quote for point in points] == ["Företagsnamn:", "Anbudsgivarens egna noteringar:"]


@pytest.mark.parametrize("title", ["1.4 List of appendices", "List of annexes", "Bilageförteckning", "2 Contents"])
def test_names_of_lists_ask_for_nothing(title: str) -> None:
    assert find(document([title, "They are found on the portal."])).points == ()


def test_contents_that_were_typed_ask_for_nothing() -> None:
    lines = ("Innehåll", "1 Inledning 2", "2 Krav på tjänsten 3", "3 Drift, säkerhet och service 6", "4 Införande 7")
    found = find(document([*lines, heading("2 Krav på tjänsten"), "Tjänsten ska ha en larmfunktion."]))
    assert [point.source.quote for point in found.points] == ["Tjänsten ska ha en larmfunktion."]


@pytest.mark.parametrize(
    ("text", "must"),
    [
        ("Hur skyddas materialet? Svaret kan ge 0–25 poäng. ________", False),
        ("Describe the storage (max 10 points): ________", False),
        ("Beskriv utbildningen. En tydlig plan värderas högre. Svar: ________", False),
        ("Vid konsortium: ange samtliga medlemmar. ________", False),
        ("Beskriv i sådana fall vilka åtgärder som vidtas: ________", False),
        ("If so, state the reason: ________", False),
        ("Ange svarstid. 24 timmar ger 15 poäng. Tiden får inte överstiga 72 timmar. ________", True),
        ("Har ni haft viten? Ange i så fall belopp: ________", True),
        ("Utbildning om minst 180 högskolepoäng: ________", True),
        ("Vid leverans gäller vilken ledtid: ________", True),
    ],
)
def test_what_is_scored_or_conditional_can_be_left_out(text: str, must: bool) -> None:
    (point,) = _slots(text)
    assert point.must is must
