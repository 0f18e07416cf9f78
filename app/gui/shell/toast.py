"""What lies over the pages for a moment: what was just done with a way back, and where to drop files."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.gui.messages import tr

__all__ = ["DropOverlay", "Toast"]

_SHOWN = 6_000
"""Milliseconds. Undo works afterwards too."""


class Toast(QFrame):
    """ "Gäller inte oss · Ångra" at the bottom, gone after a while. It never takes the focus."""

    undo = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("toast")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._undo = QPushButton(tr("actions.undo"))
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._undo.setCursor(Qt.CursorShape.PointingHandCursor)
        self._undo.clicked.connect(self._on_undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self._text)
        row.addWidget(self._undo)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SHOWN)
        self._clock.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str, *, can_undo: bool) -> None:
        """Show it, instead of what is shown now."""
        self._text.setText(text)
        self._undo.setVisible(can_undo)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _on_undo(self) -> None:
        self.hide()
        self.undo.emit()

    def _place(self) -> None:
        self.adjustSize()
        over = self._over
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 48)


class DropOverlay(QLabel):
    """Covers the window while files are dragged over it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(tr("shell.drop"), over)
        self._over = over
        self.setObjectName("drop")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show it over everything."""
        self.setGeometry(self._over.rect().adjusted(16, 16, -16, -16))
        self.show()
        self.raise_()
