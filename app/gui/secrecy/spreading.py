"""Every place in the bid where a text stands, to be marked or passed over one by one: also headers, comments, hidden sheets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.core.claims import Anchor
from app.gui.behind import Bids
from app.gui.messages import tr
from app.gui.secrecy.marking import first_claim
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.words import one_line
from app.gui.shell.sheet import Sheet, words
from app.secrecy.occurrences import Where
from app.workflow.desk import Desk
from app.workflow.marks import Selection, Spread, spread

__all__ = ["SpreadDialog", "Spreading"]

_LONGEST = 200
"""Characters of a text that is looked for: a longer one is a passage, and stands once."""


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
            self._thinking.submit(partial(spread, bids.shelf, desk.bid_files, text), partial(self._on_found, order))

    def _on_found(self, order: _Order, found: tuple[Spread, ...]) -> None:
        if order.desk is not self._desk or self._window is None:
            return
        if not found:
            self.said.emit(tr("secrecy.not_found"))
            return
        self._order = order
        marked = {anchor for record in order.desk.claims() for anchor in record.claim.anchors}
        dialog = self.dialog = SpreadDialog(order.text, found, frozenset(_places(found, marked)), self._window)
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


class SpreadDialog(Sheet):
    """A line for each place. Space takes one away or back, the arrow keys show each in the document behind."""

    shown = Signal(object)  # Spread
    taken = Signal(object)  # tuple[Spread, ...]

    def __init__(self, text: str, found: tuple[Spread, ...], known: frozenset[int], parent: QWidget) -> None:
        files = len({one.file for one in found})
        lead = tr("secrecy.spread_lead", text=one_line(text, 60), count=len(found), files=tr("secrecy.spread_files", count=files))
        super().__init__(tr("secrecy.spread_title"), lead, parent, width=640)
        self._found = found
        self.list = _Places()
        self.list.setObjectName("secrecyPlaces")
        self.list.setAccessibleName(tr("secrecy.spread_list"))
        self.list.setMinimumHeight(240)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for number, one in enumerate(found):
            row = QListWidgetItem(_line(one))
            row.setToolTip(_line(one))
            if one.placed is None:
                row.setFlags(row.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            else:
                row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                row.setCheckState(Qt.CheckState.Unchecked if number in known else Qt.CheckState.Checked)
            self.list.addItem(row)
        self.body.addWidget(self.list)
        self.body.addWidget(words(tr("secrecy.spread_keys"), "small"))
        self.button(tr("checklist.ask_cancel")).clicked.connect(self.reject)
        self.ok = self.button("", primary=True)
        self.ok.clicked.connect(self._on_ok)
        self.list.itemChanged.connect(self._count)
        self.list.currentRowChanged.connect(self._on_row)
        self._count()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def chosen(self) -> tuple[Spread, ...]:
        """What is checked."""
        rows = (self.list.item(number) for number in range(self.list.count()))
        return tuple(
            one
            for one, row in zip(self._found, rows, strict=True)
            if row is not None and row.checkState() is Qt.CheckState.Checked
        )

    def _count(self) -> None:
        count = len(self.chosen())
        self.ok.setText(tr("secrecy.spread_ok", count=count))
        self.ok.setEnabled(count > 0)

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self.shown.emit(self._found[row])

    def _on_ok(self) -> None:
        chosen = self.chosen()
        self.accept()
        self.taken.emit(chosen)


class _Places(QListWidget):
    """Enter is for the dialog's button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _line(one: Spread) -> str:
    around = one_line(f"{one.before}«{one.text}»{one.after}", 120)
    where = _where(one)
    return " · ".join(part for part in (one.name, where, around) if part)


def _where(one: Spread) -> str:
    match one.where:
        case Where.FILE_NAME:
            return tr("secrecy.spread_name")
        case Where.HEADER:
            return tr("secrecy.spread_header")
        case Where.FOOTNOTE:
            return tr("secrecy.spread_footnote")
        case Where.COMMENT:
            return tr("secrecy.spread_comment")
        case Where.HIDDEN:
            return tr("secrecy.spread_hidden")
        case Where.FIELD:
            return tr("secrecy.spread_field")
        case Where.SHEET_NAME:
            return tr("secrecy.spread_sheet")
        case Where.METADATA:
            return tr("secrecy.spread_metadata")
        case Where.BODY:
            return ""


def _quote(desk: Desk, claim: str | None) -> str:
    if claim is None:
        return ""
    return next((anchor.quote for anchor in desk.claim(claim).claim.anchors if anchor.quote), "")


def _places(found: tuple[Spread, ...], marked: set[Anchor]) -> list[int]:
    """Which of the places some claim points at already."""
    return [number for number, one in enumerate(found) if one.placed is not None and one.placed.anchor in marked]
