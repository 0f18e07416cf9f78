"""Which rules a sentence meets, by the role they play."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from app.extraction.rules import Rule, fold, listed, rules
from app.extraction.triggers import Triggers

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
    "tells",
    "specified",
    "handed_in",
    "give",
    "asks",
    "asks_file",
)
_CONTRACT_ROLES = ("must", "duty", "reject", "attach", "later", "condition", "limit", "explain", "redirect", "contract_duty")
_MAKING = (
    "must",
    "duty",
    "should",
    "evaluated",
    "reject",
    "deadline",
    "attach",
    "handed_in",
    "ability",
    "redirect",
    "specified",
    "contract_duty",
    "asks",
    "asks_file",
)


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
    """The rules of statements and of requests in prose by their role."""
    grouped: dict[str, list[Rule]] = {}
    for rule in (*rules("statements"), *rules("requests")):
        grouped.setdefault(rule.fields["role"], []).append(rule)
    return {role: tuple(found) for role, found in grouped.items()}


@cache
def _indexed(contract: bool) -> tuple[tuple[tuple[str, Rule], ...], int, Triggers]:
    """The rules that are tried, with an index by the words they need. Contract terms are told apart by fewer of them.

    Those that can make a sentence a point come first; the number tells how many they are.
    """
    roles = sorted(_CONTRACT_ROLES if contract else _ROLES, key=lambda role: role not in _MAKING)
    tried = tuple((role, rule) for role in roles for rule in by_role()[role])
    making = sum(role in _MAKING for role, _ in tried)
    return tried, making, Triggers([rule.needs for _, rule in tried])


@cache
def word(name: str) -> re.Pattern[str]:
    """A word list of the rules of statements, or of requests in prose, as a pattern."""
    return listed("requests", name)


def find_cues(sentence: str, *, contract: bool = False, making: bool = True) -> Cues | None:
    """The rules that a sentence meets; None when no rule that can make it a point does, unless those are not asked for."""
    tried, first, triggers = _indexed(contract)
    folded = fold(sentence)
    found: dict[str, list[tuple[Rule, re.Match[str]]]] = {}
    for number in triggers.wanted(folded):
        if making and number >= first and not found:
            return None
        role, rule = tried[number]
        if (match := rule.folded.search(folded)) is not None:
            found.setdefault(role, []).append((rule, match))
    return Cues(found) if found else None
