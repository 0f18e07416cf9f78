"""The rows of the list: items under a header for each group, and what differs between two such lists. No Qt here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from app.core.points import PointKind
from app.core.work import ItemState, WorkItem
from app.gui.checklist.entries import Entry, Trait, same_name

__all__ = ["Edit", "Grouping", "Groups", "Header", "Row", "differences", "group_of"]


class Grouping(StrEnum):
    """What the headers of the list are."""

    SECTION = "section"
    DOCUMENT = "document"
    KIND = "kind"
    OWNER = "owner"
    STATE = "state"
    NONE = "none"


@dataclass(slots=True, eq=False)
class Header:
    """The header of a group. `group` is what its items share; of the `total` that the filter shows, `done` are done. `spelled` is
    how the first of them writes an owner's name."""

    key: str
    grouping: Grouping
    group: tuple[str, ...]
    total: int = 0
    done: int = 0
    spelled: str = ""


Row = Header | Entry


@dataclass(frozen=True, slots=True)
class Edit:
    """One step from an old list to a new one: `removed` rows go at `at`, then `added` come there."""

    at: int
    removed: int = 0
    added: tuple[Row, ...] = ()


_NUMBERED = re.compile(r"\d+\.\d+")
_COUNTED = int(Trait.TENDER | Trait.CONTRACT)
_DONE = int(Trait.DONE)
_KIND_ORDER = {kind.value: place for place, kind in enumerate(PointKind)}
_STATE_ORDER = {state.value: place for place, state in enumerate(ItemState)}
_MOST_RUNS = 8


@lru_cache(maxsize=1 << 16)
def _section(headings: tuple[str, ...]) -> tuple[str, ...]:
    """The chain of headings down to the first one with a number of two levels: chapters are too long, paragraphs too short."""
    for depth, heading in enumerate(headings, 1):
        if _NUMBERED.match(heading):
            return headings[:depth]
    return headings[:3]


def group_of(work: WorkItem, grouping: Grouping) -> tuple[str, ...]:
    """What an item shares with the others of its group."""
    match grouping:
        case Grouping.SECTION:
            return work.item.source.document, *_section(work.item.headings)
        case Grouping.DOCUMENT:
            return (work.item.source.document,)
        case Grouping.KIND:
            return (work.item.kind.value,)
        case Grouping.OWNER:
            return (same_name(work.owner),) if work.owner else ()
        case Grouping.STATE:
            return (work.state.value,)
        case Grouping.NONE:
            return ()


class Groups:
    """The groups of some entries, made once for many filters. Groups stand in the order of their first entry in the documents;
    kinds, owners and states in their own."""

    def __init__(self, entries: Iterable[Entry], grouping: Grouping) -> None:
        self._grouping = grouping
        self._headers: list[Header] = []
        self._known: dict[object, int] = {}
        self._slots: dict[tuple[str, ...], int] = {}
        self.add(entries)

    def add(self, entries: Iterable[Entry]) -> None:
        """More of them, before any are shown: they follow those that are there."""
        grouping = self._grouping
        if grouping is Grouping.NONE:
            return
        known, slots, headers = self._known, self._slots, self._headers
        for entry in entries:
            trait = _trait(entry.work, grouping)
            slot = known.get(trait)
            if slot is None:
                group = group_of(entry.work, grouping)
                slot = known[trait] = slots.setdefault(group, len(headers))
                if slot == len(headers):
                    spelled = entry.work.owner or "" if grouping is Grouping.OWNER else ""
                    headers.append(Header(header_key(grouping, group), grouping, group, spelled=spelled))
            entry.slot = slot

    def rows(self, shown: Iterable[Entry]) -> list[Row]:
        """The entries shown, in their order, under the headers of those groups that have any."""
        if self._grouping is Grouping.NONE:
            return list(shown)
        members: list[list[Row]] = [[] for _ in self._headers]
        totals, done = [0] * len(members), [0] * len(members)
        for entry in shown:
            slot, traits = entry.slot, entry.traits
            members[slot].append(entry)
            if traits & _COUNTED:
                totals[slot] += 1
                if traits & _DONE:
                    done[slot] += 1
        # New ones: those of the rows before still say what they said, or the difference could not be told.
        self._headers = [
            Header(header.key, header.grouping, header.group, totals[slot], done[slot], header.spelled)
            for slot, header in enumerate(self._headers)
        ]
        rows: list[Row] = []
        for header, listed in sorted(zip(self._headers, members, strict=True), key=self._place):
            if listed:
                rows.append(header)
                rows += listed
        return rows

    def replace(self, before: Entry, after: Entry, shown: bool) -> Header | None:
        """Another version of an entry, in the same group: the group's header as it is now. One not shown is not counted."""
        after.slot = before.slot
        if self._grouping is Grouping.NONE or not shown:
            return None
        header = self._headers[after.slot] = recount(self._headers[after.slot], before, after)
        return header

    def _place(self, group: tuple[Header, list[Row]]) -> tuple[int, str]:
        names = group[0].group
        match self._grouping:
            case Grouping.KIND:
                return _KIND_ORDER[names[0]], ""
            case Grouping.STATE:
                return _STATE_ORDER[names[0]], ""
            case Grouping.OWNER:
                return (0, names[0].casefold()) if names else (1, "")
            case _:
                return 0, ""


def _trait(work: WorkItem, grouping: Grouping) -> object:
    """What decides the group, as it lies there: making the group's own name for each of twenty thousand items takes too long."""
    if grouping is Grouping.SECTION:
        return work.item.source.document, work.item.headings
    if grouping is Grouping.KIND:
        return work.item.kind
    if grouping is Grouping.OWNER:
        return work.owner
    if grouping is Grouping.STATE:
        return work.state
    return work.item.source.document


def header_key(grouping: Grouping, group: tuple[str, ...]) -> str:
    """A header's key: unlike any item's."""
    return "\n".join(("", grouping, *group))


def recount(header: Header, before: Entry, after: Entry) -> Header:
    """The header when one of its items is replaced by another version."""
    total = (after.traits & _COUNTED > 0) - (before.traits & _COUNTED > 0)
    done = (after.traits & _DONE > 0 < after.traits & _COUNTED) - (before.traits & _DONE > 0 < before.traits & _COUNTED)
    return Header(header.key, header.grouping, header.group, header.total + total, header.done + done, header.spelled)


def differences(old: Sequence[Row], new: Sequence[Row]) -> list[Edit] | None:
    """Steps from `old` to `new`, last first, so that earlier places stay right. None: a new start is cheaper."""
    start, end = 0, 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start].key == new[start].key:
        start += 1
    while end < shortest - start and old[len(old) - 1 - end].key == new[len(new) - 1 - end].key:
        end += 1
    gone, come = old[start : len(old) - end], new[start : len(new) - end]
    if not gone or not come:
        return [Edit(start, len(gone), tuple(come))] if gone or come else []
    kept = {row.key for row in gone} & {row.key for row in come}
    if [row.key for row in gone if row.key in kept] != [row.key for row in come if row.key in kept]:
        return None
    edits: list[Edit] = []
    left = right = 0
    while left < len(gone) or right < len(come):
        removed, first = left, right
        while left < len(gone) and gone[left].key not in kept:
            left += 1
        while right < len(come) and come[right].key not in kept:
            right += 1
        if left > removed or right > first:
            edits.append(Edit(start + removed, left - removed, tuple(come[first:right])))
            if len(edits) > _MOST_RUNS:
                return None
        left, right = left + 1, right + 1
    return edits[::-1]
