"""The actions about forms. What they need is imported when the first of them is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.gui.actions import Actions
from app.gui.session import Session
from app.gui.shell.window import MainWindow

if TYPE_CHECKING:
    from app.gui.filling.filling import Filling

__all__ = ["FormActions"]


class FormActions(QObject):
    """Wires `fill_form`, `read_matrix` and `read_form`; goes with the window."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._filling: Filling | None = None
        for name, slot in (
            ("fill_form", self._on_fill),
            ("read_matrix", self._on_matrix),
            ("read_form", self._on_form),
        ):
            actions[name].triggered.connect(slot)
        window.closed.connect(self.shut)

    @property
    def filling(self) -> Filling:
        """Who does it."""
        if self._filling is None:
            from app.gui.filling.filling import Filling

            self._filling = Filling(self._session, self._window)
        return self._filling

    def shut(self) -> None:
        """End what runs behind it, and wait for it."""
        if self._filling is not None:
            self._filling.shut()

    def _on_fill(self) -> None:
        self.filling.ask_form()

    def _on_matrix(self) -> None:
        self.filling.ask_matrix()

    def _on_form(self) -> None:
        self.filling.ask_filled()
