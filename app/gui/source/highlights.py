"""How a highlight is painted: its kind by colour, its state by shape as well."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from app.core.points import PointKind
from app.core.work import ItemState
from app.gui.source.marks import Mark
from app.gui.theme import LIGHT, kind_colours, theme

__all__ = ["CHECK", "paint_caret", "paint_check", "paint_flash", "paint_hits", "paint_mark", "paint_selection"]

CHECK = 12
"""Pixels of the sign for done in the margin."""
_ROUND = 2.0
_STRENGTH = 0.16
"""How much of a kind's ink goes into its surface: the soft surfaces alone are too pale for a line between others."""
_HATCH = 0.28
"""How strong the lines over a secret are: they must not hide what is read beneath."""


def _colours(kind: PointKind, on_paper: bool, role: str | None = None) -> tuple[QColor, QColor]:
    """Ink and surface. A page of a PDF is white in every theme, so its highlights are those of the light one."""
    if role is not None and not on_paper:
        ink, soft = theme.colour(role), theme.colour(f"{role}_soft")
    elif on_paper:
        role = role or ("accent" if kind is PointKind.QUESTION else kind.value)
        ink, soft = QColor(getattr(LIGHT, role)), QColor(getattr(LIGHT, f"{role}_soft"))
    else:
        ink, soft = kind_colours(kind)
    return ink, _mixed(soft, ink, _STRENGTH)


def _mixed(first: QColor, second: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        first.redF() * (1 - share) + second.redF() * share,
        first.greenF() * (1 - share) + second.greenF() * share,
        first.blueF() * (1 - share) + second.blueF() * share,
    )


def paint_mark(painter: QPainter, rects: Sequence[QRectF], mark: Mark, *, selected: bool, on_paper: bool) -> None:
    """The surface behind (or multiplied into) the lines of a mark, and what frames them.

    Rejected: a dashed outline and no surface. Selected: a frame of two pixels. A claim's is hatched and always framed.
    """
    ink, surface = _colours(mark.kind, on_paper, mark.role)
    rejected = mark.state is ItemState.REJECTED
    if not rejected:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(surface)
        _multiply(painter, on_paper)
        for rect in rects:
            painter.drawRoundedRect(rect, _ROUND, _ROUND)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if mark.role is not None and not rejected:
        hatch = QColor(ink)
        hatch.setAlphaF(_HATCH)
        for rect in rects:
            painter.fillRect(rect, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    if rejected or selected or mark.role is not None:
        pen = QPen(ink, 2 if selected else 1)
        if rejected:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in rects:
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), _ROUND, _ROUND)


def paint_check(painter: QPainter, centre: QPointF, *, on_paper: bool) -> None:
    """The sign for done, beside the lines it is about."""
    pen = QPen(QColor(LIGHT.done) if on_paper else theme.colour("done"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y = centre.x(), centre.y()
    painter.drawPolyline([QPointF(x - 4, y + 0.5), QPointF(x - 1, y + 3.5), QPointF(x + 4.5, y - 3.5)])


def paint_hits(painter: QPainter, rects: Sequence[QRectF], *, current: bool, on_paper: bool) -> None:
    """A place where the words looked for stand; the one landed on has a frame as well."""
    ink, surface = _colours(PointKind.ATTACHMENT, on_paper)
    painter.setPen(QPen(ink, 2) if current else Qt.PenStyle.NoPen)
    painter.setBrush(_mixed(surface, ink, 0.2))
    _multiply(painter, on_paper)
    for rect in rects:
        painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), _ROUND, _ROUND)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def paint_selection(painter: QPainter, rects: Sequence[QRectF], *, on_paper: bool) -> None:
    """Text that the user has marked."""
    ink, surface = _colours(PointKind.CRITERION, on_paper)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_mixed(surface, ink, 0.2))
    _multiply(painter, on_paper)
    for rect in rects:
        painter.drawRect(rect)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)


def paint_flash(painter: QPainter, rects: Sequence[QRectF], strength: float, *, on_paper: bool) -> None:
    """What was landed on, for a moment: strength 1 fading to 0."""
    ink = QColor(LIGHT.accent) if on_paper else theme.colour("accent")
    ink.setAlphaF(max(0.0, min(1.0, strength)) * 0.4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    grown = 3 + 5 * strength
    for rect in rects:
        painter.drawRoundedRect(rect.adjusted(-grown, -grown, grown, grown), 4, 4)


def paint_caret(painter: QPainter, rect: QRectF, *, on_paper: bool) -> None:
    """Where the keys are in the text: a bar, or a frame around a word."""
    ink = QColor(LIGHT.accent) if on_paper else theme.colour("accent")
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2))
    if rect.width() > 0:
        painter.drawRect(rect)
    else:
        painter.drawLine(rect.topLeft(), rect.bottomLeft())


def _multiply(painter: QPainter, on_paper: bool) -> None:
    if on_paper:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
