"""The bar of key caps below the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.gui.flowing import FlowLayout

__all__ = ["HintBar"]


class HintBar(QWidget):
    """Key caps, each with a word for what it does. What does not fit goes to a second line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, 4)

    def show_hints(self, hints: Sequence[tuple[Sequence[str], str]]) -> None:
        """Keys (as they are written on the caps) and words."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for keys, word in hints:
            pair = QWidget()
            line = QHBoxLayout(pair)
            line.setContentsMargins(0, 0, 8, 0)
            line.setSpacing(4)
            for key in keys:
                cap = QLabel(key)
                cap.setProperty("role", "key")
                line.addWidget(cap)
            text = QLabel(word)
            text.setProperty("role", "small")
            line.addWidget(text)
            pair.setAccessibleName(f"{' '.join(keys)} {word}")
            self._flow.addWidget(pair)
