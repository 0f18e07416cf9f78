"""Suggestions: looked for when they are asked for, listed to be taken or turned down, never marked by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.core.claims import Anchor
from app.gui.behind import Bids
from app.gui.messages import tr
from app.gui.secrecy import words
from app.gui.secrecy.places import place_words
from app.gui.secrecy.rows import Suggested
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.told import suggestion_words
from app.workflow.desk import Desk
from app.workflow.insight import MarkPlace
from app.workflow.proposals import Proposal, proposals

__all__ = ["Suggesting"]


class Suggesting(QObject):
    """Follows one desk. `found` comes when the list may be another."""

    found = Signal()
    marked = Signal(object)  # str: a suggestion has become this claim
    said = Signal(object)  # str

    def __init__(self, thinking: Thinking, parent: QObject) -> None:
        super().__init__(parent)
        self._thinking = thinking
        self._desk: Desk | None = None
        self._bids: Bids | None = None
        self._found: tuple[Proposal, ...] = ()
        self._read: tuple[str | None, ...] = ()
        self._told: tuple[
            object, ...
        ] = ()  # what `_all` was made of: a large bid has thousands, and the page asks at each change
        self._all: tuple[Suggested, ...] = ()

    @property
    def all(self) -> tuple[Suggested, ...]:
        """What is suggested and not marked yet; what was turned down is told as dismissed."""
        desk = self._desk
        if desk is None:
            return ()
        dismissed = frozenset(desk.tender.secrecy.dismissed)
        marked = frozenset(_where(anchor) for record in desk.claims() for anchor in record.claim.anchors)
        made_of = (dismissed, marked)
        if made_of != self._told:
            self._told = made_of
            self._all = self._suggested(dismissed, marked)
        return self._all

    def _suggested(self, dismissed: frozenset[str], marked: frozenset[tuple[object, ...]]) -> tuple[Suggested, ...]:
        return tuple(
            Suggested(
                one.id,
                one.suggestion.file,
                one.suggestion.category,
                suggestion_words(one.suggestion),
                " · ".join(words.one_line(placed.anchor.quote or "", 60) for placed in one.placed[:3]),
                place_words(one.where),
                one.placed[0].position,
                one.id in dismissed,
            )
            for one in self._found
            if not all(_where(placed.anchor) in marked for placed in one.placed)
        )

    def follow(self, desk: Desk | None, bids: Bids | None) -> None:
        """Another tender, or other files."""
        if desk is not self._desk:
            self._found, self._read, self._told = (), (), ()
        self._desk, self._bids = desk, bids
        if self._read and desk is not None and self._read != _read(desk):
            self.look()

    def look(self) -> None:
        """Look through all files, unless they have been looked through as they are."""
        desk, bids = self._desk, self._bids
        if desk is None or bids is None or _read(desk) == self._read:
            return
        self._read = _read(desk)
        self.said.emit(tr("secrecy.suggesting"))
        self._thinking.search(partial(proposals, bids.shelf, desk.bid_files), partial(self._on_found, desk))

    def place(self, wanted: str) -> MarkPlace | None:
        """Where a suggestion stands."""
        one = self._by_id(wanted)
        return one.mark if one is not None else None

    def take(self, wanted: Sequence[str]) -> None:
        """Make claims of them: category, ground and mark are there, the harm is left to be written."""
        desk = self._desk
        for one in filter(None, map(self._by_id, wanted)):
            if desk is not None:
                kind, ground = one.suggestion.category, one.suggestion.ground
                made = desk.mark(one.placed, kind, ground, duration=one.duration)
                self.marked.emit(made.key)

    def _by_id(self, wanted: str) -> Proposal | None:
        return next((one for one in self._found if one.id == wanted), None)

    def _on_found(self, desk: Desk, found: tuple[Proposal, ...]) -> None:
        if desk is self._desk:
            self._found, self._told = found, ()
            self.found.emit()
            self.said.emit(tr("secrecy.suggested", count=sum(not one.dismissed for one in self.all)))


def _where(anchor: Anchor) -> tuple[object, ...]:
    return anchor.file, anchor.quote, anchor.sheet, anchor.cells, anchor.page


def _read(desk: Desk) -> tuple[str | None, ...]:
    return tuple(record.reading for record in desk.bid_files)
