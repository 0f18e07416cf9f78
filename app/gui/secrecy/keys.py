"""The page's actions on their keys: a letter is a command where nothing is typed, and only while the page is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.gui.actions import DECLARED, Actions

__all__ = ["Keys"]


class Keys(QObject):
    """Some actions are the list's own: Space and Delete mean something else in a field. The rest are in force on the page."""

    def __init__(self, actions: Actions, page: QWidget, view: QWidget, group: str = "secrecy") -> None:
        super().__init__(page)
        self._group = group
        self._actions = actions
        self._page = page
        self._view = view
        self._listed: set[str] = set()

    def on_list(self, slots: Mapping[str, Callable[[], None]]) -> None:
        """These only where the list has the keys."""
        self._listed |= slots.keys()
        for name, slot in slots.items():
            self._scope(self._actions[name], self._view, Qt.ShortcutContext.WidgetShortcut)
            self._actions[name].triggered.connect(slot)

    def on_page(self, slots: Mapping[str, Callable[[], None]]) -> None:
        """These anywhere on the page, and all others of its group."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(slot)
        for declared in DECLARED:
            if declared.group == self._group and declared.name not in self._listed:
                self._scope(self._actions[declared.name], self._page, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def enable(self, wanted: bool) -> None:
        """The actions mean nothing on other pages."""
        for declared in DECLARED:
            if declared.group == self._group:
                self._actions[declared.name].setEnabled(wanted)

    @staticmethod
    def _scope(action: QAction, widget: QWidget, context: Qt.ShortcutContext) -> None:
        action.setShortcutContext(context)
        widget.addAction(action)
