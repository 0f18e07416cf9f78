"""What every way of showing a document has in common: signals, zoom, the passage in focus and its flash."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from app.core.document import Place
from app.gui.motion import FLASH, reduced
from app.gui.source.marks import Mark
from app.gui.theme import theme

__all__ = ["ZOOMS", "Flash", "Surface", "next_zoom"]

ZOOMS = (0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
_WHEEL = 1.1
"""Times larger per notch of the wheel."""
_NOTCH = 120


def next_zoom(now: float, larger: bool) -> float:
    """The next step from a zoom."""
    steps = [step for step in ZOOMS if (step > now * 1.01 if larger else step < now * 0.99)]
    if not steps:
        return ZOOMS[-1] if larger else ZOOMS[0]
    return steps[0] if larger else steps[-1]


class Flash(QObject):
    """A passage that fades: `strength` goes from 1 to 0, with `changed` on the way. Nothing at all where motion is unwanted."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.place: Place | None = None
        self.quote = ""
        self.strength = 0.0
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(FLASH)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.valueChanged.connect(self._on_value)

    def start(self, place: Place, quote: str) -> None:
        """Flash a passage."""
        self.place, self.quote = place, quote
        if not reduced():
            self._fading.stop()
            self._fading.start()

    def stop(self) -> None:
        """No longer."""
        self._fading.stop()
        self.strength = 0.0

    def _on_value(self, value: object) -> None:
        self.strength = float(value) if isinstance(value, float) else 0.0
        self.changed.emit()


class Surface(QAbstractScrollArea):
    """A document to scroll through. The whole is `width` × `height` device-independent pixels; the minimap is its scroll bar."""

    moved = Signal()
    """Another part of it is shown, or it has another size."""
    reshaped = Signal()
    """Everything is somewhere else."""
    mark_activated = Signal(object)  # str
    text_marked = Signal(object)  # tuple[Place, str] | None
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.flash = Flash(self)
        self.flash.changed.connect(self.viewport().update)
        self.selected: str | None = None
        self._zoom: float | None = None
        theme.changed.connect(self.viewport().update)

    # --- what the kinds of surfaces do differently

    def fitted(self) -> float:
        """The zoom with which the whole width is shown."""
        return 1.0

    def laid_out(self) -> None:
        """Lay out anew for the zoom and width there are now."""

    def whole_height(self) -> float:
        """Pixels from top to bottom."""
        return 0.0

    def height_at(self, place: Place, quote: str) -> float | None:
        """How far from the top a place is, in pixels; None when it is not here."""
        raise NotImplementedError

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The mark at a point of the viewport."""
        raise NotImplementedError

    def held(self, y: float) -> object:
        """What is at a height of the viewport, so that `hold` can bring it back there."""
        raise NotImplementedError

    def hold(self, what: object, y: float) -> None:
        """Scroll so that it is at that height again."""
        raise NotImplementedError

    # --- place

    def fraction_of(self, place: Place, quote: str = "", /) -> float | None:
        """Where in the whole a place is, 0 to 1."""
        height, whole = self.height_at(place, quote), self.whole_height()
        return None if height is None or whole <= 0 else min(1.0, max(0.0, height / whole))

    def span(self) -> tuple[float, float]:
        """The part that is shown, 0 to 1."""
        whole = max(1.0, self.whole_height())
        top = self.verticalScrollBar().value()
        return min(1.0, top / whole), min(1.0, (top + self.viewport().height()) / whole)

    def go_to_fraction(self, share: float) -> None:
        """Bring a part of the whole to the middle."""
        self.verticalScrollBar().setValue(round(share * self.whole_height() - self.viewport().height() / 2))

    def show_place(self, place: Place, quote: str, flash: bool) -> None:
        """Scroll to a place: it stands at a third of the height."""
        height = self.height_at(place, quote)
        if height is not None:
            self.verticalScrollBar().setValue(round(height - self.viewport().height() / 3))
            if flash:
                self.flash.start(place, quote)
        self.viewport().update()

    # --- zoom

    @property
    def zoom(self) -> float:
        """1.0 shows a point as 1/72 of 96 pixels."""
        return self._zoom if self._zoom is not None else self.fitted()

    @property
    def fits(self) -> bool:
        """Whether the zoom follows the width."""
        return self._zoom is None

    def zoom_to(self, zoom: float | None, y: float | None = None) -> None:
        """Another zoom (None follows the width); what is at the height `y` of the viewport stays there."""
        at = self.viewport().height() / 3 if y is None else y
        what = self.held(at)
        self._zoom = None if zoom is None else min(ZOOMS[-1], max(ZOOMS[0], zoom))
        self.laid_out()
        self.hold(what, at)
        self.zoomed.emit()

    def set_scroll_range(self, width: float, height: float) -> None:
        """The size of the whole, for the scroll bars."""
        viewport = self.viewport()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(viewport.height())
        down.setSingleStep(48)
        down.setRange(0, max(0, round(height) - viewport.height()))
        across.setPageStep(viewport.width())
        across.setSingleStep(48)
        across.setRange(0, max(0, round(width) - viewport.width()))

    # --- events

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom around the cursor with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / _NOTCH
            if notches:
                across, x = self.horizontalScrollBar(), event.position().x()
                before = self.zoom
                left = (across.value() + x) / before
                self.zoom_to(before * _WHEEL**notches, event.position().y())
                across.setValue(round(left * self.zoom - x))
            event.accept()
            return
        super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the size and the screen; tell what is under the mouse."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.DevicePixelRatioChange):
            what = self.held(0.0)
            self.laid_out()
            self.hold(what, 0.0)
            if self.fits:
                self.zoomed.emit()
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: nothing is moved by copying pixels."""
        if dx or dy:
            self.viewport().update()
            self.moved.emit()

    def paint_focus(self, painter: QPainter) -> None:
        """The ring that shows where keys go."""
        if self.hasFocus() and self.window().isActiveWindow():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
