"""What `RowView` asks of a model and a delegate: rows known by a key, some of them headers, with heights that can be guessed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.gui.theme import theme

__all__ = ["EDGE", "Index", "Keyed", "Role", "RowDelegate", "RowModel", "Stay", "paint_ground"]

Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class Role(IntEnum):
    """What delegates ask for. `ROW` is the row's own object, `KEY` the item's key ("" for a header)."""

    ROW = Qt.ItemDataRole.UserRole
    KEY = Qt.ItemDataRole.UserRole + 1
    HEADER = Qt.ItemDataRole.UserRole + 2


class Keyed(Protocol):
    """A row: its key names it as long as it lives."""

    @property
    def key(self) -> str:
        """Unlike every other row's."""
        ...


class RowModel(QAbstractListModel):
    """A flat list of headers and rows. Headers cannot be chosen."""

    _places: dict[str, int] | None = None

    @property
    @abstractmethod
    def rows(self) -> Sequence[Any]:
        """All rows; not to be changed."""

    @abstractmethod
    def is_header(self, place: int) -> bool:
        """Whether the row is a header."""

    @abstractmethod
    def shown(self, place: int) -> str:
        """The row's text."""

    @abstractmethod
    def spoken(self, place: int) -> str:
        """The row for a screen reader."""

    def moved(self) -> None:
        """To be called when rows are not where they were."""
        self._places = None

    def row_of(self, key: str) -> int:
        """The row with a key, or -1."""
        if self._places is None:
            self._places = {row.key: place for place, row in enumerate(self.rows)}
        return self._places.get(key, -1)

    def rowCount(self, parent: Index = _TOP) -> int:
        """Rows at the top level; no row has children."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself for the delegate, words for a screen reader."""
        place = index.row()
        if not index.isValid() or not 0 <= place < len(self.rows):
            return None
        if role == Role.ROW:
            return self.rows[place]
        if role == Role.HEADER:
            return self.is_header(place)
        if role == Role.KEY:
            return "" if self.is_header(place) else self.rows[place].key
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(place)
        return self.spoken(place) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headers cannot be chosen."""
        if not index.isValid() or index.row() >= len(self.rows):
            return Qt.ItemFlag.NoItemFlags
        leaf = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return leaf if self.is_header(index.row()) else leaf | Qt.ItemFlag.ItemIsSelectable


class KeptRows(RowModel):
    """Rows as they were given. The same rows as before change where they stand, so that what is chosen and in sight stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Any, ...] = ()

    @property
    def rows(self) -> Sequence[Any]:
        """All rows; not to be changed."""
        return self._rows

    def show(self, rows: Sequence[Any]) -> None:
        """Other rows, or the same ones as they are now."""
        new = tuple(rows)
        if [row.key for row in new] == [row.key for row in self._rows]:
            old, self._rows = self._rows, new
            odd = [place for place, (before, after) in enumerate(zip(old, new, strict=True)) if before != after]
            if odd:
                self.dataChanged.emit(self.index(odd[0]), self.index(odd[-1]))
            return
        self.beginResetModel()
        self._rows = new
        self.moved()
        self.endResetModel()


@dataclass(frozen=True, slots=True)
class Stay:
    """What is on screen and chosen, by key. `keys` are the rows from the top of the view down: the first that is left decides."""

    keys: tuple[str, ...]
    shift: int
    current: str
    selected: tuple[str, ...]


EDGE = 3
"""Pixels of the bar at the left of a chosen row."""


def paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    """What a row is painted on: chosen, under the mouse or neither, with a line below it."""
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(rect, theme.colour("accent_soft"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.colour("hover"))
    painter.setPen(theme.colour("line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if selected:
        painter.fillRect(QRect(rect.left(), rect.top(), EDGE, rect.height()), theme.colour("accent"))


class RowDelegate(QStyledItemDelegate):
    """Paints rows whose height depends on the width alone."""

    @abstractmethod
    def refresh(self) -> None:
        """Take up the theme's and the language's fonts and words."""

    @abstractmethod
    def header_height(self) -> int:
        """Pixels of a header."""

    def heights(self, rows: Sequence[Any], width: int) -> list[int]:
        """A guess for every row, fast; exact where measuring is."""
        return [self.height(row, width) for row in rows]

    @abstractmethod
    def height(self, row: Any, width: int) -> int:
        """Exactly."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The row's height."""
        return QSize(option.rect.width(), self.height(index.data(Role.ROW), option.rect.width()))
