"""What the annex says, in words of its own language, whatever the format. Nothing here knows claims, files or law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["LANGUAGES", "Annex", "AnnexRow", "AnnexWords", "FilePlaces", "annex_words"]

LANGUAGES = ("sv", "en")


class AnnexWords:
    """The words of one language, by section and key: `resources/templates/annex.<language>.toml`."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.language: str = table["language"]
        self._table = table

    def __call__(self, key: str, /, **values: object) -> str:
        """A sentence or heading, filled with its values."""
        return self.of("words", key, **values)

    def of(self, section: str, key: str, /, **values: object) -> str:
        """A word of a section, filled with its values."""
        text: str = self._table[section][key]
        return text.format_map(values) if values else text

    def section(self, name: str) -> Mapping[str, str]:
        """All words of a section."""
        found: Mapping[str, str] = self._table[name]
        return found


@cache
def annex_words(language: str) -> AnnexWords:
    """The words of the language; Swedish for one that there is no template for."""
    name = language if language in LANGUAGES else LANGUAGES[0]
    return AnnexWords(read_table(resource("templates", f"annex.{name}.toml")))


@dataclass(frozen=True, slots=True)
class FilePlaces:
    """A file of the bid by its name, and the places in it in words: "s. 4", "bladet Pris, cellerna D8:D14"."""

    file: str
    places: tuple[str, ...]

    @property
    def where(self) -> str:
        """The places on one line."""
        return "; ".join(self.places)


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A claim as a row. Empty texts are not written. `quotes` is the secret text, empty unless the user asked for it."""

    number: int
    places: tuple[FilePlaces, ...]
    category: str
    title: str
    ground: str
    used_by: str
    how: str
    loss: str
    kept: str
    market: str
    duration: str
    released: str
    quotes: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """Files and places on one line."""
        return "; ".join(f"{one.file}, {one.where}" for one in self.places)

    @property
    def named(self) -> str:
        """The information in the bidder's words, with its kind where that is another word."""
        return self.title if self.title.casefold() == self.category.casefold() else f"{self.title} ({self.category})"


@dataclass(frozen=True, slots=True)
class Annex:
    """The whole request: facts by their keys in the order they are shown, the rows in document order, and the closing sentences.

    `fingerprint` tells whether the claims have changed since; `day` is the day it was made.
    """

    words: AnnexWords
    facts: tuple[tuple[str, str], ...]
    rows: tuple[AnnexRow, ...]
    bidder: str
    signatory: str
    contact: str
    fingerprint: str
    day: date

    @property
    def title(self) -> str:
        """What the document is called."""
        return self.words("title")

    @property
    def tender(self) -> str:
        """The procurement it belongs to."""
        return dict(self.facts).get("tender", "")

    @property
    def lead(self) -> str:
        """One line under the title."""
        reference = dict(self.facts).get("reference", "")
        return " · ".join(part for part in (self.words("lead"), self.tender, reference) if part)

    def labelled_facts(self) -> tuple[tuple[str, str], ...]:
        """The facts with their labels in words."""
        return tuple((self.words.of("facts", key), value) for key, value in self.facts)

    def intro(self) -> tuple[str, ...]:
        """What the table is, a sentence or two a paragraph."""
        quoted = [str(row.number) for row in self.rows if row.quotes]
        shown = self.words("intro_quotes", numbers=", ".join(quoted)) if quoted else self.words("intro_places")
        return (self.words("intro", bidder=self.bidder), f"{shown} {self.words('intro_numbers')}")

    def closing(self) -> tuple[str, ...]:
        """What follows from the request, a paragraph each."""
        ask = self.words("closing_ask_contact", contact=self.contact) if self.contact else self.words("closing_ask")
        return (self.words("closing_after"), self.words("closing_decides"), ask)

    def last_line(self) -> str:
        """How many items there are, and the fingerprint by which a stale annex is told."""
        return self.words("fingerprint", count=len(self.rows), fingerprint=self.fingerprint)
