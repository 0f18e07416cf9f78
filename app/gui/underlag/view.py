"""The table of documents. A row opens to its detail with Enter or Right, and stays open, chosen and in place during reading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.gui.messages import tr
from app.gui.theme import theme
from app.gui.underlag.delegate import DocumentDelegate, head_height
from app.gui.underlag.detail import DocumentDetail
from app.gui.underlag.model import ROW, Column, DocumentsModel
from app.gui.underlag.parts import chain, focusable
from app.gui.underlag.rows import DocumentRow

__all__ = ["DocumentsView"]

_WIDTHS = {Column.PAGES: 64, Column.ITEMS: 72, Column.LINES: 144, Column.STATE: 168}
_ROOM = {Column.PAGES: 720, Column.LINES: 640, Column.ITEMS: 460}
"""How wide the table must be for a column to be shown. All widths are for text of its usual size."""
_CRAMPED, _SHORT_STATE = 320, 84
"""Below the first, a state has the second: the beginning of its word, beside its shape."""


class DocumentsView(QTableView):
    """Rows of documents, each with a detail below it when open."""

    show_place = Signal(str, object)
    acknowledged = Signal(str, object, bool)
    again_asked = Signal(object)
    list_asked = Signal(str)
    ledger_asked = Signal(str)
    removal_asked = Signal(str)

    def __init__(self, model: DocumentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagDocuments")
        self.setAccessibleName(tr("underlag.documents"))
        self.setAccessibleDescription(tr("underlag.documents_keys"))
        self._documents = model
        self._delegate = DocumentDelegate(self)
        self._wanted: set[str] = self._delegate.open_names
        self._details: dict[str, DocumentDetail] = {}
        self._stops: list[QWidget] = []
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(head_height())
        self.verticalHeader().setMinimumSectionSize(head_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(0)
        self._fitting.timeout.connect(self._fit)
        model.dataChanged.connect(self._on_changed)
        model.modelReset.connect(self._on_reset)
        model.rowsRemoved.connect(self._fitting.start)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsAboutToBeRemoved.connect(self._on_removing)

    # --- opening and closing

    def is_open(self, name: str) -> bool:
        """Whether a document's detail is shown."""
        return name in self._details

    def detail_of(self, name: str) -> DocumentDetail | None:
        """The detail of an open row."""
        return self._details.get(name)

    def open_row(self, name: str) -> None:
        """Show a document's detail."""
        number = self._documents.row_of(name)
        if number is None or name in self._details or self._documents.rows[number].record is None:
            return
        index = self._documents.index(number, Column.NAME)
        self._wanted.add(name)
        self.openPersistentEditor(index)
        detail = self.indexWidget(index)
        if isinstance(detail, DocumentDetail):
            self._details[name] = detail
            detail.show_place.connect(self.show_place)
            detail.acknowledged.connect(self.acknowledged)
            detail.again_asked.connect(self.again_asked)
            detail.list_asked.connect(self.list_asked)
            detail.ledger_asked.connect(self.ledger_asked)
            detail.removal_asked.connect(self.removal_asked)
            detail.resized.connect(self._fitting.start)
            detail.let_go.connect(self.setFocus)
        self._fit()

    def close_row(self, name: str) -> None:
        """Hide a document's detail."""
        if self._details.pop(name, None) is None:
            return
        self._wanted.discard(name)
        number = self._documents.row_of(name)
        if number is not None:
            self.closePersistentEditor(self._documents.index(number, Column.NAME))
            self.setRowHeight(number, head_height())
        self.setFocus()
        self.viewport().update()

    def open_what_waits(self) -> None:
        """Open the rows where the user has something to do."""
        for row in self._documents.rows:
            if row.wants_attention:
                self.open_row(row.name)

    def current_row(self) -> DocumentRow | None:
        """The row that is chosen."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def _toggle(self, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, DocumentRow):
            self.close_row(row.name) if self.is_open(row.name) else self.open_row(row.name)

    # --- keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open and close, Right opens, Left closes; the rest is the table's."""
        index = self.currentIndex()
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, DocumentRow) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                    self._toggle(index)
                    return
                case Qt.Key.Key_Right:
                    self.open_row(row.name)
                    return
                case Qt.Key.Key_Left:
                    self.close_row(row.name)
                    return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The arrow and the state open the row; the lines without class lead to them."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return
        if event.position().y() > self.visualRect(index).top() + head_height():
            return
        row: DocumentRow = index.data(ROW)
        if index.column() == Column.LINES and row.record is not None and row.record.summary.lines.unassigned:
            self.ledger_asked.emit(row.record.summary.id)
        elif index.column() == Column.STATE or (index.column() == Column.NAME and event.position().x() < 28):
            self._toggle(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Anywhere on the row's head: open or close."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() in (Column.NAME, Column.PAGES, Column.ITEMS):
            self._toggle(index)

    # --- fitting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width may break the details' lines elsewhere."""
        super().resizeEvent(event)
        self._fit_columns()
        self._fit()

    def _fit_columns(self) -> None:
        """Where it gets narrow, what the detail tells as well gives way to the names."""
        room = self.viewport().width() / theme.scale
        for column, width in _WIDTHS.items():
            narrow = column is Column.STATE and room < _CRAMPED
            self.setColumnWidth(column, round((_SHORT_STATE if narrow else width) * theme.scale))
            self.setColumnHidden(column, room < _ROOM.get(column, 0))

    def _on_changed(self) -> None:
        self._fitting.start()

    def _on_reset(self) -> None:
        self._details.clear()
        self._wanted.clear()
        self._stops = []

    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        """What comes in above the upper edge moves nothing that is seen."""
        if self.rowAt(0) > last or (self.rowAt(0) < 0 and first == 0):
            bar = self.verticalScrollBar()
            self.updateGeometries()
            bar.setValue(bar.value() + sum(self.rowHeight(number) for number in range(first, last + 1)))

    def _on_removing(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self.rowAt(0) > last:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - sum(self.rowHeight(number) for number in range(first, last + 1)))

    def _fit(self) -> None:
        names = {row.name for row in self._documents.rows}
        for name in [name for name in self._details if name not in names]:
            del self._details[name]
            self._wanted.discard(name)
        for number, row in enumerate(self._documents.rows):
            detail = self._details.get(row.name)
            if detail is None:
                continue
            detail.show_row(row)
            height = head_height() + detail.height_for(self.viewport().width()) + 1
            if self.rowHeight(number) != height:
                self.setRowHeight(number, height)
        self.updateEditorGeometries()
        self._chain()

    def _chain(self) -> None:
        """The Tab key goes from the table into the open details, from top to bottom."""
        stops: list[QWidget] = [self]
        for row in self._documents.rows:
            detail = self._details.get(row.name)
            stops += focusable(detail) if detail is not None else []
        if stops != self._stops:
            self._stops = stops
            chain(stops)
