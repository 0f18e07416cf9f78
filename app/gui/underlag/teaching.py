"""A page before there is anything on it: what belongs there, one button, other ways, and a promise at the foot."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.icons import draw_icon
from app.gui.theme import theme
from app.gui.underlag.parts import Shape, button, label

__all__ = ["Lesson", "TeachingPage"]


class Lesson(NamedTuple):
    """What the page says. `colour` is a role of the theme that has a soft twin; widths are in pixels."""

    icon: str
    colour: str
    title: str
    text: str
    button: str
    promise: str
    widths: tuple[int, int] = (560, 480)


class _Picture(QWidget):
    def __init__(self, lesson: Lesson, parent: QWidget) -> None:
        super().__init__(parent)
        self._lesson = lesson
        self.setFixedSize(56, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(f"{self._lesson.colour}_soft"))
            painter.drawEllipse(self.rect())
            draw_icon(painter, self.rect().adjusted(12, 12, -12, -12), self._lesson.icon, self._lesson.colour)


class TeachingPage(QWidget):
    """The dashed line shows where to drop, though the whole window takes it. `links` has room for other ways."""

    files_asked = Signal()

    def __init__(self, lesson: Lesson, parent: QWidget | None = None) -> None:
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
        column.addWidget(_Picture(lesson, area), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        for text, role, width in zip((lesson.title, lesson.text), ("title", "muted"), lesson.widths, strict=True):
            made = label(text, role, area)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.setFixedWidth(width)
            made.ensurePolished()
            made.setMinimumHeight(made.heightForWidth(width))
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self.add = button(lesson.button, "primary", parent=area)
        self.add.clicked.connect(self.files_asked)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        links = QHBoxLayout()
        links.setSpacing(20)
        links.addStretch(1)
        self.links = QHBoxLayout()
        self.links.setSpacing(20)
        links.addLayout(self.links)
        links.addStretch(1)
        column.addLayout(links)
        column.addStretch(3)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addStretch(1)
        promise.addWidget(Shape("ph.lock-simple", "done", area))
        promise.addWidget(label(lesson.promise, "small", area, wrap=False))
        promise.addStretch(1)
        column.addLayout(promise)
