"""Who sees to an item and by when: a name with completion, a day that reads as words until it is edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.checklist.planning import parse_day, working_days_before
from app.core.clock import day_in_sweden
from app.gui.checklist.wording import weekday_words
from app.gui.messages import tr

__all__ = ["DueField", "OwnerField", "due_words"]

PAUSE = 400
"""Milliseconds without a keystroke after which what was typed is kept: a name half written need not be."""
_FRAME = 24
"""Pixels of the field that words cannot have: border and padding."""


def due_words(day: date, last: date | None, today: date) -> str:
    """A day and how far it is from the tender's last: "fre 27 nov · 5 arbetsdagar före sista dag"."""
    words = weekday_words(day, today)
    if last is None:
        return words
    if day == last:
        return tr("checklist.due_last", day=words)
    if day > last:
        return tr("checklist.due_after", day=words)
    return tr("checklist.due_before", day=words, count=working_days_before(day, last))


def _quiet(field: OwnerField | DueField) -> QTimer:
    """Lets the field tell of what is typed, when nothing more has been for a moment."""
    timer = QTimer(field)
    timer.setSingleShot(True)
    timer.setInterval(PAUSE)
    timer.timeout.connect(field.finish)
    field.textEdited.connect(timer.start)
    return timer


class OwnerField(QLineEdit):
    """A name. `named` comes when it was changed and the field is left, Enter pressed, or nothing typed for a moment."""

    named = Signal(object)  # str

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._names = QStringListModel(self)
        complete = QCompleter(self._names, self)
        complete.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        complete.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(complete)
        self.setPlaceholderText(tr("checklist.owner_hint"))
        self.setAccessibleName(tr("checklist.owner"))
        self.editingFinished.connect(self.finish)
        self._quiet = _quiet(self)

    def show_owner(self, name: str | None, known: Sequence[str]) -> None:
        """The name, and those that are in use. What is being typed is left alone."""
        if not self.hasFocus() and tuple(self._names.stringList()) != tuple(known):  # half a name is no name in use
            self._names.setStringList(list(known))
        if (name or "") != self._shown or not self.hasFocus():
            self._shown = name or ""
            self.setText(self._shown)

    def finish(self) -> None:
        """Tell of what is typed: the field is about another item next."""
        self._quiet.stop()
        name = self.text().strip()
        if name != self._shown:
            self._shown = name
            self.named.emit(name)


class DueField(QLineEdit):
    """A day. `dated` has it in ISO 8601, or None when it was taken away."""

    dated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: date | None = None
        self._last: date | None = None
        self._today = day_in_sweden()
        self.setPlaceholderText(tr("checklist.due_hint"))
        self.setAccessibleName(tr("checklist.due"))
        self.setToolTip(tr("checklist.ask_due_hint"))
        self.editingFinished.connect(self.finish)
        self._quiet = _quiet(self)

    def show_day(self, day: date | None, last: date | None, today: date) -> None:
        """The day, seen from the tender's last."""
        changed = day != self._day
        self._day, self._last, self._today = day, last, today
        if changed or not self.hasFocus():
            self._write()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Figures to edit."""
        super().focusInEvent(event)
        self.setText(self._day.isoformat() if self._day else "")
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Words to read."""
        super().focusOutEvent(event)
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many words as there is room for."""
        super().resizeEvent(event)
        if not self.hasFocus():
            self._write()

    def showEvent(self, event: QShowEvent) -> None:
        """As above."""
        super().showEvent(event)
        if not self.hasFocus():
            self._write()

    def _write(self) -> None:
        if self.hasFocus():
            self.setText(self._day.isoformat() if self._day else "")
        else:
            words = due_words(self._day, self._last, self._today) if self._day else ""
            room = self.width() - _FRAME if self.isVisible() else 1 << 16
            self.setText(self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room))
            self.setAccessibleDescription(words)
            self.setCursorPosition(0)

    def finish(self) -> None:
        """Tell of what is typed: the field is about another item next."""
        self._quiet.stop()
        text = self.text().strip()
        day = parse_day(text, self._today) if text else None
        # What cannot be read as a day changes nothing: the words of the old one come back.
        if (day is None and text) or day == self._day:
            return
        self._day = day
        self.dated.emit(day.isoformat() if day else None)
