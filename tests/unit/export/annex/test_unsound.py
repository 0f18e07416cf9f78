"""An annex from a file is not stricter than the window, but it does not keep quiet about the law either."""

from __future__ import annotations

import pytest

from app.workflow.annex import unsound
from tests.support.claims import claim, claim_set


def told(**changes: object) -> list[tuple[str, dict[str, str]]]:
    return [(one.code, dict(one.values)) for one in unsound(claim_set(claim(number=7, **changes)))]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"duration": "P20Y", "category": "unit-price"}, ("annex.contract_time", {"number": "7", "years": "2"})),
        ({"duration": "P99Y", "category": "customer"}, ("annex.too_long_time", {"number": "7", "years": "20"})),
        ({"ground": "osl-19-3-1"}, ("annex.wrong_ground", {"number": "7"})),
        ({"ground": "osl-23"}, ("annex.wrong_ground", {"number": "7"})),
        ({"used_by": "", "how": "", "loss": ""}, ("annex.no_harm", {"number": "7"})),
    ],
)
def test_what_the_law_does_not_give_is_told_claim_by_claim(
    changes: dict[str, object], expected: tuple[str, dict[str, str]]
) -> None:
    assert expected in told(**changes)


def test_a_claim_within_the_law_and_with_its_harm_is_left_alone() -> None:
    assert told(duration="P2Y", category="unit-price") == []
