"""The line below the documents: which keys do what, and that more files may be dropped."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.elided import Elided
from app.gui.messages import tr
from app.gui.underlag.parts import label

__all__ = ["Hints"]


class Hints(QFrame):
    """Keys as they stand on the keyboard, with a word each."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagHints")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(4)
        native = QKeySequence.SequenceFormat.NativeText
        for keys, word in (
            ("\u21b5", tr("underlag.hint_open")),
            (actions["read_again"].shortcut().toString(native), tr("underlag.hint_again")),
            (actions["add_files"].shortcut().toString(native), tr("underlag.hint_add")),
        ):
            line.addWidget(label(keys, "key", self, wrap=False))
            line.addWidget(label(word, "small", self, wrap=False))
            line.addSpacing(8)
        drop = Elided("small", self, Qt.AlignmentFlag.AlignRight)
        drop.setText(tr("underlag.hint_drop"))
        line.addWidget(drop, 1)
