"""Before the bid has any files here: what belongs on the page, one button, and that the originals stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.icons import draw_icon
from app.gui.messages import tr
from app.gui.theme import theme
from app.gui.underlag.parts import Shape, button, label

__all__ = ["EmptyPage"]


class _Picture(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(56, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("secrecy_soft"))
            painter.drawEllipse(self.rect())
            draw_icon(painter, self.rect().adjusted(13, 13, -13, -13), "ph.lock-simple", "secrecy")


class EmptyPage(QWidget):
    """Teaches in three steps. Files may be dropped anywhere on it."""

    files_asked = Signal()
    folder_asked = Signal()
    sample_asked = Signal()
    guide_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagEmpty")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        area = QFrame(self)
        area.setObjectName("underlagDropArea")
        outer.addWidget(area)
        column = QVBoxLayout(area)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(3)
        column.addWidget(_Picture(area), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        for text, role, width in (
            (tr("secrecy.empty_title"), "title", 640),
            (tr("secrecy.empty_text"), "muted", 560),
        ):
            made = label(text, role, area)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.setFixedWidth(width)
            made.ensurePolished()
            made.setMinimumHeight(made.heightForWidth(width))
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self.add = button(tr("secrecy.empty_button"), "primary", parent=area)
        self.add.clicked.connect(self.files_asked)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        links = QHBoxLayout()
        links.setSpacing(20)
        links.addStretch(1)
        self.sample = button(tr("secrecy.empty_sample"), "link", parent=area)
        for text, made_signal in (
            (tr("secrecy.empty_folder"), self.folder_asked),
            (tr("secrecy.guide_link"), self.guide_asked),
        ):
            link = button(text, "link", parent=area)
            link.clicked.connect(made_signal)
            links.addWidget(link)
        self.sample.clicked.connect(self.sample_asked)
        links.insertWidget(2, self.sample)
        links.addStretch(1)
        column.addLayout(links)
        column.addStretch(3)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addStretch(1)
        promise.addWidget(Shape("ph.lock-simple", "done", area))
        promise.addWidget(label(tr("secrecy.empty_promise"), "small", area, wrap=False))
        promise.addStretch(1)
        column.addLayout(promise)
