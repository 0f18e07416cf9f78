"""The whole document as a strip: where its marks and gaps are, what is in sight, and a way to get elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.points import PointKind
from app.core.work import ItemState
from app.gui.messages import tr
from app.gui.theme import kind_colours, theme

__all__ = ["Minimap", "Tick"]

WIDTH = 20
_TICK = 4
_LEAST = 12
"""Pixels of the frame of what is in sight, at least."""


class Tick(NamedTuple):
    """A mark, 0 to 1 from the top."""

    at: float
    kind: PointKind
    state: ItemState
    key: str
    role: str | None = None


class Minimap(QWidget):
    """Ticks in the colours of their kinds, gaps hatched, a frame around what is in sight. Click or drag to go there."""

    wanted = Signal(object)  # float: the part of the whole to show
    wheeled = Signal(object)  # int: pixels

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("source.minimap"))
        self.setToolTip(tr("source.minimap_tip"))
        self._ticks: Sequence[Tick] = ()
        self._gaps: Sequence[float] = ()
        self._by_key: Mapping[str, Tick] = {}
        self._span = (0.0, 1.0)
        self._selected: str | None = None
        self._picture: QPixmap | None = None
        theme.changed.connect(self._on_theme)

    def set_ticks(self, by_key: Mapping[str, Tick], ticks: Sequence[Tick], gaps: Sequence[float]) -> None:
        """All marks by key, those of them to paint, and the gaps in order."""
        shown = {(tick.at, tick.kind, tick.state) for tick in self._ticks}, list(self._gaps)
        if shown != ({(tick.at, tick.kind, tick.state) for tick in ticks}, list(gaps)):
            self._forget()
        self._by_key, self._ticks, self._gaps = by_key, ticks, gaps
        self.update()
        self.setAccessibleDescription(tr("source.minimap_counts", marks=len(by_key), gaps=len(gaps)))

    def set_span(self, span: tuple[float, float]) -> None:
        """The part that is in sight."""
        if span != self._span:
            self._span = span
            self.update()

    def set_selected(self, key: str | None) -> None:
        """The mark in focus."""
        self._selected = key
        self.update()

    def counts(self) -> tuple[int, int]:
        """How many marks and gaps are shown."""
        return len(self._by_key), len(self._gaps)

    def sizeHint(self) -> QSize:
        """The size it likes to have."""
        return QSize(WIDTH, 120)

    # --- painting

    def _strip(self) -> QRectF:
        return QRectF(4, 6, self.width() - 8, max(1, self.height() - 12))

    def _y(self, share: float) -> float:
        strip = self._strip()
        return strip.top() + share * strip.height()

    def _forget(self) -> None:
        self._picture = None
        self.update()

    def _on_theme(self) -> None:
        self._forget()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the new size."""
        super().resizeEvent(event)
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(theme.colour("canvas"))
            with QPainter(self._picture) as whole:
                self._paint_whole(whole)
        with QPainter(self) as painter:
            painter.setClipRect(event.rect())
            painter.drawPixmap(0, 0, self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = self._by_key.get(self._selected) if self._selected is not None else None
            if chosen is not None:
                painter.setPen(QPen(theme.colour("ink"), 1.5))
                painter.setBrush(_ink(chosen))
                painter.drawRoundedRect(QRectF(2, self._y(chosen.at) - 3, self.width() - 4, 6), 2, 2)
            top, bottom = self._y(self._span[0]), self._y(self._span[1])
            if bottom - top < _LEAST:
                top, bottom = (top + bottom - _LEAST) / 2, (top + bottom + _LEAST) / 2
            painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "ink"), 2 if self.hasFocus() else 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(2, top, self.width() - 4, bottom - top), 3, 3)

    def _paint_whole(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = self._strip()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(strip, 3, 3)
        hatch = QBrush(theme.colour("ink_3"), Qt.BrushStyle.BDiagPattern)
        for top, bottom in _stretches([self._y(gap) for gap in self._gaps]):
            stretch = QRectF(strip.left(), top, strip.width(), bottom - top)
            painter.fillRect(stretch, theme.colour("paper"))
            painter.fillRect(stretch, hatch)
        inks = {look: _ink(Tick(0.0, look[0], ItemState.OPEN, "", look[1])) for look in {_look(tick) for tick in self._ticks}}
        left, width, above = strip.left(), strip.width(), strip.top() - _TICK / 2
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for y, tick in {round(above + tick.at * strip.height()): tick for tick in self._ticks}.items():  # one of many on a line
            ink = inks[_look(tick)]
            if tick.state is ItemState.REJECTED:
                painter.setPen(QPen(ink, 1, Qt.PenStyle.DotLine))
                painter.drawRect(QRectF(left, y, width, _TICK))
            elif tick.state is ItemState.DONE:
                painter.fillRect(QRectF(left, y + 1, width / 2, _TICK - 2), ink)
            else:
                painter.fillRect(QRectF(left, y, width, _TICK), ink)

    # --- going elsewhere

    def _go(self, at: QPointF) -> None:
        strip = self._strip()
        self.wanted.emit(min(1.0, max(0.0, (at.y() - strip.top()) / strip.height())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark, or to click."""
        self._go(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark on, or show what a click would do."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom around the cursor with Ctrl."""
        self.wheeled.emit(-event.angleDelta().y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, copy, or mark nothing."""
        middle = (self._span[0] + self._span[1]) / 2
        step = max(0.01, self._span[1] - self._span[0])
        match event.key():
            case Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                self.wanted.emit(max(0.0, middle - step))
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                self.wanted.emit(min(1.0, middle + step))
            case Qt.Key.Key_Home:
                self.wanted.emit(0.0)
            case Qt.Key.Key_End:
                self.wanted.emit(1.0)
            case _:
                super().keyPressEvent(event)


def _look(tick: Tick) -> tuple[PointKind, str | None]:
    return tick.kind, tick.role


def _ink(tick: Tick) -> QColor:
    return theme.colour(tick.role) if tick.role is not None else kind_colours(tick.kind)[0]


def _stretches(heights: Sequence[float]) -> list[tuple[float, float]]:
    """Lines that lie close together as one stretch."""
    found: list[tuple[float, float]] = []
    for y in heights:
        if found and y - found[-1][1] <= 3:
            found[-1] = (found[-1][0], y + 3)
        else:
            found.append((y - 1, y + 3))
    return found
