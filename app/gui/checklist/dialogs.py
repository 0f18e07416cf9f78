"""Saying it in other words: the dialogs that edit, add and split an item. They open, and tell when they are done: with
`GIVEN_UP` when the user says so by the button. Escape and the window's own cross may be hit by mistake."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.points import PointKind
from app.gui.checklist.wording import kind_word
from app.gui.messages import tr

__all__ = ["GIVEN_UP", "EditDialog", "SplitDialog"]

GIVEN_UP = 2
"""Beside Qt's own results: what was typed is not wanted any more."""


class _Worded(QDialog):
    def give_up(self) -> None:
        """Close, and keep nothing of what was typed."""
        self.done(GIVEN_UP)


def _buttons(dialog: _Worded, ok: QPushButton) -> QHBoxLayout:
    ok.setProperty("primary", True)
    ok.setDefault(True)
    cancel = QPushButton(tr("checklist.ask_cancel"))
    cancel.setAutoDefault(False)
    ok.clicked.connect(dialog.accept)
    cancel.clicked.connect(dialog.give_up)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addStretch(1)
    line.addWidget(cancel)
    line.addWidget(ok)
    return line


class EditDialog(_Worded):
    """Text, kind, number and must of an item. With `adding` it is a new one."""

    def __init__(
        self, text: str, kind: PointKind, must: bool, number: str | None, adding: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("checklist.add_title") if adding else tr("checklist.edit_title"))
        self.resize(560, 320)
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("checklist.edit_text"))
        self.kind = QComboBox()
        for choice in PointKind:
            self.kind.addItem(kind_word(choice), choice.value)
        self.kind.setCurrentIndex(list(PointKind).index(kind))
        self.number = QLineEdit(number or "")
        self.must = QCheckBox(tr("checklist.edit_must"))
        self.must.setChecked(must)
        self.ok = QPushButton(tr("checklist.add_ok") if adding else tr("checklist.edit_ok"))
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setSpacing(8)
        form.addRow(tr("checklist.edit_text"), self.text)
        form.addRow(tr("checklist.edit_kind"), self.kind)
        form.addRow(tr("checklist.edit_number"), self.number)
        form.addRow("", self.must)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(16)
        whole.addLayout(form, 1)
        whole.addLayout(_buttons(self, self.ok))
        self.text.textChanged.connect(self._on_text)
        self._on_text()
        self.text.setFocus()

    def values(self) -> tuple[str, PointKind, bool, str]:
        """Text, kind, must, number (may be empty)."""
        text = " ".join(self.text.toPlainText().split())
        return text, PointKind(self.kind.currentData()), self.must.isChecked(), self.number.text().strip()

    def _on_text(self) -> None:
        self.ok.setEnabled(bool(self.text.toPlainText().strip()))


class SplitDialog(_Worded):
    """An item's text, cut where the cursor stands. Every paragraph becomes a part."""

    split = Signal(object)  # tuple[str, ...]

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("checklist.split_title"))
        self.resize(560, 320)
        lead = QLabel(tr("checklist.split_lead"))
        lead.setWordWrap(True)
        lead.setProperty("role", "muted")
        self.text = QPlainTextEdit(text)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("checklist.edit_text"))
        self.cut = QPushButton(tr("checklist.split_here"))
        self.cut.setAutoDefault(False)
        self.count = QLabel()
        self.count.setProperty("role", "small")
        self.ok = QPushButton(tr("checklist.split_ok"))
        line = QHBoxLayout()
        line.addWidget(self.cut)
        line.addWidget(self.count)
        line.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(12)
        whole.addWidget(lead)
        whole.addWidget(self.text, 1)
        whole.addLayout(line)
        whole.addLayout(_buttons(self, self.ok))
        self.cut.clicked.connect(self._on_cut)
        self.text.textChanged.connect(self._on_text)
        self.accepted.connect(self._on_accepted)
        self._on_text()
        self.text.setFocus()

    def parts(self) -> tuple[str, ...]:
        """The parts as they are cut now."""
        return tuple(part for line in self.text.toPlainText().splitlines() if (part := " ".join(line.split())))

    def _on_cut(self) -> None:
        cursor = self.text.textCursor()
        cursor.clearSelection()
        cursor.insertText("\n")
        self.text.setTextCursor(cursor)
        self.text.setFocus()

    def _on_text(self) -> None:
        number = len(self.parts())
        self.count.setText(tr("checklist.split_count", count=number))
        self.ok.setEnabled(number > 1)

    def _on_accepted(self) -> None:
        self.split.emit(self.parts())
