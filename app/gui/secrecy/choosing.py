"""Which item of the checklist the annex answers: found by itself, or chosen here by a few letters. There may be thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from app.core.folding import folded
from app.core.work import WorkItem
from app.gui.actions import Actions
from app.gui.checklist.wording import kind_word
from app.gui.messages import tr
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.words import one_line
from app.gui.shell.sheet import Sheet, words
from app.workflow.desk import Desk
from app.workflow.secrecy_asked import candidates, likeliest

__all__ = ["Choice", "Choosing", "ItemDialog", "choices"]

AnyIndex = QModelIndex | QPersistentModelIndex

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Choice:
    """A row. `item` is a key of the list, None for what is found by itself, empty for no item at all."""

    item: str | None
    text: str
    sought: str = ""

    @property
    def always(self) -> bool:
        """Whether it is there whatever is looked for."""
        return not self.item


def choices(items: Sequence[WorkItem]) -> tuple[Choice, ...]:
    """What there is to choose from, what speaks of secrecy first. For a thread: it reads every item."""
    found = likeliest(items, None)
    itself = tr("bid.item_found", where=_line(found)) if found is not None else tr("bid.item_found_none")
    rows = [Choice(None, itself), Choice("", tr("bid.item_none"))]
    for one in candidates(items):
        line = _line(one)
        rows.append(Choice(one.key, f"{line} · {kind_word(one.item.kind)}", folded(f"{one.item.number or ''} {one.item.text}")))
    return tuple(rows)


def _line(one: WorkItem) -> str:
    text = one_line(one.item.text_after_number, 240)
    return f"{one.item.number} {text}" if one.item.number else text


class Choosing(QObject):
    """Wires the action. The item is the desk's: choosing is a step that can be taken back."""

    def __init__(self, actions: Actions, thinking: Thinking, window: QWidget) -> None:
        super().__init__(window)
        self._thinking = thinking
        self._window = window
        self.desk: Desk | None = None
        self.dialog: ItemDialog | None = None
        actions["choose_annex_item"].triggered.connect(self.begin)

    def begin(self) -> None:
        """Ask which item it is."""
        if self.desk is not None:
            self._thinking.submit(partial(choices, self.desk.items()), partial(self._on_listed, self.desk))

    def _on_listed(self, desk: Desk, rows: tuple[Choice, ...]) -> None:
        if desk is self.desk and self.dialog is None:
            dialog = self.dialog = ItemDialog(rows, desk.tender.secrecy.item, self._window)
            dialog.chosen.connect(self._on_chosen)
            dialog.finished.connect(self._on_finished)
            dialog.open()

    def _on_chosen(self, item: str | None) -> None:
        if self.desk is not None:
            self.desk.choose_annex_item(item)

    def _on_finished(self) -> None:
        self.dialog = None


class ItemDialog(Sheet):
    """A field to search in over a list. The keys stay in the field: arrows go through the list, Enter takes the row."""

    chosen = Signal(object)  # str | None

    def __init__(self, rows: Sequence[Choice], now: str | None, parent: QWidget) -> None:
        super().__init__(tr("bid.item_title"), tr("bid.item_lead"), parent, width=640)
        self.model = ItemsModel(rows, self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("bid.item_search"))
        self.field.setAccessibleName(tr("bid.item_search"))
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setObjectName("secrecyPlaces")
        self.list.setAccessibleName(tr("bid.item_list"))
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(300)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.count = words("", "small")
        for part in (self.field, self.list, self.count):
            self.body.addWidget(part)
        self.button(tr("checklist.ask_cancel")).clicked.connect(self.reject)
        self.ok = self.button(tr("bid.item_ok"), primary=True)
        self.ok.clicked.connect(self._on_ok)
        self.field.textChanged.connect(self._on_typed)
        self.list.doubleClicked.connect(self._on_ok)
        self._go_to(self.model.row_of(now))
        self._tell()
        self.field.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Rows as high as the style has them: it came after the first was measured."""
        super().showEvent(event)
        self.list.doItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the field move through the list."""
        pressed = event.key() if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress else None
        if watched is self.field and isinstance(event, QKeyEvent) and pressed in _MOVES:
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        self.model.look_for(text)
        self._go_to(self.model.first_hit())
        self._tell()

    def _tell(self) -> None:
        hits = self.model.hits
        self.count.setText(tr("bid.item_count", count=hits) if hits else tr("bid.item_no_hits"))

    def _go_to(self, row: int) -> None:
        index = self.model.index(max(0, row))
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _on_ok(self) -> None:
        choice = self.model.choice(self.list.currentIndex())
        if choice is not None:
            self.accept()
            self.chosen.emit(choice.item)


class ItemsModel(QAbstractListModel):
    """The rows that hold every word that is looked for. Nothing is made but what is in sight."""

    def __init__(self, rows: Sequence[Choice], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(rows)
        self._rows = self._all

    @property
    def hits(self) -> int:
        """How many items are listed."""
        return sum(not row.always for row in self._rows)

    def look_for(self, text: str) -> None:
        """List what has all of these words."""
        wanted = folded(text).split()
        self.beginResetModel()
        self._rows = tuple(row for row in self._all if row.always or all(word in row.sought for word in wanted))
        self.endResetModel()

    def first_hit(self) -> int:
        """The row of the first item that was found; that of the first row where there is none."""
        return next((place for place, row in enumerate(self._rows) if not row.always), 0)

    def row_of(self, item: str | None) -> int:
        """Where an item is, or -1."""
        return next((place for place, row in enumerate(self._rows) if row.item == item), -1)

    def choice(self, index: AnyIndex) -> Choice | None:
        """What a row stands for."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """All that is listed."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row's words."""
        choice = self.choice(index)
        if choice is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return choice.text
