"""The bid's files on their way in: one job at a time, what it could not take told at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.core.document import Finding
from app.core.work import BidFileRecord
from app.gui.behind import Bids
from app.gui.jobs import Control, Job
from app.gui.session import Session
from app.workflow.desk import Desk

__all__ = ["BidReading"]

Work = Callable[[Bids, Desk, tuple[str, ...], Control], tuple[Finding, ...]]


class BidReading(QObject):
    """Reads into the desk that was open when it was asked to."""

    progressed = Signal(object)  # Step
    began = Signal()
    ended = Signal(object)  # tuple[Finding, ...]: what could not be taken

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._waiting: deque[tuple[Desk, Work]] = deque()
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._job is not None

    def read(self, paths: Sequence[Path]) -> None:
        """Files and folders into the bid of the open tender."""
        if paths:
            self._order(partial(_read, tuple(paths)))

    def read_again(self, files: Sequence[BidFileRecord]) -> None:
        """Files of the bid once more, from where they lie."""
        if files:
            self._order(partial(_read_again, tuple(files)))

    def stop(self) -> None:
        """Stop what is being read and what waits to be."""
        self._waiting.clear()
        if self._job is not None:
            self._job.cancel()

    def shut(self) -> None:
        """End it, and wait for it."""
        self._waiting.clear()
        job, self._job = self._job, None
        if job is not None:
            job.close()

    def _order(self, work: Work) -> None:
        if self._session.desk is not None and self._session.reader is not None:
            self._waiting.append((self._session.desk, work))
            if self._job is None:
                self._start()

    def _start(self) -> None:
        reader = self._session.reader
        if reader is None:
            return
        desk, work = self._waiting.popleft()
        bids = reader.bids
        known = self._session.passwords.of(desk.key)
        job = self._job = Job(partial(work, bids, desk, known), partial(bids.settle, desk), self)
        job.progressed.connect(self.progressed)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._session.failed)
        job.ended.connect(self._on_ended)
        job.start()
        self.began.emit()

    def _on_finished(self, findings: object) -> None:
        self._findings = findings if isinstance(findings, tuple) else ()

    _findings: tuple[Finding, ...] = ()

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        findings, self._findings = self._findings, ()
        if self._waiting:
            self._start()
        else:
            self.ended.emit(findings)


def _read(paths: tuple[Path, ...], bids: Bids, desk: Desk, passwords: tuple[str, ...], control: Control) -> tuple[Finding, ...]:
    return bids.read(desk, paths, passwords, control)


def _read_again(
    files: tuple[BidFileRecord, ...], bids: Bids, desk: Desk, passwords: tuple[str, ...], control: Control
) -> tuple[Finding, ...]:
    return bids.read_again(desk, files, passwords, control)
