"""A part of the window that hands the focus on, and is passed by Tab."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

__all__ = ["Doorway"]


class Doorway(QWidget):
    """Gives the focus, when it is set here, to the widget that it leads to.

    A focus proxy does that too, but Tab then goes to the proxy and past all that stands before it.
    """

    _lead: QWidget | None = None

    def lead_to(self, widget: QWidget) -> None:
        """Where the focus goes from now on; at once if it is here."""
        self._lead = widget
        if self.hasFocus():
            widget.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand it on."""
        super().focusInEvent(event)
        if self._lead is not None:
            self._lead.setFocus(event.reason())
