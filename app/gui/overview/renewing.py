"""A line above the tenders: documents of the company's own that have run out or soon will."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from app.core.clock import day_in_sweden
from app.core.library import LibraryDocument
from app.gui.behind import Office
from app.gui.messages import tr
from app.gui.session import Session

__all__ = ["RenewNotice"]

_MOST = 3
_LATER = 2000
"""Milliseconds after the vault is open: the tenders come first, and what they need."""


class RenewNotice(QLabel):
    """Hidden as long as there is nothing to renew."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("notice")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER)
        self._later.timeout.connect(self.look)
        session.attached.connect(self._later.start)
        self.hide()

    def look(self) -> None:
        """Look what there is, on the writer's thread."""
        if self._session.ready:
            work = partial(_documents, self._session.office)
            self._session.writer.submit(work, self._on_documents, self._session.failed.emit)

    def _on_documents(self, documents: Sequence[LibraryDocument]) -> None:
        from app.workflow.library import to_renew

        pressing = to_renew(tuple(documents), day_in_sweden())
        names = [f"{document.name} ({(document.expires or '')[:10]})" for document, _ in pressing]
        shown = ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")
        self.setText(tr("answers.renew_notice", count=len(pressing), names=shown) if pressing else "")
        self.setVisible(bool(pressing))


def _documents(office: Office) -> tuple[LibraryDocument, ...]:
    return office.library.documents()
