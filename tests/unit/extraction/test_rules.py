"""Every rule takes its examples and leaves its near misses."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app.core.resources import resource
from app.extraction.hints import Hints
from app.extraction.rules import Rule, expand, rule_file, rules, words

_FILES = sorted(entry.name.removesuffix(".toml") for entry in resource("rules").iterdir() if entry.name.endswith(".toml"))
_RULES = [(name, rule) for name in _FILES for rule in rules(name)]
_EXAMPLES = [pytest.param(rule, text, id=f"{rule.id}-{index}") for _, rule in _RULES for index, text in enumerate(rule.examples)]
_NEAR_MISSES = [
    pytest.param(rule, text, id=f"{rule.id}-{index}") for _, rule in _RULES for index, text in enumerate(rule.near_misses)
]


def test_there_are_rules() -> None:
    assert {"facts", "context", "sections", "parties"} <= set(_FILES)
    assert len(_RULES) > 50


def test_ids_are_unique() -> None:
    repeated = [name for name, count in Counter(rule.id for _, rule in _RULES).items() if count > 1]
    assert repeated == []


@pytest.mark.parametrize(("name", "rule"), [pytest.param(name, rule, id=rule.id) for name, rule in _RULES])
def test_a_rule_has_examples_and_near_misses(name: str, rule: Rule) -> None:
    assert rule.examples, f"{name}: {rule.id} has no example"
    assert rule.near_misses, f"{name}: {rule.id} has no near miss"
    assert not set(rule.examples) & set(rule.near_misses)


@pytest.mark.parametrize(("rule", "text"), _EXAMPLES)
def test_an_example_is_taken(rule: Rule, text: str) -> None:
    assert rule.search(text) is not None
    assert Hints([rule]).wanted(text) == [0], "the hints keep the rule from its own example"


@pytest.mark.parametrize(("rule", "text"), _NEAR_MISSES)
def test_a_near_miss_is_left(rule: Rule, text: str) -> None:
    assert rule.search(text) is None


@pytest.mark.parametrize("name", _FILES)
def test_every_reference_to_a_word_list_is_resolved(name: str) -> None:
    lists = words(name)
    for entry in rule_file(name).get("rule", ()):
        left = re.findall(r"\{[a-z_]+\}", expand(entry["pattern"], lists))
        assert left == [], f"{entry['id']} refers to a list that is not there"


@pytest.mark.parametrize("name", _FILES)
def test_hints_are_lower_case(name: str) -> None:
    for entry in rule_file(name).get("rule", ()):
        for hint in entry.get("hints", ()):
            assert hint == hint.lower(), entry["id"]
