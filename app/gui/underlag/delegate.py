"""Paints a document's row, and puts its detail below the row's head while the row is open."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.core.document import DocumentKind
from app.core.points import LineCounts
from app.gui.icons import draw_icon
from app.gui.theme import font, theme
from app.gui.underlag import words
from app.gui.underlag.detail import DocumentDetail
from app.gui.underlag.ledger_bar import paint_lines
from app.gui.underlag.model import ROW, Column
from app.gui.underlag.rows import DocumentRow, Stage, kind_of

__all__ = ["DocumentDelegate", "head_height"]

Index = QModelIndex | QPersistentModelIndex

NAME_LEFT = 60
"""Where names begin, and the detail below them."""
_PAD = 12
_ICONS = {
    DocumentKind.PDF: "ph.file-pdf",
    DocumentKind.DOCX: "ph.file-text",
    DocumentKind.XLSX: "ph.table",
    DocumentKind.TEXT: "ph.article",
    DocumentKind.OTHER: "ph.file",
}
_STATES = {
    Stage.WAITING: ("ph.circle", "ink_3"),
    Stage.READING: ("ph.arrows-clockwise", "accent"),
    Stage.READ: ("ph.check", "done"),
    Stage.WARNED: ("ph.warning", "attachment"),
    Stage.LOCKED: ("ph.lock-simple", "error"),
    Stage.FAILED: ("ph.x", "error"),
}


def head_height() -> int:
    """The height of a row's head, larger with larger text."""
    return round(52 * theme.scale)


class DocumentDelegate(QStyledItemDelegate):
    """One for the whole table: each column paints its part."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open_names: set[str] = set()

    # --- painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, in the theme's colours."""
        row: DocumentRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _ground(painter, option, row.name in self.open_names)
        head = QRect(option.rect.left(), option.rect.top(), option.rect.width(), head_height())
        match Column(index.column()):
            case Column.NAME:
                self._name(painter, head, option, row)
            case Column.PAGES | Column.ITEMS:
                painter.setFont(font(13, tabular=True))
                painter.setPen(theme.colour("ink_2"))
                where = head.adjusted(0, 0, -_PAD, 0)
                painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, index.data())
            case Column.LINES:
                _lines(painter, head, row)
            case Column.STATE:
                _state(painter, head, row)
        painter.restore()

    def _name(self, painter: QPainter, head: QRect, option: QStyleOptionViewItem, row: DocumentRow) -> None:
        if row.record is not None:
            caret = "ph.caret-down" if row.name in self.open_names else "ph.caret-right"
            draw_icon(painter, QRect(head.left() + 10, head.center().y() - 6, 14, 14), caret, "ink_3")
        role = "error" if row.stage in (Stage.FAILED, Stage.LOCKED) else "ink_2"
        draw_icon(painter, QRect(head.left() + 30, head.center().y() - 11, 22, 22), _ICONS[kind_of(row)], role)
        middle = head.center().y()
        step = round(20 * theme.scale)
        upper = QRect(head.left() + NAME_LEFT, middle - step + 1, head.width() - NAME_LEFT - _PAD, step)
        lower = upper.translated(0, step)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setFont(font(13, strong=chosen))
        painter.setPen(theme.colour("ink" if row.settled else "ink_2"))
        _elided(painter, upper, Qt.AlignmentFlag.AlignVCenter, row.title, Qt.TextElideMode.ElideMiddle)
        painter.setFont(font(11))
        painter.setPen(theme.colour("ink_3"))
        _elided(painter, lower, Qt.AlignmentFlag.AlignVCenter, words.about(row), Qt.TextElideMode.ElideMiddle)

    # --- the detail

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The detail of an open row."""
        del option
        detail = DocumentDetail(parent)
        detail.show_row(index.data(ROW))
        return detail

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The row has changed."""
        if isinstance(editor, DocumentDetail):
            editor.show_row(index.data(ROW))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """The detail writes nothing: it asks, and the page acts."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Below the head, over the width of the table."""
        del index
        parent = editor.parentWidget()
        if parent is not None:
            head = head_height()
            editor.setGeometry(0, option.rect.top() + head, parent.width(), max(0, option.rect.height() - head - 1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keys in the detail belong to the detail: Enter and Escape do not close it."""
        del editor, event
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The head alone: the view gives open rows their height."""
        del index
        return QSize(option.rect.width(), head_height())


def _ground(painter: QPainter, option: QStyleOptionViewItem, opened: bool) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    head = QRect(option.rect.left(), option.rect.top(), option.rect.width(), head_height())
    painter.fillRect(option.rect, theme.colour("paper"))
    if chosen or hovered:
        painter.fillRect(head if opened else option.rect, theme.colour("accent_soft" if chosen else "hover"))
    if chosen and option.rect.left() == 0:
        painter.fillRect(QRect(0, head.top(), 3, head.height()), theme.colour("accent"))
    if chosen and isinstance(option.widget, QWidget) and option.widget.hasFocus():
        painter.fillRect(QRect(head.left(), head.top(), head.width(), 1), theme.colour("accent"))
        painter.fillRect(QRect(head.left(), head.bottom(), head.width(), 1), theme.colour("accent"))
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme.colour("line"))


def _elided(painter: QPainter, where: QRect, align: Qt.AlignmentFlag, text: str, mode: Qt.TextElideMode) -> None:
    shown = QFontMetrics(painter.font(), painter.device()).elidedText(text, mode, where.width())
    painter.drawText(where, align | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, shown)


def _lines(painter: QPainter, head: QRect, row: DocumentRow) -> None:
    lines = row.record.summary.lines if row.record is not None else LineCounts()
    if not lines.total:
        return
    without = words.unclassed(lines)
    top = head.center().y() - (9 if without else 2)
    paint_lines(painter, QRectF(head.left() + _PAD, top, head.width() - 2 * _PAD, 6), lines)
    if without:
        painter.setFont(font(11, tabular=True))
        painter.setPen(theme.colour("criterion"))
        where = QRect(head.left() + _PAD, top + 9, head.width() - 2 * _PAD, round(16 * theme.scale))
        _elided(painter, where, Qt.AlignmentFlag.AlignVCenter, without, Qt.TextElideMode.ElideRight)


def _state(painter: QPainter, head: QRect, row: DocumentRow) -> None:
    name, role = _STATES[row.stage]
    middle = head.center().y() - (5 if row.stage is Stage.READING else 0)
    draw_icon(painter, QRect(head.left() + _PAD, middle - 8, 16, 16), name, role)
    painter.setFont(font(12, tabular=True))
    painter.setPen(theme.colour("ink_2" if role in ("ink_3", "accent") else role))
    high = round(20 * theme.scale)
    text = QRect(head.left() + _PAD + 22, middle - high // 2, head.width() - 2 * _PAD - 18, high)
    _elided(painter, text, Qt.AlignmentFlag.AlignVCenter, words.state(row), Qt.TextElideMode.ElideRight)
    if row.stage is Stage.READING:
        bar = QRectF(text.left(), middle + high // 2 + 2, head.width() - 2 * _PAD - 22, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        if row.total:
            bar.setWidth(bar.width() * min(1.0, row.done / row.total))
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(bar, 1.5, 1.5)
