"""The button above the list for what goes into the buyer's forms and comes back from colleagues."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton

from app.gui.actions import FORM_ACTIONS, Actions
from app.gui.messages import tr

__all__ = ["forms_button"]


def forms_button(actions: Actions) -> QToolButton:
    """A menu of the actions, with their shortcuts."""
    button = QToolButton()
    button.setObjectName("formsMenu")
    button.setText(tr("filling.menu"))
    button.setProperty("underlag", "tool")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setAccessibleName(tr("filling.menu_name"))
    menu = QMenu(button)
    menu.addActions([actions[name] for name in FORM_ACTIONS])
    button.setMenu(menu)
    return button
