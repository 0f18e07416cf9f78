"""Mouse and keys on text: marking it, copying it, and clicking highlights. The same for pages and for text that flows.

By keys: F7 puts a caret into the text, arrows move it, with Shift they mark. Escape takes back the marking, then the caret.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.core.document import Place
from app.gui.source.caret import Step
from app.gui.source.naming import mark_name
from app.gui.source.surface import Surface

__all__ = ["MarkingSurface"]

_STEPS = {
    Qt.Key.Key_Left: Step.LEFT,
    Qt.Key.Key_Right: Step.RIGHT,
    Qt.Key.Key_Up: Step.UP,
    Qt.Key.Key_Down: Step.DOWN,
    Qt.Key.Key_Home: Step.HOME,
    Qt.Key.Key_End: Step.END,
}
_ROOM = 24
"""Pixels that the caret keeps from the edges."""
_STILL = 4
"""Pixels that the mouse may move between press and release of a click."""


class MarkingSurface(Surface):
    """Subclasses say which text lies under a point of the viewport, and keep what is marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed: QPointF | None = None
        self._dragging = False
        self._extending = False
        self.caret_on = False
        self._caret_due = False

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

    def place_caret(self) -> bool:
        """Put the caret before the chosen passage when that is in sight, else before some text there. Whether there is any."""
        raise NotImplementedError

    def move_caret(self, step: Step, *, extend: bool) -> None:
        """Take the caret a step further, and mark what it passes or nothing."""
        raise NotImplementedError

    def caret_rect(self) -> QRectF | None:
        """Where the caret is in the viewport."""
        raise NotImplementedError

    # --- the caret

    def begin_caret(self) -> None:
        """Let the keys move in the text."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.caret_on:
            self.caret_on = self.place_caret()
            self._caret_due = not self.caret_on
            self.follow_caret()

    def text_came(self) -> None:
        """Text is known that was not: a caret that was asked for before is put into it."""
        if self._caret_due and self.hasFocus():
            self.begin_caret()

    def follow_caret(self) -> None:
        """Keep the caret in sight."""
        rect = self.caret_rect()
        if rect is not None:
            for bar, low, high, room in (
                (self.verticalScrollBar(), rect.top(), rect.bottom(), self.viewport().height()),
                (self.horizontalScrollBar(), rect.left(), rect.right(), self.viewport().width()),
            ):
                over = max(0.0, high + _ROOM - room)
                bar.setValue(round(bar.value() + (over or min(0.0, low - _ROOM))))
        self.viewport().update()

    def _step(self, step: Step, *, extend: bool) -> None:
        self.begin_caret()
        if self.caret_on:
            had = self.marked() is not None
            self.move_caret(step, extend=extend)
            self.follow_caret()
            if extend or had:
                self.text_marked.emit(self.marked())

    def _step_back(self) -> None:
        """Escape: what is marked, then the caret."""
        if self.marked() is not None:
            self.clear_marking()
            self.text_marked.emit(None)
        else:
            self.caret_on = False
        self.viewport().update()

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
        self.caret_on = False
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
        """Move, mark, copy, or mark nothing."""
        bar = self.verticalScrollBar()
        step = _STEPS.get(Qt.Key(event.key()))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case _ if step is not None and (shift or self.caret_on):
                self._step(step, extend=shift)
            case Qt.Key.Key_Home:
                bar.setValue(bar.minimum())
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Escape if self.caret_on or self.marked() is not None:
                self._step_back()
            case _ if event.matches(QKeySequence.StandardKey.Copy):
                self.copy_marked()
            case _:
                super().keyPressEvent(event)
