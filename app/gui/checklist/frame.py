"""What can be seen of the checklist page: the list at the left, the source over the detail at the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.checklist.detail import DetailPanel
from app.gui.checklist.left import LeftPane
from app.gui.checklist.line_panel import LinePanel
from app.gui.checklist.wording import Wording
from app.gui.doorway import Doorway

if TYPE_CHECKING:
    from app.gui.source.view import SourceView

__all__ = ["Frame"]


class Frame(Doorway):
    """Bare until `make_frame` has been gone through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    def make_frame(self, actions: Actions, source: SourceView | None) -> Iterator[None]:
        """Part by part, from the outside in: whatever gets another parent is dressed anew with all that is in it."""
        self.wording = Wording()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        whole.addWidget(self.both)
        self.left = LeftPane(self.wording, actions, self.both)
        yield
        self.right = QSplitter(Qt.Orientation.Vertical, self.both)
        if source is None:
            # Here, so that the list can be tried with another source, without pages and their pictures.
            from app.gui.source.view import SourceView

            source = SourceView(actions, self.right)
        self.source = source
        self.right.addWidget(self.source)
        yield
        self.below = QStackedWidget(self.right)
        self.detail = DetailPanel(self.wording, self.below)
        self.below.addWidget(self.detail)
        yield
        self.line = LinePanel(self.wording, actions["promote"], self.below)
        self.below.addWidget(self.line)
        self.right.setStretchFactor(0, 3)
        self.right.setStretchFactor(1, 2)
        self.right.setChildrenCollapsible(False)
        self.both.setStretchFactor(0, 2)
        self.both.setStretchFactor(1, 3)
        self.both.setChildrenCollapsible(False)
        self.both.setSizes([452, 738])
        self.right.setSizes([420, 280])

    def save_sizes(self) -> QByteArray:
        """How the panes divide the page, to be remembered with the window."""
        return QByteArray(b"\n".join((self.both.saveState().toHex().data(), self.right.saveState().toHex().data())))

    def restore_sizes(self, sizes: QByteArray) -> None:
        """As `save_sizes` gave them. Anything else changes nothing."""
        for splitter, state in zip((self.both, self.right), bytes(sizes.data()).split(b"\n"), strict=False):
            splitter.restoreState(QByteArray.fromHex(QByteArray(state)))
