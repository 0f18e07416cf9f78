"""The words of the run sheet and the manifest: `resources/templates/package.<language>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["LANGUAGES", "PackageWords", "package_words"]

LANGUAGES = ("sv", "en")


class PackageWords:
    """The words of one language, by section and key."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.language: str = table["language"]
        self._table = table

    def __call__(self, key: str, /, **values: object) -> str:
        """A sentence or heading, filled with its values."""
        return self.of("words", key, **values)

    def of(self, section: str, key: str, /, **values: object) -> str:
        """A word of a section, filled with its values. Where the number matters there are two, and `count` chooses."""
        found = self._table[section][key]
        text: str = found if isinstance(found, str) else found["one" if values.get("count") == 1 else "other"]
        return text.format_map(values) if values else text

    def size(self, size: int) -> str:
        """Bytes as people say them, a thousand to the kilobyte as portals count most strictly."""
        for unit, bytes_each in (("MB", 1_000_000), ("kB", 1_000)):
            if size >= bytes_each:
                said = f"{size / bytes_each:.1f}".removesuffix(".0")
                return f"{said.replace('.', self('decimal'))}\u00a0{unit}"
        return f"{size}\u00a0B"


@cache
def package_words(language: str) -> PackageWords:
    """The words of the language; Swedish for one that there is no template for."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    return PackageWords(read_table(resource("templates", f"package.{name}.toml")))
