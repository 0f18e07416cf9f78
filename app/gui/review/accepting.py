"""Asks why the bid goes up in spite of a finding. Without a reason there is no decision."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from app.gui.messages import tr
from app.gui.review.rows import FindingRow
from app.gui.shell.sheet import Sheet, form_layout

__all__ = ["AcceptSheet"]

_LINES = 4


class AcceptSheet(Sheet):
    """`accepted_because` has the reason and the name of who decides, which may be empty."""

    accepted_because = Signal(object, object)

    def __init__(self, row: FindingRow, me: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("review.accept_title"), row.title, parent)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(tr("review.accept_reason"))
        self.reason.setPlaceholderText(tr("review.accept_hint"))
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * _LINES + 20)
        self.who = QLineEdit(me)
        self.who.setAccessibleName(tr("review.accept_who"))
        form = form_layout()
        form.addRow(tr("review.accept_reason"), self.reason)
        form.addRow(tr("review.accept_who"), self.who)
        self.body.addLayout(form)
        self.button(tr("review.accept_cancel")).clicked.connect(self.reject)
        self.ok = self.button(tr("review.accept_ok"), primary=True)
        self.ok.setEnabled(False)
        self.ok.clicked.connect(self._on_ok)
        self.reason.textChanged.connect(self._on_text)
        self.reason.setFocus()

    def _on_text(self) -> None:
        self.ok.setEnabled(bool(self.reason.toPlainText().strip()))

    def _on_ok(self) -> None:
        self.accepted_because.emit(self.reason.toPlainText(), self.who.text().strip())
        self.accept()
