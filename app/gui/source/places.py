"""The places visited, to go back and forward among them."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.document import Place

__all__ = ["Places", "Visit"]

_MOST = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A place that was shown. `document` is the id of its document."""

    document: str
    place: Place
    quote: str = ""


class Places:
    """As a browser does it: going somewhere new forgets what lay ahead."""

    def __init__(self) -> None:
        self._visits: list[Visit] = []
        self._at = -1

    @property
    def can_back(self) -> bool:
        """Whether there is an earlier place."""
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        """Whether one has gone back from somewhere."""
        return self._at < len(self._visits) - 1

    def visit(self, visit: Visit) -> None:
        """A new place. The same place again changes nothing."""
        if self._at >= 0 and self._visits[self._at] == visit:
            return
        self._visits = [*self._visits[: self._at + 1], visit][-_MOST:]
        self._at = len(self._visits) - 1

    def back(self) -> Visit | None:
        """The place before, which is the present one from now on."""
        if not self.can_back:
            return None
        self._at -= 1
        return self._visits[self._at]

    def forward(self) -> Visit | None:
        """The place after."""
        if not self.can_forward:
            return None
        self._at += 1
        return self._visits[self._at]

    def keep(self, documents: frozenset[str]) -> None:
        """Forget places in documents that are no longer there."""
        kept = [(index, visit) for index, visit in enumerate(self._visits) if visit.document in documents]
        self._at = sum(1 for index, _ in kept if index <= self._at) - 1
        self._visits = [visit for _, visit in kept]
