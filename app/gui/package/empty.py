"""Before any file is linked: what goes here, and the way to where files are linked."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.messages import tr
from app.gui.underlag.parts import button, label

__all__ = ["EmptyFiles"]


class EmptyFiles(QWidget):
    """Hidden until it is known that there are none: nothing flashes by."""

    def __init__(self, answers: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        self.words = label("", "muted", self)
        column.addWidget(self.words)
        self.go = button(tr("package.empty_go"), "plain", parent=self)
        self.go.clicked.connect(answers.trigger)
        column.addWidget(self.go)
        column.addStretch(1)
        self.setVisible(False)

    def say(self, *, lost: bool) -> None:
        """`lost`: files are linked, but none of them can be reached."""
        self.words.setText(tr("package.empty_lost") if lost else tr("package.empty"))
