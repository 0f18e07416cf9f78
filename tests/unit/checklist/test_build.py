"""Readings to one list: identities that stay, repetitions that merge, facts that are chosen."""

from __future__ import annotations

from dataclasses import replace

from app.checklist.build import build
from app.checklist.completeness import Count, counts, tender_list
from app.core.checklist import Checklist
from app.core.document import AnswerType, Document, DocumentKind, Finding, Place, document_id
from app.core.points import Answer, Fact, LineCounts, Point, PointKind, Reading, Source

K = PointKind


def _point(
    quote: str,
    kind: PointKind = K.REQUIREMENT,
    *headings: str,
    page: int = 1,
    lot: str | None = None,
    slot: bool = False,
    must: bool = True,
) -> Point:
    answer = Answer(AnswerType.FILE if kind is K.ATTACHMENT else AnswerType.TEXT) if slot else Answer()
    cues = ("slot.type_file",) if slot else ("must.shall",)
    return Point(kind, must, quote, Source("", quote, Place(page)), headings=headings, lot=lot, answer=answer, cues=cues)


def _reading(name: str, *points: Point, facts: tuple[Fact, ...] = ()) -> Reading:
    document = Document(name, DocumentKind.PDF, "0" * 64, pages=3)
    placed = tuple(
        Point(
            point.kind,
            point.must,
            point.text,
            Source(document.id, point.source.quote, point.source.place),
            headings=point.headings,
            lot=point.lot,
            when=point.when,
            answer=point.answer,
            cues=point.cues,
        )
        for point in points
    )
    return Reading(document, placed, facts, LineCounts(5, 2, 2, 1))


def _quotes(checklist: Checklist) -> list[str]:
    return [item.source.quote for item in checklist.items]


def _identity(name: str, *points: Point) -> list[str]:
    return [item.id for item in build([_reading(name, *points)], []).items]


def test_an_identity_survives_a_new_version() -> None:
    old = _identity("Krav.pdf", _point("3.2.1 Anbudet ska undertecknas av behörig person", K.REQUIREMENT, "3.2 Form", page=7))
    for name in ("Krav rev. 2031-05-13.pdf", "Krav_v2.pdf", "Krav (1).pdf", "Mapp/Krav 2031-05-13.PDF", "Krav-rev B.pdf"):
        new = _identity(
            name,
            _point("Ett nytt krav som inte fanns förut ska uppfyllas", K.REQUIREMENT, "3 Nytt"),
            _point("4.1.7 Anbudet ska undertecknas av behörig  person", K.CRITERION, "4.1 Form", page=9),
        )
        assert new[1] == old[0], name
        assert new[0] != old[0]


def test_equal_passages_have_identities_of_their_own() -> None:
    twice = _identity("a.pdf", *[_point("Ditt svar?", K.QUESTION, "1 Skatter", slot=True)] * 2)
    other = _identity("a.pdf", _point("Ditt svar?", K.QUESTION, "2 Konkurs", slot=True))
    assert len({*twice, *other}) == 3


def test_documents_with_other_names_have_other_identities() -> None:
    assert _identity("Bilaga 1.pdf", _point("Anbudet ska undertecknas")) != _identity(
        "Bilaga 2.pdf", _point("Anbudet ska undertecknas")
    )


def test_a_document_asked_for_in_prose_and_slot_is_one() -> None:
    reading = _reading(
        "a.pdf",
        _point("Ett samarbetsavtal ska bifogas anbudet.", K.ATTACHMENT, "2 Kapacitet"),
        _point("Bifoga samarbetsavtal", K.ATTACHMENT, "5 Bilagor", slot=True, page=3),
    )
    checklist = build([reading], [])
    assert _quotes(checklist) == ["Bifoga samarbetsavtal"]
    assert [source.quote for source in checklist.items[0].also] == ["Ett samarbetsavtal ska bifogas anbudet."]


def test_a_document_mentioned_in_two_files_is_one() -> None:
    first = _reading("a.pdf", _point("Senaste årsredovisningen ska bifogas.", K.ATTACHMENT, "2 Ekonomi", must=False))
    second = _reading("b.pdf", _point("Bifoga senaste årsredovisning.", K.ATTACHMENT, "7 Övrigt"))
    (only,) = build([first, second], []).items
    assert only.source.document == document_id("a.pdf")
    assert [source.document for source in only.also] == [document_id("b.pdf")]
    assert only.must


def test_what_one_place_asks_for_always_has_no_condition() -> None:
    sometimes = replace(_point("registreringsbevis", K.ATTACHMENT, must=False), when="om annan undertecknar")
    always = _point("Registreringsbevis ska bifogas.", K.ATTACHMENT)
    (only,) = build([_reading("a.pdf", sometimes, always)], []).items
    assert (only.must, only.when) == (True, None)


