"""The line above the right side: the folder or the library, and the keys that link."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.gui.checklist.hints import HintBar
from app.gui.messages import tr

__all__ = ["Strip"]


class Strip(QWidget):
    """`tabs` are those of the folder and of the library; the folder's is chosen first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answersTabs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        self.tabs = (QPushButton(self), QPushButton(self))
        for tab in self.tabs:
            tab.setProperty("chip", True)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            line.addWidget(tab)
        self.tabs[0].setChecked(True)
        self.hints = HintBar(self)
        self.hints.show_hints(
            [(("L",), tr("answers.hint_attach")), (("T",), tr("answers.hint_take")), (("Ctrl+K",), tr("answers.hint_more"))]
        )
        line.addSpacing(8)
        line.addWidget(self.hints, 1)
