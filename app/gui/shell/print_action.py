"""The action that prints: what prints is imported when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.gui.actions import Actions
from app.gui.session import Session
from app.gui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.gui.printing.printing import Printing

__all__ = ["PrintAction"]


class PrintAction(QObject):
    """Wires the action of a window."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._printing: Printing | None = None
        actions["print_list"].triggered.connect(self._on_wanted)

    def _on_wanted(self) -> None:
        from app.gui.printing.printing import Printing

        if self._printing is None:
            self._printing = Printing(self._session, self._window)
        self._printing.ask()
