"""Limits in the documents' words, Swedish and English."""

from __future__ import annotations

import pytest

from app.gui.checklist.limits import Limit, Unit, limits_of, used


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("max 1 000 ord", (Limit(1000, Unit.WORDS),)),
        ("högst 200 tecken", (Limit(200, Unit.CHARACTERS),)),
        ("4\u00a0000 tecken inklusive blanksteg", (Limit(4000, Unit.CHARACTERS),)),
        ("2 sidor", (Limit(2, Unit.PAGES),)),
        ("högst fyra a4-sidor", (Limit(4, Unit.PAGES),)),
        ("högst två A4-sidor", (Limit(2, Unit.PAGES),)),
        ("en sida", (Limit(1, Unit.PAGES),)),
        ("at most 1,500 words", (Limit(1500, Unit.WORDS),)),
        ("two pages", (Limit(2, Unit.PAGES),)),
        ("500 characters", (Limit(500, Unit.CHARACTERS),)),
        ("10 rader", (Limit(10, Unit.LINES),)),
        ("255", (Limit(255, Unit.CHARACTERS),)),
        ("högst 300 ord; 2 sidor", (Limit(300, Unit.WORDS), Limit(2, Unit.PAGES))),
        ("Arial 11 punkter", ()),
        ("enligt sidan ovan", ()),
        ("", ()),
        (None, ()),
    ],
)
def test_limits_are_read(text: str | None, limits: tuple[Limit, ...]) -> None:
    assert limits_of(text) == limits


def test_what_a_text_takes() -> None:
    text = "Två ord\noch en rad"
    assert [used(text, unit) for unit in (Unit.CHARACTERS, Unit.WORDS, Unit.LINES, Unit.PAGES)] == [18, 5, 2, 1]
    assert used("", Unit.PAGES) == 0
