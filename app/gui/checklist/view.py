"""The list itself: rows of their own heights, twenty thousand of them, that stay where they are while others come and go.

Qt's own lists ask every row for its size before they show the first. Here heights are guessed, and measured when a row
comes in sight; what is on screen keeps its place when a guess was wrong.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from app.gui.checklist.rowmodel import Index, RowDelegate, RowModel, Stay
from app.gui.theme import theme

__all__ = ["RowView"]

_MOST_KEPT = 2000
"""Selected rows that are found again after the list was made anew; of more, only the current one."""


class RowView(QListView):
    """A list over a `RowModel`.

    A QListView to screen readers, which know no other lists; its layout is never asked for. What it overrides calls
    QAbstractItemView, past the list's own bookkeeping.
    """

    def __init__(self, model: RowModel, delegate: RowDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = model
        self._painter = delegate
        self._heights: list[int] = []
        self._tops: list[int] = [0]
        self._exact: set[int] = set()
        self._stay: Stay | None = None
        self._hovered = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(delegate)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        # After the base class has connected itself and its selection, which forget everything on a reset.
        model.modelReset.connect(self._recover)
        model.rowsRemoved.connect(self._on_rows_removed)
        theme.changed.connect(self._on_theme)

    # --- rows and pixels

    def _width(self) -> int:
        return self.viewport().width()

    def _measure_all(self) -> None:
        self._heights = self._painter.heights(self._list.rows, self._width())
        self._exact.clear()
        self._sum()

    def _sum(self) -> None:
        self._tops = [0, *accumulate(self._heights)]

    def _measure(self, first: int, last: int) -> bool:
        """Make sure of the heights of some rows; whether any was another than thought."""
        wrong = False
        width = self._width()
        for place in range(max(0, first), min(last + 1, len(self._heights))):
            if place not in self._exact:
                self._exact.add(place)
                height = self._painter.height(self._list.rows[place], width)
                if height != self._heights[place]:
                    self._heights[place] = height
                    wrong = True
        if wrong:
            self._sum()
        return wrong

    def _row_at(self, y: int) -> int:
        """The row at a distance from the list's top, or the last one."""
        return min(bisect_right(self._tops, y) - 1, len(self._heights) - 1)

    def _in_sight(self) -> tuple[int, int]:
        """First and last row on screen, measured: the first one keeps its place whatever comes out."""
        while True:
            offset = self.verticalOffset()
            first = max(0, self._row_at(offset))
            last = self._row_at(offset + self.viewport().height())
            shift = offset - self._tops[first]
            if not self._measure(first, last):
                return first, last
            self._set_range()
            self.verticalScrollBar().setValue(self._tops[first] + min(shift, self._heights[first] - 1))

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        shown = self.viewport().height()
        bar.setPageStep(shown)
        bar.setSingleStep(self._painter.header_height())
        bar.setRange(0, max(0, self._tops[-1] - shown))

    # --- what Qt asks of a view

    def horizontalOffset(self) -> int:
        """Nothing scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Pixels above the view."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Filters take rows out of the model; none is hidden."""
        del index
        return False

    def visualRect(self, index: Index) -> QRect:
        """Where a row is, in the viewport's pixels."""
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return QRect()
        return QRect(0, self._tops[row] - self.verticalOffset(), self._width(), self._heights[row])

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row under a point."""
        y = point.y() + self.verticalOffset()
        if not 0 <= y < self._tops[-1]:
            return QModelIndex()
        return self._list.index(self._row_at(y))

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Bring a row into sight, with its header when it is the first of its group."""
        row = index.row()
        if not index.isValid() or row >= len(self._heights):
            return
        shown = self.viewport().height()
        around = shown // max(1, self._painter.header_height()) + 1
        if self._measure(row - around, row + around):
            self._set_range()
        headed = row > 0 and self._list.is_header(row - 1)
        top, bottom = self._tops[row - headed], self._tops[row + 1]
        bar, offset = self.verticalScrollBar(), self.verticalOffset()
        if hint is QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(top)
        elif hint is QAbstractItemView.ScrollHint.PositionAtBottom:
            bar.setValue(bottom - shown)
        elif hint is QAbstractItemView.ScrollHint.PositionAtCenter or not offset - shown < top < offset + 2 * shown:
            bar.setValue((top + bottom - shown) // 2)
        elif top < offset:
            bar.setValue(top)
        elif bottom > offset + shown:
            bar.setValue(bottom - shown)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """The item that a key goes to; headers are stepped over."""
        del modifiers
        move = QAbstractItemView.CursorAction
        current = self.currentIndex().row()
        last = len(self._heights) - 1
        page = max(1, self.viewport().height() - 2 * self._painter.header_height())
        match action:
            case move.MoveHome:
                return self._item_from(0, 1)
            case move.MoveEnd:
                return self._item_from(last, -1)
            case move.MoveUp | move.MoveLeft | move.MovePrevious:
                return self._item_from(current - 1, -1) if current >= 0 else self._item_from(0, 1)
            case move.MovePageUp:
                return self._item_from(max(0, self._row_at(max(0, self._tops[max(0, current)] - page))), -1)
            case move.MovePageDown:
                return self._item_from(self._row_at(self._tops[max(0, current)] + page), 1)
            case _:
                return self._item_from(current + 1, 1)

    def _item_from(self, row: int, step: int) -> QModelIndex:
        for way in (step, -step):
            place = row
            while 0 <= place < len(self._heights):
                if not self._list.is_header(place):
                    return self._list.index(place)
                place += way
        return self.currentIndex()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the rows that a rectangle touches."""
        if not self._heights:
            return
        offset = self.verticalOffset()
        box = rect.normalized()
        first = max(0, self._row_at(max(0, box.top() + offset)))
        last = self._row_at(max(0, box.bottom() + offset))
        self.selectionModel().select(QItemSelection(self._list.index(first), self._list.index(last)), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """The part of the view that the selected rows take."""
        region = QRegion()
        offset, shown = self.verticalOffset(), self.viewport().height()
        for place in range(selection.count()):
            part = selection.at(place)
            if part.bottom() < len(self._heights):
                top, bottom = self._tops[part.top()] - offset, self._tops[part.bottom() + 1] - offset
                region += QRect(0, max(0, top), self._width(), max(0, min(shown, bottom) - max(0, top)))
        return region

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here."""
        del search

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row the current one: then it is also chosen, so that keys act on what one sees."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows in sight."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), theme.colour("paper"))
            if not self._heights:
                return
            first, last = self._in_sight()
            offset = self.verticalOffset()
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            base: QStyle.StateFlag = option.state & ~QStyle.StateFlag.State_HasFocus
            chosen = self.selectionModel()
            current = self.currentIndex().row() if self.hasFocus() else -1
            for row in range(first, last + 1):
                index = self._list.index(row)
                option.rect = QRect(0, self._tops[row] - offset, self._width(), self._heights[row])
                state = base
                if chosen.isSelected(index):
                    state |= QStyle.StateFlag.State_Selected
                if row == current:
                    state |= QStyle.StateFlag.State_HasFocus
                if row == self._hovered:
                    state |= QStyle.StateFlag.State_MouseOver
                option.state = state
                self._painter.paint(painter, option, index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another height for every row; the top one stays."""
        QAbstractItemView.resizeEvent(self, event)
        if event.size().width() != event.oldSize().width():
            self._relay()
        else:
            self._set_range()

    def doItemsLayout(self) -> None:
        """Rows are laid out here, and never one by one through their sizes."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        """The scroll bar's range."""
        self._set_range()
        QAbstractItemView.updateGeometries(self)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the pointer for the hovered row."""
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.HoverMove, QEvent.Type.Leave, QEvent.Type.Wheel):
            here = self.viewport().mapFromGlobal(self.cursor().pos())
            inside = event.type() is not QEvent.Type.Leave and self.viewport().rect().contains(here)
            hovered = self.indexAt(here).row() if inside else -1
            if hovered != self._hovered:
                self._hovered = hovered
                self.viewport().update()
        return super().viewportEvent(event)

    def _relay(self) -> None:
        offset = self.verticalOffset()
        first = max(0, self._row_at(offset)) if self._heights else 0
        shift = offset - self._tops[first]
        self._measure_all()
        self._set_range()
        if first < len(self._heights):
            self.verticalScrollBar().setValue(self._tops[first] + min(shift, self._heights[first] - 1))
        self.viewport().update()

    def _on_theme(self) -> None:
        self._painter.refresh()
        self._relay()

    # --- rows that come, go and change

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Rows that come above what is on screen push nothing."""
        offset = self.verticalOffset()
        first = self._row_at(offset) if self._heights else -1
        rows = self._list.rows[start : end + 1]
        new = self._painter.heights(rows, self._width())
        self._heights[start:start] = new
        self._exact = {row if row < start else row + len(new) for row in self._exact}
        self._sum()
        self._set_range()
        if 0 <= start <= first:
            self.verticalScrollBar().setValue(offset + sum(new))
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self.viewport().update()

    def _on_rows_removed(self, parent: QModelIndex, start: int, end: int) -> None:
        del parent
        offset = self.verticalOffset()
        above = min(self._tops[end + 1], max(offset, self._tops[start])) - self._tops[start]
        del self._heights[start : end + 1]
        gone = end - start + 1
        self._exact = {row if row < start else row - gone for row in self._exact if not start <= row <= end}
        self._sum()
        self._set_range()
        self.verticalScrollBar().setValue(offset - above)
        self.viewport().update()

    def dataChanged(self, top: Index, bottom: Index, roles: Sequence[int] = ()) -> None:
        """A changed text may take another height."""
        if bottom.row() - top.row() > _MOST_KEPT:
            self._relay()
        else:
            self._exact -= set(range(top.row(), bottom.row() + 1))
        QAbstractItemView.dataChanged(self, top, bottom, list(roles))
        self.viewport().update()

    def _remember(self) -> None:
        if not self._heights:
            self._stay = Stay((), 0, "", ())
            return
        rows, offset = self._list.rows, self.verticalOffset()
        first = max(0, self._row_at(offset))
        chosen = self.selected_keys()
        current = self.currentIndex().row()
        self._stay = Stay(
            tuple(row.key for row in rows[first : first + 200]),
            offset - self._tops[first],
            rows[current].key if current >= 0 else "",
            chosen if len(chosen) <= _MOST_KEPT else (),
        )

    def _recover(self) -> None:
        """A new list: what was chosen stays chosen, and the first row that is still there stays where it was."""
        stay, self._stay = self._stay, None
        self._hovered = -1
        self._measure_all()
        self._set_range()
        if stay is None:
            self.verticalScrollBar().setValue(0)
            return
        model = self._list
        chosen = QItemSelection()
        for row in sorted(row for key in stay.selected if (row := model.row_of(key)) >= 0):
            index = model.index(row)
            chosen.select(index, index)
        marking = self.selectionModel()
        if (row := model.row_of(stay.current)) >= 0:
            marking.setCurrentIndex(model.index(row), QItemSelectionModel.SelectionFlag.NoUpdate)
        marking.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._keep_place(stay)
        self.viewport().update()

    def _keep_place(self, stay: Stay) -> None:
        current = self._list.row_of(stay.current)
        if current >= 0 and stay.current in stay.keys:
            self.scrollTo(self._list.index(current))
            return
        for number, key in enumerate(stay.keys):
            if (row := self._list.row_of(key)) >= 0:
                self.verticalScrollBar().setValue(self._tops[row] + (stay.shift if number == 0 else 0))
                return
        if current >= 0:
            self.scrollTo(self._list.index(current), QAbstractItemView.ScrollHint.PositionAtCenter)

    def select_key(self, key: str) -> bool:
        """Make an item the only selected one and bring it into sight; False when it is not shown."""
        row = self._list.row_of(key)
        if row < 0:
            return False
        index = self._list.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def selected_keys(self) -> tuple[str, ...]:
        """The chosen items in the order of the list. (`selectedRows` takes a third of a second for twenty thousand.)"""
        chosen = self.selectionModel().selection()
        ranges = sorted((part.top(), part.bottom() + 1) for part in map(chosen.at, range(chosen.count())))
        return tuple(self._list.rows[row].key for top, end in ranges for row in range(top, end) if not self._list.is_header(row))
