"""The gate over the whole bid: items, attachments, contradictions, secrecy and time, each with what nearly trips it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from app.checklist.review.procurement import page_cap, ranges
from app.checklist.review.timing import deadline_moment, submit_early
from app.core.catalogue import message_file
from app.core.checklist import DocumentSummary, Tender
from app.core.claims import Anchor, AnchorState, SecrecyClaim, Strength
from app.core.document import DocumentKind, Finding, document_id
from app.core.points import LineCounts, PointKind, Source
from app.core.review import Override, Review, Severity
from app.core.review_words import worded
from app.core.work import ClaimRecord, ClaimState, DocumentRecord, FileLink, ItemState
from app.workflow.reviewing import AnnexState, Locked, ReviewInputs, review_of, rule_ids
from tests.support.package import pdf_bytes
from tests.support.reviews import DEADLINE, NOW, UNDERLAG, asked, fact, facts_of, work

ANSWERS = "Frågor och svar.pdf"
ADDENDUM = "Bilaga 1 Kravspecifikation.docx"
CV = "Meritförteckning (CV) ska bifogas, högst tre A4-sidor"


def inputs(**more: Any) -> ReviewInputs:
    given: dict[str, Any] = {"now": NOW, "tender": Tender(tender_deadline=DEADLINE)}
    return ReviewInputs(**(given | more))


def found(**more: Any) -> set[str]:
    return {finding.rule for finding in review_of(inputs(**more)).findings}


def document(name: str = UNDERLAG, acknowledged: tuple[int, ...] = (), **more: Any) -> DocumentRecord:
    summary = DocumentSummary(document_id(name), name, DocumentKind.PDF, "", **more)
    return DocumentRecord(name, "t", 0, summary, "", acknowledged=acknowledged)


def claim(state: ClaimState = ClaimState.READY, places: tuple[AnchorState, ...] = ()) -> ClaimRecord:
    return ClaimRecord("c1", "t", 0.0, SecrecyClaim(2, (Anchor("f", quote="x"),), "price", "osl-31-16"), state, places)


def link(path: str, sha256: str = "") -> FileLink:
    return FileLink(path, "t", work(0, asked("Intyg")).key, path, sha256, 1)


INTYG = asked("Intyg")
FILE = facts_of("intyg.pdf", pdf_bytes())
QUESTION = asked("Ange namn", PointKind.QUESTION)
OPEN, DONE = work(0, QUESTION), work(0, QUESTION, state=ItemState.DONE)
CAP = "Meritförteckningen får omfatta högst fyra sidor"
PAGES = (asked(CV), asked(CAP, PointKind.REQUIREMENT, source=Source(document_id(ADDENDUM), CAP)))


def answered(item: Any) -> Any:
    return replace(item, source=replace(item.source, document=document_id(ANSWERS)))


def tender(*facts: Any, **more: Any) -> Tender:
    return Tender(tender_deadline=DEADLINE, facts=facts, **more)


CASES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "items.open": ({"items": (OPEN,)}, {"items": (DONE,)}),
    "items.open/rejected": ({"items": (OPEN,)}, {"items": (replace(OPEN, state=ItemState.REJECTED),)}),
    "items.open/withdrawn": ({"items": (OPEN,)}, {"items": (replace(OPEN, withdrawn=True),)}),
    "items.changed": ({"items": (replace(DONE, changed=True),)}, {"items": (DONE,)}),
    "attachments.missing": (
        {"items": (work(0, INTYG),)},
        {"items": (work(0, INTYG),), "links": (link(FILE.path),), "files": (FILE,)},
    ),
    "attachments.many": (
        {"items": tuple(work(number, asked(f"Intyg {number}")) for number in range(7))},
        {"items": tuple(work(number, asked(f"Intyg {number}")) for number in range(6))},
    ),
    "attachments.unlinked": (
        {"items": (work(0, INTYG, state=ItemState.DONE),)},
        {"items": (work(0, INTYG, state=ItemState.DONE),), "links": (link(FILE.path),), "files": (FILE,)},
    ),
    "files.extra": (
        {"files": (FILE,)},
        {"files": (FILE,), "items": (work(0, INTYG),), "links": (link(FILE.path),)},
    ),
    "files.extra/own": ({"files": (FILE,)}, {"files": (FILE,), "own_output": frozenset({FILE.path})}),
    "files.gone": (
        {"links": (link(FILE.path),), "items": (work(0, INTYG),)},
        {"links": (link(FILE.path),), "items": (work(0, INTYG),), "folder_lost": True},  # told as that, once
    ),
    "files.changed": (
        {"links": (link(FILE.path, "0" * 64),), "items": (work(0, INTYG),), "files": (FILE,)},
        {"links": (link(FILE.path, FILE.sha256),), "items": (work(0, INTYG),), "files": (FILE,)},
    ),
    "files.folder_lost": ({"folder_lost": True}, {}),
    "files.open": ({"locked": (Locked("Anbudsbrev.docx"),)}, {}),
    "name.twins": ({"twins": (("A.pdf", "a.pdf"),)}, {}),
    "reading.document": ({"documents": (document(error=Finding("file.corrupt", UNDERLAG)),)}, {"documents": (document(),)}),
    "reading.pages": (
        {"documents": (document(unreadable_pages=(3, 4), acknowledged=(3,)),)},
        {"documents": (document(unreadable_pages=(3, 4), acknowledged=(3, 4)),)},
    ),
    "reading.unassigned": (
        {"documents": (document(lines=LineCounts(10, 9, 0, 0, 1)),)},
        {"documents": (document(lines=LineCounts(10, 10)),)},
    ),
    "reading.uncompared": (
        {"documents": (document(),), "originals": (replace(FILE, name=UNDERLAG, error=Finding("limit.time", UNDERLAG)),)},
        {"documents": (document(),), "originals": (replace(FILE, name=UNDERLAG),)},
    ),
    "contradiction.deadline": (
        {"tender": tender(fact("tender_deadline", DEADLINE), fact("tender_deadline", "2027-10-25", ADDENDUM, 75))},
        {"tender": tender(fact("tender_deadline", DEADLINE), fact("tender_deadline", "2027-10-26", ADDENDUM, 75))},
    ),
    "contradiction.deadline/announced": (
        {"tender": tender(fact("tender_deadline", DEADLINE), fact("tender_deadline", "2027-10-25", ADDENDUM, 75))},
        {"tender": tender(fact("tender_deadline", "2027-11-02", ANSWERS, 110), fact("tender_deadline", DEADLINE, weight=103))},
    ),
    "contradiction.question_deadline": (
        {"tender": tender(fact("question_deadline", "2027-10-14"), fact("question_deadline", "2027-10-12", ADDENDUM))},
        {"tender": tender(fact("question_deadline", "2027-10-14"), fact("question_deadline", "2027-10-12", ADDENDUM, 40))},
    ),
    "contradiction.validity": (
        {"tender": tender(fact("valid_until", "2028-03-31"), fact("validity_period", "P3M", ADDENDUM))},
        {"tender": tender(fact("valid_until", "2028-01-26"), fact("validity_period", "P3M", ADDENDUM))},
    ),
    "contradiction.pages": (
        {"items": tuple(work(number, item) for number, item in enumerate(PAGES)), "documents": (document(), document(ADDENDUM))},
        {
            # What the buyer answers later replaces what was said before: nothing to ask.
            "items": (work(0, PAGES[0]), work(1, answered(PAGES[1]))),
            "documents": (document(), document(ANSWERS)),
        },
    ),
    "contradiction.pages/other subject": (
        {"items": tuple(work(number, item) for number, item in enumerate(PAGES))},
        {"items": (work(0, PAGES[0]), work(1, asked("Genomförandeplan ska bifogas, högst fyra sidor")))},
    ),
    "secrecy.lost": (
        {"claims": (claim(places=(AnchorState.LOST,)),)},
        {"claims": (claim(ClaimState.WITHDRAWN, (AnchorState.LOST,)),)},
    ),
    "secrecy.weak": (
        {"claims": (claim(),), "strengths": {"c1": Strength.WEAK}},
        {"claims": (claim(),), "strengths": {"c1": Strength.FAIR}},
    ),
    "secrecy.draft": ({"claims": (claim(ClaimState.DRAFT),)}, {"claims": (claim(),)}),
    "secrecy.annex_missing": ({"claims": (claim(),)}, {"claims": (claim(),), "annex": AnnexState(written=True)}),
    "secrecy.annex_missing/asked": ({"annex": AnnexState(asked=True)}, {}),
    "secrecy.annex_stale": ({"annex": AnnexState(written=True, stale=True)}, {"annex": AnnexState(written=True)}),
    "time.unknown": ({"tender": Tender()}, {"tender": Tender(), "tender_deadline": "2027-10-26"}),
    "time.passed": ({"now": datetime(2027, 10, 27, 0, 0)}, {"now": datetime(2027, 10, 26, 23, 59)}),
    "time.last_day": ({"now": datetime(2027, 10, 26, 0, 0)}, {"now": datetime(2027, 10, 25, 23, 58)}),
    "time.left": ({"now": datetime(2027, 10, 25, 23, 58)}, {"now": datetime(2027, 10, 26, 0, 0)}),
}


@pytest.mark.parametrize("case", CASES)
def test_the_rule_finds_it_and_leaves_what_is_nearly_so(case: str) -> None:
    trips, nearly = CASES[case]
    rule = case.partition("/")[0]
    assert rule in found(**trips)
    assert rule not in found(**nearly)


def test_an_override_holds_for_the_finding_it_was_made_on_and_no_other() -> None:
    before = review_of(inputs(items=(work(0, INTYG), work(1, QUESTION))))
    blocking = next(one for one in before.findings if one.rule == "items.open")
    decided = Override(blocking.id, "Svaras i portalen", "2027-10-11T10:00:00Z")
    after = review_of(inputs(items=(work(0, INTYG), work(1, QUESTION)), overrides=(decided,)))
    assert after.obstacles == before.obstacles - 1
    assert [one.override for one in after.findings if one.rule == "items.open"] == [decided]
    another = work(2, asked("Mer", PointKind.QUESTION))
    more = review_of(inputs(items=(work(0, INTYG), work(1, QUESTION), another), overrides=(decided,)))
    assert more.obstacles == before.obstacles, "one more is missing: the reason given does not speak of it"


def test_a_decision_on_the_time_left_survives_the_hour() -> None:
    early, late = (review_of(inputs(now=datetime(2027, 10, 26, hour))) for hour in (1, 2))
    (first,), (second,) = ([one for one in each.findings if one.rule == "time.last_day"] for each in (early, late))
    assert first.id == second.id
    assert first.shown != second.shown


def test_obstacles_stand_first_and_make_the_bid_not_ready() -> None:
    result = review_of(inputs(items=(OPEN,), files=(FILE,), documents=(document(lines=LineCounts(1, 0, 0, 0, 1)),)))
    order = [one.severity for one in result.findings]
    assert order == sorted(order, key=list(Severity).index)
    assert not result.ready
    assert (result.total, result.done) == (1, 0)


def test_what_was_not_looked_at_has_not_passed() -> None:
    blind = review_of(inputs(answers_known=False))
    assert not {"items.open", "files.gone", "secrecy.lost", "size.file", "price.empty"} & set(blind.passed)
    assert "time.passed" in blind.passed
    assert "items.open" in review_of(inputs(items=(DONE,))).passed


def test_a_question_to_the_buyer_names_both_places() -> None:
    facts = (fact("tender_deadline", DEADLINE), fact("tender_deadline", "2027-10-25", ADDENDUM, 75))
    result = review_of(inputs(tender=tender(*facts), documents=(document(), document(ADDENDUM))))
    (found_,) = [one for one in result.findings if one.rule == "contradiction.deadline"]
    for language in ("sv", "en"):
        question = worded(found_, language).question
        assert all(part in question for part in ("2027-10-26 23:59", "2027-10-25", UNDERLAG, ADDENDUM))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_rule_has_words(language: str) -> None:
    words = message_file(language)["review"]
    assert set(rule_ids()) == set(words)
    assert all({"name", "title", "detail", "remedy", "button"} <= entry.keys() for entry in words.values())


@pytest.mark.parametrize(
    ("deadline", "target"),
    [("2027-10-26T23:59", "2027-10-25"), ("2027-10-25", "2027-10-22"), ("2027-10-24T12:00", "2027-10-22")],
)
def test_the_day_to_aim_at_is_a_weekday_before_the_last(deadline: str, target: str) -> None:
    moment = deadline_moment(deadline)
    assert moment is not None
    assert submit_early(moment).isoformat() == target


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("högst tre A4-sidor per person", 3),
        ("maximalt 12 sidor", 12),
        ("not exceed ten pages", 10),
        ("se sidorna 3 till 5", None),
        ("högst 10 dagar, se sidan 4", None),
    ],
)
def test_caps_on_pages_are_read(text: str, cap: int | None) -> None:
    assert page_cap(text) == cap


def test_pages_are_written_as_ranges() -> None:
    assert ranges([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"


def test_nothing_at_all_is_a_review() -> None:
    assert isinstance(review_of(ReviewInputs(NOW)), Review)
