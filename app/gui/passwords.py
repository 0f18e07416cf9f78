"""Passwords of protected files: in memory while the program runs, apart for each tender. They are never written anywhere."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.core.locks import can_be_unlocked, is_locked

__all__ = ["Passwords", "can_be_unlocked", "is_locked", "secret_line"]

_MOST = 20
"""Passwords that are tried on a file of one tender."""


class Passwords(QObject):
    """What opened the files of a tender, newest first. A tender's passwords are never tried on another one's files."""

    changed = Signal(object)
    """str: the key of the tender that has another one"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_tender: dict[str, tuple[str, ...]] = {}

    def of(self, tender: str) -> tuple[str, ...]:
        """Those to try on a tender's files."""
        return self._by_tender.get(tender, ())

    def add(self, tender: str, passwords: Iterable[str]) -> None:
        """Remember passwords that opened something, until the program ends."""
        known = self.of(tender)
        now = tuple(dict.fromkeys((*passwords, *known)))[:_MOST]
        if now != known:
            self._by_tender[tender] = now
            self.changed.emit(tender)

    def forget(self, tender: str) -> None:
        """The tender is gone."""
        self._by_tender.pop(tender, None)


def secret_line(hint: str, name: str, parent: QWidget | None = None) -> QLineEdit:
    """A field for a password: it shows dots, and is neither completed, corrected nor learnt by an input method."""
    made = QLineEdit(parent)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setPlaceholderText(hint)
    made.setAccessibleName(name)
    made.setFixedWidth(220)
    made.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    )
    return made
