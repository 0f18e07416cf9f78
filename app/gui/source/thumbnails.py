"""The pages in miniature, to find one's way by how they look."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.gui.messages import tr
from app.gui.source.opened import Drawn, OpenDocument
from app.gui.source.pictures import Pictures
from app.gui.source.wanted import Tile
from app.gui.theme import LIGHT, font, theme

__all__ = ["PageModel", "Thumbnails"]

_WIDE = 112
_AROUND = 8
_BELOW = 20
_MOST_BYTES = 24 * 1024 * 1024
_Index = QModelIndex | QPersistentModelIndex


class PageModel(QAbstractListModel):
    """A row for each page of a document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[tuple[float, float], ...] = ()

    def set_sizes(self, sizes: tuple[tuple[float, float], ...]) -> None:
        """Width and height of every page, in points."""
        self.beginResetModel()
        self._sizes = sizes
        self.endResetModel()

    def size(self, page: int) -> QSize:
        """How large a page (from 1) is in miniature."""
        width, height = self._sizes[page - 1]
        scale = _WIDE / max(width, height * 0.75)
        return QSize(max(1, round(width * scale)), max(1, round(height * scale)))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._sizes)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if index.isValid() and 0 <= index.row() < len(self._sizes):
            if role == Qt.ItemDataRole.DisplayRole:
                return str(index.row() + 1)
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return tr("source.page_of", page=index.row() + 1, pages=len(self._sizes))
        return None


class Thumbnails(QListView):
    """The strip. Asks for the pictures in sight only."""

    chosen = Signal(object)  # int: the page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceThumbnails")
        self.setAccessibleName(tr("source.thumbnails"))
        self.pages = PageModel(self)
        self.pictures = Pictures(_MOST_BYTES)
        self._source: OpenDocument | None = None
        self._asked: tuple[Tile, ...] = ()
        self.setModel(self.pages)
        self.setItemDelegate(_PageDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._wanting = QTimer(self)
        self._wanting.setSingleShot(True)
        self._wanting.setInterval(0)
        self._wanting.timeout.connect(self._want)
        self.verticalScrollBar().valueChanged.connect(self._wanting.start)
        self.clicked.connect(self._on_index)
        self.activated.connect(self._on_index)

    def follow(self, source: OpenDocument | None) -> None:
        """Show the pages of a document, or none."""
        if source is self._source:
            return
        if self._source is not None:
            self._source.drawn.disconnect(self._on_drawn)
        self._source, self._asked = source, ()
        self.pictures.clear()
        self.pages.set_sizes(source.file.sizes if source is not None and source.file is not None else ())
        if source is not None:
            source.drawn.connect(self._on_drawn)
        self._wanting.start()

    def go_to(self, page: int) -> None:
        """Show which page is in focus."""
        index = self.pages.index(page - 1, 0)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def tile(self, page: int) -> Tile:
        """The picture of a page that is wanted here."""
        size = self.pages.size(page) * self.devicePixelRatioF()
        return Tile(page, size.width(), size.height(), 0, 0, size.width(), size.height())

    def image(self, page: int) -> QImage | None:
        """The picture, once it has come."""
        return self.pictures.get(self.tile(page))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is in sight."""
        super().showEvent(event)
        self._wanting.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing."""
        super().hideEvent(event)
        self._asked = ()
        if self._source is not None:
            self._source.wanted.small(())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._wanting.start()

    def _want(self) -> None:
        if self._source is None or not self.isVisible() or not self.pages.rowCount():
            return
        first = self.indexAt(self.viewport().rect().topLeft()).row() + 1
        last = self.indexAt(self.viewport().rect().bottomLeft()).row() + 1 or self.pages.rowCount()
        tiles = tuple(self.tile(page) for page in range(max(1, first), min(last + 1, self.pages.rowCount()) + 1))
        tiles = tuple(tile for tile in tiles if tile not in self.pictures)
        if tiles != self._asked:
            self._asked = tiles
            self._source.wanted.small(tiles)

    def _on_drawn(self, drawn: Drawn) -> None:
        if drawn.tile == self.tile(drawn.tile.page):
            self.pictures.put(drawn.tile, drawn.image)
            self.viewport().update()

    def _on_index(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row() + 1)


class _PageDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The size it likes to have."""
        strip = self.parent()
        if not isinstance(strip, Thumbnails) or not index.isValid():
            return option.rect.size()
        return QSize(_WIDE + 2 * _AROUND, strip.pages.size(index.row() + 1).height() + _AROUND + _BELOW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one entry."""
        strip = self.parent()
        if not isinstance(strip, Thumbnails):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        page = index.row() + 1
        size = strip.pages.size(page)
        paper = QRect(rect.center().x() - size.width() // 2, rect.top() + _AROUND, size.width(), size.height())
        painter.save()
        painter.fillRect(paper, LIGHT.paper)
        image = strip.image(page)
        if image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, image)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(theme.colour("accent"), 2) if chosen else QPen(theme.colour("line"), 1))
        painter.drawRect(paper.adjusted(-1, -1, 0, 0))
        painter.setFont(font(11, strong=chosen, tabular=True))
        painter.setPen(theme.colour("ink" if chosen else "ink_2"))
        below = QRect(rect.left(), paper.bottom() + 2, rect.width(), _BELOW - 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page))
        painter.restore()
