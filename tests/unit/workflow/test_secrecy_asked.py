"""Where the procurement speaks of secrecy, and the item that asks for the request."""

from __future__ import annotations

import tomllib

import pytest

from app.core.checklist import ChecklistItem, Tender
from app.core.document import Place
from app.core.points import Fact, PointKind, Source
from app.core.resources import resource
from app.core.work import ItemState, WorkItem
from app.workflow.secrecy_asked import annex_item, passages, pattern
from tests.support.desks import TENDER, desk_of

RULES = tomllib.loads(resource("rules", "secrecy", "asked.toml").read_text("utf-8"))


def item(number: int, kind: PointKind, text: str, state: ItemState = ItemState.OPEN) -> WorkItem:
    found = ChecklistItem(f"id{number}", kind, True, text, Source("doc", text, Place(1)), number=f"2.{number}")
    return WorkItem(f"{number:032x}", TENDER, float(number), found, state=state)


@pytest.mark.parametrize("name", RULES)
def test_rules_match_their_examples_and_not_what_is_near(name: str) -> None:
    assert [text for text in RULES[name]["examples"] if not pattern(name).search(text)] == []
    assert [text for text in RULES[name]["near_misses"] if pattern(name).search(text)] == []


def test_the_item_that_asks_for_the_request_is_found_and_can_be_chosen() -> None:
    promise = item(1, PointKind.ATTACHMENT, "Bifoga undertecknad sekretessförbindelse.")
    told = item(2, PointKind.REQUIREMENT, "Absolut sekretess gäller till tilldelningen.")
    asks = item(3, PointKind.QUESTION, "Begär anbudsgivaren sekretess? Ange vilka uppgifter.")
    contract = item(4, PointKind.CONTRACT, "Begäran om sekretess under avtalstiden.")
    desk, _ = desk_of(promise, told, asks, contract)
    assert annex_item(desk) == asks
    desk.choose_annex_item(told.key)
    assert annex_item(desk) == told
    desk.choose_annex_item("")
    assert annex_item(desk) is None
    desk.choose_annex_item(None)
    assert annex_item(desk) == asks
    desk.reject([asks.key], "gäller inte")
    assert annex_item(desk) == told


def test_nothing_is_found_where_nothing_is_asked() -> None:
    desk, _ = desk_of(
        item(1, PointKind.ATTACHMENT, "Bifoga sekretessavtal."),
        item(2, PointKind.QUESTION, "Hur många anställda?"),
        item(3, PointKind.QUESTION, "Begär ni sekretess?", state=ItemState.REJECTED),
    )
    assert annex_item(desk) is None


def test_passages_are_facts_first_and_none_twice() -> None:
    quote = "Begäran om sekretess ska lämnas med anbudet."
    fact = Fact("secrecy_instruction", "ja", Source("doc", quote, Place(4)))
    same = item(1, PointKind.REQUIREMENT, quote)
    other = item(2, PointKind.REQUIREMENT, "Absolut sekretess gäller till tilldelningen.")
    desk, _ = desk_of(same, other)
    desk.take_in(Tender(facts=(fact,)), [], [], run="1", lasting=True)
    assert [passage.text for passage in passages(desk)] == [quote, other.item.text]
