"""Rules as data: `resources/rules/*.toml`, compiled once.

A rule file has `[words]`, named lists of alternatives that patterns refer to as `{name}`, and `[[rule]]` entries with `id`,
`pattern`, `examples` (phrases it must take) and `near_misses` (phrases it must leave), and whatever fields its user reads.
Patterns are case-insensitive, spaces in them match any run of white space, and each is bounded so that it neither starts nor
ends inside a word: "ska" is never found in "skada".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from app.core.resources import resource

_REFERENCE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its identity, its compiled pattern and the fields its user reads."""

    id: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place in `text` at or after `start` that the rule takes."""
        return self.pattern.search(text, start)


def word_bounded(pattern: str) -> re.Pattern[str]:
    """Compile so that the match neither starts nor ends inside a word; a space matches any run of white space."""
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


@cache
def rule_file(name: str) -> Mapping[str, Any]:
    """The parsed content of `resources/rules/<name>.toml`."""
    return tomllib.loads(resource("rules", f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str) -> Mapping[str, str]:
    """The word lists of a rule file as alternations, references between them resolved (a list may use those above it)."""
    resolved: dict[str, str] = {}
    for key, entries in rule_file(name).get("words", {}).items():
        joined = "|".join(entries)
        resolved[key] = "(?:" + expand(joined, resolved) + ")"
    return resolved


def expand(pattern: str, lists: Mapping[str, str]) -> str:
    """Replace `{name}` by the alternation of that name; what is not a name of a list (as in `a{2}`) stays."""
    return _REFERENCE.sub(lambda match: lists.get(match[1], match[0]), pattern)


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of `resources/rules/<name>.toml` in their order."""
    lists = words(name)
    known = {"id", "pattern", "examples", "near_misses"}
    return tuple(
        Rule(
            entry["id"],
            word_bounded(expand(entry["pattern"], lists)),
            tuple(entry.get("examples", ())),
            tuple(entry.get("near_misses", ())),
            {key: value for key, value in entry.items() if key not in known},
        )
        for entry in rule_file(name).get("rule", ())
    )
