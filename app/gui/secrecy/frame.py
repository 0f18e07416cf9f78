"""What can be seen of the page Sekretess: three pages in one place, of which the middle one is divided by panes."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.secrecy.editor import ClaimEditor
from app.gui.secrecy.empty import EmptyPage
from app.gui.secrecy.guide import GuidePage
from app.gui.secrecy.left import LeftPane
from app.gui.secrecy.panes import Panes
from app.gui.secrecy.top import TopBar
from app.gui.source.view import SourceView

__all__ = ["EMPTY", "GUIDE", "MAIN", "Frame"]

EMPTY, MAIN, GUIDE = range(3)


class Frame(QWidget):
    """Bare until `make_frame` has been gone through."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)

    def make_frame(self, actions: Actions) -> Iterator[None]:
        """Part by part, from the outside in: whatever gets another parent is dressed anew with all that is in it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.pages = QStackedWidget(self)
        whole.addWidget(self.pages)
        self.empty = EmptyPage(self.pages)
        self.panes = Panes(self.pages)
        self.guide = GuidePage(self.pages)
        for page in (self.empty, self.panes, self.guide):
            self.pages.addWidget(page)
        yield
        self.left = LeftPane(actions, self.panes.both)
        yield
        self.source = SourceView(actions, self.panes.right)
        yield
        self.editor = ClaimEditor(self.panes.right)
        yield
        self.top = TopBar(actions, self.panes)
        self.panes.arrange(self.top, self.left)
        self.top.join(self.source.head)
        self.left.above_meter.addWidget(self.top.asked)
        yield

    def save_sizes(self) -> QByteArray:
        """How the panes divide the page."""
        return self.panes.save_sizes()

    def restore_sizes(self, sizes: QByteArray) -> None:
        """As `save_sizes` gave them. Anything else changes nothing."""
        self.panes.restore_sizes(sizes)

    def name_proxy(self) -> None:
        """The keys go to what is shown."""
        self.setFocusProxy((self.empty.add, self.left, self.guide)[self.pages.currentIndex()])
