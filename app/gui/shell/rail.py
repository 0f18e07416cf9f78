"""The pages at the left, each with what is left to do there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app.gui.messages import tr
from app.gui.theme import font, theme

__all__ = ["Rail"]

WIDTH = 176


class Rail(QWidget):
    """One button per page. Arrow keys move between them, and their actions' shortcuts work from anywhere."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("shell.pages"))
        self.setFixedWidth(round(WIDTH * min(1.5, max(1.0, theme.scale))))  # at twice the size the pages need the room
        self._buttons: list[_Page] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(0)
        for number, action in enumerate(pages):
            button = _Page(action)
            self._group.addButton(button, number)
            self._buttons.append(button)
            column.addWidget(button)
        column.addStretch(1)
        self._group.idClicked.connect(self.chosen)

    def show_page(self, number: int) -> None:
        """Mark a page as the one in sight."""
        self._buttons[number].setChecked(True)

    def set_count(self, number: int, count: int | None, meaning: str = "", sign: str = "") -> None:
        """What is left on a page; `meaning` says it in words. None shows nothing. With a `sign` after it, it is a fault."""
        self._buttons[number].set_count(count, meaning, sign)

    def set_enabled(self, number: int, enabled: bool) -> None:
        """A page without anything to show cannot be chosen."""
        self._buttons[number].setEnabled(enabled)


class _Page(QAbstractButton):
    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._count: int | None = None
        self._sign = ""
        self._over = False
        self.setText(action.text())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.text())
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_count(self, count: int | None, meaning: str, sign: str) -> None:
        self._count = count
        self._sign = sign
        self.setAccessibleDescription(meaning)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 16, max(36, self.fontMetrics().height() + 20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._over = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._over = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self.rect().adjusted(1, 1, -1, -1)
            chosen = self.isChecked()
            painter.setPen(Qt.PenStyle.NoPen)
            if chosen or (self._over and self.isEnabled()):
                painter.setBrush(theme.colour("accent_soft" if chosen else "hover"))
                painter.drawRoundedRect(box, 6, 6)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.colour("accent"), 2))
                painter.drawRoundedRect(box, 6, 6)
            ink = "accent" if chosen else "ink_2" if self.isEnabled() else "ink_3"
            painter.setPen(theme.colour(ink))
            painter.setFont(font(strong=chosen))
            inside = box.adjusted(10, 0, -10, 0)
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
            if self._count is not None and self.isEnabled():
                painter.setFont(font(12, strong=chosen or bool(self._sign), tabular=True))
                if self._sign:
                    painter.setPen(theme.colour("error"))
                shown = f"{self._count} {self._sign}".rstrip()
                painter.drawText(QRect(inside), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
