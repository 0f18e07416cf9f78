"""An annex that is older than its claims is told by its fingerprint, which helps nobody to guess a secret."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.core.claims import Anchor
from app.workflow.annex import fingerprint, is_stale, private_digest
from tests.support.annexes import FORMATS, SEVERAL, written
from tests.support.claims import GOOD, claim, claim_set


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_fresh_annex_is_not_stale_and_an_older_one_is(form: str, language: str) -> None:
    content = written(form, SEVERAL, language)
    assert not is_stale(content, SEVERAL)
    assert is_stale(content, replace(SEVERAL, claims=SEVERAL.claims[1:]))


@pytest.mark.parametrize(
    "changes",
    [
        {"number": 2},
        {"category": "cv"},
        {"ground": "osl-31-17"},
        {"loss": "En annan skada som är lika stor."},
        {"title": None},
        {"duration": "P1Y"},
        {"may_be_released": ""},
        {"quote_in_annex": True},
        {"anchors": (Anchor("pris", "1 285", sheet="Pris", cells="D9"),)},
        {"anchors": (*GOOD.anchors, Anchor("cv", page=2))},
    ],
)
def test_whatever_the_annex_shows_counts(changes: dict[str, Any]) -> None:
    assert is_stale(fingerprint(claim_set()), claim_set(claim(**changes)))


def test_who_asks_and_in_which_procurement_counts() -> None:
    before = claim_set()
    assert is_stale(fingerprint(before), replace(before, bidder=replace(before.bidder, contact="någon annan")))
    assert is_stale(fingerprint(before), replace(before, tender=replace(before.tender, reference=None)))


def test_the_secret_has_no_part_in_what_leaves_the_house() -> None:
    other = claim_set(claim(anchors=(replace(GOOD.anchors[0], quote="1 286", prefix="pris "),), note="kom ihåg"))
    assert fingerprint(other) == fingerprint(claim_set())
    assert private_digest(other) != private_digest(claim_set())


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"%PDF-1.7 of somebody else", b"Kontrollkod saknas", b"PK"])
def test_a_file_that_is_no_annex_of_ours_is_stale(content: bytes) -> None:
    assert is_stale(content, claim_set())


def test_a_word_in_a_text_is_no_fingerprint_but_the_last_line_is() -> None:
    text = f"Kontrollkod 0123456789abcdef.\nKontrollkod {fingerprint(claim_set())}."
    assert not is_stale(text.encode(), claim_set())
