"""The rows of the list: claims and suggestions under a header for each file of the bid, in the order of the bid. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.claims import AnchorState, Strength
from app.core.work import BidFileRecord, ClaimRecord, ClaimState

__all__ = ["ClaimRow", "Filter", "Header", "Row", "Suggested", "SuggestionRow", "Tally", "rows_of", "tally"]

WITHDRAWN = "withdrawn"
"""The key of the header over what was withdrawn."""


class Filter(StrEnum):
    """The chips above the list."""

    ALL = "all"
    WEAK = "weak"
    MOVED = "moved"
    LOST = "lost"
    SUGGESTIONS = "suggestions"


@dataclass(frozen=True, slots=True)
class Header:
    """A file of the bid with how many rows are below it; without a file, what was withdrawn. `changed`: not what was read."""

    key: str
    file: BidFileRecord | None
    count: int = 0
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim. `where` is its place in words, `strength` None until it is judged."""

    key: str
    record: ClaimRecord
    where: str = ""
    strength: Strength | None = None

    @property
    def moved(self) -> bool:
        """Whether something was found elsewhere or slightly changed, and nobody has looked at it."""
        return self.record.state is not ClaimState.WITHDRAWN and bool(
            {AnchorState.MOVED, AnchorState.CHANGED} & set(self.record.places)
        )


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion as the page needs it. `id` names it also after the file was read again."""

    id: str
    file: str
    category: str
    reason: str
    text: str
    where: str
    position: float
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggestion, to be taken or turned down."""

    key: str
    suggestion: Suggested


Row = Header | ClaimRow | SuggestionRow


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers on the chips."""

    all: int = 0
    weak: int = 0
    moved: int = 0
    lost: int = 0
    suggestions: int = 0

    def of(self, chosen: Filter) -> int:
        """The number of one chip."""
        number: int = getattr(self, chosen.value)
        return number


def tally(claims: Iterable[ClaimRow], suggestions: Iterable[Suggested]) -> Tally:
    """How many rows each chip would show. What is withdrawn counts nowhere."""
    kept = [row for row in claims if row.record.state is not ClaimState.WITHDRAWN]
    return Tally(
        len(kept),
        sum(row.strength is Strength.WEAK for row in kept),
        sum(row.moved for row in kept),
        sum(row.record.lost for row in kept),
        sum(not one.dismissed for one in suggestions),
    )


def rows_of(
    files: Sequence[BidFileRecord],
    claims: Sequence[ClaimRow],
    suggestions: Sequence[Suggested],
    chosen: Filter,
    changed: frozenset[str] = frozenset(),
) -> list[Row]:
    """What a chip shows. All files are there under "all", so that each can be opened and marked in."""
    made: list[Row] = []
    standing = _by_first_file(claims)
    for file in files:
        below: list[Row] = []
        if chosen is Filter.SUGGESTIONS:
            mine = (one for one in suggestions if one.file == file.key and not one.dismissed)
            below += [SuggestionRow(f"s:{one.id}", one) for one in sorted(mine, key=lambda one: one.position)]
        else:
            below += [row for row in standing.get(file.key, ()) if _shown(row, chosen)]
        if below or chosen is Filter.ALL:
            made += [Header(f"f:{file.key}", file, len(below), file.key in changed), *below]
    if chosen is Filter.ALL:
        withdrawn = [row for row in claims if row.record.state is ClaimState.WITHDRAWN]
        if withdrawn:
            made += [Header(WITHDRAWN, None, len(withdrawn)), *withdrawn]
    return made


def by_file(claims: Iterable[ClaimRow]) -> Mapping[str, int]:
    """How many claims have a mark in each file."""
    found: dict[str, int] = {}
    for row in claims:
        if row.record.state is not ClaimState.WITHDRAWN:
            for key in {anchor.file for anchor in row.record.claim.anchors}:
                found[key] = found.get(key, 0) + 1
    return found


def _by_first_file(claims: Iterable[ClaimRow]) -> Mapping[str, list[ClaimRow]]:
    """What is asked for, by the file that it stands in on the list."""
    found: dict[str, list[ClaimRow]] = {}
    for row in claims:
        if row.record.state is not ClaimState.WITHDRAWN and row.record.claim.anchors:
            found.setdefault(row.record.claim.anchors[0].file, []).append(row)
    return found


def _shown(row: ClaimRow, chosen: Filter) -> bool:
    match chosen:
        case Filter.WEAK:
            return row.strength is Strength.WEAK
        case Filter.MOVED:
            return row.moved
        case Filter.LOST:
            return row.record.lost
        case _:
            return True
