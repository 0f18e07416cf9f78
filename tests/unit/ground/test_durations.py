"""Lengths of time, read and compared."""

from __future__ import annotations

import pytest

from app.core.durations import Duration, parse_duration


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("P2Y", Duration(years=2)),
        ("P1Y6M", Duration(years=1, months=6)),
        ("P24M", Duration(months=24)),
        ("P6W", Duration(weeks=6)),
        (" P90D ", Duration(days=90)),
        ("P1Y2M3W4D", Duration(1, 2, 3, 4)),
    ],
)
def test_a_duration_is_read(text: str, length: Duration) -> None:
    assert parse_duration(text) == length


@pytest.mark.parametrize(
    "text", ["", "P", "P0Y", "2Y", "P2", "PT5H", "P1Y-2M", "p2y", "P2Y ett år", "P-2Y", "P2.5Y", "P٢Y", "två år"]
)
def test_what_is_no_duration_is_not_read(text: str) -> None:
    assert parse_duration(text) is None


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        ("P2Y", "P2Y", False),
        ("P24M", "P2Y", False),
        ("P731D", "P2Y", False),
        ("P732D", "P2Y", True),
        ("P25M", "P2Y", True),
        ("P2Y1D", "P2Y", True),
        ("P20Y", "P20Y", False),
        ("P21Y", "P20Y", True),
        ("P104W", "P2Y", False),
    ],
)
def test_longer_is_told_from_as_long(one: str, other: str, longer: bool) -> None:
    given, cap = parse_duration(one), parse_duration(other)
    assert given is not None
    assert cap is not None
    assert given.exceeds(cap) is longer
