"""The places where a text stands, to be marked or passed over. There may be thousands: a row is made when it comes into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QListView, QWidget

from app.gui.messages import tr
from app.gui.secrecy.words import one_line
from app.gui.shell.sheet import Sheet, words
from app.secrecy.occurrences import Where
from app.workflow.marks import Spread

__all__ = ["PlacesModel", "SpreadDialog"]

AnyIndex = QModelIndex | QPersistentModelIndex


class PlacesModel(QAbstractListModel):
    """A line for each place, checked when it is to be marked; none where nothing can be. `counted` tells of another choice."""

    counted = Signal()

    def __init__(self, found: Sequence[Spread], known: frozenset[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found = tuple(found)
        self._possible = frozenset(number for number, one in enumerate(self._found) if one.placed is not None)
        self._checked = set(self._possible - known)

    @property
    def count(self) -> int:
        """How many are chosen."""
        return len(self._checked)

    @property
    def all_chosen(self) -> bool:
        """Whether nothing more can be chosen."""
        return len(self._checked) == len(self._possible)

    def chosen(self) -> tuple[Spread, ...]:
        """What is chosen, in order."""
        return tuple(self._found[number] for number in sorted(self._checked))

    def choose(self, wanted: bool) -> None:
        """All of them, or none."""
        self._checked = set(self._possible) if wanted else set()
        self._tell(0, len(self._found) - 1)

    def place(self, row: int) -> Spread | None:
        """What a row stands for."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """All places."""
        return 0 if parent.isValid() else len(self._found)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """What cannot be marked is only to be read."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.row() in self._possible else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, and whether it is chosen."""
        one = self.place(index.row()) if index.isValid() else None
        if one is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _line(one)
        if role == Qt.ItemDataRole.CheckStateRole and index.row() in self._possible:
            state = Qt.CheckState.Checked if index.row() in self._checked else Qt.CheckState.Unchecked
            return state.value  # Qt reads a number here, and takes the enum for none
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Choose a place, or pass it over."""
        if role != Qt.ItemDataRole.CheckStateRole or index.row() not in self._possible:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._checked.add(index.row())
        else:
            self._checked.discard(index.row())
        self._tell(index.row(), index.row())
        return True

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last), [Qt.ItemDataRole.CheckStateRole])
        self.counted.emit()


class SpreadDialog(Sheet):
    """A line for each place. Space takes one away or back, the arrow keys show each in the document behind.

    `left` is how many more places there are than are shown.
    """

    shown = Signal(object)  # Spread
    taken = Signal(object)  # tuple[Spread, ...]

    def __init__(self, text: str, found: Sequence[Spread], known: frozenset[int], parent: QWidget, left: int = 0) -> None:
        files = tr("secrecy.spread_files", count=len({one.file for one in found}))
        short = one_line(text, 60)
        lead = (
            tr("bid.spread_many", text=short, all=len(found) + left, shown=len(found))
            if left
            else tr("secrecy.spread_lead", text=short, count=len(found), files=files)
        )
        super().__init__(tr("secrecy.spread_title"), lead, parent, width=640)
        self.model = PlacesModel(found, known, self)
        self.list = _Places()
        self.list.setObjectName("secrecyPlaces")
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("secrecy.spread_list"))
        self.list.setMinimumHeight(240)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.body.addWidget(self.list)
        self.body.addWidget(words(tr("secrecy.spread_keys"), "small"))
        self.all = self.button("", left=True)
        self.all.clicked.connect(self._on_all)
        self.button(tr("checklist.ask_cancel")).clicked.connect(self.reject)
        self.ok = self.button("", primary=True)
        self.ok.clicked.connect(self._on_ok)
        self.model.counted.connect(self._count)
        self.list.selectionModel().currentRowChanged.connect(self._on_row)
        self._count()
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Rows as high as the style has them: it came after the first was measured."""
        super().showEvent(event)
        self.list.doItemsLayout()

    def chosen(self) -> tuple[Spread, ...]:
        """What is checked."""
        return self.model.chosen()

    def _count(self) -> None:
        self.ok.setText(tr("secrecy.spread_ok", count=self.model.count))
        self.ok.setEnabled(self.model.count > 0)
        self.all.setText(tr("bid.spread_none") if self.model.all_chosen else tr("bid.spread_all"))

    def _on_all(self) -> None:
        self.model.choose(not self.model.all_chosen)

    def _on_row(self, index: QModelIndex) -> None:
        if (one := self.model.place(index.row())) is not None:
            self.shown.emit(one)

    def _on_ok(self) -> None:
        chosen = self.chosen()
        self.accept()
        self.taken.emit(chosen)


class _Places(QListView):
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
