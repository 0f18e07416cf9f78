"""What kind of document a file is, or an item asks for: `resources/rules/bid_files.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["FileKind", "file_kinds", "kinds_asked", "kinds_headed", "kinds_named"]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind: what asks for it, names it and heads it, as patterns on text made simple."""

    id: str
    asks: re.Pattern[str]
    names: re.Pattern[str]
    heads: re.Pattern[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@cache
def file_kinds() -> tuple[FileKind, ...]:
    """Every kind, in the order of the file."""
    table = read_table(resource("rules", "bid_files.toml"))
    return tuple(
        FileKind(
            entry["id"],
            _pattern(entry["words"], entry.get("asks", ())),
            _pattern(entry["words"], entry.get("names", ())),
            _pattern(entry["words"], entry.get("heads", ())),
            tuple(entry["examples"]),
            tuple(entry["near_misses"]),
        )
        for entry in table["kind"]
    )


def kinds_asked(text: str) -> frozenset[str]:
    """The kinds that an item asks for, by its text made simple."""
    return frozenset(kind.id for kind in file_kinds() if kind.asks.search(text))


def kinds_named(name: str) -> frozenset[str]:
    """The kinds that a file's name says, made simple."""
    return frozenset(kind.id for kind in file_kinds() if kind.names.search(name))


def kinds_headed(head: str) -> frozenset[str]:
    """The kinds that a file's first lines say, made simple."""
    return frozenset(kind.id for kind in file_kinds() if kind.heads.search(head))


def _pattern(*parts: list[str] | tuple[str, ...]) -> re.Pattern[str]:
    """Words begin where a word begins; short ones are whole words, longer ones may go on as Swedish compounds do."""
    words = [_folded(word) for some in parts for word in some]
    return re.compile("|".join(rf"(?<![a-z0-9])(?:{word})" + ("(?![a-z0-9])" if _is_short(word) else "") for word in words))


def _is_short(word: str) -> bool:
    return len(re.sub(r"[^a-z0-9]", "", word)) <= 5 or word[-1:].isdigit()


def _folded(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c)).replace("-", " ?")
