"""Where an answer is written, by its type: text with its limit, yes or no, a choice, a number, a price, a date."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.checklist.planning import parse_day
from app.core.document import AnswerType
from app.core.folding import folded
from app.core.points import Answer, PointKind
from app.gui.checklist.limits import limits_of, used
from app.gui.checklist.tag import restyle
from app.gui.checklist.wording import counted, figure, weekday_words
from app.gui.messages import tr

__all__ = ["AnswerEditor", "ChoiceEditor", "LineEditor", "Paper", "TextEditor", "YesNoEditor", "editor_for", "parse_number"]

_PLACEHOLDERS = frozenset({"välj", "välj ett alternativ", "välj alternativ", "choose", "choose an item", "select", "-", "--"})
"""What a drop-down shows before anything is chosen: no answer."""


def parse_number(text: str) -> float | None:
    """A number as Swedish writes it: 1 250,50 or 1250.5, with kr, SEK, % or a closing :- or none of them."""
    plain = re.sub(r"(?i)(?:kr|sek|kronor|%|:-|,-)\.?\s*$", "", text.strip()).strip()
    match = re.fullmatch(r"([+-]?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|[+-]?\d+)(?:[.,](\d+))?", plain)
    if match is None:
        return None
    return float(re.sub(r"[^\d+-]", "", match[1]) + "." + (match[2] or "0"))


class AnswerEditor(QWidget):
    """An answer. `typed` comes with every change by the user, `left` when the user goes elsewhere."""

    typed = Signal()
    left = Signal()

    def text(self) -> str:
        """The answer, empty when there is none."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show an answer without telling of it."""
        raise NotImplementedError


class Paper(QPlainTextEdit):
    """Room for running text. `left` comes when the keys go elsewhere, also when another program or the lock screen takes them."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class _Line(QLineEdit):
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Going elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()


class TextEditor(AnswerEditor):
    """Running text with a live count against every limit."""

    def __init__(self, limit: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = limits_of(limit)
        self.paper = Paper()
        self.paper.setPlaceholderText(tr("checklist.answer_hint"))
        self.paper.setAccessibleName(tr("checklist.answer_name"))
        self.paper.setFixedHeight(84)
        self.count = QLabel()
        self.count.setProperty("role", "small")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.paper)
        whole.addWidget(self.count)
        self.paper.textChanged.connect(self._on_changed)
        self.paper.left.connect(self.left)
        self._count()

    def text(self) -> str:
        """As written."""
        return self.paper.toPlainText()

    def set_text(self, text: str) -> None:
        """Show an answer without telling of it."""
        self.paper.blockSignals(True)
        self.paper.setPlainText(text)
        self.paper.blockSignals(False)
        self._count()

    def _on_changed(self) -> None:
        self._count()
        self.typed.emit()

    def _count(self) -> None:
        text = self.text()
        counts = [(limit, used(text, limit.unit)) for limit in self._limits]
        over = any(number > limit.most for limit, number in counts)
        words = " · ".join(counted(number, limit.most, limit.unit) for limit, number in counts)
        if not counts and text:
            words = tr("checklist.answer_count_characters", count=figure(len(text)))
        self.count.setText(f"! {words}" if over else words)
        self.count.setVisible(bool(words))
        restyle(self.count, "role", "fault" if over else "small")


class LineEditor(AnswerEditor):
    """A number, a price or a date on one line. What cannot be read as one is kept all the same, with a word about it."""

    def __init__(self, kind: AnswerType, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._today = today
        self.line = _Line()
        self.line.setAccessibleName(tr("checklist.answer_name"))
        self.line.setMaximumWidth(240)
        self.word = QLabel()
        self.word.setProperty("role", "small")
        self.word.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.word, 1)
        self.line.textEdited.connect(self._on_edited)
        self.line.left.connect(self.left)
        self._explain()

    def text(self) -> str:
        """As written."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Show an answer without telling of it."""
        if text != self.line.text().strip():
            self.line.setText(text)
        self._explain()

    def _on_edited(self) -> None:
        self._explain()
        self.typed.emit()

    def _explain(self) -> None:
        text, words, wrong = self.text(), "", False
        if self._kind is AnswerType.DATE:
            day = parse_day(text, self._today) if text else None
            wrong = bool(text) and day is None
            words = tr("checklist.answer_date_wrong") if wrong else weekday_words(day, self._today) if day else ""
        else:
            number = parse_number(text)
            wrong = bool(text) and number is None
            if wrong:
                words = tr("checklist.answer_number_wrong")
            elif self._kind is AnswerType.PRICE:
                words = tr("checklist.answer_price")
        self.word.setText(words)
        restyle(self.word, "role", "fault" if wrong else "small")


class YesNoEditor(AnswerEditor):
    """Two buttons, one answer. Pressing the chosen one again takes the answer back."""

    def __init__(self, options: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = options if len(options) == 2 else (tr("checklist.answer_yes"), tr("checklist.answer_no"))
        self.buttons = tuple(QPushButton(word) for word in words)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, button in enumerate(self.buttons):
            button.setCheckable(True)
            button.setProperty("answer", True)
            button.setAutoDefault(False)
            button.setAccessibleName(": ".join((tr("checklist.answer_name"), words[number])))
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(self._on_clicked)

    def text(self) -> str:
        """The chosen word."""
        return next((button.text() for button in self.buttons if button.isChecked()), "")

    def set_text(self, text: str) -> None:
        """Show an answer without telling of it."""
        for button in self.buttons:
            button.setChecked(folded(button.text()) == folded(text.strip()))

    def _on_clicked(self, number: int) -> None:
        for other, button in enumerate(self.buttons):
            if other != number:
                button.setChecked(False)
        self.typed.emit()
        self.left.emit()


class ChoiceEditor(AnswerEditor):
    """One of the options of a form."""

    def __init__(self, options: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.box.setAccessibleName(tr("checklist.answer_name"))
        self.box.addItem(tr("checklist.answer_choose"), "")
        for option in options:
            if folded(option.strip(" .…")) not in _PLACEHOLDERS:
                self.box.addItem(option, option)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box)
        row.addStretch(1)
        self.box.activated.connect(self._on_activated)

    def text(self) -> str:
        """The chosen option."""
        return str(self.box.currentData())

    def set_text(self, text: str) -> None:
        """Show an answer without telling of it; one that is none of the options is shown as well."""
        place = self.box.findData(text)
        if place < 0:
            self.box.addItem(text, text)
            place = self.box.count() - 1
        self.box.setCurrentIndex(place)

    def _on_activated(self) -> None:
        self.typed.emit()
        self.left.emit()


def editor_for(kind: PointKind, answer: Answer, written: bool, today: date) -> AnswerEditor | None:
    """The editor for an answer, or None when nothing is to be written: then the item is done or it is not."""
    match answer.type:
        case AnswerType.YES_NO:
            return YesNoEditor(answer.options)
        case AnswerType.CHOICE if answer.options:
            return ChoiceEditor(answer.options)
        case AnswerType.NUMBER | AnswerType.PRICE | AnswerType.DATE:
            return LineEditor(answer.type, today)
        case AnswerType.TEXT | AnswerType.CHOICE:
            return TextEditor(answer.limit)
        case _ if written or kind is PointKind.CRITERION or (kind is PointKind.QUESTION and answer.type is AnswerType.NONE):
            return TextEditor(answer.limit)
        case _:
            return None
