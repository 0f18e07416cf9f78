"""How the page is divided: the list beside the document, the document over the editor, the bars above all."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

__all__ = ["Panes"]


class Panes(QWidget):
    """Two splitters that the user moves."""

    def __init__(self, top: QWidget, left: QWidget, source: QWidget, editor: QWidget) -> None:
        super().__init__()
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.addWidget(source)
        self.right.addWidget(editor)
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.addWidget(left)
        self.both.addWidget(self.right)
        for splitter, sizes in ((self.right, [264, 416]), (self.both, [452, 738])):
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
            splitter.setStretchFactor(0, 2)
            splitter.setStretchFactor(1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self.both, 1)

    def save_sizes(self) -> QByteArray:
        """How it is divided."""
        return QByteArray(b"\n".join((self.both.saveState().toHex().data(), self.right.saveState().toHex().data())))

    def restore_sizes(self, sizes: QByteArray) -> None:
        """Divide it like that again. Anything else changes nothing."""
        for splitter, state in zip((self.both, self.right), bytes(sizes.data()).split(b"\n"), strict=False):
            splitter.restoreState(QByteArray.fromHex(QByteArray(state)))
