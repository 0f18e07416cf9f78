"""Text that must fit: what there is no room for is cut with dots, never in the middle of a letter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

__all__ = ["Elided", "ElidedCombo"]


class Elided(QLabel):
    """Text on one line, as much of it as there is room for; all of it as a tip and for screen readers."""

    def __init__(self, role: str, parent: QWidget | None = None, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        super().__init__(parent)
        self._side = side
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With dots where it ends early."""
        del event
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        side = self._side | Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            self.style().drawItemText(painter, self.rect(), side, self.palette(), True, shown, self.foregroundRole())


class ElidedCombo(QComboBox):
    """A choice whose words are cut with three dots where there is no more room, not in the middle of a letter."""

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = mode

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and as much of the words as there is room for."""
        painter = QStylePainter(self)
        with painter:
            painter.setClipRect(event.rect())
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            if self.isEditable():
                return  # the line in it paints its own words
            room = self.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            option.currentText = self.fontMetrics().elidedText(self.currentText(), self._mode, room.width() - 8)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
