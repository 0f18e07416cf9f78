"""The filters above the list: chips with counts of which one is chosen, kinds in a menu, search and grouping."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from app.gui.checklist.entries import KIND_TRAITS, Filter, Trait
from app.gui.checklist.model import Counts
from app.gui.checklist.rows import Grouping
from app.gui.checklist.wording import figure, kind_word, one_line
from app.gui.flowing import FlowLayout
from app.gui.messages import tr

__all__ = ["FilterBar", "SearchField"]

_CHIPS = (
    ("all", Trait.TENDER),
    ("must", Trait.TENDER | Trait.MUST),
    ("missing", Trait.MISSING),
    ("mine", Trait.TENDER),
    ("changed", Trait.CHANGED),
    ("rejected", Trait.REJECTED),
    ("contract", Trait.CONTRACT),
)
_LONGEST = 40
"""Characters of a document's name on its chip."""
_ALWAYS = frozenset({"all", "must", "missing", "mine"})
"""Chips that stay when they would show nothing. The others come when there is something to see."""


def _chip_word(name: str) -> str:
    match name:
        case "all":
            return tr("checklist.chip_all")
        case "must":
            return tr("checklist.chip_must")
        case "missing":
            return tr("checklist.chip_missing")
        case "mine":
            return tr("checklist.chip_mine")
        case "changed":
            return tr("checklist.chip_changed")
        case "rejected":
            return tr("checklist.chip_rejected")
        case _:
            return tr("checklist.chip_contract")


def _grouping_word(grouping: Grouping) -> str:
    match grouping:
        case Grouping.SECTION:
            return tr("checklist.group_section")
        case Grouping.DOCUMENT:
            return tr("checklist.group_document")
        case Grouping.KIND:
            return tr("checklist.group_kind")
        case Grouping.OWNER:
            return tr("checklist.group_owner")
        case Grouping.STATE:
            return tr("checklist.group_state")
        case Grouping.NONE:
            return tr("checklist.group_none")


