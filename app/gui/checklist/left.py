"""The left column: filters over the list or the ledger, the question asked in place, the keys at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.core.points import Source
from app.gui.actions import Actions
from app.gui.checklist.ask import AskBar
from app.gui.checklist.chips import FilterBar
from app.gui.checklist.delegate import ItemDelegate
from app.gui.checklist.entries import Filter, Trait
from app.gui.checklist.forms_menu import forms_button
from app.gui.checklist.hints import HintFoot
from app.gui.checklist.ledger import LedgerDelegate, LedgerModel
from app.gui.checklist.model import ChecklistModel, Counts
from app.gui.checklist.rows import Grouping
from app.gui.checklist.view import RowView
from app.gui.checklist.wording import Wording
from app.gui.doorway import Doorway
from app.gui.messages import tr
from app.workflow.desk import Desk

__all__ = ["LeftPane"]


class LeftPane(Doorway):
    """The list with everything that decides what it shows."""

    counted = Signal(object)  # Counts
    me_wanted = Signal()
    ledger_line = Signal(object)  # Source
    line_shown = Signal(object)  # LedgerLine | None: the chosen one, as it is now
    promote_wanted = Signal(object)  # LedgerLine

    def __init__(self, wording: Wording, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checklistLeft")
        self.setMinimumWidth(320)
        self._actions = actions
        self._desk: Desk | None = None
        self.model = ChecklistModel(wording, self)
        self.view = RowView(self.model, ItemDelegate(wording, self))
        self.view.setAccessibleName(tr("checklist.list_name"))
        self.view.setAccessibleDescription(tr("checklist.list_hint"))
        self.lines = LedgerModel(wording, self)
        self.ledger = RowView(self.lines, LedgerDelegate(wording, self))
        self.ledger.setAccessibleName(tr("checklist.ledger_name"))
        self.filters = FilterBar()
        self.filters.add_tool(forms_button(actions))
        self.ask = AskBar()
        self.foot = HintFoot()
        self.toggle = QPushButton()
        self.toggle.setProperty("quiet", True)
        self.toggle.setObjectName("ledgerToggle")
        self._build()
        self._connect()
        self.lead_to(self.view)
        self._show_hints()
        self._on_counted(self.model.counts())
        self.show_lines()

    @property
    def ledger_shown(self) -> bool:
        """Whether the lines without a place are shown instead of the list."""
        return self._stack.currentIndex() == 1

    # --- for the page

    def set_desk(self, desk: Desk | None) -> None:
        """Another tender: nothing of the last one's search stays."""
        self._desk = desk
        self.filters.clear()
        self._actions["show_unassigned"].setChecked(False)
        self.show_lines()

    def set_me(self, name: str | None) -> None:
        """Whose items "mine" are."""
        self.filters.set_me(name)
        self.model.set_me(name)

    def show_lines(self) -> None:
        """The ledger as it is now."""
        desk = self._desk
        self.lines.show_lines(desk.documents if desk is not None else (), desk.added() if desk is not None else ())
        self._name_toggle()
        self._show_line()

    def reveal(self, key: str) -> None:
        """Change the filter so that an item is shown."""
        entry = self.model.entry(key)
        self._actions["show_unassigned"].setChecked(False)
        if entry is None:
            return
        self.filters.clear()
        if entry.traits & Trait.REJECTED:
            self.filters.choose("rejected")
        elif entry.work.withdrawn:
            self.filters.choose("changed")
        elif entry.traits & Trait.CONTRACT:
            self.filters.choose("contract")

    def show_document(self, document: str) -> None:
        """The list with only what comes from a document, by its id."""
        self._actions["show_unassigned"].setChecked(False)
        self.filters.show_document(document, self.model.wording.document(document))
        for name in ("contract", "changed", "rejected", "all"):
            if self.model.counts().shown:
                break
            self.filters.choose(name)  # a draft of the contract has nothing on the tender list
        self._go(self.view, 0)

    def show_missing(self) -> None:
        """The list with only what is not done."""
        self._actions["show_unassigned"].setChecked(False)
        self.filters.clear()
        self.filters.choose("missing")

    def close_ledger(self) -> None:
        """The list again, if the lines were shown."""
        self._actions["show_unassigned"].setChecked(False)

    def open_ledger(self, document: str) -> None:
        """The lines without a place, at a document's first."""
        self._actions["show_unassigned"].setChecked(True)
        if (row := self.lines.row_of_document(document)) >= 0:
            self._go(self.ledger, row)
            self.ledger.scrollTo(self.lines.index(row), RowView.ScrollHint.PositionAtTop)

    def show_ledger(self, shown: bool) -> None:
        """The lines instead of the list, or back."""
        self._stack.setCurrentIndex(1 if shown else 0)
        self._name_toggle()
        self._show_hints()
        target = self.ledger if shown else self.view
        self.lead_to(target)
        if shown and not self.ledger.currentIndex().isValid():
            self._go(self.ledger, 0)
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_line()

    def focus_search(self) -> None:
        """To the search field."""
        self._actions["show_unassigned"].setChecked(False)
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def go_next(self) -> None:
        """One row down."""
        view = self.ledger if self.ledger_shown else self.view
        self._go(view, view.currentIndex().row() + 1, 1)

    def go_previous(self) -> None:
        """One row up."""
        view = self.ledger if self.ledger_shown else self.view
        self._go(view, view.currentIndex().row() - 1, -1)

    def promote(self) -> None:
        """Make an item of the chosen line, and go on to the next."""
        row = self.ledger.currentIndex().row()
        line = self.lines.line_at(row)
        if line is None or line.promoted:
            return
        self.promote_wanted.emit(line)
        self.show_lines()
        if (following := self.lines.next_open(row)) >= 0:
            self._go(self.ledger, following)

    def tell_line(self) -> None:
        """Show where the chosen line stands."""
        line = self.lines.line_at(self.ledger.currentIndex().row())
        if line is not None:
            self.ledger_line.emit(Source(line.document.summary.id, line.line.text, line.line.place))

    def say(self, text: str) -> None:
        """A word to the user, for a while."""
        self.foot.say(text)

    # --- how

    def _build(self) -> None:
        """From the outside in: whatever gets another parent is dressed anew with all that is in it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._stack = QStackedWidget(self)
        whole.addWidget(self._stack, 1)
        listed = QWidget(self._stack)
        self._stack.addWidget(listed)
        first = QVBoxLayout(listed)
        first.setContentsMargins(0, 0, 0, 0)
        first.setSpacing(0)
        first.addWidget(self.filters)
        self._list = QStackedWidget(listed)
        first.addWidget(self._list, 1)
        self._list.addWidget(self.view)
        empty = QWidget(self._list)
        self._list.addWidget(empty)
        self._empty_words = QLabel()
        self._empty_words.setProperty("role", "muted")
        self._empty_words.setWordWrap(True)
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show_all = QPushButton(tr("checklist.show_all"))
        inner = QVBoxLayout(empty)
        inner.setContentsMargins(32, 32, 32, 32)
        inner.setSpacing(12)
        inner.addStretch(1)
        inner.addWidget(self._empty_words)
        inner.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignCenter)
        inner.addStretch(2)
        ledger = QWidget(self._stack)
        self._stack.addWidget(ledger)
        lead = QLabel(tr("checklist.ledger_lead"))
        lead.setObjectName("checklistLead")
        lead.setWordWrap(True)
        second = QVBoxLayout(ledger)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(0)
        second.addWidget(lead)
        second.addWidget(self.ledger, 1)
        self.filters.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.foot.add(self.toggle)
        whole.addWidget(self.ask)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        self.filters.chosen.connect(self._on_filter)
        self.filters.grouped.connect(self._on_grouping)
        self.filters.me_wanted.connect(self.me_wanted)
        self.filters.search.left.connect(self._to_list)
        self.model.counted.connect(self._on_counted)
        self.ask.closed.connect(self._to_list)
        self._show_all.clicked.connect(self.filters.clear)
        self.toggle.clicked.connect(self._actions["show_unassigned"].toggle)
        self.ledger.selectionModel().currentChanged.connect(self._on_line)

    def _to_list(self) -> None:
        if not self.view.currentIndex().isValid():
            self._go(self.view, 0)
        (self.ledger if self.ledger_shown else self.view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, view: RowView, row: int, step: int = 1) -> None:
        model = self.lines if view is self.ledger else self.model
        while 0 <= row < len(model.rows) and model.is_header(row):
            row += step
        if 0 <= row < len(model.rows):
            index = model.index(row)
            view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            view.scrollTo(index)

    def _on_filter(self, chosen: Filter) -> None:
        self.model.set_filter(chosen)

    def _on_grouping(self, grouping: Grouping) -> None:
        self.model.set_grouping(grouping)

    def _on_counted(self, counts: Counts) -> None:
        self.filters.set_counts(counts)
        self._list.setCurrentIndex(0 if counts.shown else 1)
        any_items = bool(counts.combinations)
        self._empty_words.setText(tr("checklist.empty_filter") if any_items else tr("checklist.empty_list"))
        self._show_all.setVisible(any_items)
        self.counted.emit(counts)

    def _show_line(self) -> None:
        self.line_shown.emit(self.lines.line_at(self.ledger.currentIndex().row()))

    def _on_line(self, current: QModelIndex) -> None:
        self._show_line()
        if current.isValid() and self.ledger_shown:
            self.tell_line()

    def _name_toggle(self) -> None:
        count = self.lines.open_lines
        words = tr("checklist.ledger_close") if self.ledger_shown else tr("checklist.ledger_toggle", count=count)
        self.toggle.setText(words)
        self.toggle.setToolTip(tr("checklist.ledger_close") if self.ledger_shown else tr("checklist.ledger_open"))
        self.toggle.setVisible(self.ledger_shown or bool(self.lines.rows))

    def _show_hints(self) -> None:
        hints: tuple[tuple[tuple[str, ...], str], ...]
        if self.ledger_shown:
            hints = (
                (("next_item", "previous_item"), tr("checklist.hint_next")),
                (("promote",), tr("checklist.hint_promote")),
                (("show_unassigned",), tr("checklist.hint_back")),
            )
        else:
            hints = (
                (("next_item", "previous_item"), tr("checklist.hint_next")),
                (("show_source",), tr("checklist.hint_source")),
                (("done",), tr("checklist.hint_done")),
                (("reject",), tr("checklist.hint_reject")),
                (("assign",), tr("checklist.hint_assign")),
            )
        hints = (*hints, (("palette",), tr("checklist.hint_all")))
        self.foot.hints.show_hints([(tuple(self._cap(name) for name in names), word) for names, word in hints])

    def _cap(self, name: str) -> str:
        shortcut = self._actions[name].shortcut()
        own = {"Return": "↵", "Space": tr("checklist.key_space")}
        portable = shortcut.toString(QKeySequence.SequenceFormat.PortableText)
        return own.get(portable) or shortcut.toString(QKeySequence.SequenceFormat.NativeText)
