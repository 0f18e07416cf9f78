"""The list of findings: Return or the row's button goes to the cause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from app.gui.checklist.view import RowView
from app.gui.messages import tr
from app.gui.review.delegate import ReviewDelegate
from app.gui.review.model import ReviewModel
from app.gui.review.rows import FindingRow

__all__ = ["ReviewView"]


class ReviewView(RowView):
    """Tells which row was chosen, and whose cause is wanted."""

    chosen = Signal(object)  # FindingRow | None
    wanted = Signal(object)  # FindingRow

    def __init__(self, parent: QWidget | None = None) -> None:
        self.rows = ReviewModel()
        self._look = ReviewDelegate()
        super().__init__(self.rows, self._look, parent)
        self.rows.setParent(self)
        self._look.setParent(self)
        self.setObjectName("reviewList")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("review.list"))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.rows.dataChanged.connect(self._on_current)
        self.rows.modelReset.connect(self._on_current)

    @property
    def row(self) -> FindingRow | None:
        """The row that is chosen."""
        place = self.currentIndex().row()
        row = self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None
        return row if isinstance(row, FindingRow) else None

    def choose_first(self) -> None:
        """Begin at the top, if nothing is chosen."""
        if self.row is None and len(self.rows.rows) > 1:
            self.setCurrentIndex(self.rows.index(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return goes to the cause."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.row is not None:
            self.wanted.emit(self.row)
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The row's button goes to the cause."""
        super().mouseReleaseEvent(event)
        row = self._button_at(event)
        if event.button() is Qt.MouseButton.LeftButton and row is not None:
            self.wanted.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """So does a double click anywhere on the row."""
        super().mouseDoubleClickEvent(event)
        if self.row is not None and self._button_at(event) is None:
            self.wanted.emit(self.row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the button."""
        super().mouseMoveEvent(event)
        over = self._button_at(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is below may grow: the row that it is about stays in sight."""
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def viewportEvent(self, event: QEvent) -> bool:
        """What is too long for the row, in whole, where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.indexAt(event.pos()).row()
            row = self.rows.rows[place] if 0 <= place < len(self.rows.rows) else None
            if isinstance(row, FindingRow):
                QToolTip.showText(event.globalPos(), "\n".join(filter(None, (row.title, row.detail, row.remedy))), self)
                return True
        return super().viewportEvent(event)

    def _button_at(self, event: QMouseEvent) -> FindingRow | None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        row = self.rows.rows[index.row()] if index.isValid() else None
        if isinstance(row, FindingRow) and self._look.button_rect(self.visualRect(index), row).contains(place):
            return row
        return None

    def _on_current(self, *_what: object) -> None:
        self.chosen.emit(self.row)
