"""What is typed in a dialog or at a question and not said yet: kept within a second, so that it is there after the worst."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from app.gui.checklist.ask import AskBar
from app.gui.orders import unheard
from app.gui.session import Session

__all__ = ["Drafts"]

_PAUSE = 400
"""Milliseconds without a keystroke after which what was typed is kept."""


class Drafts(QObject):
    """One draft, of what was begun last: there is one dialog at a time. It goes when it is said, or given up by the user; what
    was typed in a dialog that was left in another way is there when the same is begun again."""

    def __init__(self, session: Session, ask: AskBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._ask = ask
        self._kept: tuple[str, ...] | None = None  # tender, what is done, item, text
        self._begun: tuple[str, ...] = ()
        self._read: Callable[[], str] | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_PAUSE)
        self._quiet.timeout.connect(self._keep)
        ask.field.textEdited.connect(self._on_typed)
        ask.closed.connect(self._on_closed)
        session.attached.connect(self._load)
        if session.ready:
            self._load()

    def text(self, what: str, item: str) -> str | None:
        """What was typed when the same was begun before and never ended."""
        begun = self._of(what, item)
        return self._kept[3] if self._kept is not None and self._kept[:3] == begun else None

    def ask(self, what: str, item: str) -> None:
        """The question in the bar is about this."""
        self._begin(what, item, self._ask.field.text)

    def follow(self, dialog: QDialog, field: QPlainTextEdit, what: str, item: str) -> None:
        """A dialog is about this; what was typed before takes the place of its text."""
        if (text := self.text(what, item)) is not None:
            field.setPlainText(text)
        self._begin(what, item, field.toPlainText)
        field.textChanged.connect(self._on_typed)
        dialog.finished.connect(self._on_finished)

    def _of(self, what: str, item: str) -> tuple[str, ...]:
        desk = self._session.desk
        return desk.key if desk is not None else "", what, item

    def _begin(self, what: str, item: str, read: Callable[[], str]) -> None:
        self._begun, self._read = self._of(what, item), read

    def _on_typed(self) -> None:
        if self._read is not None:
            self._quiet.start()

    def _keep(self) -> None:
        if self._read is not None:
            self._set((*self._begun, self._read()))

    def _on_finished(self, result: int) -> None:
        if result == QDialog.DialogCode.Rejected:
            if self._quiet.isActive():
                self._keep()
            self._quiet.stop()
            self._read = None
        else:
            self._on_closed()

    def _on_closed(self) -> None:
        self._quiet.stop()
        if self._read is not None:
            self._read = None
            self._set(None)

    def _set(self, draft: tuple[str, ...] | None) -> None:
        if draft != self._kept and self._session.ready:
            self._kept = draft
            work = partial(self._session.office.set_draft, draft)
            self._session.writer.submit(work, unheard, self._session.failed.emit)

    def _load(self) -> None:
        self._session.writer.submit(self._session.office.draft, self._on_loaded, self._session.failed.emit)

    def _on_loaded(self, draft: Sequence[str] | None) -> None:
        if draft is not None and self._kept is None:
            self._kept = tuple(draft)
