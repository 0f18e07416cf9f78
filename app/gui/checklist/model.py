"""The list as Qt sees it: a flat model of headers and items that changes in place when the tender does.

It holds the tender's records and says nothing in words but what a screen reader reads; the delegate paints the rest.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QModelIndex, QObject, Signal

from app.core.work import FileLink, WorkItem
from app.gui.checklist.entries import Entry, Filter, Trait, count, entry_of, passing, same_name
from app.gui.checklist.rowmodel import RowModel
from app.gui.checklist.rows import Edit, Grouping, Groups, Header, Row, differences, group_of
from app.gui.checklist.wording import Wording
from app.gui.slices import Slices

__all__ = ["ChecklistModel", "Counts"]

_TOP = QModelIndex()
_AT_ONCE = 800
"""Entries made before the list is shown: some milliseconds. Of a longer one, the others are made while the window is heard."""
_STEP = 250
"""Entries made in a step of those."""

_FEW = 200
"""Items that are replaced one by one; of more, the list is gone through once."""


def _no_links(_key: str) -> tuple[FileLink, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items each chip would show, and how many rows of items are shown now."""

    combinations: Counter[int]
    mine: int
    shown: int

    def of(self, traits: Trait) -> int:
        """Items that have all the traits."""
        wanted = int(traits)
        return sum(number for found, number in self.combinations.items() if found & wanted == wanted)


