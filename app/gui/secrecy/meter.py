"""How much of the bid is asked to be kept secret: a bar and a sentence. A look says whether it is a few passages or all of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.gui.checklist.parts import caption
from app.gui.messages import tr
from app.gui.theme import theme

__all__ = ["Meter"]

MUCH = 0.25
"""The share from which a request looks like one for everything."""


class Meter(QWidget):
    """Over the whole bid, or over the file in focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secrecyMeter")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.bar = _Bar()
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addWidget(caption(tr("secrecy.meter")))
        column.addWidget(self.bar)
        column.addWidget(self.words)

    def show_share(self, whole: float, file: tuple[str, float] | None) -> None:
        """The share of the bid's text, 0 to 1, and a file's name with its own share."""
        self.bar.share = whole
        self.bar.update()
        percent = _percent(whole)
        advice = tr("secrecy.meter_much") if whole >= MUCH else tr("secrecy.meter_some")
        parts = [tr("secrecy.meter_share", percent=percent)]
        if file is not None and file[1] > 0:
            parts.append(tr("secrecy.meter_file", percent=_percent(file[1]), name=file[0]))
        self.words.setText(" ".join((*parts, advice)))
        self.bar.setAccessibleDescription(self.words.text())


def _percent(share: float) -> str:
    """In whole numbers; what is there but hardly is less than one."""
    return "<1" if 0 < share < 0.005 else str(round(100 * share))


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("secrecy.meter"))

    def sizeHint(self) -> QSize:
        return QSize(120, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            whole = QRectF(self.rect())
            painter.setBrush(theme.colour("line"))
            painter.drawRoundedRect(whole, 4, 4)
            if self.share > 0:
                part = QRectF(whole.left(), whole.top(), max(8.0, whole.width() * min(1.0, self.share)), whole.height())
                painter.setBrush(theme.colour("secrecy"))
                painter.drawRoundedRect(part, 4, 4)
                if self.share >= MUCH:
                    painter.setBrush(QBrush(theme.colour("secrecy_soft"), Qt.BrushStyle.BDiagPattern))
                    painter.drawRoundedRect(part, 4, 4)
