"""The review, made again whenever something has changed: on a job's thread, the newest question last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.clock import in_sweden
from app.gui.following import Following
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


class Looking(Following):
    """Looks at the desk that is open: nobody waits for a review that is not in sight."""

    known = Signal(object, object)  # Audit, its rows
    progressed = Signal(object)  # Step | None

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(session, _CALM, parent)
        self._again = False
        self.audit: Audit | None = None

    def look_through(self) -> None:
        """Every file is looked through once more."""
        self._again = True
        self.look()

    def _forget(self) -> None:
        self.audit = None

    def _job_for(self, desk: Desk) -> Job | None:
        reader = self._session.reader
        if reader is None:
            return None
        from app.workflow.auditing import audit_basis_of

        again, self._again = self._again, False
        job = Job(partial(_audited, reader.audits, audit_basis_of(desk), again), None, self)
        job.progressed.connect(self.progressed)
        job.finished.connect(partial(self._on_known, desk))
        return job

    def _on_known(self, desk: Desk, found: _Found) -> None:
        if desk is self._desk:
            self.audit = found.audit
            self.known.emit(found.audit, found.rows)

    def _on_ended(self) -> None:
        super()._on_ended()
        self.progressed.emit(None)


def _audited(audits: Audits, basis: AuditBasis, again: bool, control: Control) -> _Found:
    """The rows are worded here: hundreds of them would be felt in the window."""
    audit = audits.audit(basis, in_sweden(), control, again=again)
    return _Found(audit, rows_of(audit.review))
