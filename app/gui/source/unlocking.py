"""Documents that a password keeps closed: which passwords are tried on one, and whether the user's own was the right one."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

__all__ = ["Unlocked", "Unlocking"]


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A document that opened with what the user typed. The password is in no text made of this."""

    document: str
    password: str = field(repr=False)


class Unlocking(QObject):
    """Documents are named by the id of their summary. What is known is told by the owner of the passwords."""

    unlocked = Signal(object)
    """Unlocked"""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.known: tuple[str, ...] = ()
        self._tried: dict[str, str] = {}
        self._refused: set[str] = set()

    def passwords(self, document: str) -> tuple[str, ...]:
        """What to open a document with: what the user typed for it, then all that opened others."""
        tried = self._tried.get(document)
        return (*((tried,) if tried is not None else ()), *self.known)

    def attempt(self, document: str, password: str) -> None:
        """The user has typed a password for a document."""
        self._refused.discard(document)
        self._tried[document] = password

    def opened(self, document: str) -> None:
        """The document has been opened."""
        self._refused.discard(document)
        password = self._tried.pop(document, None)
        if password is not None:
            self.known = (password, *(one for one in self.known if one != password))
            self.unlocked.emit(Unlocked(document, password))

    def refused(self, document: str) -> bool:
        """Whether the user has typed a password that does not open the document; it is forgotten."""
        if self._tried.pop(document, None) is not None:
            self._refused.add(document)
        return document in self._refused
