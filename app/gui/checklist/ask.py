"""A question asked in place, below the list: one line to answer on, common answers to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.folding import folded
from app.gui.messages import tr

__all__ = ["AskBar"]

_ROW = 28
_MOST_ROWS = 5


class _Field(QLineEdit):
    """The answer's line. Up and Down walk through the choices."""

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Escape are for the bar."""
        match event.key():
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case Qt.Key.Key_Escape:
                self.left.emit()
            case _:
                super().keyPressEvent(event)


class AskBar(QFrame):
    """Hidden until something is asked. The answer goes to the callable that came with the question, then `closed` comes."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("checklistAsk")
        self._then: Callable[[str], str | None] | None = None
        self._choices: tuple[tuple[str, str], ...] = ()
        self.question = QLabel()
        self.question.setProperty("role", "strong")
        self.field = _Field()
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.wrong = QLabel()
        self.wrong.setProperty("role", "fault")
        self.wrong.setWordWrap(True)
        self.ok = QPushButton(tr("checklist.ask_ok"))
        self.ok.setProperty("primary", True)
        self.cancel = QPushButton(tr("checklist.ask_cancel"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.ok)
        line.addWidget(self.cancel)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        for part in (self.question, self.list, self.wrong):
            whole.addWidget(part)
        whole.insertLayout(1, line)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_answered)
        self.field.stepped.connect(self._on_stepped)
        self.field.left.connect(self.leave)
        self.ok.clicked.connect(self._on_answered)
        self.cancel.clicked.connect(self.leave)
        self.list.itemClicked.connect(self._on_clicked)
        self.hide()

    def ask(
        self, question: str, hint: str, choices: Sequence[tuple[str, str]], then: Callable[[str], str | None], text: str = ""
    ) -> None:
        """Ask. Choices are (words, value); `then` gets what was typed or the chosen value, and returns what is wrong with it."""
        self._then = then
        self._choices = tuple(choices)
        self.question.setText(question)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(question)
        self.list.setAccessibleName(question)
        self.field.setText(text)
        self.field.selectAll()
        self.wrong.hide()
        self._fill("")
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close without an answer."""
        self._then = None
        self.hide()
        self.closed.emit()

    def _fill(self, typed: str) -> None:
        self.list.clear()
        wanted = folded(typed).split()
        for words, value in self._choices:
            if all(word in folded(words) for word in wanted):
                row = QListWidgetItem(words)
                row.setData(Qt.ItemDataRole.UserRole, value)
                self.list.addItem(row)
        shown = min(self.list.count(), _MOST_ROWS)
        self.list.setFixedHeight(shown * _ROW + 2)
        self.list.setVisible(shown > 0)

    def _on_edited(self, text: str) -> None:
        self.wrong.hide()
        self._fill(text)

    def _on_stepped(self, step: int) -> None:
        if not self.list.count():
            return
        row = (self.list.currentRow() + step) % self.list.count() if self.list.currentRow() >= 0 else (0 if step > 0 else -1)
        self.list.setCurrentRow(row % self.list.count())
        self.field.setText(self.list.currentItem().text())
        self.field.selectAll()

    def _on_clicked(self, row: QListWidgetItem) -> None:
        self._answer(str(row.data(Qt.ItemDataRole.UserRole)))

    def _on_answered(self) -> None:
        typed = self.field.text().strip()
        chosen = self.list.currentItem()
        if chosen is not None and chosen.text() == self.field.text():
            typed = str(chosen.data(Qt.ItemDataRole.UserRole))
        self._answer(typed)

    def _answer(self, text: str) -> None:
        if self._then is None:
            return
        if wrong := self._then(text):
            self.wrong.setText(wrong)
            self.wrong.show()
            return
        self.leave()
