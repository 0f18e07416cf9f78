"""The field in which a fact is typed: text, lines, or a day that is checked while it is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.gui.messages import tr
from app.gui.underlag.facts import FactForm
from app.gui.underlag.moments import parse, spelled, typed
from app.gui.underlag.parts import button, label

__all__ = ["FactEditor"]


class FactEditor(QWidget):
    """Enter saves what is valid, Escape leaves. In a field of several lines Ctrl+Enter saves."""

    saved = Signal(str)
    left = Signal()

    def __init__(self, name: str, form: FactForm, value: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.field: QLineEdit | QPlainTextEdit
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        if form is FactForm.LINES:
            lines = QPlainTextEdit(value, self)
            lines.setTabChangesFocus(True)
            lines.setFixedHeight(88)
            lines.textChanged.connect(self._on_typed)
            self.field = lines
        else:
            line = QLineEdit(typed(value) if form in (FactForm.DAY, FactForm.MOMENT) else value, self)
            line.textChanged.connect(self._on_typed)
            line.selectAll()
            self.field = line
        self.field.setAccessibleName(name)
        self.field.installEventFilter(self)
        column.addWidget(self.field)
        self.said = label("", "small", self)
        self.said.setMinimumHeight(16)
        self.said.setVisible(form is not FactForm.TEXT)
        column.addWidget(self.said)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.save = button(tr("underlag.save"), "primary", tr("underlag.save_fact", name=name), self)
        self.save.clicked.connect(self._on_save)
        leave = button(tr("underlag.leave"), "plain", tr("underlag.leave_fact", name=name), self)
        leave.clicked.connect(self.left)
        row.addWidget(self.save)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.setFocusProxy(self.field)
        self._on_typed()

    @property
    def value(self) -> str | None:
        """What was typed, as it is stored; None while it is no valid day. Empty means: there is none."""
        text = self.field.toPlainText() if isinstance(self.field, QPlainTextEdit) else self.field.text()
        text = text.strip()
        if not text or self._form in (FactForm.TEXT, FactForm.LINES):
            return text
        return parse(text, with_time=self._form is FactForm.MOMENT)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Escape in the field, before anybody else hears of them."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and (self._form is not FactForm.LINES or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self._on_save()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self) -> None:
        value = self.value
        fault = value is None
        self.save.setEnabled(not fault)
        if self._form is FactForm.LINES:
            text = tr("underlag.lines_hint")
        elif fault:
            text = tr("underlag.moment_wrong") if self._form is FactForm.MOMENT else tr("underlag.day_wrong")
        else:
            text = spelled(value) if value else tr("underlag.empty_hint")
        self.said.setText(text)
        role = "fault" if fault else "small"
        if self.said.property("role") != role:
            self.said.setProperty("role", role)
            self.said.style().unpolish(self.said)
            self.said.style().polish(self.said)

    def _on_save(self) -> None:
        value = self.value
        if value is not None:
            self.saved.emit(value)
