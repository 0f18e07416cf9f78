"""The words of exported documents: `resources/templates/export.<language>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["LANGUAGES", "Words", "words_in"]

LANGUAGES = ("sv", "en")


class Words:
    """The words of one language, by section and key."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.language: str = table["language"]
        self.date_format: str = table["date_format"]
        self._table = table

    def __call__(self, key: str, **values: object) -> str:
        """A sentence or heading, filled with its values."""
        text: str = self._table["words"][key]
        return text.format_map(values) if values else text

    def of(self, section: str, key: str) -> str:
        """The word for a kind, status, column and the like; what has no word yet stands for itself."""
        word: str = self._table[section].get(key, key)
        return word


@cache
def words_in(language: str) -> Words:
    """The words of the language; Swedish for one that there is no template for."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    return Words(read_table(resource("templates", f"export.{name}.toml")))
