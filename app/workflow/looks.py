"""What the records of a tender come to when they are gone through: the order of the list, sums, readiness. Made once for each
state of the records, as going through twenty thousand items takes a while."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from app.core.work import ClaimRecord, DocumentRecord, FileLink, Origin, WorkItem
from app.workflow.readiness import Readiness, readiness

__all__ = ["Looks"]


class Looks:
    """Of records by their keys, which do not change while this is in use."""

    def __init__(
        self,
        items: Mapping[str, WorkItem],
        documents: Mapping[str, DocumentRecord],
        links: Mapping[str, FileLink],
        claims: Mapping[str, ClaimRecord],
    ) -> None:
        self._items = items
        self._documents = documents
        self._links = links
        self._claims = claims

    @cached_property
    def order(self) -> tuple[WorkItem, ...]:
        """The items in the order of the list, without those that were split or merged away."""
        shown = (item for item in self._items.values() if not item.replaced)
        return tuple(sorted(shown, key=lambda item: (item.position, item.key)))

    @cached_property
    def added(self) -> tuple[WorkItem, ...]:
        """Those of them that the user has added."""
        return tuple(item for item in self.order if item.origin is Origin.ADDED)

    @cached_property
    def found_in(self) -> Mapping[str, int]:
        """How many of them stand in each document, by the document's id."""
        return dict(Counter(item.item.source.document for item in self.order))

    @cached_property
    def files(self) -> Mapping[str, tuple[FileLink, ...]]:
        """The links of each item that has any."""
        grouped: dict[str, tuple[FileLink, ...]] = {}
        for link in self._links.values():
            grouped[link.item] = (*grouped.get(link.item, ()), link)
        return grouped

    @cached_property
    def readiness(self) -> Readiness:
        """How far the bid has come."""
        return readiness(self._items.values(), self._documents.values(), self._claims.values())

    def whole(self) -> Looks:
        """With all of it made: on the thread where the records were taken out of the vault, so that the window need not."""
        for _ in (self.added, self.found_in, self.files, self.readiness):
            pass
        return self
