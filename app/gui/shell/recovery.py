"""The recovery code: shown once and confirmed by typing, and asked for when the system has lost the key. Views only."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, words
from app.gui.shell.typed import TypedSheet

__all__ = ["AskedCode", "RecoveryCodeDialog", "matches", "plain_code"]

_ASKED = (2, 5)
"""The groups that are asked for, counted from 1: from the middle, so that the paper must be looked at."""
_COLUMNS = 4


def plain_code(text: str) -> str:
    """A code without spaces and hyphens, in capitals, for comparing what was typed."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def matches(code: str, typed: str) -> bool:
    """Whether the whole code was typed, or the two groups that are asked for."""
    groups = code.split("-")
    two = "".join(groups[number - 1] for number in _ASKED)
    return plain_code(typed) in (plain_code(code), two)


class RecoveryCodeDialog(Sheet):
    """Shows a new code. `confirmed` comes with the whole code once the user has shown to have it."""

    confirmed = Signal(str)

    def __init__(self, code: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("vault.code_title"), tr("vault.code_lead"), parent, width=560)
        self._code = code
        grid = QGridLayout()
        grid.setSpacing(8)
        groups = code.split("-")
        for number, group in enumerate(groups):
            label = words(group, "code", wrap=False)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAccessibleName(tr("vault.code_group", number=number + 1, group=" ".join(group)))
            row, column = divmod(number, _COLUMNS)
            small = words(str(number + 1), "small", wrap=False)
            grid.addWidget(small, row, 2 * column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        self.body.addLayout(grid)
        row_of_buttons = QHBoxLayout()
        for text, slot in ((tr("vault.code_copy"), self._on_copy), (tr("vault.code_print"), self._on_print)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row_of_buttons.addWidget(button)
        row_of_buttons.addStretch(1)
        self.body.addLayout(row_of_buttons)
        question = words(tr("vault.code_confirm", first=_ASKED[0], second=_ASKED[1]))
        self._typed = QLineEdit()
        self._typed.setAccessibleName(question.text())
        self._typed.textChanged.connect(self._on_typed)
        question.setBuddy(self._typed)
        self.body.addWidget(question)
        self.body.addWidget(self._typed)
        self.button(tr("vault.quit")).clicked.connect(self.reject)
        self._go = self.button(tr("vault.code_done"), primary=True)
        self._go.setEnabled(False)
        self._go.clicked.connect(self._on_done)
        self._typed.setFocus()

    def type(self, text: str) -> None:
        """As if the user had typed it."""
        self._typed.setText(text)

    @property
    def ready(self) -> bool:
        """Whether what is typed is right."""
        return self._go.isEnabled()

    def _on_typed(self, text: str) -> None:
        self._go.setEnabled(matches(self._code, text))

    def _on_done(self) -> None:
        self.accept()
        self.confirmed.emit(self._code)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._code)

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter()
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print)
        dialog.show()

    def _print(self) -> None:
        page = QTextDocument()
        page.setPlainText(f"{tr('vault.code_paper')}\n\n{self._code}\n")
        page.print_(self._printer)


class AskedCode(TypedSheet):
    """Asks for the recovery code."""

    restore_wanted = Signal()

    def __init__(self, lead: str, parent: QWidget | None = None) -> None:
        typed = QLineEdit()
        typed.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        typed.setAccessibleName(tr("vault.code"))
        super().__init__(tr("vault.lost_title"), lead, typed, parent)
        self.body.addWidget(words(tr("vault.code_none"), "small"))
        self.end_with(tr("vault.quit"))
