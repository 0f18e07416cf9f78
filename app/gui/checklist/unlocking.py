"""Passwords between the session and the source: what the one knows is tried by the other, what is typed there is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.gui.passwords import is_locked
from app.gui.session import Session
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.gui.source.unlocking import Unlocked
    from app.gui.source.view import SourceView

__all__ = ["Unlocking"]


class Unlocking(QObject):
    """Make it before the page follows the session: the source must know the passwords before it opens a document."""

    def __init__(self, session: Session, source: SourceView, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._source = source
        session.opened.connect(self._on_opened)
        session.passwords.changed.connect(self._on_changed)
        source.unlocked.connect(self._on_unlocked)
        self._on_opened(session.desk)

    def read(self, desk: Desk, document: str) -> None:
        """A document that could not be read for want of the password is read now."""
        locked = [record for record in desk.documents if record.summary.id == document and is_locked(record.summary.error)]
        self._session.read_again(locked)

    def _on_opened(self, desk: Desk | None) -> None:
        self._source.set_passwords(self._session.passwords.of(desk.key) if desk is not None else ())

    def _on_changed(self, tender: str) -> None:
        if self._session.desk is not None and self._session.desk.key == tender:
            self._on_opened(self._session.desk)

    def _on_unlocked(self, unlocked: Unlocked) -> None:
        desk = self._session.desk
        if desk is not None:
            self._session.passwords.add(desk.key, (unlocked.password,))
            self.read(desk, unlocked.document)
