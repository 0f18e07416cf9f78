"""Which rules a sentence meets, by the role they play."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from app.extraction.rules import Rule, fold, rules, word_bounded, words
from app.extraction.triggers import word_beginnings

_ROLES = (
    "must",
    "duty",
    "should",
    "evaluated",
    "reject",
    "deadline",
    "attach",
    "later",
    "condition",
    "waived",
    "buyer",
    "limit",
    "ability",
    "explain",
    "redirect",
    "specified",
    "handed_in",
    "give",
)
_MAKING = ("must", "duty", "should", "evaluated", "reject", "deadline", "attach", "ability", "redirect", "specified")


@dataclass(slots=True)
class Cues:
    """The rules that a sentence meets, by role, with the first place of each."""

    found: dict[str, list[tuple[Rule, re.Match[str]]]] = field(default_factory=dict)

    def __contains__(self, role: str) -> bool:
        return role in self.found

    def any(self, *roles: str) -> bool:
        """Whether a rule of any of the roles is met."""
        return any(role in self.found for role in roles)

    def first(self, *roles: str) -> re.Match[str] | None:
        """The leftmost match of the roles."""
        matches = [match for role in roles for _, match in self.found.get(role, ())]
        return min(matches, key=lambda match: match.start()) if matches else None

    def ids(self, *roles: str) -> tuple[str, ...]:
        """The rules met, role by role."""
        return tuple(rule.id for role in roles for rule, _ in self.found.get(role, ()))


@cache
def by_role() -> dict[str, tuple[Rule, ...]]:
    """The statements' rules by their role."""
    grouped: dict[str, list[Rule]] = {}
    for rule in rules("statements"):
        grouped.setdefault(rule.fields["role"], []).append(rule)
    return {role: tuple(found) for role, found in grouped.items()}


@cache
def _making() -> frozenset[str]:
    """How words begin that any rule begins with that can make a point."""
    found = [rule.beginnings for role in _MAKING for rule in by_role()[role]]
    return frozenset().union(*(letters for letters in found if letters is not None))


@cache
def _indexed() -> tuple[tuple[str, Rule, frozenset[str] | None], ...]:
    return tuple((role, rule, rule.beginnings) for role in _ROLES for rule in by_role()[role])


@cache
def word(name: str) -> re.Pattern[str]:
    """A word list of the statements' rules as a pattern."""
    return word_bounded(words("statements")[name])


def find_cues(sentence: str) -> Cues | None:
    """The rules that a sentence meets; None when no rule that can make it a point does."""
    folded = fold(sentence)
    begins = word_beginnings(folded)
    if begins.isdisjoint(_making()):
        return None
    found: dict[str, list[tuple[Rule, re.Match[str]]]] = {}
    for role, rule, letters in _indexed():
        if (letters is None or not letters.isdisjoint(begins)) and (match := rule.folded.search(folded)) is not None:
            found.setdefault(role, []).append((rule, match))
    return Cues(found) if any(role in found for role in _MAKING) else None
