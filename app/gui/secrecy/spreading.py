"""Every place in the bid where a text stands, to be marked or passed over one by one: also headers, comments, hidden sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.work import BidFileRecord, ClaimRecord
from app.gui.behind import Bids
from app.gui.messages import tr
from app.gui.secrecy.marking import first_claim
from app.gui.secrecy.occurrences import SpreadDialog
from app.gui.secrecy.thinking import Thinking
from app.workflow.bid import BidShelf
from app.workflow.desk import Desk
from app.workflow.marks import Selection, Spread, spread

__all__ = ["MOST", "Spreading"]

_LONGEST = 200
"""Characters of a text that is looked for: a longer one is a passage, and stands once."""


MOST = 300
"""Places that are offered at once. A text that stands oftener is hardly a secret, and the page would be slow with it."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The places that are offered, which of them some claim points at, and how many more there are."""

    offered: tuple[Spread, ...]
    known: frozenset[int]
    left: int


@dataclass(frozen=True, slots=True)
class _Order:
    desk: Desk
    text: str
    selection: Selection | None
    claim: str | None


class Spreading(QObject):
    """Looks for a text in all files and asks what to do with each place. `marked` tells the claim."""

    marked = Signal(object)  # str
    said = Signal(object)  # str
    shown = Signal(object)  # Spread

    def __init__(self, thinking: Thinking, parent: QObject) -> None:
        super().__init__(parent)
        self._thinking = thinking
        self._desk: Desk | None = None
        self._bids: Bids | None = None
        self._window: QWidget | None = None
        self._order: _Order | None = None
        self.dialog: SpreadDialog | None = None

    def follow(self, desk: Desk | None, bids: Bids | None) -> None:
        """Another tender."""
        self._desk, self._bids = desk, bids

    def begin(self, selection: Selection | None, claim: str | None, window: QWidget) -> None:
        """Look for what is selected, or for what the claim points at first."""
        desk, bids = self._desk, self._bids
        if desk is None or bids is None:
            return
        text = selection.text if selection is not None else _quote(desk, claim)
        text = " ".join(text.split())
        if not text:
            self.said.emit(tr("secrecy.select_first"))
        elif len(text) > _LONGEST:
            self.said.emit(tr("secrecy.spread_long"))
        else:
            order = _Order(desk, text, selection, claim if selection is None else None)
            self._window = window
            work = partial(_offered, bids.shelf, desk.bid_files, desk.claims(), text)
            self._thinking.submit(work, partial(self._on_found, order))

    def _on_found(self, order: _Order, found: _Found) -> None:
        if order.desk is not self._desk or self._window is None:
            return
        if not found.offered:
            self.said.emit(tr("secrecy.not_found"))
            return
        self._order = order
        dialog = self.dialog = SpreadDialog(order.text, found.offered, found.known, self._window, found.left)
        dialog.shown.connect(self.shown)
        dialog.taken.connect(self._on_taken)
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_finished(self) -> None:
        self.dialog = None

    def _on_taken(self, taken: tuple[Spread, ...]) -> None:
        order = self._order
        placed = [one.placed for one in taken if one.placed is not None]
        if order is None or order.desk is not self._desk or not placed:
            return
        if order.claim is not None:
            order.desk.add_anchors(order.claim, placed)
            self.marked.emit(order.claim)
        else:
            kind, ground, duration = first_claim(order.desk, order.selection)
            self.marked.emit(order.desk.mark(placed, kind, ground, duration=duration).key)


def _quote(desk: Desk, claim: str | None) -> str:
    if claim is None:
        return ""
    return next((anchor.quote for anchor in desk.claim(claim).claim.anchors if anchor.quote), "")


def _offered(shelf: BidShelf, files: tuple[BidFileRecord, ...], claims: tuple[ClaimRecord, ...], text: str) -> _Found:
    """On the thread that has documents. Where there are too many places, those that are marked already are left out first."""
    found = spread(shelf, files, text)
    marked = {anchor for record in claims for anchor in record.claim.anchors}
    known = {id(one) for one in found if one.placed is not None and one.placed.anchor in marked}
    offered = found
    if len(found) > MOST:
        offered = tuple(one for one in found if id(one) not in known)[:MOST]
    numbers = frozenset(number for number, one in enumerate(offered) if id(one) in known)
    return _Found(offered, numbers, len(found) - len(known) - len(offered) if len(found) > MOST else 0)
