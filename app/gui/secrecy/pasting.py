"""The annex as a text for a field of the portal: how much the field takes, how long the text is, what is left out to fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.gui.checklist.tag import restyle
from app.gui.checklist.wording import figure
from app.gui.messages import language, tr
from app.gui.shell.sheet import words

if TYPE_CHECKING:
    from app.workflow.annexing import Pasted

__all__ = ["PasteBar"]

_QUIET = 150
"""Milliseconds without a keystroke after which the text is made anew."""
_MOST = 10_000_000


class PasteBar(QFrame):
    """`wanted` asks for the text within a limit; `show_text` brings it. Only a text that is shown as fitting can be copied."""

    wanted = Signal(object)  # int | None: the most characters
    copied = Signal(object)  # Pasted

    def __init__(self, limit: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._text: Pasted | None = None
        self.limit_field = QSpinBox()
        self.limit_field.setRange(0, _MOST)
        self.limit_field.setSingleStep(500)
        self.limit_field.setGroupSeparatorShown(True)
        self.limit_field.setSpecialValueText(tr("bid.paste_no_limit"))
        self.limit_field.setValue(limit or 0)
        self.limit_field.setAccessibleName(tr("bid.paste_limit"))
        self.limit_field.setToolTip(tr("bid.paste_limit_tip"))
        self.limit_field.lineEdit().setTextMargins(8, 0, 0, 0)
        label = QLabel(tr("bid.paste_limit"))
        label.setBuddy(self.limit_field)
        self.said = words("", "small")
        self.copy = QPushButton(tr("secrecy.annex_copy"))
        self.copy.setToolTip(tr("secrecy.annex_copy_tip"))
        self.copy.setAutoDefault(False)
        self.limit_field.setLocale(QLocale(language()))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self.limit_field)
        row.addStretch(1)
        row.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.said)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(self.ask)
        self.limit_field.valueChanged.connect(self._on_changed)
        self.copy.clicked.connect(self._on_copy)
        self._show("", "small")

    @property
    def limit(self) -> int | None:
        """The most characters that the field takes; None for as many as one likes."""
        return self.limit_field.value() or None

    def ask(self) -> None:
        """The text is wanted now: in another language, or within another limit."""
        self._quiet.stop()
        self._text = None
        self._show(tr("bid.paste_counting"), "small")
        self.wanted.emit(self.limit)

    def show_text(self, made: Pasted) -> None:
        """The text that was asked for; one for another limit is passed over."""
        if made.limit != self.limit:
            return
        self._text = made if made.text is not None else None
        count = figure(made.count)
        if made.text is None:
            self._show(tr("bid.paste_too_long", least=count), "fault")
        elif made.dropped:
            self._show(tr("bid.paste_shortened", count=count, dropped=", ".join(made.dropped)), "warn")
        elif made.limit is not None:
            self._show(tr("bid.paste_fits", count=count, limit=figure(made.limit)), "small")
        else:
            self._show(tr("bid.paste_count", count=count), "small")

    def _on_changed(self) -> None:
        self._text = None
        self.copy.setEnabled(False)
        self._quiet.start()

    def _on_copy(self) -> None:
        if self._text is not None:
            self.copied.emit(self._text)
            self._show(tr("bid.paste_copied", count=figure(self._text.count)), "small")

    def _show(self, text: str, role: str) -> None:
        self.said.setText(text)
        restyle(self.said, "role", role)
        self.said.setAccessibleName(text)
        self.copy.setEnabled(self._text is not None)
