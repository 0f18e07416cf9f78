"""What a side of the page says while there is nothing on it: what goes there, and one button where there is something to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.underlag.parts import button, label

__all__ = ["Teaching"]


class Teaching(QWidget):
    """A title, some lines, a button: what is left empty is left out."""

    def __init__(self, title: str, lines: Sequence[str], act: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = button(act, "primary", act, self)
        self.choose.setVisible(bool(act))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        if title:
            column.addWidget(label(title, "large", self))
        for line in lines:
            column.addWidget(label(line, "muted", self))
        column.addWidget(self.choose)
        column.addStretch(1)
