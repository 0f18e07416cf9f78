"""Actions that several views share: they do something to the one that is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

__all__ = ["Sighted"]


class Sighted(QObject):
    """Connects actions to a view while it is shown, and lets them go when it is hidden. `seen` comes when it is shown."""

    seen = Signal()

    def __init__(self, view: QWidget, slots: Mapping[QAction, Callable[[], None]]) -> None:
        super().__init__(view)
        self._view = view
        self._slots = dict(slots)
        self._connected = False
        view.installEventFilter(self)
        self._set(view.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the view."""
        if watched is self._view and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._set(event.type() is QEvent.Type.Show)
        return super().eventFilter(watched, event)

    def _set(self, connected: bool) -> None:
        if connected == self._connected:
            return
        self._connected = connected
        for action, slot in self._slots.items():
            if connected:
                action.triggered.connect(slot)
            else:
                action.triggered.disconnect(slot)
        if connected:
            self.seen.emit()
