"""What the list needs to know of an item at a glance: which filters let it through, and its words for searching. No Qt here.

An entry is made once per version of an item, so that filtering and counting twenty thousand of them takes milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from functools import lru_cache

from app.core.folding import folded
from app.core.points import PointKind
from app.core.work import FileLink, ItemState, WorkItem

__all__ = ["KIND_TRAITS", "Entry", "Filter", "Trait", "count", "entry_of", "passing", "same_name"]


class Trait(IntFlag):
    """What a filter chip asks of an item."""

    TENDER = 1  # on the tender list: neither rejected, nor a duty after award, nor withdrawn
    MUST = 2
    MISSING = 4  # on the tender list and not done
    CHANGED = 8  # by the documents, also what they ask for no longer
    REJECTED = 16
    CONTRACT = 32  # a duty after award, not rejected
    UNREVIEWED = 64
    DONE = 128
    QUESTION = 256
    ATTACHMENT = 512
    REQUIREMENT = 1024
    CRITERION = 2048
    DEADLINE = 4096


KIND_TRAITS = {
    PointKind.QUESTION: Trait.QUESTION,
    PointKind.ATTACHMENT: Trait.ATTACHMENT,
    PointKind.REQUIREMENT: Trait.REQUIREMENT,
    PointKind.CRITERION: Trait.CRITERION,
    PointKind.DEADLINE: Trait.DEADLINE,
}
"""Contract items have a chip of their own."""

# Plain integers: an IntFlag's operators are a hundred times slower than int's, which shows over twenty thousand items.
_KINDS = {kind: int(KIND_TRAITS.get(kind, 0)) for kind in PointKind}
_TENDER, _MUST, _MISSING, _CHANGED = int(Trait.TENDER), int(Trait.MUST), int(Trait.MISSING), int(Trait.CHANGED)
_REJECTED, _CONTRACT, _UNREVIEWED, _DONE = int(Trait.REJECTED), int(Trait.CONTRACT), int(Trait.UNREVIEWED), int(Trait.DONE)


@dataclass(slots=True, eq=False)
class Entry:
    """An item on the list with its linked files. `folded` is empty until somebody searches, `slot` the number of its group."""

    key: str
    work: WorkItem
    links: tuple[FileLink, ...]
    traits: int
    folded: str = ""
    slot: int = 0

    def words(self) -> str:
        """Everything that a search looks through, folded."""
        if not self.folded:
            work, item = self.work, self.work.item
            parts = (item.number, item.text, item.when, work.answer, work.owner, work.note, work.reason, *item.headings)
            files = (link.path for link in self.links)
            self.folded = folded("\n".join(part for part in (*parts, *files) if part)) or "\n"
        return self.folded


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows: items with all `traits`, of one of `kinds` (none: all), `owner`'s if named, of one `document` if given
    (its id), that hold all `words`."""

    traits: Trait = Trait.TENDER
    kinds: Trait = field(default=Trait(0))
    owner: str | None = None
    words: tuple[str, ...] = ()
    document: str | None = None


@lru_cache(maxsize=4096)
def same_name(name: str) -> str:
    """What two ways of writing somebody's name have in common."""
    return " ".join(folded(name).split())


def entry_of(work: WorkItem, links: tuple[FileLink, ...]) -> Entry:
    """The entry of an item."""
    item = work.item
    traits = _KINDS[item.kind]
    if work.state is ItemState.REJECTED:
        traits |= _REJECTED
    elif work.withdrawn:
        traits |= _CHANGED  # neither missing nor done: nobody asks for it
    else:
        if item.kind is PointKind.CONTRACT:
            traits |= _CONTRACT
        elif work.state is ItemState.DONE:
            traits |= _TENDER
        else:
            traits |= _TENDER | _MISSING
        if work.state is ItemState.DONE:
            traits |= _DONE
        if not work.reviewed and work.state is ItemState.OPEN:
            traits |= _UNREVIEWED
    if work.changed:
        traits |= _CHANGED  # also what was rejected: why it was may hold no more
    if item.must:
        traits |= _MUST
    return Entry(work.key, work, links, traits)


def passing(entries: Iterable[Entry], chosen: Filter) -> list[Entry]:
    """Those that the filter lets through, in their order."""
    traits, kinds, owner = int(chosen.traits), int(chosen.kinds), chosen.owner
    found = [entry for entry in entries if entry.traits & traits == traits]
    if kinds:
        found = [entry for entry in found if entry.traits & kinds]
    if owner is not None:
        me = same_name(owner)
        found = [entry for entry in found if entry.work.owner and same_name(entry.work.owner) == me]
    if chosen.document is not None:
        document = chosen.document
        found = [entry for entry in found if entry.work.item.source.document == document]
    for word in map(folded, chosen.words):
        found = [entry for entry in found if word in (entry.folded or entry.words())]
    return found


def count(entries: Sequence[Entry]) -> Counter[int]:
    """How many entries there are of each combination of traits: few, so that every chip's number is a short sum."""
    return Counter([entry.traits for entry in entries])
