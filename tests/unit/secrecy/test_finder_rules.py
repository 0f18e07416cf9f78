"""Every finder rule takes its examples and leaves its near misses."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app.secrecy.catalogue import category
from app.secrecy.finders.rules import FinderRule, finder_rules

RULES = finder_rules()
EXAMPLES = [pytest.param(rule, text, id=f"{rule.id}-{index}") for rule in RULES for index, text in enumerate(rule.examples)]
NEAR_MISSES = [pytest.param(rule, text, id=f"{rule.id}-{index}") for rule in RULES for index, text in enumerate(rule.near_misses)]


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(rule.id for rule in RULES).items() if count > 1] == []


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULES])
def test_a_rule_has_a_role_a_known_category_examples_and_near_misses(rule: FinderRule) -> None:
    assert rule.role in ("column", "section", "value", "never")
    assert category(rule.category)
    assert rule.examples
    assert rule.near_misses
    assert re.findall(r"\{[a-z_]+\}", rule.source) == []


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_an_example_is_taken(rule: FinderRule, text: str) -> None:
    assert rule.pattern.search(text) is not None


@pytest.mark.parametrize(("rule", "text"), NEAR_MISSES)
def test_a_near_miss_is_left(rule: FinderRule, text: str) -> None:
    assert rule.pattern.search(text) is None
