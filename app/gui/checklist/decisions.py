"""What the keys do: decisions about the chosen items, asked for in place where they need a word, and the next item after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from app.checklist.planning import parse_day, proposal
from app.core.points import PointKind, Source
from app.core.work import ItemState
from app.gui.checklist.ask import AskBar
from app.gui.checklist.dialogs import EditDialog, SplitDialog
from app.gui.checklist.drafts import Drafts
from app.gui.checklist.entries import Entry, Trait
from app.gui.checklist.model import ChecklistModel
from app.gui.checklist.people import due_words
from app.gui.checklist.view import RowView
from app.gui.messages import tr
from app.gui.session import Session
from app.workflow.desk import Desk

__all__ = ["Decisions"]

_PROPOSED = (1, 3, 5, 10)
"""Working days before the last day that are offered."""
_UNREVIEWED = int(Trait.UNREVIEWED)

_MANY = 2_000
"""Items about which a decision can be felt."""


@contextmanager
def _patience(keys: Sequence[str]) -> Iterator[None]:
    """The cursor that asks to wait, where there is something to wait for."""
    if len(keys) < _MANY:
        yield
        return
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def _named(marked: Source) -> str:
    """A marked text's name: the same for the same text in the same place."""
    return sha256(repr(marked).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Decisions(QObject):
    """Acts on the desk for the items chosen in the list. `reshaped` comes when items came or went."""

    reshaped = Signal(object)  # str | None: the item to choose
    said = Signal(object)  # str: a word for the user
    me_named = Signal(object)  # str

    def __init__(self, session: Session, model: ChecklistModel, view: RowView, ask: AskBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._drafts = Drafts(session, ask, self)
        self._window = parent
        self._model = model
        self._view = view
        self._ask = ask
        self.desk: Desk | None = None
        self.marked: Source | None = None
        self._asked_for: tuple[str, ...] = ()
        self._dialog: QDialog | None = None

    # --- which

    def chosen(self) -> tuple[str, ...]:
        """The selected items; none while other things stand in the list's place."""
        return self._view.selected_keys() if self._view.isVisibleTo(self._window) else ()

    def _next(self, keys: Sequence[str]) -> str | None:
        """Where to go after a decision about `keys`: the next item that nobody has looked at, else the next row."""
        rows = self._model.rows
        gone = set(keys)
        last = max((self._model.row_of(key) for key in keys), default=-1)
        order = [*range(last + 1, len(rows)), *range(last + 1)]
        near: str | None = None
        for place in order:
            row = rows[place]
            if isinstance(row, Entry) and row.key not in gone:
                if row.traits & _UNREVIEWED:
                    return row.key
                near = near or row.key
        return near

    def _decided(self, keys: Sequence[str], target: str | None) -> None:
        if target is None or not self._view.select_key(target):
            key = next((key for key in keys if self._model.row_of(key) >= 0), None)
            if key is not None:
                self._view.select_key(key)

    # --- one key

    def keep(self) -> None:
        """It is asked for."""
        if self.desk is not None and (keys := self.chosen()):
            target = self._next(keys)
            with _patience(keys):
                self.desk.keep(keys)
            self._decided(keys, target)

    def done(self) -> None:
        """Done, or not done after all when every chosen item was."""
        if self.desk is None or not (keys := self.chosen()):
            return
        if all(self.desk.item(key).state is ItemState.DONE for key in keys):
            self.desk.reopen(keys)
            return
        target = self._next(keys)
        with _patience(keys):
            self.desk.done(keys)
        self._decided(keys, target)

    def restore(self) -> None:
        """Back on the list."""
        if self.desk is not None and (keys := self.chosen()):
            target = self._next(keys)
            self.desk.restore(keys)
            if not any(self._model.row_of(key) >= 0 for key in keys):
                self._decided(keys, target)

    # --- one key and a word

    def reject(self) -> None:
        """Not asked of this bidder: why?"""
        if self.desk is None or not self._remember():
            return
        many = len(self._asked_for)
        question = tr("checklist.ask_reason") if many == 1 else tr("checklist.ask_reason_many", count=many)
        reasons = (
            tr("checklist.reason_other_lot"),
            tr("checklist.reason_not_us"),
            tr("checklist.reason_no_demand"),
            tr("checklist.reason_double"),
            tr("checklist.reason_buyer"),
        )
        choices = [(reason, reason) for reason in reasons]
        first = self._asked_for[0]
        draft = self._drafts.text("reject", first) or ""
        self._ask.ask(question, tr("checklist.reason_name"), choices, self._reject, draft)
        self._drafts.ask("reject", first)

    def assign(self) -> None:
        """Who sees to it?"""
        if self.desk is None or not self._remember():
            return
        names = [(name, name) for name in self.desk.owners]
        owner = self.desk.item(self._asked_for[0]).owner or ""
        self._ask.ask(tr("checklist.ask_owner"), tr("checklist.owner_hint"), names, self._assign, owner)

    def due(self) -> None:
        """By when?"""
        if self.desk is None or not self._remember():
            return
        wording = self._model.wording
        last, today = wording.deadline, wording.today
        days = []
        if last is not None and last >= today:
            days = sorted({proposal(last, max(lead, wording.plan_days), today) for lead in _PROPOSED}, reverse=True)
        choices = [(due_words(day, last, today), day.isoformat()) for day in days]
        if not choices:
            near = (today + timedelta(1), today + timedelta(7))
            choices = [(due_words(day, last, today), day.isoformat()) for day in near]
        due = self.desk.item(self._asked_for[0]).due or ""
        self._ask.ask(tr("checklist.ask_due"), tr("checklist.ask_due_hint"), choices, self._due, due)

    def ask_me(self) -> None:
        """Whose items are mine?"""
        names = [(name, name) for name in self.desk.owners] if self.desk is not None else []
        self._ask.ask(tr("checklist.ask_me"), tr("checklist.owner_hint"), names, self._name_me)

    def _remember(self) -> bool:
        self._asked_for = self.chosen()
        return bool(self._asked_for)

    def _reject(self, reason: str) -> str | None:
        if self.desk is not None:
            target = self._next(self._asked_for)
            with _patience(self._asked_for):
                self.desk.reject(self._asked_for, reason)
            self._decided(self._asked_for, target)
        return None

    def _assign(self, owner: str) -> str | None:
        if self.desk is not None:
            with _patience(self._asked_for):
                self.desk.assign(self._asked_for, owner or None)
        return None

    def _due(self, text: str) -> str | None:
        if self.desk is None:
            return None
        day = parse_day(text, self._model.wording.today) if text else None
        if text and day is None:
            return tr("checklist.ask_due_wrong")
        self.desk.due(self._asked_for, day.isoformat() if day else None)
        return None

    def _name_me(self, name: str) -> str | None:
        if name:
            self.me_named.emit(name)
        return None

    # --- dialogs

    def edit(self) -> None:
        """In other words."""
        if self.desk is None or len(keys := self.chosen()) != 1:
            return
        self._asked_for = keys
        item = self.desk.item(keys[0]).item
        dialog = EditDialog(item.text, item.kind, item.must, item.number, parent=self._window)
        dialog.accepted.connect(self._on_edited)
        self._drafts.follow(dialog, dialog.text, "edit", keys[0])
        self._open(dialog)

    def split(self) -> None:
        """In parts."""
        if self.desk is None or len(keys := self.chosen()) != 1:
            return
        self._asked_for = keys
        dialog = SplitDialog(self.desk.item(keys[0]).item.text, self._window)
        dialog.split.connect(self._on_split)
        self._drafts.follow(dialog, dialog.text, "split", keys[0])
        self._open(dialog)

    def merge(self) -> None:
        """Several in one."""
        keys = self.chosen()
        if self.desk is None or not keys:
            return
        if len(keys) < 2:
            self.said.emit(tr("checklist.merge_few"))
            return
        self.reshaped.emit(self.desk.merge(keys).key)

    def add(self) -> None:
        """A new item from the text that is marked in the source."""
        if self.desk is None:
            return
        if self.marked is None:
            self.said.emit(tr("checklist.mark_first"))
            return
        dialog = EditDialog(" ".join(self.marked.quote.split()), PointKind.REQUIREMENT, True, None, True, self._window)
        dialog.accepted.connect(self._on_added)
        self._drafts.follow(dialog, dialog.text, "add", _named(self.marked))
        self._open(dialog)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _on_edited(self) -> None:
        if self.desk is not None and isinstance(self._dialog, EditDialog):
            text, kind, must, number = self._dialog.values()
            self.desk.edit(self._asked_for[0], text=text, kind=kind, must=must, number=number)

    def _on_added(self) -> None:
        if self.desk is not None and self.marked is not None and isinstance(self._dialog, EditDialog):
            text, kind, must, number = self._dialog.values()
            added = self.desk.add(text, kind, must, self.marked, self._headings())
            if number:
                self.desk.edit(added.key, number=number)
            self.reshaped.emit(added.key)

    def _on_split(self, parts: tuple[str, ...]) -> None:
        if self.desk is not None and len(parts) > 1:
            self.reshaped.emit(self.desk.split(self._asked_for[0], parts)[0].key)

    def _headings(self) -> tuple[str, ...]:
        """The section of the nearest item before the marked text, so that the new item stands among its neighbours."""
        if self.desk is None or self.marked is None:
            return ()
        here = self.marked.place
        found: tuple[str, ...] = ()
        for work in self.desk.items():
            source = work.item.source
            if source.document != self.marked.document or source.place.sheet != here.sheet:
                continue
            top = source.place.box.y0 if source.place.box else 0.0
            own = here.box.y0 if here.box else 0.0
            if (source.place.page or 0, top, source.place.paragraph or 0) > (here.page or 0, own, here.paragraph or 0):
                break
            found = work.item.headings
        return found
