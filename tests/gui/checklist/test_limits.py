"""Limits in the documents' words, Swedish and English."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.gui.checklist.answers import TextEditor
from app.gui.checklist.limits import Limit, Unit, limits_of, used
from app.gui.messages import set_language


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
        ("Högst 1 500 tecken", (Limit(1500, Unit.CHARACTERS),)),
        ("Högst 1 500 tecken. Underlag för kravet i avsnitt 4.3.", (Limit(1500, Unit.CHARACTERS),)),
        ("Max 2 A4-sidor", (Limit(2, Unit.PAGES),)),
        ("Max 2 A4", (Limit(2, Unit.PAGES),)),
        ("Svaret får omfatta högst två (2) A4-sidor.", (Limit(2, Unit.PAGES),)),
        ("max 2 stycken A4-sidor", (Limit(2, Unit.PAGES),)),
        ("max. 2 sid.", (Limit(2, Unit.PAGES),)),
        ("högst en halv A4-sida", (Limit(0.5, Unit.PAGES),)),
        ("max 1,5 sidor", (Limit(1.5, Unit.PAGES),)),
        ("½ A4", (Limit(0.5, Unit.PAGES),)),
        ("Svar (max 500 tecken)", (Limit(500, Unit.CHARACTERS),)),
        ("Maximalt 10 000 tecken (inklusive blanksteg)", (Limit(10_000, Unit.CHARACTERS),)),
        ("4.000 tkn", (Limit(4000, Unit.CHARACTERS),)),
        ("Max antal tecken: 2000", (Limit(2000, Unit.CHARACTERS),)),
        ("Max antal ord: 1 500", (Limit(1500, Unit.WORDS),)),
        ("Antal sidor: högst 4", (Limit(4, Unit.PAGES),)),
        ("högst trettio ord", (Limit(30, Unit.WORDS),)),
        ("mellan 200 och 300 ord", (Limit(300, Unit.WORDS),)),
        ("högst 1 500 tecken (ca 250 ord)", (Limit(1500, Unit.CHARACTERS),)),
        ("cirka 2 sidor", (Limit(2, Unit.PAGES),)),
        ("max 1 sida och 300 ord", (Limit(1, Unit.PAGES), Limit(300, Unit.WORDS))),
        ("högst 10 sidor, Arial 11", (Limit(10, Unit.PAGES),)),
        ("max 4000 characters", (Limit(4000, Unit.CHARACTERS),)),
        ("Up to 2 A4 pages", (Limit(2, Unit.PAGES),)),
        ("two (2) A4-size pages", (Limit(2, Unit.PAGES),)),
        ("no more than 1.5 pages", (Limit(1.5, Unit.PAGES),)),
        ("half a page", (Limit(0.5, Unit.PAGES),)),
        ("Maximum number of characters: 4,000", (Limit(4000, Unit.CHARACTERS),)),
        ("Word limit: 250", (Limit(250, Unit.WORDS),)),
        ("500 words (approx. one page)", (Limit(500, Unit.WORDS),)),
        ("avsnitt 2 sidan 3", ()),
        ("se sidan 4", ()),
        ("Sida 2 av 3", ()),
        ("enligt svarsalternativ 3", ()),
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
    assert [used(text, unit) for unit in (Unit.CHARACTERS, Unit.WORDS, Unit.LINES, Unit.PAGES)] == [18, 5, 2, 0.5]
    assert used("", Unit.PAGES) == 0
    assert [used("x" * length, Unit.PAGES) for length in (1500, 1501, 3000, 3001)] == [0.5, 1, 1, 1.5]


@pytest.mark.parametrize(
    ("language", "limit", "text", "told", "over"),
    [
        ("sv", "Högst 1 500 tecken", "x" * 157, "157 av 1\u00a0500 tecken", False),
        ("sv", "Högst 1 500 tecken", "x" * 1501, "! 1\u00a0501 av 1\u00a0500 tecken", True),
        ("sv", "Max 1,5 A4-sidor", "x" * 4600, "2 av 1,5", True),
        ("sv", "högst 300 ord", "ord " * 12, "12 av 300 ord", False),
        ("en", "max 4000 characters", "x" * 10, "10 of 4\u00a0000 characters", False),
        ("en", "Max 1.5 pages", "x" * 100, "0.5 of 1.5", False),
    ],
)
def test_the_count_follows_what_is_typed(qtbot: QtBot, language: str, limit: str, text: str, told: str, over: bool) -> None:
    set_language(language)
    editor = TextEditor(limit)
    qtbot.addWidget(editor)
    assert not editor.count.text().startswith("!")
    editor.paper.setPlainText(text)
    assert told in editor.count.text()
    assert editor.count.property("role") == ("fault" if over else "small")
