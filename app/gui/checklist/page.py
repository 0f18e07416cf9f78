"""The checklist page: filters and list at the left, the source over the detail at the right, one selection for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.core.points import Source
from app.core.work import Change, DocumentRecord, FileLink, Origin, TenderRecord, WorkItem
from app.gui.actions import Actions
from app.gui.checklist.decisions import Decisions
from app.gui.checklist.frame import Frame
from app.gui.checklist.ledger import LedgerLine
from app.gui.checklist.marking import Marking
from app.gui.checklist.model import Counts
from app.gui.checklist.sourcing import gaps_of
from app.gui.checklist.unlocking import Unlocking
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.slices import Slices
from app.gui.source.marks import Mark, Marked
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.gui.source.view import SourceView

__all__ = ["ChecklistPage"]

_FOLLOW = 60
"""Milliseconds after which the source follows the list: running through it with J must not load every page on the way."""
_GATHER = 40
"""Milliseconds in which what arrives from reading is put on the list together."""


class ChecklistPage(Frame):
    """`Session.select` is the one selection: list, detail and source follow it, wherever it was made."""

    counted = Signal(object)  # Counts
    said = Signal(object)  # str: a word for the user that needs no answer

    def __init__(
        self,
        session: Session,
        actions: Actions,
        parent: QWidget | None = None,
        source: SourceView | None = None,
        turns: bool = False,
    ) -> None:
        """With `turns` it is bare until `making` has been gone through, so that the window is heard between its parts."""
        super().__init__(parent)
        self._session = session
        self._desk: Desk | None = None
        self._link_items: dict[str, str] = {}
        self.making = self._make(actions, source)
        if not turns:
            for _ in self.making:
                pass

    def _make(self, actions: Actions, source: SourceView | None) -> Iterator[None]:
        session = self._session
        yield from self.make_frame(actions, source)
        self.model, self.view = self.left.model, self.left.view
        self.decisions = Decisions(session, self.model, self.view, self.left.ask, self)
        self.lead_to(self.left)
        self._follow = self._timer(_FOLLOW, self._show_source)
        self._gather = self._timer(_GATHER, self._take_items)
        self._marking = Marking(self._show_marks, _GATHER, self)
        self._warm = Slices(self._fold, self, patient=True)
        self.unlocking = Unlocking(session, self.source, self)
        self.detail.earlier.attend(session)
        self._connect(actions)
        self._on_plans()
        self._on_opened(session.desk)
        if session.selection is not None:
            self._on_selected(session.selection)

    # --- for the window

    def visible_keys(self) -> tuple[str, ...]:
        """The items that the filter shows, in the order of the list: what is exported and printed. None is still on its way."""
        if self._gather.isActive():
            self._take_items()
        self.model.complete()
        return self.model.visible_keys()

    def show_document(self, document: str) -> None:
        """Only what comes from a document, by its id, until the user takes the filter away."""
        self.model.complete()
        self.left.show_document(document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_ledger(self, document: str) -> None:
        """The lines without a place, at a document's first."""
        self.left.open_ledger(document)

    def flush(self) -> None:
        """Hand over what is typed and not kept yet: before anything that looks at the tender as it is."""
        self.detail.flush()

    def counts(self) -> Counts:
        """The numbers on the chips."""
        return self.model.counts()

    def shut(self) -> None:
        """Keep what is being typed and end all work, before the window goes."""
        self.detail.shut()
        self.source.shut()
        for work in (self._follow, self._gather, self._marking, self._warm):
            work.stop()

    # --- wiring

    def _timer(self, interval: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def _connect(self, actions: Actions) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.selected.connect(self._on_selected)
        session.plans_changed.connect(self._on_plans)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.doubleClicked.connect(self._on_show_source)
        self.left.ledger_line.connect(self.show_place)
        self.left.promote_wanted.connect(self._on_promote)
        self.left.me_wanted.connect(self.decisions.ask_me)
        self.left.counted.connect(self.counted)
        self.decisions.reshaped.connect(self._on_reshaped)
        self.decisions.said.connect(self._on_said)
        self.decisions.me_named.connect(self._on_me)
        self.source.mark_activated.connect(self._on_mark)
        self.source.text_marked.connect(self._on_marked)
        self.detail.place_wanted.connect(self.show_place)
        decisions, detail = self.decisions, self.detail
        for wanted, decide in (
            (detail.done_wanted, decisions.done),
            (detail.keep_wanted, decisions.keep),
            (detail.reject_wanted, decisions.reject),
            (detail.restore_wanted, decisions.restore),
        ):
            wanted.connect(self._here)  # slots are called in the order in which they were connected
            wanted.connect(decide)
        for name, slot in (
            ("done", decisions.done),
            ("keep", decisions.keep),
            ("reject", decisions.reject),
            ("restore", decisions.restore),
            ("assign", decisions.assign),
            ("due", decisions.due),
            ("next_item", self.left.go_next),
            ("previous_item", self.left.go_previous),
            ("show_source", self._on_show_source),
            ("link_file", self._on_link_file),
            ("earlier_answers", detail.earlier.toggle),
        ):
            self._on_key(actions[name], slot, self.view)
        for name, slot in (
            ("edit_item", decisions.edit),
            ("split", decisions.split),
            ("merge", decisions.merge),
            ("add_from_selection", decisions.add),
            ("filter_list", self.left.focus_search),
        ):
            self._on_key(actions[name], slot, self)
        for name in ("next_item", "previous_item", "show_source"):
            self.left.ledger.addAction(actions[name])
        self._on_key(actions["promote"], self.left.promote, self.left.ledger)
        unassigned = actions["show_unassigned"]
        self._scope(unassigned, self.view)
        self.left.ledger.addAction(unassigned)
        unassigned.toggled.connect(self.left.show_ledger)
        unassigned.toggled.connect(self._on_ledger_shown)
        self.left.line_shown.connect(self.line.show_line)
        self.line.promote_wanted.connect(self.left.promote)
        self.line.place_wanted.connect(self.show_place)

    def _on_key(self, action: QAction, slot: object, widget: QWidget) -> None:
        self._scope(action, widget)
        action.triggered.connect(slot)

    def _scope(self, action: QAction, widget: QWidget) -> None:
        """A letter is a command where nothing is typed: on the list itself, or anywhere on the page that takes no letters."""
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut if widget is self else Qt.ShortcutContext.WidgetShortcut
        action.setShortcutContext(context)
        widget.addAction(action)

    def _on_plans(self) -> None:
        self.wording.plan_days = self._session.plan_days
        self.left.set_me(self._session.me or None)
        self.detail.show_item(self.detail.key)

    # --- the tender

    def _on_opened(self, desk: Desk | None) -> None:
        self.detail.set_desk(desk)
        self.left.ask.leave()
        self._desk = self.decisions.desk = desk
        self.decisions.marked = None
        self._show_tender()
        self._take_items()
        self._marking.begin(desk.items() if desk is not None else ())
        self.left.set_desk(desk)

    def _show_tender(self) -> None:
        desk = self._desk
        documents = desk.documents if desk is not None else ()
        self.wording.set_documents(documents)
        self.wording.set_deadline(desk.tender.value("tender_deadline") if desk is not None else None)
        self.source.set_documents(documents, self._load)
        self.source.set_gaps(gaps_of(documents))
        self.left.show_lines()

    def _load(self, document: DocumentRecord) -> bytes:
        """A document's file. Called in a worker's thread."""
        return bytes(self._session.office.file(document))

    def _take_items(self) -> None:
        self._gather.stop()
        desk = self._desk
        self._link_items = {link.key: link.item for link in desk.links} if desk is not None else {}
        self.model.set_items(desk.items() if desk is not None else (), desk.links_of if desk is not None else _no_links)
        self._warm.start()

    def _on_changed(self, change: Change) -> None:
        desk = self._desk
        if desk is None:
            return
        works: dict[str, WorkItem] = {}
        documents = False
        for record in change.records:
            match record:
                case WorkItem():
                    works[record.key] = record
                case FileLink():
                    self._link_items[record.key] = record.item
                case DocumentRecord() | TenderRecord():
                    documents = True
        touched = {self._link_items.get(key, "") for key in change.gone}
        touched |= {record.item for record in change.records if isinstance(record, FileLink)}
        whole = any(key not in self._link_items for key in change.gone)
        for key in touched - {""} - works.keys():
            works[key] = desk.item(key)
        if documents or whole:
            self._show_tender()
        elif any(work.origin is Origin.ADDED for work in works.values()):
            self.left.show_lines()
        if works or whole:
            if whole or not self.model.update_items(works.values(), desk.links_of):
                self._gather.start()
            if whole:
                self._marking.begin(desk.items())
            else:
                self._marking.update(works.values())
        if change.entry is not None or self.detail.key in works or whole:
            self.detail.show_item(self._session.selection)

    def _show_marks(self, marks: tuple[Mark, ...]) -> None:
        self.source.set_marks(marks)
        self.source.select_mark(self._session.selection)

    def _fold(self) -> bool:
        return self.model.warm(50)

    # --- one selection

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self.model.is_header(current.row()):
            self._session.select(self.model.rows[current.row()].key)

    def _on_selected(self, key: str | None) -> None:
        if key is not None:
            current = self.view.currentIndex()
            if not current.isValid() or self.model.rows[current.row()].key != key:
                self._reveal(key)
        self.detail.show_item(key)
        self.source.select_mark(key)
        if key is not None:
            self._follow.start()

    def _reveal(self, key: str) -> None:
        """Choose an item from elsewhere. One that the filter hides is shown by taking the filter away."""
        self.left.close_ledger()
        if not self.view.select_key(key) and self.model.entry(key) is not None:
            self.left.reveal(key)
            self.view.select_key(key)

    def _show_source(self) -> None:
        key = self._session.selection
        entry = self.model.entry(key) if key is not None else None
        if entry is not None:  # as the list has it: the desk may have it no more, when adding it was undone just now
            self.show_place(entry.work.item.source)

    def show_place(self, source: Source) -> None:
        """Land on a passage; where it is gone, near where it stood, with a word instead of a mark."""
        self._follow.stop()
        if self.detail.lost(source):
            self.source.show_place(source.document, replace(source.place, box=None), "", False)
            self._on_said(tr("checklist.place_gone", place=self.wording.where(source)))
        else:
            self.source.show_place(source.document, source.place, source.quote)

    def _on_show_source(self) -> None:
        if self.left.ledger_shown:
            self.left.tell_line()
        else:
            self._follow.stop()
            self._show_source()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_mark(self, key: str) -> None:
        """A highlight was clicked: its item is shown, also when it is the chosen one and the filter hides it."""
        self._session.select(key)
        self._reveal(key)

    def _on_marked(self, marked: Marked | None) -> None:
        self.decisions.marked = Source(marked.document, marked.text, marked.place) if marked is not None else None

    # --- what was done

    def _on_reshaped(self, key: str | None) -> None:
        self._take_items()
        self.model.complete()
        if key is not None:
            self._session.select(key)
            self._reveal(key)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_said(self, text: str) -> None:
        self.left.say(text)
        self.said.emit(text)

    def _on_me(self, name: str) -> None:
        self._session.name_me(name)

    def _on_ledger_shown(self, shown: bool) -> None:
        """What stands below is about what is chosen in the list that is seen."""
        self.detail.flush()
        self.below.setCurrentWidget(self.line if shown else self.detail)

    def _on_promote(self, chosen: LedgerLine) -> None:
        if self._desk is not None:
            self._desk.promote(chosen.document, chosen.line)
            self._take_items()

    def _here(self) -> None:
        """The detail's buttons are about the item it shows, alone."""
        if (key := self.detail.key) is not None:
            self._reveal(key)

    def _on_link_file(self) -> None:
        if not self.left.ledger_shown:
            self.detail.files.choose.click()


def _no_links(_key: str) -> tuple[FileLink, ...]:
    return ()
