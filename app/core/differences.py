"""What came back in a file that colleagues filled in, beside what the list says now. Data only: nothing is changed by
comparing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.document import Finding, Place

__all__ = ["Comparison", "Difference", "Entry", "Gone"]


class Entry(StrEnum):
    """What of an item differs."""

    ANSWER = "answer"
    STATE = "state"
    OWNER = "owner"
    DUE = "due"
    NOTE = "note"
    FILES = "files"  # told, never taken: a name in a cell is no file


@dataclass(frozen=True, slots=True)
class Difference:
    """One entry of an item: `mine` on the list now, `theirs` in the file. Empty is no answer, nobody, no day.

    A state is open, done or rejected. `key` is the item's in the tender. `both`: it was changed on the list too since the file
    was written, so that one of the two gets lost. `place` is where it stands in the file.
    """

    key: str
    item: str
    text: str
    entry: Entry
    mine: str
    theirs: str
    both: bool = False
    place: Place = field(default_factory=Place)

    @property
    def can_be_taken(self) -> bool:
        """Whether it can be taken over to the list."""
        return self.entry is not Entry.FILES


@dataclass(frozen=True, slots=True)
class Gone:
    """A row or item that has no counterpart: its id (empty for a row that was added), its words, its place in the file if any."""

    item: str
    text: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file compared with the list. `same` counts the items that agree, `unknown` are rows of the file that the list does not
    have, `added` rows without an id, `missing` items that the file does not have, `reworded` rows whose question was edited (not
    taken)."""

    file: str
    differences: tuple[Difference, ...] = ()
    same: int = 0
    unknown: tuple[Gone, ...] = ()
    added: tuple[Gone, ...] = ()
    missing: tuple[Gone, ...] = ()
    reworded: tuple[Gone, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def takeable(self) -> tuple[Difference, ...]:
        """Those that can be taken over."""
        return tuple(each for each in self.differences if each.can_be_taken)
