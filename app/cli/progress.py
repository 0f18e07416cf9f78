"""Pages done and time left, on standard error, once work has lasted long enough to wonder."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from app.cli.messages import plain, say
from app.cli.stop import undone_on_stop
from app.documents.reader import ReadRequest
from app.workflow.check import Step

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["Meter"]

_PATIENCE = 1.0
"""Seconds of work before anything is shown."""


class Meter:
    """Shows progress while it is entered. Silent where standard error is no terminal.

    A file's share of the whole is its size; within the file, the pages read tell how much of it is done.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._began = monotonic()
        self._sizes: list[int] = []
        self._shares: list[float] = []
        self._live = _is_terminal()
        self._shown: tuple[Progress, TaskID] | None = None
        self._stopping = ExitStack()

    def __enter__(self) -> Meter:
        self._stopping.enter_context(undone_on_stop(self._wipe))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown is not None:
            self._shown[0].stop()
            self._shown = None
        self._live = False
        self._stopping.close()

    def listed(self, requests: Sequence[ReadRequest]) -> None:
        """These files are going to be read."""
        for request in requests:
            size = 0
            with suppress(OSError):
                size = request.path.stat().st_size if request.path is not None else 0
            self._sizes.append(max(size, 1))
            self._shares.append(0.0)

    def step(self, step: Step) -> None:
        """The work has come this far."""
        if not self._live or step.index >= len(self._shares):
            return
        if step.finished:
            self._shares[step.index] = 1.0
        elif step.total and step.document == step.file:
            self._shares[step.index] = min(step.done / step.total, 1.0)
        if monotonic() - self._began >= _PATIENCE:
            self._show(step)

    def _wipe(self) -> None:
        """The line cleared and the cursor back, past all locks: the program ends here and now."""
        if self._shown is not None:
            os.write(sys.stderr.fileno(), b"\r\x1b[2K\x1b[?25h")

    def _show(self, step: Step) -> None:
        if self._shown is None:
            self._shown = _bar()
        bar, task = self._shown
        finished = sum(1 for share in self._shares if share >= 1)
        done = sum(size * share for size, share in zip(self._sizes, self._shares, strict=True))
        words = say(self._language, "progress_files", done=finished, total=len(self._shares), file=plain(step.document))
        if step.total:
            words += ", " + say(self._language, "progress_pages", done=step.done, total=step.total)
        bar.update(task, description=words, completed=done, total=sum(self._sizes))


def _bar() -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("", total=None)
    bar.start()
    return bar, task


def _is_terminal() -> bool:
    try:
        return sys.stderr.isatty()
    except (AttributeError, ValueError):  # a windowed program on Windows has no standard error
        return False
