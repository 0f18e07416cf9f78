"""The two lists: files to be named and ordered, steps to be ticked off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from app.gui.checklist.view import RowView
from app.gui.package.delegate import PackageDelegate
from app.gui.package.model import PackageModel
from app.gui.package.rows import StepRow, tip_of

__all__ = ["PackageList"]


class PackageList(RowView):
    """Tells which row is chosen, which one Return or a double click was pressed on, and which tick."""

    chosen = Signal(object)  # FileRow | StepRow | None
    wanted = Signal(object)  # FileRow | StepRow
    ticked = Signal(object)  # StepRow

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.rows = PackageModel()
        self._look = PackageDelegate()
        super().__init__(self.rows, self._look, parent)
        self.rows.setParent(self)
        self._look.setParent(self)
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentChanged.connect(self._on_current)
        self.rows.modelReset.connect(self._on_current)
        self.rows.dataChanged.connect(self._on_current)

    @property
    def row(self) -> Any:
        """The row that is chosen, or None."""
        place = self.currentIndex().row()
        return self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return acts on the row, Space ticks it."""
        row = self.row
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(row)
        elif isinstance(row, StepRow) and event.key() == Qt.Key.Key_Space:
            self.ticked.emit(row)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the tick ticks."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self.rows.rows[index.row()] if index.isValid() else None
        if isinstance(row, StepRow) and self._look.tick_rect(self.visualRect(index)).contains(place):
            self.ticked.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Return."""
        super().mouseDoubleClickEvent(event)
        if self.row is not None:
            self.wanted.emit(self.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is below may grow: the row that it is about stays in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        """What is too long for the row, in whole, where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.indexAt(event.pos()).row()
            if 0 <= place < len(self.rows.rows):
                QToolTip.showText(event.globalPos(), tip_of(self.rows.rows[place]), self)
                return True
        return super().viewportEvent(event)

    def _on_current(self, *_what: object) -> None:
        self.chosen.emit(self.row)
