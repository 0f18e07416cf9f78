"""What the page shows in the source view: a mark for every item, a gap for every line that nothing was made of."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from app.core.work import DocumentRecord, WorkItem
from app.gui.source.marks import Gap, Mark

__all__ = ["Marks", "gaps_of"]

_AT_ONCE = 200
"""Marks made in one go: less than a millisecond."""


class Marks:
    """The marks of a tender's items, made some thousand at a time and kept for as long as their item stays the same."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[WorkItem, Mark]] = {}
        self._left: deque[WorkItem] = deque()

    def begin(self, items: Iterable[WorkItem]) -> None:
        """All items there are, now; `go_on` makes what is missing."""
        wanted = {work.key: work for work in items}
        for key in self._made.keys() - wanted.keys():
            del self._made[key]
        made = self._made
        self._left = deque([work for key, work in wanted.items() if key not in made or made[key][0] is not work])

    def update(self, items: Iterable[WorkItem]) -> None:
        """Newer versions of some of them."""
        self._left += items

    def go_on(self) -> bool:
        """Make some more; False when all are made."""
        for _ in range(min(_AT_ONCE, len(self._left))):
            work = self._left.popleft()
            if work.replaced or work.withdrawn:  # what stands there now is something else
                self._made.pop(work.key, None)
            else:
                self._made[work.key] = (work, _mark(work))
        return bool(self._left)

    def all(self) -> tuple[Mark, ...]:
        """The marks."""
        return tuple([mark for _, mark in self._made.values()])


def _mark(work: WorkItem) -> Mark:
    source = work.item.source
    return Mark(work.key, source.document, source.place, source.quote, work.item.kind, work.state, work.reviewed)


def gaps_of(documents: Iterable[DocumentRecord]) -> tuple[Gap, ...]:
    """Where the unassigned lines stand."""
    return tuple(Gap(record.summary.id, line.place) for record in documents for line in record.summary.unassigned)
