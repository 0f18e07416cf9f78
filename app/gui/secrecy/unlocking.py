"""Files of the bid that a password keeps closed: read as soon as one is known, whichever page it was typed on."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.core.document import Place
from app.gui.checklist.unlocking import Unlocking
from app.gui.passwords import can_be_unlocked
from app.gui.secrecy.reading import BidReading
from app.gui.session import Session
from app.gui.source.unlocking import Unlocked
from app.gui.source.view import SourceView
from app.workflow.desk import Desk

__all__ = ["BidUnlocking", "locked_files"]


class BidUnlocking(Unlocking):
    """Make it before the page follows the session."""

    def __init__(self, session: Session, source: SourceView, reading: BidReading) -> None:
        self._reading = reading
        super().__init__(session, source, reading)

    def read(self, desk: Desk, document: str) -> None:
        """This one, and all that the same password opens."""
        del document
        self._reading.read_again([desk.bid_file(key) for key in locked_files(desk)])

    def ask(self) -> None:
        """Show a file that wants a password; the keys go to the field for it."""
        desk = self._session.desk
        if desk is not None and (keys := locked_files(desk)):
            self._source.show_place(keys[0], Place(page=1), "", False)
            self._source.notice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self, tender: str) -> None:
        super()._on_changed(tender)
        desk = self._session.desk
        if desk is not None and desk.key == tender:
            self.read(desk, "")

    def _on_unlocked(self, unlocked: Unlocked) -> None:
        desk = self._session.desk
        if desk is not None:
            before = self._session.passwords.of(desk.key)
            self._session.passwords.add(desk.key, (unlocked.password,))
            if before == self._session.passwords.of(desk.key):  # nothing new, so nobody is told of it
                self.read(desk, unlocked.document)


def locked_files(desk: Desk) -> tuple[str, ...]:
    """The keys of the files that only want a password."""
    return tuple(record.key for record in desk.bid_files if can_be_unlocked(record.summary.error))
