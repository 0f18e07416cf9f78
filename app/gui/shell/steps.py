"""What was done in the open tender, told in a word, and the way back and forth through it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.core.document import Finding
from app.core.errors import UndoWaitsError
from app.core.work import Change
from app.gui.actions import Actions
from app.gui.messages import explained, happened, tr
from app.gui.session import Session
from app.gui.shell.toast import Toast

__all__ = ["Steps"]

_QUIET = {"read", "archive", "unarchive", "claim_text", "edit_claim", "edit_bidder", "read_bid", "export_annex"}
"""Steps that need no word when they are done, like what is typed: the user sees them, or did not make them. That they are undone
may be unseen."""


class Steps(QObject):
    """Does undo and redo. `flush` hands over what is typed, so that it is a step as well."""

    def __init__(self, session: Session, actions: Actions, toast: Toast, flush: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._undo, self._redo = actions["undo"], actions["redo"]
        self._toast = toast
        self._flush = flush
        self._undo.triggered.connect(self._on_undo)
        self._redo.triggered.connect(self._on_redo)
        toast.undo.connect(self._undo.trigger)

    def enable(self) -> None:
        """As the open tender is now."""
        desk = self._session.desk
        self._undo.setEnabled(desk is not None and desk.can_undo)
        self._redo.setEnabled(desk is not None and desk.can_redo)

    def tell(self, change: Change) -> None:
        """Say what was done, if that needs a word."""
        entry = change.entry
        if entry is None or ((entry.action in _QUIET or entry.typed) and not entry.undone):
            return
        words = happened(entry)
        self._toast.tell(tr("history.undone", what=words) if entry.undone else words, can_undo=not entry.undone)

    def waits(self, finding: Finding | None) -> bool:
        """Whether it says that a step cannot be taken back yet, which is told here."""
        if finding is None or finding.code != UndoWaitsError.code:
            return False
        said = explained(finding)
        self._toast.tell(f"{said.text} {said.remedy}", can_undo=False)
        return True

    def _on_undo(self) -> None:
        self._flush()
        if self._session.desk is not None:
            self._session.desk.undo()

    def _on_redo(self) -> None:
        self._flush()
        if self._session.desk is not None:
            self._session.desk.redo()
