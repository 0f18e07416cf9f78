"""Before anything is dropped: what belongs here, one button, and that nothing leaves the machine."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.icons import draw_icon
from app.gui.messages import tr
from app.gui.theme import theme
from app.gui.underlag.parts import Shape, button, label

__all__ = ["DropVeil", "EmptyPage"]


class _Picture(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(56, 56)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawEllipse(self.rect())
            draw_icon(painter, self.rect().adjusted(12, 12, -12, -12), "ph.tray", "accent")


class EmptyPage(QWidget):
    """Teaches what to drop. The dashed line shows where, though the whole window takes it."""

    files_asked = Signal()
    folder_asked = Signal()

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
            (tr("underlag.empty_title"), "title", 560),
            (tr("underlag.empty_text"), "muted", 480),
        ):
            made = label(text, role, area)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            made.setFixedWidth(width)
            made.ensurePolished()
            made.setMinimumHeight(made.heightForWidth(width))
            column.addWidget(made, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        self.add = button(tr("underlag.empty_button"), "primary", parent=area)
        self.add.clicked.connect(self.files_asked)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignHCenter)
        folder = button(tr("underlag.empty_folder"), "link", parent=area)
        folder.clicked.connect(self.folder_asked)
        column.addWidget(folder, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addStretch(1)
        promise.addWidget(Shape("ph.lock-simple", "done", area))
        promise.addWidget(label(tr("underlag.empty_promise"), "small", area, wrap=False))
        promise.addStretch(1)
        column.addLayout(promise)


class DropVeil(QWidget):
    """Over the page while files are held above it: says that here is right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A pale sheet with a dashed edge and one sentence."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ground = theme.colour("accent_soft")
            ground.setAlphaF(0.92)
            painter.fillRect(self.rect(), ground)
            painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(12, 12, -12, -12), 6, 6)
            painter.setPen(theme.colour("accent"))
            chosen = painter.font()
            chosen.setPixelSize(18)
            chosen.setBold(True)
            painter.setFont(chosen)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("underlag.drop_here"))
