from __future__ import annotations

import re

import pytest

from app.core.resources import resource
from app.extraction.rules import Rule, fold, rules
from app.extraction.triggers import LENGTH, Triggers, alternatives, needs

_FILES = sorted(entry.name.removesuffix(".toml") for entry in resource("rules").iterdir() if entry.name.endswith(".toml"))
_RULES = [rule for name in _FILES for rule in rules(name)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("ska|måste", [["ska"], ["måste"]]),
        ("är (?:det )?viktigt att", [["viktigt ", "att", "är "]]),
        ("(?:bör|kan) bifogas?", [["bifoga|bifogas", "bör |kan "]]),
        ("om (?:den|det)", [["den|det", "om "]]),
        ("förkast(?:as|at)", [["förkasta"]]),
        (r"(?:\w+ ){0,3}?intyg", [["intyg"]]),
        ("skatteverkets intyg", [["skatteve", "intyg"]]),
        ("org ?nr", [["org"]]),
        (r"\w+intyg", None),
        (r"[abc]+", None),
    ],
)
def test_words_that_every_match_holds(pattern: str, expected: list[list[str]] | None) -> None:
    found = needs(pattern)
    assert expected == (found and [["|".join(sorted(letters)) for letters in words] for words in found])


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_what_a_rule_takes_holds_its_words(rule: Rule) -> None:
    """The filter may let through too much, never too little."""
    triggers = Triggers([rule.needs])
    for example in rule.examples:
        folded = fold(example)
        if rule.folded.search(folded) is not None:
            assert triggers.wanted(folded) == [0], example


def test_all_words_of_one_alternative_are_asked_for() -> None:
    triggers = Triggers([needs("ska (?:\\w+ )?bifogas|krävs"), None, needs("intyg")])
    assert triggers.wanted("intyg ska genast bifogas") == [0, 1, 2]
    assert triggers.wanted("det krävs") == [0, 1]
    assert triggers.wanted("bifogas kan det") == [1]
    assert triggers.wanted("skada bifogas") == [1], "a word that only begins like one that is needed"


def test_alternatives_are_split_outside_groups_and_classes_only() -> None:
    assert alternatives(r"a|(?:b|c)|[|]|\|d") == ["a", "(?:b|c)", "[|]", r"\|d"]


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_a_glance_leaves_no_match_out(rule: Rule) -> None:
    for example in rule.examples:
        assert rule.search(example) is None or not rule.is_absent(example.lower()), example


def test_a_glance_spares_a_search() -> None:
    rule = Rule("x", "(?:bör|kan) bifogas?|intyg ska")
    assert set(rule.tells) == {"bifoga", "bifogas", "intyg"}
    assert rule.is_absent("anbudet ska vara skriftligt")
    assert not rule.is_absent("registreringsintyget ska finnas")  # holds the letters: worth a search, which then finds nothing
    assert not Rule("x", r"\w+intyg").is_absent("vad som helst")


@pytest.mark.parametrize(
    "piece", ["anbud", "anbud,", "(anbud)", "anbud.bilaga", "e-post", "a_b", "“anbud”", "...", "2025-01-01", "§", "é1"]
)
def test_a_piece_is_read_as_its_words(piece: str) -> None:
    """A piece that is one word takes the short way and means the same."""
    triggers = Triggers([needs(word) for word in ("anbud", "bilaga", "post", "a_b", "2025", "01", "é1")])
    expected = 0
    for word in re.findall(rf"(?<!\w)\w{{1,{LENGTH}}}", piece):
        expected |= triggers._meant(word)
    assert triggers._learn(piece) == expected
