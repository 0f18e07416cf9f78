"""The left column: chips over the list, what is to be said of suggestions, the meter, the keys at the bottom."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.checklist.hints import HintFoot
from app.gui.checklist.tag import restyle
from app.gui.checklist.view import RowView
from app.gui.flowing import FlowLayout
from app.gui.messages import tr
from app.gui.secrecy import words
from app.gui.secrecy.delegate import ClaimDelegate
from app.gui.secrecy.meter import Meter
from app.gui.secrecy.model import ClaimsModel
from app.gui.secrecy.rows import ClaimRow, Filter, Header, Row, SuggestionRow, Tally

__all__ = ["LeftPane"]

_ALWAYS = frozenset({Filter.ALL})


class LeftPane(QWidget):
    """The list with everything that decides what it shows."""

    filtered = Signal(object)  # Filter
    chosen = Signal(object)  # Row | None: the row in focus
    file_wanted = Signal(object)  # str: the key of a file whose header was clicked
    acted = Signal(object)  # SuggestionRow: taken by a double click

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secrecyLeft")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(320)
        self._actions = actions
        self.model = ClaimsModel(self)
        self.view = RowView(self.model, ClaimDelegate(self))
        self.view.setAccessibleName(tr("secrecy.list_name"))
        self.view.setAccessibleDescription(tr("secrecy.list_hint"))
        self.chips: dict[Filter, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.suggest = QPushButton(actions["suggest"].text())
        self.suggest.setToolTip(actions["suggest"].toolTip())
        self.suggest.clicked.connect(actions["suggest"].trigger)
        self.lead = QLabel()
        self.lead.setObjectName("checklistLead")
        self.lead.setWordWrap(True)
        self.lead.hide()
        self._empty = QLabel(tr("secrecy.empty_filter"))
        self._empty.setProperty("role", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(32, 32, 32, 32)
        self.meter = Meter()
        self.foot = HintFoot()
        self._hinted: list[tuple[tuple[str], str]] = []
        self._build()
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.clicked.connect(self._on_clicked)
        self.view.doubleClicked.connect(self._on_double_clicked)
        self._group.idClicked.connect(self._on_chip)
        self.set_tally(Tally())
        self._show_hints()

    # --- for the page

    @property
    def filter(self) -> Filter:
        """The chosen chip."""
        return tuple(Filter)[self._group.checkedId()]

    def choose(self, wanted: Filter) -> None:
        """Press a chip."""
        if self.filter is not wanted:
            self.chips[wanted].show()
            self.chips[wanted].setChecked(True)
            self._on_chip(self._group.checkedId())

    def set_tally(self, tally: Tally) -> None:
        """Put the numbers on the chips. One that would show nothing is left out, unless it is chosen."""
        for wanted, button in self.chips.items():
            number, word = tally.of(wanted), words.chip(wanted)
            button.setText(f"{word} {number}")
            button.setAccessibleName(f"{word} {number}")
            button.setVisible(number > 0 or wanted in _ALWAYS or button.isChecked())
            restyle(button, "urgent", wanted is Filter.LOST and number > 0)

    def show_rows(self, rows: list[Row]) -> None:
        """What the list shows now. The chosen row stays chosen."""
        self.model.show(rows)
        any_left = any(not isinstance(row, Header) for row in rows) or self.filter is Filter.ALL
        self._list.setCurrentIndex(0 if any_left else 1)
        lead = tr("secrecy.suggestions_lead") if self.filter is Filter.SUGGESTIONS and any_left else ""
        self.lead.setText(lead)
        self.lead.setVisible(bool(lead))
        self._show_hints()

    def current(self) -> Row | None:
        """The row in focus."""
        place = self.view.currentIndex().row()
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def chosen_claims(self) -> tuple[str, ...]:
        """The keys of the chosen claims."""
        rows = (self.model.rows[self.model.row_of(key)] for key in self.view.selected_keys())
        return tuple(row.key for row in rows if isinstance(row, ClaimRow))

    def chosen_suggestions(self) -> tuple[SuggestionRow, ...]:
        """The chosen suggestions."""
        rows = (self.model.rows[self.model.row_of(key)] for key in self.view.selected_keys())
        return tuple(row for row in rows if isinstance(row, SuggestionRow))

    def go_next(self) -> None:
        """One row down."""
        self.go(1)

    def go_previous(self) -> None:
        """One row up."""
        self.go(-1)

    def go(self, step: int) -> None:
        """One row down or up, past headers."""
        place = self.view.currentIndex().row() + step
        while 0 <= place < len(self.model.rows) and self.model.is_header(place):
            place += step
        self.go_to(place)

    def go_to(self, place: int) -> None:
        """To a row by its number, or the nearest one below it that is no header."""
        while 0 <= place < len(self.model.rows) and self.model.is_header(place):
            place += 1
        if 0 <= place < len(self.model.rows):
            index = self.model.index(place)
            self.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.view.scrollTo(index)

    def say(self, text: str) -> None:
        """A word to the user, for a while."""
        self.foot.say(text)

    # --- how

    def _build(self) -> None:
        chips = QWidget()
        chips.setAccessibleName(tr("secrecy.chips_name"))
        flow = FlowLayout(chips)
        for number, wanted in enumerate(Filter):
            button = QPushButton()
            button.setAutoDefault(False)
            button.setProperty("chip", True)
            button.setCheckable(True)
            button.setToolTip(tr("secrecy.chip_tip", name=words.chip(wanted)))
            self._group.addButton(button, number)
            self.chips[wanted] = button
            flow.addWidget(button)
        self.chips[Filter.ALL].setChecked(True)
        top = QWidget()
        top.setObjectName("checklistFilters")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(top)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(8)
        line.addWidget(chips, 1)
        line.addWidget(self.suggest, 0, Qt.AlignmentFlag.AlignTop)
        self._list = QStackedWidget()
        self._list.addWidget(self.view)
        self._list.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (top, self.lead):
            whole.addWidget(part)
        whole.addWidget(self._list, 1)
        self.above_meter = QVBoxLayout()
        self.above_meter.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self.above_meter)
        whole.addWidget(self.meter)
        whole.addWidget(self.foot)

    def _on_chip(self, number: int) -> None:
        self.filtered.emit(tuple(Filter)[number])

    def _on_current(self, current: QModelIndex) -> None:
        self.chosen.emit(self.model.rows[current.row()] if current.isValid() else None)

    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if isinstance(row, Header) and row.file is not None:
            self.file_wanted.emit(row.file.key)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        if isinstance(row, SuggestionRow):
            self.acted.emit(row)
        elif isinstance(row, ClaimRow):
            self._actions["show_claim"].trigger()

    def _show_hints(self) -> None:
        hints: tuple[tuple[str, str], ...]
        if self.filter is Filter.SUGGESTIONS:
            hints = (
                ("take_suggestion", tr("secrecy.hint_take")),
                ("dismiss_suggestion", tr("secrecy.hint_dismiss")),
                ("show_claim", tr("secrecy.hint_show")),
            )
        else:
            hints = (
                ("mark_secret", tr("secrecy.hint_mark")),
                ("mark_everywhere", tr("secrecy.hint_everywhere")),
                ("show_claim", tr("secrecy.hint_show")),
                ("claim_ready", tr("secrecy.hint_ready")),
            )
        hints = (*hints, ("palette", tr("secrecy.hint_all")))
        shown = [((self._cap(name),), word) for name, word in hints]
        if shown != self._hinted:  # the list is shown anew at every change
            self._hinted = shown
            self.foot.hints.show_hints(shown)

    def _cap(self, name: str) -> str:
        shortcut = self._actions[name].shortcut()
        portable = shortcut.toString(QKeySequence.SequenceFormat.PortableText)
        own = {"Return": "↵", "Space": tr("checklist.key_space")}
        if portable.startswith("Shift+") and len(portable) == 7:
            return f"⇧{portable[-1]}"
        return own.get(portable) or shortcut.toString(QKeySequence.SequenceFormat.NativeText)
