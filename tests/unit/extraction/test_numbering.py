from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.numbering import best_chain, code, decimal, label, lettered


@pytest.mark.parametrize(
    ("text", "printed", "parts"),
    [("3.2.1 Krav", "3.2.1", (3, 2, 1)), ("4. Pris", "4", (4,)), ("12 Avtal", "12", (12,)), ("2.10) Val", "2.10", (2, 10))],
)
def test_decimal_numbers(text: str, printed: str, parts: tuple[int, ...]) -> None:
    found = decimal(text)
    assert found is not None
    assert (found.printed, found.parts) == (printed, parts)


@pytest.mark.parametrize(
    "text", ["2031 års plan", "0,5 timmar", "100 procent", "3-årig garanti", "Krav 3.2", "1.2.3.4.5.6.7.8 för djupt"]
)
def test_what_is_no_chapter_number(text: str) -> None:
    found = decimal(text)
    assert found is None


def test_codes_labels_and_letters() -> None:
    assert (found := code("AFB.41 Anbudets form")) is not None
    assert found.printed == "AFB.41"
    assert (named := label("Bilaga 3 Prisformulär")) is not None
    assert named.printed == "Bilaga 3"
    assert (letter := lettered("B.2.1 Drift")) is not None
    assert letter.parts == (2, 2, 1)
    assert label("Bilagor lämnas digitalt") is None


def test_a_restarted_list_is_left_out_of_the_chain() -> None:
    numbers = [(1,), (1, 1), (1,), (2,), (3,), (1, 2), (2,), (2, 1), (3,)]
    weights = [3, 3, 1, 1, 1, 3, 3, 3, 3]
    assert [numbers[place] for place in best_chain(numbers, weights)] == [(1,), (1, 1), (1, 2), (2,), (2, 1), (3,)]


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple), max_size=60))
def test_a_chain_always_increases(numbers: list[tuple[int, ...]]) -> None:
    chain = best_chain(numbers, [1.0] * len(numbers))
    assert chain == sorted(set(chain))
    found = [numbers[place] for place in chain]
    assert all(first < second for first, second in pairwise(found))
    assert bool(chain) == bool(numbers)
