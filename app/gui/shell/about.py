"""What the program is, what stays on the computer, and whose work it stands on."""

from __future__ import annotations

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

import app
from app.gui.messages import tr
from app.gui.shell.emblem import emblem
from app.gui.shell.sheet import Sheet, words

__all__ = ["AboutDialog"]

_EMBLEM = 64
"""Side of the emblem, in device-independent pixels."""


class AboutDialog(Sheet):
    """Version, what it does with what it is given, and the way to the licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Anbudsklar", tr("about.lead"), parent)
        beside = QHBoxLayout()
        beside.setSpacing(20)
        picture = QLabel()
        picture.setPixmap(emblem().pixmap(_EMBLEM, _EMBLEM))
        beside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        told = words("\n\n".join((tr("about.private"), tr("about.still"))))
        beside.addWidget(told, 1)
        self.body.addLayout(beside)
        version = words(tr("about.version", version=app.__version__, qt=qVersion()), "strong")
        version.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(version)
        self.body.addWidget(words(tr("about.parts"), "small"))
        self.button(tr("about.licences"), left=True).clicked.connect(self._on_licences)
        close = self.button(tr("shell.close"), primary=True)
        close.clicked.connect(self.accept)
        close.setFocus()

    def _on_licences(self) -> None:
        from app.gui.shell.licences import LicencesDialog

        LicencesDialog(self).open()
