"""The editor's fields: text that grows with what is written, and choices that say what they are for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.gui.elided import ElidedCombo
from app.gui.theme import font, theme

__all__ = ["Choice", "GrowingText", "TitleLine"]

_MOST_LINES = 8
_AROUND = 76
"""Pixels of a choice that are not its words."""


class GrowingText(QPlainTextEdit):
    """Plain text, as high as its lines. `left` comes when the user goes elsewhere. Tab goes to the next field."""

    left = Signal()

    def __init__(self, least: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least = least
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        theme.changed.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text without telling of it."""
        if self.toPlainText() != text:
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)
            self._fit()

    def ask(self, question: str) -> None:
        """What the field asks: shown while it is empty, told to those who do not see it."""
        self.setPlaceholderText(question)
        self.setToolTip(question)
        self.setAccessibleDescription(question)

    def _fit(self) -> None:
        lines = max(self._least, min(_MOST_LINES, round(self.document().size().height())))
        if not self.toPlainText() and self.placeholderText():
            room = max(40, self.viewport().width() - 8)
            metrics = self.fontMetrics()
            needed = metrics.boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), self.placeholderText()).height()
            lines = max(lines, min(_MOST_LINES, -(-needed // max(1, metrics.lineSpacing()))))
        long = self.document().size().height() > _MOST_LINES
        shown = Qt.ScrollBarPolicy.ScrollBarAsNeeded if long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() is not shown:
            self.setVerticalScrollBarPolicy(shown)
        height = lines * self.fontMetrics().lineSpacing() + 20
        if self.height() != height:
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """As wide as there is room, as high as it is."""
        return QSize(120, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, unless the text itself is longer than its field."""
        bar = self.verticalScrollBar()
        if self.hasFocus() and bar.maximum() > bar.minimum():
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class TitleLine(QLineEdit):
    """One line. `left` comes when the user goes elsewhere."""

    left = Signal()

    def show_text(self, text: str) -> None:
        """Show a text without telling of it."""
        if self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class Choice(ElidedCombo):
    """One of several, each with an id. The wheel does not change it by accident."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.currentTextChanged.connect(self.setToolTip)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def hold(self, text: str) -> int:
        """Be as wide as this text, and leave what is left to others; the width."""
        width = QFontMetrics(font(13)).horizontalAdvance(text) + _AROUND
        self.setMinimumWidth(width)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return width

    def show_choice(self, wanted: str) -> None:
        """Choose by id without telling of it; one that is not there is added as it is."""
        at = self.findData(wanted)
        if at < 0:
            self.addItem(wanted, wanted)
            at = self.count() - 1
        if self.currentIndex() != at:
            self.blockSignals(True)
            self.setCurrentIndex(at)
            self.blockSignals(False)
            self.setToolTip(self.currentText())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """For the page around it."""
        event.ignore()