class ChecklistModel(RowModel):
    """Rows of the chosen filter and grouping. `counted` comes when the numbers may have changed."""

    counted = Signal(object)  # Counts

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wording = wording
        self._entries: list[Entry] = []
        self._by_key: dict[str, Entry] = {}
        self._rows: list[Row] = []
        self._groups: Groups | None = None
        self._combinations: Counter[int] | None = None
        self._shown = 0
        self._coming: deque[WorkItem] = deque()
        self._come: list[Entry] = []
        self._coming_groups: Groups | None = None
        self._folding: list[Entry] | None = None
        self._folded = 0
        self._links_of: Callable[[str], tuple[FileLink, ...]] = _no_links
        self._later = Slices(partial(self._take_in, _STEP), self)
        self.filter = Filter()
        self.grouping = Grouping.SECTION
        self.me: str | None = None

    # --- what is in it

    def set_items(self, items: Iterable[WorkItem], links_of: Callable[[str], tuple[FileLink, ...]]) -> None:
        """Show these items, in this order. What is shown already is kept in place, with selection and scrolling."""
        self._coming = deque(items)
        self._come = []
        self._coming_groups = None if self._entries else Groups((), self.grouping)
        self._links_of = links_of
        if self._take_in(_AT_ONCE):
            self._later.start()
        else:
            self._later.stop()

    def complete(self) -> None:
        """Take in at once what is still being taken in."""
        self._later.finish()

    def _take_in(self, most: int) -> bool:
        """Some more items, of which `most` need a new entry: making those is what takes long for twenty thousand. When all are
        there they are shown, and it is False."""
        known, links_of = self._by_key, self._links_of
        fresh, begun = 0, len(self._come)
        while self._coming and fresh < most:
            work = self._coming.popleft()
            links = links_of(work.key)
            entry = known.get(work.key)
            if entry is None or entry.work is not work or entry.links != links:
                entry = entry_of(work, links)
                fresh += 1
            self._come.append(entry)
        if self._coming_groups is not None:
            self._coming_groups.add(self._come[begun:])
        if self._coming or (fresh and most == _STEP):
            return True  # what the whole list takes is a step of its own
        self._entries, self._come = self._come, []
        self._by_key = {entry.key: entry for entry in self._entries}
        self._groups, self._coming_groups = self._coming_groups, None
        self._combinations = None
        self._arrange()
        return False

    def update_items(self, items: Iterable[WorkItem], links_of: Callable[[str], tuple[FileLink, ...]]) -> bool:
        """Newer versions of items that are here already, at the same place. False (and nothing done) when that is not so."""
        self.complete()
        changed = {}
        for work in items:
            old = self._by_key.get(work.key)
            if old is None or old.work.position != work.position or work.replaced:
                return False
            changed[work.key] = entry_of(work, links_of(work.key))
        if changed:
            alike = len(changed) <= _FEW and all(self._stays(self._by_key[key], entry) for key, entry in changed.items())
            before = {key: self._by_key[key] for key in changed}
            self._by_key |= changed
            self._entries = [changed.get(entry.key, entry) for entry in self._entries]
            self._combinations = None
            if alike:
                self._replace(before, changed)
            else:
                self._groups = None
                self._arrange()
        return True

    def _stays(self, before: Entry, after: Entry) -> bool:
        """Whether the item's row, or its absence, is where it was."""
        same = group_of(before.work, self.grouping) == group_of(after.work, self.grouping)
        if self.grouping is Grouping.OWNER:
            same = before.work.owner == after.work.owner  # the header's spelling may be its
        return same and bool(passing([after], self.filter)) == (self.row_of(before.key) >= 0)

    def _replace(self, old: dict[str, Entry], new: dict[str, Entry]) -> None:
        """Rows in their places, and the counts of their headers."""
        touched = set()
        for key, after in new.items():
            if (place := self.row_of(key)) >= 0:
                self._rows[place] = after
                touched.add(place)
            header = self._grouped().replace(old[key], after, place >= 0)
            if header is not None and (place := self.row_of(header.key)) >= 0:
                self._rows[place] = header
                touched.add(place)
        for place in sorted(touched):
            self.dataChanged.emit(self.index(place), self.index(place))
        self.counted.emit(self.counts())

    def set_filter(self, chosen: Filter) -> None:
        """Show other items."""
        if chosen != self.filter:
            self.filter = chosen
            self._arrange(anew=True)

    def set_words(self, text: str) -> None:
        """Show only items that hold every word of the text."""
        self.set_filter(replace(self.filter, words=tuple(text.split())))

    def set_grouping(self, grouping: Grouping) -> None:
        """Put other headers in."""
        if grouping is not self.grouping:
            self.grouping = grouping
            self._groups = self._coming_groups = None
            self._arrange(anew=True)

    def set_me(self, name: str | None) -> None:
        """Whose items "mine" are."""
        self.me = name
        self.counted.emit(self.counts())

    def warm(self, budget: int) -> bool:
        """Fold the words of up to `budget` more entries for searching. True while some are left."""
        if self._folding is not self._entries:
            self._folding, self._folded = self._entries, 0
        while self._folded < len(self._entries):
            entry = self._entries[self._folded]
            if not entry.folded:
                if budget == 0:
                    return True
                entry.words()
                budget -= 1
            self._folded += 1
        return False

    # --- asking

    def entry(self, key: str) -> Entry | None:
        """The entry of an item, shown or not."""
        return self._by_key.get(key)

    @property
    def rows(self) -> Sequence[Row]:
        """All rows; not to be changed."""
        return self._rows

    def visible_keys(self) -> tuple[str, ...]:
        """The items that are shown, in the order of the list."""
        return tuple(row.key for row in self._rows if isinstance(row, Entry))

    def counts(self) -> Counts:
        """The numbers for the chips."""
        tender = int(Trait.TENDER)
        mine = 0
        if self.me:
            me = same_name(self.me)
            owned = (entry.work.owner for entry in self._entries if entry.traits & tender)
            mine = sum(1 for owner in owned if owner and same_name(owner) == me)
        if self._combinations is None:
            self._combinations = count(self._entries)
        return Counts(self._combinations, mine, self._shown)

    def is_header(self, place: int) -> bool:
        """Whether the row is a group's header."""
        return isinstance(self._rows[place], Header)

    def shown(self, place: int) -> str:
        """The group's title or the item's text."""
        row = self._rows[place]
        return self.wording.group(row) if isinstance(row, Header) else row.work.item.text

    def spoken(self, place: int) -> str:
        """The row for a screen reader."""
        row = self._rows[place]
        return self.wording.spoken_group(row) if isinstance(row, Header) else self.wording.spoken(row)

    # --- how

    def _arrange(self, anew: bool = False) -> None:
        shown = passing(self._entries, self.filter)
        self._shown = len(shown)
        rows = self._grouped().rows(shown)
        edits = None if anew else differences(self._rows, rows)
        if edits is None:
            self.beginResetModel()
            self._take(rows)
            self.endResetModel()
        else:
            self._edit(edits, rows)
        self.counted.emit(self.counts())

    def _grouped(self) -> Groups:
        if self._groups is None:
            self._groups = Groups(self._entries, self.grouping)
        return self._groups

    def _edit(self, edits: list[Edit], rows: list[Row]) -> None:
        for edit in edits:
            if edit.removed:
                self.beginRemoveRows(_TOP, edit.at, edit.at + edit.removed - 1)
                self._take([*self._rows[: edit.at], *self._rows[edit.at + edit.removed :]])
                self.endRemoveRows()
            if edit.added:
                self.beginInsertRows(_TOP, edit.at, edit.at + len(edit.added) - 1)
                self._take([*self._rows[: edit.at], *edit.added, *self._rows[edit.at :]])
                self.endInsertRows()
        old = self._rows
        self._take(rows)
        first = None
        for place, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before is after or _same(before, after):
                if first is not None:
                    self.dataChanged.emit(self.index(first), self.index(place - 1))
                    first = None
            elif first is None:
                first = place
        if first is not None:
            self.dataChanged.emit(self.index(first), self.index(len(rows) - 1))

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self.moved()


def _same(before: Row, after: Row) -> bool:
    if isinstance(before, Header) and isinstance(after, Header):
        return (before.done, before.total, before.spelled) == (after.done, after.total, after.spelled)
    return False
