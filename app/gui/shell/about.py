"""What the program is, and what stays on the computer."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

import app
from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, words

__all__ = ["AboutDialog"]


class AboutDialog(Sheet):
    """Version, what it does with what it is given, and whose work it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Anbudsklar", tr("shell.about_lead"), parent)
        self.body.addWidget(words(tr("shell.about_private")))
        self.body.addWidget(words(tr("shell.about_version", version=app.__version__, qt=qVersion()), "small"))
        self.body.addWidget(words(tr("shell.about_parts"), "small"))
        self.button(tr("shell.close"), primary=True).clicked.connect(self.accept)
