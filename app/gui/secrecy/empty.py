"""Before the bid has any files here: what belongs on the page, one button, and that the originals stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.messages import tr
from app.gui.underlag.parts import button
from app.gui.underlag.teaching import Lesson, TeachingPage

__all__ = ["EmptyPage"]


class EmptyPage(TeachingPage):
    """Teaches in three steps."""

    folder_asked = Signal()
    sample_asked = Signal()
    guide_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        lesson = Lesson(
            "ph.lock-simple",
            "secrecy",
            tr("secrecy.empty_title"),
            tr("secrecy.empty_text"),
            tr("secrecy.empty_button"),
            tr("secrecy.empty_promise"),
            (640, 560),
        )
        super().__init__(lesson, parent)
        self.sample = button(tr("secrecy.empty_sample"), "link", parent=self)
        self.sample.clicked.connect(self.sample_asked)
        folder = button(tr("secrecy.empty_folder"), "link", parent=self)
        folder.clicked.connect(self.folder_asked)
        guide = button(tr("secrecy.guide_link"), "link", parent=self)
        guide.clicked.connect(self.guide_asked)
        for link in (folder, self.sample, guide):
            self.links.addWidget(link)
