"""The lists of the page: what is asked for takes what is dropped on it, files and documents can be dragged there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from app.gui.answers.delegate import AnswersDelegate
from app.gui.answers.model import DOCUMENTS, AnswersModel
from app.gui.checklist.view import RowView

__all__ = ["AskedList", "DraggedList", "RowList"]


class RowList(RowView):
    """Tells which row is chosen, and which one Return or a double click was pressed on."""

    chosen = Signal(object)  # a row | None
    wanted = Signal(object)  # a row

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.rows = AnswersModel()
        self.look = AnswersDelegate()
        super().__init__(self.rows, self.look, parent)
        self.rows.setParent(self)
        self.look.setParent(self)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.selectionModel().selectionChanged.connect(self._on_current)
        self.rows.modelReset.connect(self._on_current)
        self.rows.dataChanged.connect(self._on_current)

    @property
    def row(self) -> Any:
        """The row that is chosen, or None."""
        place = self.currentIndex().row()
        there = 0 <= place < len(self.rows.rows) and not self.rows.is_header(place)
        return self.rows.rows[place] if there else None

    @property
    def chosen_rows(self) -> list[Any]:
        """All rows that are chosen, in the list's order; the one in focus where none is."""
        keys = self.selected_keys()
        rows = [self.rows.rows[place] for key in keys if (place := self.rows.row_of(key)) >= 0]
        return rows or [row for row in (self.row,) if row is not None]

    def go(self, by: int) -> None:
        """To another row."""
        move = QAbstractItemView.CursorAction
        index = self.moveCursor(move.MoveDown if by > 0 else move.MoveUp, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self.setCurrentIndex(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_first(self) -> None:
        """Begin at the top, if nothing is chosen."""
        if self.row is None:
            first = next((place for place in range(len(self.rows.rows)) if not self.rows.is_header(place)), -1)
            if first >= 0:
                self.setCurrentIndex(self.rows.index(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return acts on the row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row is not None:
            self.wanted.emit(self.row)
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Return."""
        super().mouseDoubleClickEvent(event)
        if self.row is not None and self.indexAt(event.position().toPoint()).isValid():
            self.wanted.emit(self.row)

    def viewportEvent(self, event: QEvent) -> bool:
        """What is too long for the row, in whole, where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.indexAt(event.pos()).row()
            if place >= 0 and not self.rows.is_header(place):
                row = self.rows.rows[place]
                QToolTip.showText(event.globalPos(), "\n".join((row.title, *(line.text for line in row.lines))), self)
                return True
        return super().viewportEvent(event)

    def _on_current(self, *_what: object) -> None:
        self.chosen.emit(self.row)


class AskedList(RowList):
    """Files and documents may be dropped on its rows. `dropped` has the items' keys and paths, `placed` keys and documents'."""

    dropped = Signal(object, object)  # tuple[str, ...], tuple[Path, ...]
    placed = Signal(object, object)  # tuple[str, ...], tuple[str, ...]

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and documents are welcome."""
        if _welcome(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """The row that would take them shows it."""
        key = self._key_at(event)
        self._light(key)
        if key:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        del event
        self._light("")

    def dropEvent(self, event: QDropEvent) -> None:
        """To the row that it was dropped on; to all that are chosen when that is one of them."""
        key, data = self._key_at(event), event.mimeData()
        self._light("")
        if not key:
            event.ignore()
            return
        chosen = self.selected_keys()
        keys = chosen if key in chosen else (key,)
        paths = tuple(path for url in data.urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).name)
        documents = tuple(bytes(data.data(DOCUMENTS).data()).decode().split("\n")) if data.hasFormat(DOCUMENTS) else ()
        event.acceptProposedAction()
        if paths:
            self.dropped.emit(keys, paths)
        if documents:
            self.placed.emit(keys, documents)

    def _key_at(self, event: QDropEvent) -> str:
        place = self.indexAt(event.position().toPoint()).row()
        there = place >= 0 and not self.rows.is_header(place)
        return str(self.rows.rows[place].key) if there and _welcome(event.mimeData()) else ""

    def _light(self, key: str) -> None:
        if key != self.look.over:
            self.look.over = key
            self.viewport().update()


class DraggedList(RowList):
    """Its rows can be dragged to what asks for them, or to another program."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """The chosen rows. (Qt's own takes their picture, and counts rows as its lists do.)"""
        del actions
        data = self.rows.carried(self.chosen_rows)
        if data.formats():
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.CopyAction)


def _welcome(data: QMimeData) -> bool:
    return data.hasFormat(DOCUMENTS) or any(url.isLocalFile() for url in data.urls())
