"""Linking files to what asks for them: each is read once more by a job, so that what is linked is what lies there now."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.core.work import FileLink
from app.gui.checklist.files import Identify, LinkedFile
from app.gui.jobs import Job
from app.gui.messages import tr
from app.workflow.desk import Desk

__all__ = ["Linking"]

_Pairs = Sequence[tuple[str, Path]]


class Linking(QObject):
    """Every wish is one step on the desk that it was wished for."""

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return bool(self._jobs)

    def link(self, desk: Desk, keys: Sequence[str], paths: Sequence[Path]) -> None:
        """Every file answers every item."""
        self.link_pairs(desk, [(key, path) for path in paths for key in keys])

    def link_pairs(self, desk: Desk, pairs: _Pairs) -> None:
        """Each file answers its item."""
        if not pairs:
            return
        job = Job(Identify(tuple(dict.fromkeys(path for _, path in pairs))), parent=self)
        job.finished.connect(partial(self._on_known, desk, tuple(pairs)))
        job.ended.connect(self._on_ended)
        self._jobs.append(job)
        job.start()

    def again(self, desk: Desk, links: Sequence[FileLink]) -> None:
        """The files are right as they are now."""
        self.link_pairs(desk, [(link.item, Path(link.path)) for link in links])

    def shut(self) -> None:
        """Stop reading files."""
        for job in self._jobs:
            job.close()
        self._jobs.clear()

    def _on_known(self, desk: Desk, pairs: _Pairs, files: tuple[LinkedFile, ...]) -> None:
        known = {file.path: file for file in files}
        made: list[tuple[str, Path, str, int]] = []
        for key, path in pairs:
            file = known[path]
            if file.sha256 is not None:
                with suppress(KeyError):  # it went away with its document meanwhile
                    made.append((desk.item(key).key, path, file.sha256, file.size))
        if len({path for _, path, *_ in made}) == 1:
            _, path, digest, size = made[0]
            desk.link([key for key, *_ in made], path, digest, size)
        else:
            desk.link_many(made)
        for file in files:
            if file.sha256 is None:
                self.told.emit(tr("answers.link_failed", file=file.path.name))

    def _on_ended(self) -> None:
        done = [job for job in self._jobs if not job.running]
        self._jobs = [job for job in self._jobs if job.running]
        for job in done:
            job.deleteLater()
