"""Passphrases: chosen for the vault or a file, and asked for later. Views only; nothing typed here is kept."""

from __future__ import annotations

from enum import StrEnum
from math import log2

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QWidget

from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, words
from app.gui.shell.typed import TypedSheet

__all__ = ["AskPassphrase", "NewPassphrase", "Strength", "strength"]

LEAST = 8
"""Characters below which a passphrase is not taken."""


class Strength(StrEnum):
    """How long a passphrase would hold against guessing, roughly."""

    SHORT = "short"
    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


def strength(text: str) -> Strength:
    """A hint, not a promise: length and variety are seen, a line from a song is not."""
    if len(text) < LEAST:
        return Strength.SHORT
    kinds = (
        26 * any(letter.islower() for letter in text)
        + 26 * any(letter.isupper() for letter in text)
        + 10 * any(letter.isdigit() for letter in text)
        + 30 * any(not letter.isalnum() for letter in text)
    )
    distinct = len(set(text.casefold()))
    bits = min(len(text), 2 * distinct) * log2(max(2, kinds))
    return Strength.WEAK if bits < 55 else Strength.FAIR if bits < 80 else Strength.STRONG


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


class NewPassphrase(Sheet):
    """Typed twice. `given` comes with it when both are the same and it is long enough."""

    given = Signal(str)

    def __init__(self, title: str, lead: str, parent: QWidget | None = None) -> None:
        super().__init__(title, lead, parent)
        self._first = _secret(tr("vault.passphrase"))
        self._second = _secret(tr("vault.passphrase_again"))
        self._meter = QProgressBar()
        self._meter.setRange(0, 3)
        self._meter.setTextVisible(False)
        self._meter.setAccessibleName(tr("vault.strength"))
        self._hint = words(tr("vault.passphrase_hint"), "small")
        self._hint.setMinimumHeight(32)
        self._seen = QCheckBox(tr("vault.show_passphrase"))
        self._seen.toggled.connect(self._on_seen)
        self.body.addWidget(words(tr("vault.passphrase"), "caption"))
        self.body.addWidget(self._first)
        self.body.addWidget(self._meter)
        self.body.addWidget(words(tr("vault.passphrase_again"), "caption"))
        self.body.addWidget(self._second)
        self.body.addWidget(self._hint)
        self.body.addWidget(self._seen)
        self.button(tr("shell.cancel")).clicked.connect(self.reject)
        self._go = self.button(tr("vault.go_on"), primary=True)
        self._go.setEnabled(False)
        self._go.clicked.connect(self._on_given)
        for field in (self._first, self._second):
            field.textChanged.connect(self._on_typed)
        self._first.setFocus()

    def type(self, first: str, second: str) -> None:
        """As if the user had typed it."""
        self._first.setText(first)
        self._second.setText(second)

    @property
    def ready(self) -> bool:
        """Whether it can be used."""
        return self._go.isEnabled()

    @property
    def hint(self) -> str:
        """What is said of what is typed."""
        return self._hint.text()

    def _on_typed(self) -> None:
        first, second = self._first.text(), self._second.text()
        how = strength(first)
        self._meter.setValue(list(Strength).index(how))
        hints = {
            Strength.SHORT: tr("vault.strength_short", count=LEAST),
            Strength.WEAK: tr("vault.strength_weak"),
            Strength.FAIR: tr("vault.strength_fair"),
            Strength.STRONG: tr("vault.strength_strong"),
        }
        same = first == second
        self._hint.setText(hints[how] if same or not second else tr("vault.passphrase_differs"))
        self._go.setEnabled(same and how is not Strength.SHORT)

    def _on_seen(self, seen: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password
        self._first.setEchoMode(mode)
        self._second.setEchoMode(mode)

    def _on_given(self) -> None:
        self.accept()
        self.given.emit(self._first.text())


class AskPassphrase(TypedSheet):
    """Asks for a passphrase. `code_wanted`: it is forgotten."""

    code_wanted = Signal()

    def __init__(self, title: str, lead: str, parent: QWidget | None = None, *, with_code: bool = True) -> None:
        super().__init__(title, lead, _secret(tr("vault.passphrase")), parent)
        if with_code:
            self.button(tr("vault.use_code"), left=True).clicked.connect(self.code_wanted)
        self.end_with(tr("vault.quit") if with_code else tr("shell.cancel"))
