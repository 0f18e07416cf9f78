"""How the page is divided: the list beside the document, the document over the editor, the bars above all."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

__all__ = ["Panes"]


class Panes(QWidget):
    """Two splitters that the user moves. What is in them is made with them as its parents: top and left on the panes and `both`,
    the document and then the editor on `right`. Whatever gets another parent later is dressed anew with all that is in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        self.right = QSplitter(Qt.Orientation.Vertical, self.both)
        self._column.addWidget(self.both, 1)

    def arrange(self, top: QWidget, left: QWidget) -> None:
        """Everything is there: put it in order and divide the room."""
        self._column.insertWidget(0, top)
        self.both.insertWidget(0, left)
        for splitter, sizes in ((self.right, [264, 416]), (self.both, [452, 738])):
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
            splitter.setStretchFactor(0, 2)
            splitter.setStretchFactor(1, 3)

    def save_sizes(self) -> QByteArray:
        """How it is divided."""
        return QByteArray(b"\n".join((self.both.saveState().toHex().data(), self.right.saveState().toHex().data())))

    def restore_sizes(self, sizes: QByteArray) -> None:
        """Divide it like that again. Anything else changes nothing."""
        for splitter, state in zip((self.both, self.right), bytes(sizes.data()).split(b"\n"), strict=False):
            splitter.restoreState(QByteArray.fromHex(QByteArray(state)))