def test_different_documents_never_merge() -> None:
    pairs = [
        (_point("Bifoga bilaga 1", K.ATTACHMENT), _point("Bifoga bilaga 2", K.ATTACHMENT)),
        (_point("Bifoga CV för projektledare", K.ATTACHMENT), _point("Bifoga CV för arkitekt", K.ATTACHMENT)),
        (
            _point("CV ska bifogas anbudet", K.ATTACHMENT, "1 Platschef"),
            _point("CV ska bifogas anbudet", K.ATTACHMENT, "2 Arbetsledare"),
        ),
        (_point("Bifoga plan", K.ATTACHMENT, lot="Lot 1"), _point("Bifoga plan", K.ATTACHMENT, lot="Lot 2")),
        (_point("Bifoga plan", K.ATTACHMENT, "1 A", slot=True), _point("Bifoga plan", K.ATTACHMENT, "2 B", slot=True)),
        (_point("Bifoga miljöplan", K.ATTACHMENT), _point("Bifoga kvalitetsplan", K.ATTACHMENT)),
    ]
    for pair in pairs:
        assert len(build([_reading("a.pdf", *pair)], []).items) == 2, pair[0].text


def test_a_statement_repeated_by_another_document_is_one() -> None:
    text = "Leverantören ska ha kollektivavtal eller motsvarande villkor."
    checklist = build([_reading("a.pdf", _point(text, K.REQUIREMENT, "1 A")), _reading("b.pdf", _point(f"3.1 {text}"))], [])
    assert len(checklist.items) == 1
    assert len(checklist.items[0].also) == 1
    within = build([_reading("a.pdf", _point(text, K.REQUIREMENT, "1 A"), _point(text, K.REQUIREMENT, "2 B"))], [])
    assert len(within.items) == 2
    lots = build([_reading("a.pdf", _point(text, lot="Lot 1")), _reading("b.pdf", _point(text, lot="Lot 2"))], [])
    assert len(lots.items) == 2


def test_questions_never_merge() -> None:
    question = _point("Uppfyller ni samtliga krav som ställs i avsnittet ovan?", K.QUESTION, slot=True)
    assert len(build([_reading("a.pdf", question), _reading("b.pdf", question)], []).items) == 2


def _fact(name: str, value: str, weight: int, document: str = "x") -> Fact:
    return Fact(name, value, Source(document, value), weight)


def _tender(*facts: Fact) -> Checklist:
    return build([_reading("a.pdf", facts=facts)], [])


def test_the_heavier_fact_wins_and_agreement_counts() -> None:
    tender = _tender(_fact("name", "Parkskötsel", 60, "x"), _fact("name", "Skötsel av parker", 80)).tender
    assert tender.name == "Skötsel av parker"
    agreed = _tender(_fact("reference", "17", 80), _fact("reference", "18", 78, "y"), _fact("reference", "18", 78, "z")).tender
    assert agreed.reference == "18"


def test_a_later_day_wins_among_equals_and_a_time_says_more() -> None:
    equal = _tender(_fact("tender_deadline", "2031-02-03", 90), _fact("tender_deadline", "2031-02-10", 90)).tender
    assert equal.tender_deadline == "2031-02-10"
    timed = _tender(_fact("tender_deadline", "2031-02-03", 95), _fact("tender_deadline", "2031-02-03T12:00", 80)).tender
    assert timed.tender_deadline == "2031-02-03T12:00"
    words = _tender(_fact("question_deadline", "tio dagar före sista anbudsdag", 95)).tender
    assert words.question_deadline is None


def test_validity_is_computed_from_the_last_tender_day() -> None:
    deadline = _fact("tender_deadline", "2031-10-31T23:59", 90)
    assert _tender(deadline, _fact("validity_period", "P4M", 80)).tender.valid_until == "2032-02-29"
    assert _tender(deadline, _fact("validity_period", "P90D", 80)).tender.valid_until == "2032-01-29"
    assert _tender(_fact("validity_period", "P4M", 80)).tender.valid_until is None
    assert _tender(deadline, _fact("validity_period", "P4M", 80), _fact("valid_until", "2032-03-31", 80)).tender.valid_until == (
        "2032-03-31"
    )


def test_lots_are_listed_once_each() -> None:
    facts = (_fact("lot", "Anbudsområde 1", 40), _fact("lot", "Anbudsområde 1 – Parker", 60), _fact("lot", "Anbudsområde 2", 40))
    assert _tender(*facts).tender.lots == ("Anbudsområde 1 – Parker", "Anbudsområde 2")
    assert _tender(facts[0]).tender.lots == ()


def test_every_document_is_listed_also_those_that_failed() -> None:
    failures = [Finding("file.corrupt", "trasig.xlsx"), Finding("page.no_text", "a.pdf", 2)]
    documents = build([_reading("a.pdf")], failures).documents
    assert [(entry.name, entry.error.code if entry.error else None) for entry in documents] == [
        ("a.pdf", None),
        ("trasig.xlsx", "file.corrupt"),
    ]
    assert [warning.code for warning in documents[0].warnings] == ["page.no_text"]
    assert documents[0].lines.total == 5
    assert documents[1].kind is DocumentKind.XLSX


def test_counts_by_kind() -> None:
    points = (
        _point("Ett krav som ska uppfyllas"),
        _point("Ett mervärde", K.CRITERION, must=False),
        _point("Ett villkor", K.CONTRACT),
    )
    items = build([_reading("a.pdf", *points)], []).items
    assert counts(items)[K.REQUIREMENT] == Count(1, 1)
    assert counts(items)[K.CRITERION] == Count(1, 0)
    assert counts(items)[K.QUESTION] == Count()
    assert [item.kind for item in tender_list(items)] == [K.REQUIREMENT, K.CRITERION]
