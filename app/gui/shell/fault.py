"""When something goes wrong: one dialog for all of it. It never shows what an exception says: see `hook`."""

from __future__ import annotations

import re

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from app.core.document import Finding
from app.gui.messages import explained, tr
from app.gui.shell.hook import details_of
from app.gui.shell.sheet import Sheet, words

__all__ = ["FaultDialog"]


class FaultDialog(Sheet):
    """What happened, what was kept, what to do, and details to copy."""

    def __init__(
        self, happened: str, remedy: str, details: str, *, kept: str = "", place: str = "", parent: QWidget | None = None
    ) -> None:
        title, rest = _first(happened)
        super().__init__(title, place, parent)
        self._details = details
        if rest:
            self.body.addWidget(words(rest))
        self.body.addWidget(words(tr("shell.fault_kept"), "caption"))
        self.body.addWidget(words(kept or tr("shell.fault_kept_all")))
        self.body.addWidget(words(tr("shell.fault_remedy"), "caption"))
        self.body.addWidget(words(remedy))
        self._shown = QPlainTextEdit(details)
        self._shown.setReadOnly(True)
        self._shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._shown.setFixedHeight(120)
        self._shown.setAccessibleName(tr("shell.fault_details"))
        self._shown.hide()
        self.body.addWidget(self._shown)
        self._more: QPushButton = self.button(tr("shell.fault_details"), left=True)
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more)
        copy = self.button(tr("shell.copy_details"))
        copy.clicked.connect(self._on_copy)
        close = self.button(tr("shell.close"), primary=True)
        close.clicked.connect(self.accept)
        close.setFocus()

    @classmethod
    def of(cls, finding: Finding, parent: QWidget | None = None) -> FaultDialog:
        """The dialog for a finding of the core."""
        said = explained(finding)
        return cls(said.text, said.remedy, details_of(finding.code, ""), place=said.place, parent=parent)

    def _on_more(self, shown: bool) -> None:
        self._shown.setVisible(shown)
        self.adjustSize()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def _first(text: str) -> tuple[str, str]:
    """The first sentence and the others."""
    first, *others = re.split(r"(?<=[.!?]) +(?=[A-ZÅÄÖ])", text, maxsplit=1)
    return first, "".join(others)
