"""What the finders suggest in labelled bids: how much of it is right, how much is missed, and that no trap is stepped into."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.labelled_bids import labelled_bid
from tests.support.suggestion_scores import Score, score

BIDS = ("sample", "cleaning", "monitoring", "workshop", "interpreting", "meals")
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
    assert together().labels >= 140
    assert together().traps >= 100


def test_nearly_all_passages_are_suggested() -> None:
    assert together().recall >= 0.97, "\n".join(together().missed)


def test_nearly_all_suggestions_are_right() -> None:
    assert together().precision >= 0.96, "\n".join(together().wrong)


@pytest.mark.parametrize("name", [*BIDS, "held-out"])
def test_no_trap_is_suggested(name: str) -> None:
    assert scored(name).sprung == []


def test_in_a_bid_that_nothing_was_tuned_on_most_is_found_and_most_is_right() -> None:
    fresh = scored("held-out")
    assert fresh.labels >= 20
    assert fresh.recall >= 0.70, "\n".join(fresh.missed)
    assert fresh.precision >= 0.85, "\n".join(fresh.wrong)


def test_a_finder_that_suggests_everything_would_be_caught() -> None:
    greedy = Score(labels=10, found=10, suggested=100, right=10, sprung=["a"])
    assert greedy.recall == 1.0
    assert greedy.precision < 0.96
