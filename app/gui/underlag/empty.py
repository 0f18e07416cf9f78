"""Before anything is dropped: what belongs here, one button, and that nothing leaves the machine."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.gui.messages import tr
from app.gui.theme import theme
from app.gui.underlag.parts import button
from app.gui.underlag.teaching import Lesson, TeachingPage

__all__ = ["DropVeil", "EmptyPage"]


class EmptyPage(TeachingPage):
    """Teaches what to drop."""

    folder_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        lesson = Lesson(
            "ph.tray",
            "accent",
            tr("underlag.empty_title"),
            tr("underlag.empty_text"),
            tr("underlag.empty_button"),
            tr("underlag.empty_promise"),
        )
        super().__init__(lesson, parent)
        folder = button(tr("underlag.empty_folder"), "link", parent=self)
        folder.clicked.connect(self.folder_asked)
        self.links.addWidget(folder)


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
