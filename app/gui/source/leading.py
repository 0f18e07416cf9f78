"""Where the keys go inside a view whose main part is made anew for each document."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

__all__ = ["Leads", "tab_after"]


class Leads(QWidget):
    """Hands the keys to one of its parts. Unlike Qt's focus proxy, which Tab jumps to past everything between."""

    _part: QWidget | None = None

    def lead_to(self, part: QWidget, before: QWidget) -> None:
        """The keys go to this part, and Tab comes to it before another one."""
        self._part = part
        if (previous := before.previousInFocusChain()) is not None and not (part is previous or part.isAncestorOf(previous)):
            tab_after(previous, part)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """On with them."""
        super().focusInEvent(event)
        if self._part is not None:
            self._part.setFocus(event.reason())


def tab_after(before: QWidget, part: QWidget) -> QWidget:
    """Tab goes from one widget into another one, and through it: what is made late would come last of all. The last in it."""
    for one in (part, *part.findChildren(QWidget)):
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None:
            QWidget.setTabOrder(before, one)
            before = one
    return before
