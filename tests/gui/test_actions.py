"""Every action is whole: words, icon, a shortcut of its own, in both languages."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from app.core.catalogue import LANGUAGES
from app.gui.actions import DECLARED, Actions
from app.gui.icons import _phosphor
from app.gui.messages import set_language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_text_shortcut_and_tip(language: str, actions: Actions) -> None:
    set_language(language)
    actions.rename()
    for declared in DECLARED:
        action = actions[declared.name]
        assert action.text()
        assert action.shortcuts()
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        assert keys
        assert action.toolTip().endswith(f"({keys})")
        assert action.toolTip() != f" ({keys})"


def test_every_icon_is_in_the_font(actions: Actions) -> None:
    _family, glyphs = _phosphor()
    for declared in DECLARED:
        assert declared.icon.removeprefix("ph.") in glyphs
        picture = actions[declared.name].icon().pixmap(16, 16).toImage()
        inked = any(picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height()))
        assert inked, declared.name


@pytest.mark.parametrize("other", ["list", "secrecy", "answers"])
def test_no_shortcut_is_used_twice(other: str) -> None:
    # Window, source and one page's own are in force at the same time, so they count as one context.
    here = [declared for declared in DECLARED if declared.group not in {"list", "secrecy", "answers"} - {other}]
    keys = Counter(QKeySequence(text).toString() for declared in here for text in declared.keys)
    assert all(keys), "a shortcut that Qt does not know"
    assert [text for text, number in keys.items() if number > 1] == []


def test_names_are_unique_and_groups_known() -> None:
    assert len({declared.name for declared in DECLARED}) == len(DECLARED)
    assert {declared.group for declared in DECLARED} == {"program", "pages", "tender", "list", "source", "secrecy", "answers"}


def test_words_follow_the_language(actions: Actions) -> None:
    assert actions["undo"].text() == "Ångra"
    set_language("en")
    actions.rename()
    assert actions["undo"].text() == "Undo"
