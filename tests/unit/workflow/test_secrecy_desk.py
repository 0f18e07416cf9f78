"""What is done to the secrecy of a tender: every action one step, the numbers in the order of the bid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.checklist import DocumentSummary
from app.core.claims import Anchor, AnchorState, Bidder, SecrecyClaim
from app.core.document import DocumentKind
from app.core.work import BidFileRecord, ClaimRecord, ClaimState
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.secrecy_desk import Placed
from app.workflow.writer import SerialWriter
from tests.support.desks import TENDER, desk_of
from tests.support.memory_store import MemoryStore

LETTER, PRICES = "1" * 32, "2" * 32


def file(key: str, position: int, name: str, sha256: str = "ab") -> BidFileRecord:
    summary = DocumentSummary(key, name, DocumentKind.DOCX, sha256)
    return BidFileRecord(key, TENDER, position, summary, f"/bud/{name}", sha256, 10, "cd")


def placed(key: str, quote: str, position: float, state: AnchorState = AnchorState.FOUND) -> Placed:
    return Placed(Anchor(key, quote), state, position)


def bid() -> tuple[Desk, MemoryStore]:
    desk, store = desk_of()
    desk.take_in_bid([file(LETTER, 0, "Anbudsbrev.docx"), file(PRICES, 1, "Priser.xlsx")], {}, run="1")
    return desk, store


def numbers(desk: Desk) -> dict[str, int]:
    return {str(record.claim.anchors[0].quote): record.claim.number for record in desk.claims()}


def marked(desk: Desk, key: str, quote: str, position: float) -> ClaimRecord:
    return desk.mark([placed(key, quote, position)], "unit-price", "osl-31-16")


def test_numbers_follow_the_bid_from_its_first_file_to_its_last() -> None:
    desk, _ = bid()
    marked(desk, PRICES, "1 285", 4.0)
    marked(desk, LETTER, "vår metod", 9.0)
    marked(desk, LETTER, "vår bank", 2.5)
    assert numbers(desk) == {"vår bank": 1, "vår metod": 2, "1 285": 3}
    desk.move_bid_file(PRICES, -1)
    assert numbers(desk) == {"1 285": 1, "vår bank": 2, "vår metod": 3}
    desk.undo()
    assert numbers(desk) == {"vår bank": 1, "vår metod": 2, "1 285": 3}


def test_a_withdrawn_claim_gives_its_number_away_and_gets_it_back() -> None:
    desk, _ = bid()
    first, second = marked(desk, LETTER, "ett", 1.0), marked(desk, LETTER, "två", 2.0)
    desk.set_claim_state([first.key], ClaimState.WITHDRAWN)
    assert numbers(desk) == {"två": 1, "ett": 0}
    assert [record.key for record in desk.claims()] == [second.key, first.key]
    assert [claim.number for claim in desk.claim_set().claims] == [1]
    desk.set_claim_state([first.key], ClaimState.DRAFT)
    assert numbers(desk) == {"ett": 1, "två": 2}


def test_typing_in_one_field_is_one_step_and_in_another_is_the_next() -> None:
    desk, store = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    for text in ("K", "Ko", "Konkurrenter"):
        desk.edit_claim(claim.key, used_by=text)
    desk.edit_claim(claim.key, how="Räknar ut marginalen")
    desk.edit_claim(claim.key, how="Räknar ut marginalen")
    desk.undo()
    assert (desk.claim(claim.key).claim.used_by, desk.claim(claim.key).claim.how) == ("Konkurrenter", "")
    desk.undo()
    assert desk.claim(claim.key).claim.used_by == ""
    assert [entry.action for entry in store.entries if not entry.undone] == ["read_bid", "mark_secret"]


def test_a_choice_is_a_step_of_its_own() -> None:
    desk, _ = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    desk.edit_claim(claim.key, category="method", ground="osl-31-17")
    desk.edit_claim(claim.key, category="cv")
    desk.undo()
    assert desk.claim(claim.key).claim.category == "method"


def test_anchors_come_and_go_but_never_all_of_them() -> None:
    desk, _ = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    desk.add_anchors(claim.key, [placed(PRICES, "ett", 3.0), placed(LETTER, "ett", 1.0)])
    assert [anchor.file for anchor in desk.claim(claim.key).claim.anchors] == [LETTER, PRICES]
    desk.remove_anchor(claim.key, 0)
    desk.remove_anchor(claim.key, 0)
    assert [anchor.file for anchor in desk.claim(claim.key).claim.anchors] == [PRICES]
    with pytest.raises(ValueError, match="points"):
        desk.mark([], "unit-price", "osl-31-16")


def test_a_file_leaves_with_what_is_marked_in_it_and_comes_back_with_it() -> None:
    desk, _ = bid()
    both = marked(desk, LETTER, "ett", 1.0)
    desk.add_anchors(both.key, [placed(PRICES, "ett", 3.0)])
    only = marked(desk, LETTER, "två", 2.0)
    desk.remove_bid_file(LETTER)
    assert [record.key for record in desk.bid_files] == [PRICES]
    assert [record.key for record in desk.claims()] == [both.key]
    assert desk.claim(both.key).claim.number == 1
    desk.undo()
    assert [record.key for record in desk.claims()] == [both.key, only.key]


def test_what_a_newer_file_does_to_the_marks_is_kept_and_lost_ones_block() -> None:
    desk, _ = bid()
    moved, lost = marked(desk, LETTER, "ett", 1.0), marked(desk, LETTER, "två", 2.0)
    places = {
        moved.key: [placed(LETTER, "ett", 7.0, AnchorState.MOVED)],
        lost.key: [placed(LETTER, "två", 2.0, AnchorState.LOST)],
        "f" * 32: [placed(LETTER, "gone meanwhile", 2.0)],
    }
    desk.take_in_bid([file(LETTER, 0, "Anbudsbrev.docx", "new")], places, run="2")
    assert numbers(desk) == {"två": 1, "ett": 2}
    assert desk.claim(moved.key).places == (AnchorState.MOVED,)
    assert desk.readiness().lost_claims == 1
    desk.accept_places([moved.key, lost.key])
    assert desk.claim(moved.key).places == (AnchorState.FOUND,)
    assert desk.readiness().lost_claims == 1, "what is nowhere cannot be accepted"
    desk.set_claim_state([moved.key, lost.key], ClaimState.READY)
    assert [desk.claim(key).state for key in (moved.key, lost.key)] == [ClaimState.READY, ClaimState.DRAFT]
    desk.set_anchor(lost.key, 0, placed(LETTER, "de två", 3.0))
    assert desk.readiness().lost_claims == 0
    desk.undo()
    desk.set_claim_state([lost.key], ClaimState.WITHDRAWN)
    assert desk.readiness().lost_claims == 0


def test_an_annex_is_stale_once_it_says_something_else_than_the_claims() -> None:
    desk, _ = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    assert not desk.annex_stale, "none was written"
    desk.annex_written()
    assert not desk.annex_stale
    desk.edit_claim(claim.key, loss="Vi förlorar nästa avrop")
    assert desk.annex_stale
    desk.undo()
    assert not desk.annex_stale
    desk.edit_bidder(Bidder("Anbudsgivaren AB", "556000-0001"))
    assert desk.annex_stale


def test_dismissed_suggestions_are_remembered_and_come_back() -> None:
    desk, store = bid()
    desk.dismiss(["a", "b"])
    desk.dismiss(["a"])
    assert desk.tender.secrecy.dismissed == ("a", "b")
    again = Desk(records_of(TENDER, store), store, SerialWriter())
    assert len(again.tender.secrecy.dismissed) == 2
    again.dismiss(["a"], dismissed=False)
    assert set(again.tender.secrecy.dismissed) == {"b"}
    again.undo()
    assert set(again.tender.secrecy.dismissed) == {"a", "b"}


def test_claims_from_a_file_come_as_drafts_in_the_order_of_the_bid() -> None:
    desk, _ = bid()
    marked(desk, LETTER, "ett", 5.0)
    words: dict[str, Any] = {"used_by": "Konkurrenter", "how": "Räknar", "loss": "Nästa avrop"}
    brought = SecrecyClaim(7, (Anchor("f1", "två"),), "method", "osl-31-16", **words)
    desk.take_claims([(brought, [placed(LETTER, "två", 1.0)])], Bidder("Vi AB", "556000-0001"))
    assert numbers(desk) == {"två": 1, "ett": 2}
    taken = desk.claims()[0]
    assert (taken.state, taken.claim.how, taken.claim.anchors[0].file) == (ClaimState.DRAFT, "Räknar", LETTER)
    assert desk.tender.secrecy.bidder == Bidder("Vi AB", "556000-0001")
    desk.undo()
    assert numbers(desk) == {"ett": 1}


def test_nothing_done_is_no_step() -> None:
    desk, store = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    before = store.writes
    desk.set_claim_state([claim.key], ClaimState.DRAFT)
    desk.edit_claim(claim.key, category="unit-price")
    desk.accept_places([claim.key])
    desk.choose_annex_item(None)
    desk.move_bid_file(LETTER, -1)
    desk.take_in_bid([desk.bid_file(LETTER)], {claim.key: [Placed(claim.claim.anchors[0], AnchorState.FOUND, 1.0)]}, run="9")
    assert store.writes == before


def test_a_claim_that_changed_while_its_file_was_read_keeps_the_users_marks() -> None:
    desk, _ = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    desk.add_anchors(claim.key, [placed(LETTER, "till", 4.0)])
    desk.take_in_bid([], {claim.key: [placed(LETTER, "ett", 9.0, AnchorState.MOVED)]}, run="2")
    assert len(desk.claim(claim.key).claim.anchors) == 2
    assert replace(desk.claim(claim.key), places=()).position == 1.0


def test_an_annex_is_stale_at_once_when_the_claims_changed_while_it_was_written() -> None:
    desk, _ = bid()
    claim = marked(desk, LETTER, "ett", 1.0)
    written = desk.claim_set()
    desk.edit_claim(claim.key, loss="Vi förlorar nästa avrop")
    desk.annex_written(written)
    assert desk.annex_stale
