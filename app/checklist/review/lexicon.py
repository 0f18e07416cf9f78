"""The review's words and patterns: `resources/rules/review.toml`, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["ReviewRule", "count_of", "first", "languages", "month_of", "rules_of", "says"]

_REFERENCE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, eq=False)
class ReviewRule:
    """One rule: see the head of its file for `kind`."""

    id: str
    kind: str
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Bounded by words, without regard to case; a space takes any run of white space."""
        spaced = self.source.replace(" ?", r"\s*").replace(" ", r"\s+")
        return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


@cache
def rules_of(kind: str) -> tuple[ReviewRule, ...]:
    """The rules of a kind, in the order of the file."""
    return tuple(rule for rule in _all() if rule.kind == kind)


def first(kind: str, text: str, start: int = 0) -> re.Match[str] | None:
    """The first place that a rule of the kind takes."""
    found = [match for rule in rules_of(kind) if (match := rule.pattern.search(text, start)) is not None]
    return min(found, key=lambda match: match.start(), default=None)


def says(kind: str, text: str) -> bool:
    """Whether some rule of the kind takes some part of the text."""
    return any(rule.pattern.search(text) for rule in rules_of(kind))


@cache
def languages() -> Mapping[str, frozenset[str]]:
    """Frequent words by language."""
    return {code: frozenset(words) for code, words in _content()["languages"].items()}


def month_of(word: str) -> int | None:
    """The number of a month by its name or abbreviation, Swedish or English."""
    found = _content()["months"].get(word.lower().rstrip("."))
    return found if isinstance(found, int) else None


def count_of(word: str) -> int:
    """A small number, in digits or letters; 0 for any other word."""
    return int(word) if word.isdigit() else int(_content()["counts"].get(word.lower(), 0))


@cache
def _content() -> Mapping[str, Any]:
    return read_table(resource("rules", "review.toml"))


@cache
def _all() -> tuple[ReviewRule, ...]:
    lists: dict[str, str] = {}
    for name, entries in _content()["words"].items():
        lists[name] = "(?:" + "|".join(entries) + ")"
    return tuple(
        ReviewRule(entry["id"], entry["kind"], _REFERENCE.sub(lambda match: lists.get(match[1], match[0]), entry["pattern"]))
        for entry in _content()["rule"]
    )