class SearchField(QLineEdit):
    """Search with Escape and Down as the ways back to the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field first, then leaves it."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FilterBar(QWidget):
    """What is shown, and how it is grouped. `chosen` comes with every new filter, `grouped` with every new grouping."""

    chosen = Signal(object)  # Filter
    grouped = Signal(object)  # Grouping
    me_wanted = Signal()  # "mine" was chosen and nobody knows who that is

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checklistFilters")
        self.me: str | None = None
        self._document: str | None = None
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        chips = QWidget()
        chips.setAccessibleName(tr("checklist.filters_name"))
        flow = FlowLayout(chips)
        for number, (name, _) in enumerate(_CHIPS):
            chip = QPushButton()
            chip.setAutoDefault(False)
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setObjectName(f"chip_{name}")
            chip.setToolTip(tr("checklist.chip_tip", name=_chip_word(name)))
            self._group.addButton(chip, number)
            self.chips[name] = chip
        self.chips["all"].setChecked(True)
        self.kinds = QPushButton()
        self.kinds.setProperty("chip", True)
        self.kinds.setCheckable(True)
        self.kinds.setObjectName("chip_kinds")
        menu = QMenu(self.kinds)
        self._kinds: dict[Trait, QAction] = {}
        for kind, trait in KIND_TRAITS.items():
            choice = menu.addAction(kind_word(kind))
            choice.setCheckable(True)
            choice.toggled.connect(self._on_kinds)
            self._kinds[trait] = choice
        self.kinds.setMenu(menu)
        self.document = QPushButton()
        self.document.setProperty("chip", True)
        self.document.setCheckable(True)
        self.document.setChecked(True)
        self.document.setAutoDefault(False)
        self.document.setObjectName("chip_document")
        self.document.clicked.connect(self._on_document_removed)
        self.document.hide()
        flow.addWidget(self.document)
        for name in ("all", "must", "missing", "mine"):
            flow.addWidget(self.chips[name])
        flow.addWidget(self.kinds)
        for name in ("changed", "rejected", "contract"):
            flow.addWidget(self.chips[name])

        self.search = SearchField()
        self.search.setObjectName("checklistSearch")
        self.search.setPlaceholderText(tr("checklist.search_hint"))
        self.search.setAccessibleName(tr("checklist.search_name"))
        self.search.setClearButtonEnabled(True)
        # Twenty thousand items are searched in some thirty milliseconds: not for every letter of a fast typist.
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(120)
        self._pause.timeout.connect(self._tell)
        self.search.textChanged.connect(self._on_search)
        self.grouping = QComboBox()
        self.grouping.setAccessibleName(tr("checklist.group_name"))
        self.grouping.setToolTip(tr("checklist.group_name"))
        for grouping in Grouping:
            self.grouping.addItem(_grouping_word(grouping), grouping.value)
        self.grouping.currentIndexChanged.connect(self._on_grouping)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.search, 1)
        line.addWidget(self.grouping)
        self._line = line
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(8)
        whole.addWidget(chips)
        whole.addLayout(line)
        self._group.idClicked.connect(self._on_chip)
        self._name_kinds()

    def add_tool(self, tool: QWidget) -> None:
        """What is done with the whole list, after the grouping."""
        self._line.addWidget(tool)

    @property
    def name(self) -> str:
        """The chosen chip."""
        return _CHIPS[self._group.checkedId()][0]

    def filter(self) -> Filter:
        """What the bar says now."""
        name, traits = _CHIPS[self._group.checkedId()]
        kinds = Trait(0)
        for trait, choice in self._kinds.items():
            if choice.isChecked():
                kinds |= trait
        owner = self.me if name == "mine" else None
        return Filter(traits, kinds, owner, tuple(self.search.text().split()), self._document)

    def choose(self, name: str) -> None:
        """Press a chip."""
        self.chips[name].setChecked(True)
        self._on_chip(self._group.checkedId())

    def show_document(self, document: str, name: str) -> None:
        """Only what comes from a document, by its id; a chip says so and takes it away again."""
        self._empty()
        self._document = document
        words = tr("checklist.chip_document", name=one_line(name, _LONGEST))
        self.document.setText(f"{words} ✕")
        self.document.setAccessibleName(words)
        self.document.setToolTip(tr("checklist.chip_document_tip"))
        self.document.setChecked(True)
        self.document.show()
        self.choose("all")

    def clear(self) -> None:
        """Everything on the tender list again."""
        self._empty()
        self.choose("all")

    def _empty(self) -> None:
        self._document = None
        self.document.hide()
        self.search.clear()
        for choice in self._kinds.values():
            choice.blockSignals(True)
            choice.setChecked(False)
            choice.blockSignals(False)
        self._name_kinds()

    def set_counts(self, counts: Counts) -> None:
        """Put the numbers on the chips."""
        for name, traits in _CHIPS:
            number = counts.mine if name == "mine" else counts.of(traits)
            chip = self.chips[name]
            word = _chip_word(name)
            # A name is only asked for when there is somebody to be: no number for "mine" before that.
            known = name != "mine" or self.me is not None
            sign = "⟳ " if name == "changed" else ""
            chip.setText(f"{sign}{word} {figure(number)}" if known else word)
            chip.setAccessibleName(f"{word} {number}" if known else word)
            chip.setVisible(number > 0 or name in _ALWAYS or chip.isChecked())
        for trait, choice in self._kinds.items():
            kind = next(kind for kind, found in KIND_TRAITS.items() if found == trait)
            choice.setText(f"{kind_word(kind)}  {figure(counts.of(Trait.TENDER | trait))}")

    def set_me(self, name: str | None) -> None:
        """Whose items "mine" are."""
        self.me = name
        if self.name == "mine":
            self._tell()

    def _on_chip(self, number: int) -> None:
        if _CHIPS[number][0] == "mine" and self.me is None:
            self.me_wanted.emit()
            return
        self._tell()

    def _on_search(self) -> None:
        self._pause.start()

    def _on_document_removed(self) -> None:
        self._document = None
        self.document.hide()
        self._tell()

    def _on_kinds(self) -> None:
        self._name_kinds()
        self._tell()

    def _name_kinds(self) -> None:
        names = [kind_word(kind) for kind, trait in KIND_TRAITS.items() if self._kinds[trait].isChecked()]
        self.kinds.setChecked(bool(names))
        text = tr("checklist.chip_kinds_some", kinds=", ".join(names)) if names else tr("checklist.chip_kinds")
        self.kinds.setText(f"{text} ▾")
        self.kinds.setAccessibleName(text)

    def _on_grouping(self) -> None:
        self.grouped.emit(Grouping(self.grouping.currentData()))

    def _tell(self) -> None:
        self._pause.stop()
        self.chosen.emit(self.filter())
