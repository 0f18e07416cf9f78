"""Rules as data: `resources/rules/*.toml`, compiled once.

A rule file has `[words]`, named lists of alternatives that patterns refer to as `{name}`, and `[[rule]]` entries with `id`,
`pattern`, `examples` (phrases it must take) and `near_misses` (phrases it must leave), and whatever fields its user reads.
Patterns are case-insensitive and written in lower case, spaces in them match any run of white space, and each is bounded so that
it neither starts nor ends inside a word: "ska" is never found in "skada".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table
from app.extraction import kept
from app.extraction.triggers import Needs, alternatives, needs

_SPACES = r"\s+"
_OPTIONAL_SPACES = r"\s*"
_NO_LETTERS = re.compile(r"\\.|\(\?P<")  # escapes and the names of groups, whose capitals stand for no letter of a text
_REFERENCE = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule: its identity, its pattern and the fields its user reads. Patterns are compiled when they are first tried."""

    id: str
    source: str
    examples: tuple[str, ...] = ()
    near_misses: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The bounded pattern, without regard to case."""
        return words_pattern(self.source)

    @cached_property
    def folded(self) -> re.Pattern[str]:
        """The bounded pattern for folded text."""
        return kept.pattern(_bounded(self.source))

    @cached_property
    def folds(self) -> bool:
        """Whether `folded` takes in folded text what `pattern` takes in the text: nothing in it tells capitals apart."""
        letters = _NO_LETTERS.sub("", self.source)
        return letters == letters.lower() and "(?-i" not in letters

    @cached_property
    def needs(self) -> Needs | None:
        """The words that every match holds, by alternative; None when that cannot be told."""
        found = kept.made_of(self.source, "needs", _listed_needs)
        return None if found is None else tuple(tuple(map(frozenset, words)) for words in found)

    @cached_property
    def tells(self) -> tuple[str, ...]:
        """Letters of which a text in lower case holds some if it holds a match; none when that cannot be told."""
        return tuple({letters.strip() for words in self.needs or () for letters in words[0]})

    def is_absent(self, lowered: str) -> bool:
        """Whether a glance at a text in lower case says that it holds no match."""
        return bool(self.tells) and not any(map(lowered.__contains__, self.tells))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place in `text` at or after `start` that the rule takes."""
        return self.pattern.search(text, start)


def bounded(pattern: str) -> str:
    """The pattern so bounded that a match neither starts nor ends inside a word; a space matches any run of white space."""
    spaced = pattern.replace(" ?", _OPTIONAL_SPACES).replace(" ", _SPACES)
    return rf"(?<!\w)(?:{_factored(spaced)})(?!\w)"


def word_bounded(pattern: str) -> re.Pattern[str]:
    """`bounded`, compiled without regard to case. For patterns that hold words of a document."""
    return re.compile(bounded(pattern), re.IGNORECASE)


def words_pattern(pattern: str) -> re.Pattern[str]:
    """The same for patterns of the rules' own words alone, which are kept between runs."""
    return kept.pattern(_bounded(pattern), re.IGNORECASE)


def _bounded(pattern: str) -> str:
    """`bounded`, of the rules' own words."""
    found: str = kept.made_of(pattern, "bounded", bounded)
    return found


def _listed_needs(pattern: str) -> list[list[list[str]]] | None:
    found = needs(pattern)
    return None if found is None else [[sorted(words) for words in each] for each in found]


def fold(text: str) -> str:
    """The text in lower case with every character in its place, for the `folded` patterns, which are twice as fast."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(lower if len(lower := char.lower()) == 1 else char for char in text)


def _factored(pattern: str) -> str:
    """Alternatives grouped by their first letter, so that a word is tried against a few of them, not against all."""
    groups: dict[str, list[str]] = {}
    for alternative in alternatives(pattern):
        first = alternative[:1]
        # A letter followed by a quantifier may be absent, so it says nothing of how the match begins.
        plain = first.isalpha() and alternative[1:2] not in ("?", "*", "{", "+")
        groups.setdefault(first if plain else "", []).append(alternative)
    if len(groups) < 2:
        return pattern
    return "|".join(
        f"{letter}(?:{'|'.join(alternative[1:] for alternative in found)})" if letter else "|".join(found)
        for letter, found in groups.items()
    )


@cache
def rule_file(name: str) -> Mapping[str, Any]:
    """The parsed content of `resources/rules/<name>.toml`."""
    return read_table(resource("rules", f"{name}.toml"))


@cache
def words(name: str) -> Mapping[str, str]:
    """The word lists of a rule file as alternations, references between them resolved (a list may use those above it).

    A file that builds on another may use its lists as well.
    """
    base = rule_file(name).get("builds_on")
    resolved: dict[str, str] = dict(words(base)) if base is not None else {}
    for key, entries in rule_file(name).get("words", {}).items():
        joined = "|".join(entries)
        resolved[key] = "(?:" + expand(joined, resolved) + ")"
    return resolved


@cache
def listed(name: str, words_of: str) -> re.Pattern[str]:
    """The word list `words_of` of the rule file `name` as a pattern."""
    return words_pattern(words(name)[words_of])


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
            expand(entry["pattern"], lists),
            tuple(entry.get("examples", ())),
            tuple(entry.get("near_misses", ())),
            {key: value for key, value in entry.items() if key not in known},
        )
        for entry in rule_file(name).get("rule", ())
    )
