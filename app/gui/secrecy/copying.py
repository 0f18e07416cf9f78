"""Masked copies being made: one at a time, with how far it has come and a way to stop. What is done by then stays."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.core.claims import BidFile, ClaimSet
from app.core.document import Finding
from app.core.work import BidFileRecord
from app.gui.jobs import Control, Job
from app.workflow.check import Step

__all__ = ["Copying"]


class Copying(QObject):
    """Masks on a job's thread, each file in a child of its own."""

    began = Signal()
    progressed = Signal(object)  # Step: `done` files of `total`
    ended = Signal()
    made = Signal(object)  # tuple[FileOutcome, ...]
    failed = Signal(object)  # Finding

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether copies are being made."""
        return self._job is not None

    def start(
        self, claims: ClaimSet, folder: Path, members: Mapping[str, BidFileRecord] | None = None, passwords: tuple[str, ...] = ()
    ) -> None:
        """Write a copy of each file with marks to a folder. Does nothing while others are being made.

        `members` are the files that lie in archives, by their ids among the claims' files.
        """
        if self._job is not None:
            return
        job = self._job = Job(partial(_mask, claims, folder, members or {}, passwords), None, self)
        job.progressed.connect(self.progressed)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_ended)
        self.began.emit()
        job.start()

    def stop(self) -> None:
        """No more copies: that of the file at hand is not written."""
        if self._job is not None:
            self._job.cancel()

    def shut(self) -> None:
        """End it, and wait for it."""
        job, self._job = self._job, None
        if job is not None:
            job.close()

    def _on_finished(self, outcomes: object) -> None:
        if outcomes:
            self.made.emit(outcomes)

    def _on_failed(self, finding: Finding) -> None:
        self.failed.emit(finding)

    def _on_ended(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        self.ended.emit()


def _mask(
    claims: ClaimSet, folder: Path, members: Mapping[str, BidFileRecord], passwords: tuple[str, ...], control: Control
) -> object:
    from app.workers.masking import ProcessMasker
    from app.workflow.masking import mask_bid

    def progress(index: int, count: int, name: str) -> None:
        control.progress(Step(index, name, name, index, count))

    outcomes = []
    masker, inside = ProcessMasker(control.cancelled), partial(_inside, members, passwords)
    for outcome in mask_bid(claims, Path(), folder, masker=masker, passwords=passwords, progress=progress, inside=inside):
        if outcome.error is not None and outcome.error.code == "work.cancelled":
            break
        outcomes.append(outcome)
        if control.cancelled():
            break
    return tuple(outcomes)


def _inside(members: Mapping[str, BidFileRecord], passwords: tuple[str, ...], file: BidFile) -> bytes | None:
    """A file that lies in an archive; None for others. Raises errors of the tree."""
    from app.documents.reader import ReadRequest
    from app.workers.members import unpacked
    from app.workflow.bid_origin import file_name

    record = members.get(file.id)
    if record is None or record.member is None:
        return None
    return unpacked(ReadRequest(file_name(record), Path(record.path)), record.member, passwords)
