"""The places where the words looked for stand, as a list to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.document import Place
from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["Hit", "HitList", "HitModel"]

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """A place found: where it is in words, and the text just before and after it, with its spaces.

    `number` counts the hits of the document from 0.

    `spot` is what the surface that found it points at it by.
    """

    number: int
    where: str
    before: str
    text: str
    after: str
    place: Place
    spot: object = None


class HitModel(QAbstractListModel):
    """The hits in the order of the document. More may be added while the search goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def clear(self) -> None:
        """No hits."""
        self.beginResetModel()
        self.hits = []
        self.endResetModel()

    def add(self, hits: Sequence[Hit]) -> None:
        """Some more."""
        if hits:
            self.beginInsertRows(QModelIndex(), len(self.hits), len(self.hits) + len(hits) - 1)
            self.hits += hits
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if not index.isValid() or not 0 <= index.row() < len(self.hits):
            return None
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{hit.before}{hit.text}{hit.after}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{hit.where}: {hit.before}{hit.text}{hit.after}"
        return None


class HitList(QListView):
    """The hits below each other. `chosen` comes for the one gone to by mouse or keys."""

    chosen = Signal(object)  # int: the hit's number

    def __init__(self, model: HitModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceHits")
        self.setModel(model)
        self.setItemDelegate(_HitDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("source.hits"))
        self.clicked.connect(self._on_index)
        self.activated.connect(self._on_index)

    def go_to(self, number: int) -> None:
        """Show which one is shown."""
        index = self.model().index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _on_index(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row())


class _HitDelegate(QStyledItemDelegate):
    """Two lines: where it is, and the words with those looked for strong."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The size it likes to have."""
        return QSize(option.rect.width() if index.isValid() else 0, QFontMetrics(font(12)).height() * 2 + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one entry."""
        model = index.model()
        if not isinstance(model, HitModel):
            return
        hit = model.hits[index.row()]
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), theme.colour("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        inner = rect.adjusted(12, 8, -8, -8)
        plain, strong = font(12), font(12, strong=True)
        metrics = QFontMetrics(plain)
        painter.setFont(plain)
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, hit.where)
        y = inner.bottom() - metrics.descent()
        wide = QFontMetrics(strong).horizontalAdvance(hit.text)
        room = max(0, inner.width() - wide)
        before = metrics.elidedText(hit.before, Qt.TextElideMode.ElideLeft, room // 3)
        painter.drawText(inner.left(), y, before)
        x = inner.left() + metrics.horizontalAdvance(before)
        painter.setPen(theme.colour("ink"))
        painter.setFont(strong)
        text = QFontMetrics(strong).elidedText(hit.text, Qt.TextElideMode.ElideRight, inner.right() - x)
        painter.drawText(x, y, text)
        x += QFontMetrics(strong).horizontalAdvance(text)
        painter.setPen(theme.colour("ink_2"))
        painter.setFont(plain)
        painter.drawText(x, y, metrics.elidedText(hit.after, Qt.TextElideMode.ElideRight, max(0, inner.right() - x)))
        painter.restore()
