"""The list of a sheet: Space ticks, Return or a double click leads on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.gui.checklist.view import RowView
from app.gui.filling.delegate import LineDelegate
from app.gui.filling.lines import Line, spoken
from app.gui.filling.model import LinesModel

__all__ = ["LinesView"]


class LinesView(RowView):
    """Tells which line was chosen, and which one's button was pressed."""

    chosen = Signal(object)  # Line | None
    wanted = Signal(object)  # Line

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.lines = LinesModel()
        self._look = LineDelegate()
        super().__init__(self.lines, self._look, parent)
        self.lines.setParent(self)
        self._look.setParent(self)
        self.setAccessibleName(name)
        self.setObjectName("sheetLines")
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def line(self) -> Line | None:
        """The line that is chosen."""
        place = self.currentIndex().row()
        row = self.lines.rows[place] if 0 <= place < len(self.lines.rows) else None
        return row if isinstance(row, Line) else None

    def choose_first(self) -> None:
        """Begin at the top, or at the first line that leads on."""
        lines = [(place, row) for place, row in enumerate(self.lines.rows) if isinstance(row, Line)]
        if lines:
            leading = [place for place, row in lines if row.button]
            self.setCurrentIndex(self.lines.index((leading or [lines[0][0]])[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks what is chosen, Return leads on."""
        line = self.line
        if event.key() == Qt.Key.Key_Space and line is not None and line.checked is not None:
            places = sorted(index.row() for index in self.selectedIndexes())
            self.lines.tick(places or [self.currentIndex().row()])
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None and line.button:
            self.wanted.emit(line)
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the box it ticks, on the button it leads on."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self.lines.rows[index.row()] if index.isValid() else None
        if event.button() is not Qt.MouseButton.LeftButton or not isinstance(row, Line):
            return
        if self._look.button_rect(self.visualRect(index), row).contains(place):
            self.wanted.emit(row)
        elif self._look.box_rect(self.visualRect(index)).contains(place):
            self.lines.tick([index.row()])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Anywhere on a row that leads on."""
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.lines.rows[index.row()] if index.isValid() else None
        on_button = isinstance(row, Line) and self._look.button_rect(self.visualRect(index), row).contains(
            event.position().toPoint()
        )
        if isinstance(row, Line) and row.button and not on_button:
            self.wanted.emit(row)

    def viewportEvent(self, event: QEvent) -> bool:
        """What is too long for the row, in whole, where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            row = self.lines.rows[index.row()] if index.isValid() else None
            if isinstance(row, Line):
                QToolTip.showText(event.globalPos(), spoken(row), self)
                return True
        return super().viewportEvent(event)

    def _on_current(self) -> None:
        self.chosen.emit(self.line)
