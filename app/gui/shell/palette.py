"""The command palette (Ctrl+K): everything by a few letters. Actions, pages, tenders, and the items of the open tender."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.gui.messages import tr
from app.gui.shell.palette_search import Found, Group, Index, Thing
from app.gui.theme import font, theme

__all__ = ["CommandPalette", "PaletteModel"]

AnyIndex = QModelIndex | QPersistentModelIndex

_CHUNK = 2_000
"""Items folded in one turn of the event loop: a few milliseconds."""

_PAUSE = 120
"""Milliseconds without a keystroke after which other tenders are searched too."""
_SHORTEST = 2
"""Characters that are worth looking for in all tenders."""

_WIDTH, _HEIGHT = 640, 420


def group_name(group: Group) -> str:
    """The heading of a group."""
    names = {
        Group.ACTION: tr("shell.palette_actions"),
        Group.PAGE: tr("shell.palette_pages"),
        Group.TENDER: tr("shell.palette_tenders"),
        Group.ITEM: tr("shell.palette_items"),
        Group.ELSEWHERE: tr("shell.palette_elsewhere"),
    }
    return names[group]


class PaletteModel(QAbstractListModel):
    """Hits with a heading before each group. A heading cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Found | str] = []

    def show_hits(self, found: Sequence[Found]) -> None:
        """What to list."""
        self.beginResetModel()
        self._rows = []
        for heading, hits in groupby(found, key=_heading):
            self._rows += [heading, *hits]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Headings and hits."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words to show and to read aloud."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, str):
                return row
            return " ".join(part for part in (row.thing.text, row.thing.extra, row.thing.keys) if part)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Headings are only to be read."""
        if self.thing(index) is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def row_of(self, thing: Thing | None) -> int:
        """The row that leads to the same, or -1."""
        return next((place for place, row in enumerate(self._rows) if isinstance(row, Found) and row.thing == thing), -1)

    def thing(self, index: AnyIndex) -> Thing | None:
        """What a row leads to; None for a heading."""
        row = self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None
        return row.thing if isinstance(row, Found) else None

    def next_hit(self, row: int, step: int) -> int:
        """The next row that can be chosen, round the ends; -1 when there is none."""
        for distance in range(1, len(self._rows) + 1):
            candidate = (row + step * distance) % len(self._rows)
            if isinstance(self._rows[candidate], Found):
                return candidate
        return -1


def _heading(hit: Found) -> str:
    return hit.thing.heading or group_name(hit.thing.group)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        model = index.model()
        heading = isinstance(model, PaletteModel) and model.thing(index) is None
        return QSize(0, round((28 if heading else 36) * max(1.0, theme.scale)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        thing = model.thing(index) if isinstance(model, PaletteModel) else None
        box: QRect = option.rect
        painter.save()
        middle = Qt.AlignmentFlag.AlignVCenter
        if thing is None:
            painter.setFont(font(12, strong=True))
            painter.setPen(theme.colour("ink_2"))
            painter.drawText(box.adjusted(16, 4, -16, 0), middle, str(index.data()))
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("accent_soft"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        inside = box.adjusted(16, 0, -16, 0)
        if thing.keys:
            painter.setFont(font(12))
            painter.setPen(theme.colour("ink_2"))
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, thing.keys)
            inside.setRight(inside.right() - painter.fontMetrics().horizontalAdvance(thing.keys) - 16)
        painter.setFont(font(12))
        extra = painter.fontMetrics().elidedText(thing.extra, Qt.TextElideMode.ElideRight, inside.width() // 2)
        room = inside.width() - painter.fontMetrics().horizontalAdvance(extra) - (12 if extra else 0)
        painter.setFont(font())
        text = painter.fontMetrics().elidedText(thing.text, Qt.TextElideMode.ElideRight, room)
        painter.setPen(theme.colour("ink"))
        painter.drawText(inside, middle, text)
        inside.setLeft(inside.left() + painter.fontMetrics().horizontalAdvance(text) + 12)
        painter.setFont(font(12))
        painter.setPen(theme.colour("ink_2"))
        painter.drawText(inside, middle, extra)
        painter.restore()


class CommandPalette(QDialog):
    """A field and its results. Arrow keys choose, Enter goes there, Escape closes."""

    chosen = Signal(object)
    """Thing"""
    wanted = Signal(object)
    """str: words to look for in other tenders as well; the answer is `show_elsewhere`"""

    def __init__(self, things: Sequence[Thing], items: Iterable[Thing] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("shell.search"))
        self.setFixedSize(_WIDTH, _HEIGHT)
        self._index = Index(things)
        self._left = iter(items)
        self._elsewhere: tuple[Found, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._on_pause)
        self._field = QLineEdit()
        self._field.setPlaceholderText(tr("shell.palette_hint"))
        self._field.setAccessibleName(tr("shell.search"))
        self._field.textChanged.connect(self._on_typed)
        self._field.installEventFilter(self)
        self.model = PaletteModel(self)
        self._list = QListView()
        self._list.setModel(self.model)
        self._list.setItemDelegate(_Delegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("shell.palette_results"))
        self._list.clicked.connect(self._on_chosen)
        self._none = QLabel(tr("shell.palette_none"))
        self._none.setProperty("role", "muted")
        self._none.setContentsMargins(16, 16, 16, 16)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._field)
        column.addWidget(self._list, 1)
        column.addWidget(self._none, 1)
        self._more = QTimer(self)
        self._more.setInterval(0)
        self._more.timeout.connect(self._take_more)
        self._more.start()
        self._on_typed("")
        self._field.setFocus()

    def type(self, text: str) -> None:
        """As if the user had typed it."""
        self._field.setText(text)

    def show_elsewhere(self, text: str, things: Sequence[Thing]) -> None:
        """What other tenders have for these words, unless others have been typed since. The choice stays."""
        if text != self._field.text():
            return
        self._elsewhere = tuple(Found(thing, 0) for thing in things)
        before = self.model.thing(self._list.currentIndex())
        self._show(text)
        if (row := self.model.row_of(before)) >= 0:
            self._list.setCurrentIndex(self.model.index(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the focus and moves the choice in the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Down:
                    self._move(1)
                    return True
                case Qt.Key.Key_Up:
                    self._move(-1)
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._on_chosen(self._list.currentIndex())
                    return True
        return super().eventFilter(watched, event)

    def _take_more(self) -> None:
        part = list(islice(self._left, _CHUNK))
        self._index.add(part)
        if len(part) < _CHUNK:
            self._more.stop()
            if self._field.text():
                self._show(self._field.text())

    def _on_typed(self, text: str) -> None:
        self._elsewhere = ()
        self._show(text)
        self._pause.start()

    def _on_pause(self) -> None:
        if len(self._field.text().strip()) >= _SHORTEST:
            self.wanted.emit(self._field.text())

    def _show(self, text: str) -> None:
        self.model.show_hits([*self._index.search(text), *self._elsewhere])
        empty = self.model.rowCount() == 0
        self._none.setVisible(empty)
        self._list.setVisible(not empty)
        if not empty:
            self._list.setCurrentIndex(self.model.index(self.model.next_hit(-1, 1)))
            self._list.scrollToTop()

    def _move(self, step: int) -> None:
        row = self.model.next_hit(self._list.currentIndex().row(), step)
        if row >= 0:
            self._list.setCurrentIndex(self.model.index(row))

    def _on_chosen(self, index: QModelIndex) -> None:
        thing = self.model.thing(index)
        if thing is not None:
            self.accept()
            self.chosen.emit(thing)
