"""The small signs of the list: a state as a shape, a kind as a tag, a key as a cap. Painted, so that no font can lack them."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from app.core.points import PointKind
from app.core.work import ItemState, WorkItem
from app.gui.theme import font, kind_colours, theme

__all__ = ["Shape", "paint_shape", "paint_tag", "shape_of", "tag_height", "tag_width"]

_TAG_HEIGHT = 20
_TAG_PADDING = 8


class Shape(StrEnum):
    """The shape of a state."""

    OPEN = "open"  # ○
    DONE = "done"  # ✓
    FAULT = "fault"  # !
    EVALUATED = "evaluated"  # ◇
    REJECTED = "rejected"  # ✕
    CHANGED = "changed"  # ⟳


def shape_of(work: WorkItem, faulty: bool) -> Shape:
    """What a row shows: the most urgent thing first."""
    if work.state is ItemState.REJECTED:
        return Shape.REJECTED
    if work.changed or work.withdrawn:
        return Shape.CHANGED
    if faulty:
        return Shape.FAULT
    if work.state is ItemState.DONE:
        return Shape.DONE
    return Shape.EVALUATED if work.item.kind is PointKind.CRITERION else Shape.OPEN


def _ink(shape: Shape, urgent: bool) -> QColor:
    match shape:
        case Shape.DONE:
            return theme.colour("done")
        case Shape.FAULT:
            return theme.colour("error")
        case Shape.EVALUATED:
            return theme.colour("criterion")
        case Shape.CHANGED:
            return theme.colour("attachment")
        case Shape.REJECTED:
            return theme.colour("ink_3")
        case Shape.OPEN:
            return theme.colour("attachment" if urgent else "ink_3")


def paint_shape(painter: QPainter, centre: QPointF, shape: Shape, urgent: bool) -> None:
    """The shape within 12 pixels. `urgent` warms the open circle: something must be handed in."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(_ink(shape, urgent), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.translate(centre)
    match shape:
        case Shape.OPEN:
            painter.drawEllipse(QPointF(0, 0), 4.5, 4.5)
        case Shape.DONE:
            painter.drawPolyline([QPointF(-4, 0.5), QPointF(-1, 3.5), QPointF(4.5, -3.5)])
        case Shape.FAULT:
            painter.drawLine(QPointF(0, -5), QPointF(0, 1))
            painter.drawPoint(QPointF(0, 4.5))
        case Shape.EVALUATED:
            painter.drawPolygon([QPointF(0, -5.5), QPointF(5.5, 0), QPointF(0, 5.5), QPointF(-5.5, 0)])
        case Shape.REJECTED:
            painter.drawLine(QPointF(-3.5, -3.5), QPointF(3.5, 3.5))
            painter.drawLine(QPointF(-3.5, 3.5), QPointF(3.5, -3.5))
        case Shape.CHANGED:
            ring = QPainterPath()
            ring.arcMoveTo(QRectF(-5, -5, 10, 10), 60)
            ring.arcTo(QRectF(-5, -5, 10, 10), 60, 290)
            painter.drawPath(ring)
            painter.drawPolyline([QPointF(5.5, -5), QPointF(2.5, -4), QPointF(4.5, -0.5)])
    painter.restore()


def tag_width(text: str) -> int:
    """How wide a tag with the text is."""
    return QFontMetrics(font(11, strong=True)).horizontalAdvance(text) + 2 * _TAG_PADDING


def tag_height() -> int:
    """How high a tag is, larger with larger text."""
    return round(_TAG_HEIGHT * max(1.0, theme.scale))


def paint_tag(painter: QPainter, rect: QRectF, kind: PointKind, text: str, selected: bool = False) -> None:
    """A kind's tag: its word in its ink on its soft surface, or on paper where the row around it is tinted."""
    ink, soft = kind_colours(kind)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("paper") if selected and soft == theme.colour("accent_soft") else soft)
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(ink)
    painter.setFont(font(11, strong=True))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
