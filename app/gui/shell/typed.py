"""A dialog that asks for something to be typed, and stays until it fits."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.document import Finding
from app.gui.messages import explained, tr
from app.gui.shell.sheet import Sheet, words

__all__ = ["TypedSheet"]


class TypedSheet(Sheet):
    """Emits `given` with what was typed; whoever asked closes it, or says by `show_finding` why it does not fit. It is given
    once: a second click while it is tried would open a second time.
    """

    given = Signal(str)

    def __init__(self, title: str, lead: str, field: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(title, lead, parent)
        self._typed = field
        self._typed.textChanged.connect(self._on_typed)
        self._fault = words("")
        self._fault.setObjectName("fault")
        self._fault.hide()
        self.body.addWidget(words(field.accessibleName(), "caption"))
        self.body.addWidget(self._typed)
        self.body.addWidget(self._fault)

    def end_with(self, leave: str) -> None:
        """Add the last buttons: the way out, by that name, and the way on."""
        self.button(leave).clicked.connect(self.reject)
        self._go = self.button(tr("vault.open"), primary=True)
        self._go.setEnabled(False)
        self._go.clicked.connect(self._on_given)
        self._typed.setFocus()

    def show_finding(self, finding: Finding) -> None:
        """Why it did not open."""
        said = explained(finding)
        self._fault.setText(f"{said.text} {said.remedy}")
        self._fault.show()
        self._typed.setEnabled(True)
        self._go.setEnabled(True)
        self._typed.selectAll()
        self._typed.setFocus()

    def _on_typed(self, text: str) -> None:
        self._go.setEnabled(bool(text.strip()))

    def _on_given(self) -> None:
        self._go.setEnabled(False)
        self._typed.setEnabled(False)
        self.given.emit(self._typed.text())
