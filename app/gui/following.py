"""What follows the desk that is open: looked at again on a job's thread whenever it has changed, as long as somebody looks."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.gui.jobs import Job
from app.gui.session import Session

if TYPE_CHECKING:
    from app.workflow.desk import Desk

__all__ = ["Following"]


class Following(QObject):
    """One look at a time, the newest question last. Changes are gathered for `calm` milliseconds. While not `awake` nothing
    begins: what has changed is looked at on waking."""

    def __init__(self, session: Session, calm: int, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._desk: Desk | None = None
        self._job: Job | None = None
        self._stale = False
        self._awake = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(calm)
        self._calm.timeout.connect(self._start)

    @property
    def busy(self) -> bool:
        """Whether a look is under way or due."""
        return self._job is not None or self._calm.isActive()

    def follow(self, desk: Desk | None) -> None:
        """Another tender."""
        if desk is self._desk:
            return
        self._desk = desk
        self._stale = desk is not None
        if self._job is not None:
            self._job.forget()
        self._forget()
        self._wake()

    def wake(self, awake: bool) -> None:
        """Whether anybody looks. Files change without telling, so what is in sight again is looked at again."""
        self._awake = awake
        if awake:
            self._stale = True
            self._wake()
        else:
            self._calm.stop()

    def look(self) -> None:
        """Something has changed."""
        self._stale = True
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
        if self._desk is None or self._job is not None:
            return
        job = self._job_for(self._desk)
        if job is None:
            return
        self._stale = False
        self._job = job
        job.failed.connect(self._session.failed)
        job.ended.connect(self._on_ended)
        job.start()

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self._wake()

    @abstractmethod
    def _forget(self) -> None:
        """What is known is of another tender."""

    @abstractmethod
    def _job_for(self, desk: Desk) -> Job | None:
        """The look itself, not begun; None when it cannot be had."""
