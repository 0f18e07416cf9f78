from __future__ import annotations

import pytest

from app.core.resources import resource
from app.extraction.rules import Rule, fold, rules
from app.extraction.triggers import alternatives, beginnings, word_beginnings

_FILES = sorted(entry.name.removesuffix(".toml") for entry in resource("rules").iterdir() if entry.name.endswith(".toml"))
_RULES = [rule for name in _FILES for rule in rules(name)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("ska|måste", {"ska", "måste"}),
        ("är (?:det )?viktigt att", {"vikti"}),
        ("(?:bör|kan) bifogas?", {"bifog"}),
        ("om (?:den|det)", {"om ", "den", "det"}),
        ("förkast(?:as|at)", {"förka"}),
        (r"(?:\w+ ){0,3}?intyg", {"intyg"}),
        (r"\w+intyg", None),
        (r"[abc]+", None),
    ],
)
def test_words_that_every_match_holds(pattern: str, expected: set[str] | None) -> None:
    found = beginnings(pattern)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found <= expected


@pytest.mark.parametrize("rule", _RULES, ids=lambda rule: rule.id)
def test_what_a_rule_takes_holds_one_of_its_words(rule: Rule) -> None:
    """The filter may let through too much, never too little."""
    if rule.beginnings is None:
        return
    for example in rule.examples:
        folded = fold(example)
        if rule.folded.search(folded) is not None:
            assert not rule.beginnings.isdisjoint(word_beginnings(folded)), example


def test_alternatives_are_split_outside_groups_and_classes_only() -> None:
    assert alternatives(r"a|(?:b|c)|[|]|\|d") == ["a", "(?:b|c)", "[|]", r"\|d"]
