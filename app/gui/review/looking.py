"""The review, made again whenever something has changed: on a job's thread, the newest question last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.clock import in_sweden
from app.gui.jobs import Control, Job
from app.gui.review.rows import Row, rows_of
from app.gui.session import Session

if TYPE_CHECKING:
    from app.gui.behind import Audits
    from app.workflow.auditing import Audit, AuditBasis
    from app.workflow.desk import Desk

__all__ = ["Looking"]

_CALM = 250
"""Milliseconds in which changes are gathered."""


@dataclass(frozen=True, slots=True)
class _Found:
    audit: Audit
    rows: tuple[Row, ...]


class Looking(QObject):
    """Looks at the desk that is open, as long as it is `awake`: nobody waits for a review that is not in sight."""

    known = Signal(object, object)  # Audit, its rows
    progressed = Signal(object)  # Step | None

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._desk: Desk | None = None
        self._job: Job | None = None
        self._stale = False
        self._again = False
        self._awake = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._start)
        self.audit: Audit | None = None

    @property
    def busy(self) -> bool:
        """Whether a review is under way or due."""
        return self._job is not None or self._calm.isActive()

    def follow(self, desk: Desk | None) -> None:
        """Another tender."""
        if desk is self._desk:
            return
        self._desk = desk
        self.audit = None
        self._stale = desk is not None
        if self._job is not None:
            self._job.forget()
        self._wake()

    def wake(self, awake: bool) -> None:
        """Whether anybody looks."""
        self._awake = awake
        if awake:
            self._stale = True  # files change without telling
            self._wake()
        else:
            self._calm.stop()

    def look(self, *, again: bool = False) -> None:
        """Something has changed; `again`: every file is looked through once more."""
        self._stale = True
        self._again |= again
        self._wake()

    def shut(self) -> None:
        """End it, and wait for it."""
        self._calm.stop()
        self._desk = None
        job, self._job = self._job, None
        if job is not None:
            job.close()

    def _wake(self) -> None:
        if self._awake and self._stale and self._desk is not None and self._job is None:
            self._calm.start()

    def _start(self) -> None:
        desk, reader = self._desk, self._session.reader
        if desk is None or reader is None or self._job is not None:
            return
        from app.workflow.auditing import audit_basis_of

        again, self._again = self._again, False
        self._stale = False
        work = partial(_audited, reader.audits, audit_basis_of(desk), again)
        self._job = Job(work, None, self)
        self._job.progressed.connect(self.progressed)
        self._job.finished.connect(partial(self._on_known, desk))
        self._job.failed.connect(self._session.failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()

    def _on_known(self, desk: Desk, found: _Found) -> None:
        if desk is self._desk:
            self.audit = found.audit
            self.known.emit(found.audit, found.rows)

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self.progressed.emit(None)
        self._wake()


def _audited(audits: Audits, basis: AuditBasis, again: bool, control: Control) -> _Found:
    """The rows are worded here: hundreds of them would be felt in the window."""
    audit = audits.audit(basis, in_sweden(datetime.now(UTC)), control, again=again)
    return _Found(audit, rows_of(audit.review))
