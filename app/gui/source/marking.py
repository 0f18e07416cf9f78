"""Mouse and keys on text: marking it, copying it, and clicking highlights. The same for pages and for text that flows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.core.document import Place
from app.gui.source.naming import mark_name
from app.gui.source.surface import Surface

__all__ = ["MarkingSurface"]

_STILL = 4
"""Pixels that the mouse may move between press and release of a click."""


class MarkingSurface(Surface):
    """Subclasses say which text lies under a point of the viewport, and keep what is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPointF | None = None
        self._dragging = False
        self._extending = False

    # --- what subclasses do

    def begin_marking(self, at: QPointF) -> None:
        """Mark nothing, from this point on."""
        raise NotImplementedError

    def extend_marking(self, at: QPointF) -> None:
        """Mark up to this point."""
        raise NotImplementedError

    def clear_marking(self) -> None:
        """Mark nothing."""
        raise NotImplementedError

    def mark_word(self, at: QPointF) -> bool:
        """Mark the word at a point; whether there is one."""
        raise NotImplementedError

    def marked(self) -> tuple[Place, str] | None:
        """The place and text of what is marked."""
        raise NotImplementedError

    def over_text(self, at: QPointF) -> bool:
        """Whether text lies under a point."""
        raise NotImplementedError

    # --- events

    def copy_marked(self) -> None:
        """The marked text to the clipboard."""
        marked = self.marked()
        if marked is not None:
            QGuiApplication.clipboard().setText(marked[1])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to mark, or to click."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed, self._dragging = event.position(), False
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._extending = shift and self.marked() is not None
        if self._extending:
            self.extend_marking(event.position())
        else:
            self.begin_marking(event.position())
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark on, or show what a click would do."""
        at = event.position()
        if self._pressed is None:
            hand = self.mark_at(at.x(), at.y()) is not None
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape if hand or self.over_text(at) else Qt.CursorShape.ArrowCursor)
        elif self._dragging or (at - self._pressed).manhattanLength() >= _STILL:
            self._dragging = True
            self.extend_marking(at)
            bar, height = self.verticalScrollBar(), self.viewport().height()
            bar.setValue(bar.value() + round(min(0.0, at.y()) + max(0.0, at.y() - height)))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End marking, or take it as a click."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        if not self._dragging and not self._extending:
            mark = self.mark_at(event.position().x(), event.position().y())
            if mark is not None:
                self.mark_activated.emit(mark.owner)
        self.text_marked.emit(self.marked())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Mark the word."""
        if self.mark_word(event.position()):
            self._pressed, self._dragging = event.position(), False
            self._extending = True
            self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if isinstance(event, QHelpEvent):
            mark = self.mark_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), mark_name(mark) if mark is not None else "", self.viewport())
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, copy, or mark nothing."""
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Escape if self.marked() is not None:
                self.clear_marking()
                self.text_marked.emit(None)
                self.viewport().update()
            case _ if event.matches(QKeySequence.StandardKey.Copy):
                self.copy_marked()
            case _:
                super().keyPressEvent(event)
