"""What the finders suggest in labelled bids: how much of it is right, how much is missed, and that no trap is stepped into."""

from __future__ import annotations

from functools import cache

import pytest

from app.core.document import Block, BlockKind, Document, DocumentKind
from app.secrecy.finders import suggestions
from tests.support.labelled_bids import labelled_bid
from tests.support.suggestion_scores import Score, score

BIDS = (
    "sample",
    "cleaning",
    "monitoring",
    "workshop",
    "interpreting",
    "meals",
    "ploughing",
    "driving",
    "servicing",
    "gardening",
    "alarms",
    "moving",
    "teaching",
)
"""The finders were made with these at hand. `held-out` was written afterwards and looked at once."""


@cache
def scored(name: str) -> Score:
    return score(labelled_bid(name))


@cache
def together() -> Score:
    total = Score()
    for name in BIDS:
        total.add(scored(name))
    return total


def test_there_is_enough_to_measure() -> None:
    assert together().labels >= 380
    assert together().traps >= 320


def test_nearly_all_passages_are_suggested() -> None:
    assert together().recall >= 0.97, "\n".join(together().missed)


def test_nearly_all_suggestions_are_right() -> None:
    assert together().precision >= 0.96, "\n".join(together().wrong)


@pytest.mark.parametrize("name", [*BIDS, "held-out"])
def test_no_trap_is_suggested(name: str) -> None:
    assert scored(name).sprung == []


def test_in_a_bid_that_nothing_was_tuned_on_most_is_found_and_most_is_right() -> None:
    fresh = scored("held-out")
    assert fresh.labels >= 30
    assert fresh.recall >= 0.90, "\n".join(fresh.missed)
    assert fresh.precision >= 0.85, "\n".join(fresh.wrong)


def test_a_finder_that_suggests_everything_would_be_caught() -> None:
    greedy = Score(labels=10, found=10, suggested=100, right=10, sprung=["a"])
    assert greedy.recall == 1.0
    assert greedy.precision < 0.96


def suggested(*lines: str, name: str = "Anbud.docx") -> list[tuple[str, str | None, bool]]:
    document = Document(name, DocumentKind.DOCX, "", tuple(Block(BlockKind.PARAGRAPH, line) for line in lines))
    return [(one.category, each.quote, each.all_occurrences) for one in suggestions([("1", document)]) for each in one.anchors]


def test_a_reference_told_line_by_line_needs_no_heading() -> None:
    lines = ("Kund: Älvdala friskola", "Period: 2029–2031", "Kontaktperson: Bodil Åsengård, 070-174 06 41")
    found = suggested("Vi har gjort liknande uppdrag förut.", *lines, "Slut.")
    assert {(kind, quote) for kind, quote, _ in found} == {
        ("customer", "Älvdala friskola"),
        ("reference-contact", "Bodil Åsengård, 070-174 06 41"),
    }
    own = ("Anbudsgivare: Bolaget AB", *lines[:2], "Kontaktperson: Bodil Åsengård")
    assert suggested(*own) == [], "the bid's own head"
    assert suggested("Kund: Älvdala friskola", "Adress: Storgatan 1") == []


def test_what_a_persons_paper_calls_an_address_is_the_home() -> None:
    lines = ("Namn: Eivor Tallroth", "Adress: Lillskogsvägen 7")
    assert ("personal-data", "Lillskogsvägen 7", False) in suggested(*lines, name="CV Eivor.docx")
    assert suggested(*lines, name="Anbud.docx") == []


def test_a_rebate_is_a_price_and_a_margin_is_not_public() -> None:
    found = suggested("Vi lämnar 4,5 procent rabatt på listpriset.", "Vår täckningsgrad är 18 procent.", "Moms är 25 procent.")
    assert [(kind, quote) for kind, quote, _ in found] == [("unit-price", "4,5 procent"), ("financial", "18 procent")]


def test_a_name_that_stands_several_times_is_suggested_everywhere() -> None:
    text = ("Bland våra kunder finns Halvorsen Mobility AB.", "Halvorsen Mobility AB har varit nöjda.")
    assert suggested(*text) == [("customer", "Halvorsen Mobility AB", True)]
    assert suggested(text[0]) == [("customer", "Halvorsen Mobility AB", False)]
