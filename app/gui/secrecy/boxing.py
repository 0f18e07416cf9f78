"""A box drawn on a page: for what is a picture there, and cannot be marked as text. With the mouse, or with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.core.document import Box, Place
from app.gui.messages import tr
from app.gui.source.paper import PaperView
from app.gui.theme import LIGHT

__all__ = ["BoxPencil"]

_STEP = 8.0
"""Pixels that an arrow key moves or stretches the box."""
_LEAST = 6.0
"""Pixels a side: less is a click."""


class BoxPencil(QWidget):
    """Lies over the pages while a box is drawn. `drawn` comes once; then, or when it is given up, `ended`."""

    drawn = Signal(object)  # Place: page and box
    ended = Signal()

    def __init__(self, paper: PaperView) -> None:
        super().__init__(paper.viewport())
        self._paper = paper
        self._from: QPointF | None = None
        self._over = False
        middle = QPointF(paper.viewport().rect().center())
        self.box = QRectF(middle - QPointF(120, 40), middle + QPointF(120, 40))
        self._shown = False
        self.setGeometry(paper.viewport().rect())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("secrecy.box_name"))
        self.setAccessibleDescription(tr("secrecy.box_keys"))
        paper.viewport().installEventFilter(self)
        paper.moved.connect(self.update)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """No box after all."""
        if not self._over:
            self._over = True
            self._paper.viewport().removeEventFilter(self)
            self.hide()
            self.deleteLater()
            self._paper.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ended.emit()

    def take(self) -> None:
        """This is the box: the part of it that lies on the page it begins on."""
        place = self.place()
        if place is not None:
            self.drawn.emit(place)
        self.leave()

    def place(self) -> Place | None:
        """Page and box in points; None for a box beside the pages."""
        first, last = self._paper.point_at(self.box.topLeft()), self._paper.point_at(self.box.bottomRight())
        if first is None or last is None:
            return None
        wide, high = self._paper.sizes[first.page - 1]
        x0, y0 = max(0.0, first.x), max(0.0, first.y)
        x1, y1 = min(wide, last.x), min(high, last.y if last.page == first.page else high)
        return Place(first.page, Box(x0, y0, x1, y1)) if x1 - x0 > 1 and y1 - y0 > 1 else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the pages' view."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(self._paper.viewport().rect())
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """One corner."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = event.position()
            self.box = QRectF(self._from, self._from)
            self._shown = True
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The other corner so far."""
        if self._from is not None:
            self.box = QRectF(self._from, event.position()).normalized()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The other corner."""
        if self._from is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self._from = None
        if min(self.box.width(), self.box.height()) >= _LEAST:
            self.take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the box, with Shift they stretch it; Enter takes it, Escape gives it up."""
        steps = {
            Qt.Key.Key_Left: QPointF(-_STEP, 0),
            Qt.Key.Key_Right: QPointF(_STEP, 0),
            Qt.Key.Key_Up: QPointF(0, -_STEP),
            Qt.Key.Key_Down: QPointF(0, _STEP),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._shown = True
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                corner = self.box.bottomRight() + step
                self.box.setRight(max(self.box.left() + _STEP, corner.x()))
                self.box.setBottom(max(self.box.top() + _STEP, corner.y()))
            else:
                self.box.translate(step)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Keys go here: the box is shown from the start."""
        del event
        self._shown = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hatched box, and dimmed pages around it so that it is seen what is being done."""
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._shown:
                ink = QColor(LIGHT.secrecy)
                surface = QColor(ink)
                surface.setAlphaF(0.14)
                painter.fillRect(self.box, surface)
                surface.setAlphaF(0.4)
                painter.fillRect(self.box, QBrush(surface, Qt.BrushStyle.BDiagPattern))
                painter.setPen(QPen(ink, 2))
                painter.drawRect(self.box)
