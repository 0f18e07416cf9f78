"""The bar for searching the document: a field, how many places there are, and the steps between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from app.gui.actions import Actions
from app.gui.icons import icon
from app.gui.messages import tr

__all__ = ["FindBar"]

_TYPING = 200
"""Milliseconds after the last key until the search begins."""


class FindBar(QFrame):
    """Hidden until it is wanted. Enter goes on, Shift+Enter back, Escape closes."""

    searched = Signal(object)  # str
    stepped = Signal(object)  # int: 1 or -1
    closed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceFind")
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("source.find_hint"))
        self.field.setAccessibleName(tr("source.find_name"))
        self.field.setClearButtonEnabled(True)
        self.count = QLabel()
        self.count.setProperty("role", "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for name in ("find_previous", "find_next"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setAccessibleName(actions[name].text())
            row.addWidget(button)
        self._close = QToolButton()
        self._close.setIcon(icon("ph.x"))
        self._close.setToolTip(tr("source.find_close"))
        self._close.setAccessibleName(tr("source.find_close"))
        row.addWidget(self._close)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING)
        self._typing.timeout.connect(self._on_typed)
        self.field.textChanged.connect(self._on_text)
        self._close.clicked.connect(self.leave)
        self.field.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Open the bar, ready to type."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Close it; nothing is looked for any more."""
        if not self.isHidden():
            self._typing.stop()
            self.hide()
            self.closed.emit()

    def say(self, current: int, total: int, *, done: bool) -> None:
        """The place shown (from 0, -1 for none), how many there are, and whether all have been found."""
        if not self.field.text().strip():
            self.count.setText("")
        elif not total:
            self.count.setText(tr("source.find_none") if done else tr("source.find_busy"))
        else:
            more = "" if done else "+"
            self.count.setText(tr("source.find_count", at=max(0, current) + 1, total=f"{total}{more}"))

    def _on_text(self) -> None:
        self._typing.start()

    def _on_typed(self) -> None:
        self.searched.emit(self.field.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean something here."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Escape:
                    self.leave()
                    return True
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    if self._typing.isActive():
                        self._typing.stop()
                        self._on_typed()
                    else:
                        self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                    return True
        return super().eventFilter(watched, event)
