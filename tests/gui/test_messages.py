"""The window's words: every key that is asked for exists, every key that exists is asked for, both languages alike."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app.core.catalogue import LANGUAGES, window_words
from app.core.document import Finding
from app.core.work import HistoryEntry
from app.gui.actions import DECLARED
from app.gui.messages import explained, fact_name, happened, set_language, tr
from app.gui.start import qt_words

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"[a-z]+\.[a-z0-9_]+")
MADE = {"actions", "history"}
"""Parts whose keys are made of declared names and codes: checked against those instead."""


@cache
def trees() -> dict[str, ast.Module]:
    return {str(path): ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "app" / "gui").rglob("*.py"))}


def asked() -> Iterator[str]:
    """The literal keys of every call of tr."""
    for tree in trees().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr" and node.args:
                yield from _literals(node.args[0])


def _literals(node: ast.expr) -> Iterator[str]:
    """A literal, also inside `a if … else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def named() -> set[str]:
    """Every string of the window's code that could be a key."""
    return {
        node.value
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value)
    }


def codes_of_steps() -> set[str]:
    """The actions that the workflow writes into the history."""
    found: set[str] = set()
    for path in (ROOT / "app" / "workflow").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") not in (
                "_step",
                "_typed",
                "_claims_step",
                "_plan",
                "_change_items",
                "_review_step",
                "_package_step",
                "write",
            ):
                continue
            for argument in node.args[:2]:
                found.update(_literals(argument))
    return found


def gaps(text: str | Mapping[str, str]) -> set[str]:
    texts = [text] if isinstance(text, str) else list(text.values())
    return {name for part in texts for _, name, _, _ in string.Formatter().parse(part) if name is not None}


def values_of(entry: Any) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_asked_for_has_words(language: str) -> None:
    wanted = set(asked())
    assert {"shell.search", "overview.title", "vault.code_title"} <= wanted
    assert sorted(wanted - window_words(language).keys()) == []


def test_every_key_with_words_is_asked_for() -> None:
    there = {key for key in window_words("sv") if key.partition(".")[0] not in MADE}
    assert sorted(there - named()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_and_every_step_has_words(language: str) -> None:
    there = {key for key in window_words(language) if key.partition(".")[0] in MADE}
    actions = {f"actions.{declared.name}" for declared in DECLARED}
    steps = {f"history.{code}" for code in codes_of_steps()}
    assert {"history.keep", "history.read", "history.merge", "history.archive"} <= steps
    wanted = actions | {f"{key}_tip" for key in actions} | steps
    own = {"history.assign_none", "history.due_none", "history.other", "history.undone"}
    assert there == wanted | own


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    swedish, english = window_words("sv"), window_words("en")
    assert swedish.keys() == english.keys()
    assert {key: gaps(text) for key, text in swedish.items()} == {key: gaps(text) for key, text in english.items()}
    tables = {key: not isinstance(text, str) for key, text in swedish.items()}
    assert tables == {key: not isinstance(text, str) for key, text in english.items()}
    assert all(set(text) == {"one", "other"} for text in swedish.values() if not isinstance(text, str))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_calm_and_whole(language: str) -> None:
    for key, entry in window_words(language).items():
        for text in values_of(entry):
            assert text.strip(), key
            assert "!" not in text, key
            assert not re.search("Ã|\ufffd|[ao]\u0308|a\u030a|\\.\\.\\.", text), key


def test_the_swedish_files_hold_swedish() -> None:
    text = " ".join(text for entry in window_words("sv").values() for text in values_of(entry))
    assert {"å", "ä", "ö"} <= set(text)
    assert not re.findall(r"\b(?:gar|maste|fran|anvand|losenord|oppna|las|valj)\b", text)


def test_the_language_can_be_chosen_and_an_unknown_one_is_swedish() -> None:
    set_language("en")
    assert tr("shell.search") == "Search everything"
    set_language("fi")
    assert tr("shell.search") == "Sök i allt"


def test_counts_choose_between_one_and_other() -> None:
    assert tr("shell.days_left", count=1) == "1 dag kvar"
    assert tr("shell.days_left", count=11) == "11 dagar kvar"


def test_steps_are_told_in_words() -> None:
    def entry(action: str, **values: str) -> HistoryEntry:
        return HistoryEntry(1, "t", "2026-11-25T09:00:00", action, tuple(values.items()))

    assert happened(entry("reject", reason="gäller inte", count="1")) == "Gäller inte oss"
    assert happened(entry("done", count="3")) == "3 klara"
    assert happened(entry("assign", owner="Lina", count="1")) == "Ansvarig: Lina"
    assert happened(entry("assign", owner="", count="1")) == "Ingen ansvarig"
    assert happened(entry("edit_fact", fact="buyer")) == f"{fact_name('buyer')} ändrat"
    assert happened(entry("of a later version")) == "Ändring"


def test_findings_are_explained_in_the_chosen_language() -> None:
    set_language("en")
    assert explained(Finding("file.empty", "a.pdf")).place == "a.pdf"
    english = explained(Finding("file.empty", "a.pdf")).text
    set_language("sv")
    assert explained(Finding("file.empty", "a.pdf")).text != english


def test_qts_own_words_are_swedish_too(dressed: QApplication) -> None:
    words = qt_words("sv")
    assert not words.isEmpty()
    assert words.translate("QPlatformTheme", "Cancel") == "Avbryt"
    assert qt_words("en").isEmpty()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
