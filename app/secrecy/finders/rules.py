"""The finders' rules: `resources/rules/secrecy/finders.toml`, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["FinderRule", "finder_rules", "first", "is_label", "says"]

_REFERENCE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, eq=False)
class FinderRule:
    """One rule: see the head of its file for `role` and `of`."""

    id: str
    role: str
    of: str
    source: str
    category: str = "other"
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Bounded by words, without regard to case."""
        spaced = self.source.replace(" ?", r"\s*").replace(" ", r"\s+")
        return re.compile(rf"(?<![\w@])(?:{spaced})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=2048)
def is_label(text: str) -> bool:
    """Some rule about columns and labels takes it."""
    return 2 < len(text) <= 80 and any(rule.pattern.search(text) for rule in finder_rules("column"))


@cache
def finder_rules(role: str | None = None, of: str | None = None) -> tuple[FinderRule, ...]:
    """The rules of a role and a subject, in the order of the file."""
    return tuple(rule for rule in _all() if role in (None, rule.role) and of in (None, rule.of))


def first(role: str, of: str, text: str) -> FinderRule | None:
    """The first rule that takes the text. Very long texts are no labels or headings."""
    return _first(role, of, text) if 0 < len(text) <= 300 else None


@lru_cache(maxsize=4096)
def _first(role: str, of: str, text: str) -> FinderRule | None:
    return next((rule for rule in finder_rules(role, of) if rule.pattern.search(text)), None)


def says(role: str, of: str, text: str) -> bool:
    """Some rule takes some part of the text."""
    return _says(role, of, text) if len(text) <= 120 else _says.__wrapped__(role, of, text)


@lru_cache(maxsize=4096)
def _says(role: str, of: str, text: str) -> bool:
    return any(rule.pattern.search(text) for rule in finder_rules(role, of))


@cache
def _all() -> tuple[FinderRule, ...]:
    content: Mapping[str, Any] = read_table(resource("rules", "secrecy", "finders.toml"))
    words = {name: "(?:" + "|".join(entries) + ")" for name, entries in content["words"].items()}
    return tuple(
        FinderRule(
            entry["id"],
            entry["role"],
            entry["of"],
            _REFERENCE.sub(lambda match: words.get(match[1], match[0]), entry["pattern"]),
            entry.get("category", "other"),
            tuple(entry["examples"]),
            tuple(entry["near_misses"]),
        )
        for entry in content["rule"]
    )
