"""The runner that reads files in child processes, sees to their limits, and goes on after a crash."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, Full, Queue
from subprocess import Popen
from time import monotonic
from types import TracebackType
from typing import Any

from app.core.document import Finding
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import Glimpse, Reading
from app.documents.reader import ReadRequest
from app.workers.process import Child, end, launch
from app.workflow.check import CancelledError, Step

__all__ = ["ProcessRunner"]

_TICK = 0.1
"""Seconds between looks at deadlines and at whether the user wants to stop."""

_WORTH_A_SECOND = 1_500_000
"""Bytes still waiting from which a second child repays its start (half a second, most of it for compiling rules)."""

_RESTARTS = 50
"""Crashes of one archive after which the rest of it is given up."""


@dataclass(slots=True)
class _Job:
    """A file on its way: `document` is what is being read of it, `begun` whether a reader is at it, `skip` what is behind."""

    index: int
    request: ReadRequest
    document: str
    begun: bool = False
    skip: set[str] = field(default_factory=set)
    failures: set[Finding] = field(default_factory=set)
    deadline: float = 0.0
    restarts: int = 0
    size: int = 0


class ProcessRunner:
    """Up to `processes` children, started when there is work for them. The first is `early`, or started at once."""

    def __init__(
        self,
        limits: Limits = DEFAULT_LIMITS,
        processes: int | None = None,
        command: list[str] | None = None,
        early: Popen[bytes] | None = None,
    ) -> None:
        self._limits = limits
        self._most = processes or min(2, _processors())
        self._command = command
        self._heard: Queue[tuple[Child, Any]] = Queue(maxsize=64)
        self._idle: list[Child] = []
        self._busy: dict[Child, _Job] = {}
        self._closed = False
        self._start(early)

    def __enter__(self) -> ProcessRunner:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all children at once."""
        self._closed = True
        children = [*self._busy, *self._idle]
        for child in children:
            child.kill()
        for child in children:
            child.join()
        self._busy.clear()
        self._idle.clear()

    def abandon(self) -> None:
        """End all children without waiting for it: for a process that is about to end, even from a handler of signals."""
        for child in [*self._busy, *self._idle]:
            end(child.process)

    def run(
        self, requests: Sequence[ReadRequest], progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> Generator[tuple[int, Reading | Finding | Glimpse], None, None]:
        """Readings and failures as they come, each with the number of its request. Raises CancelledError."""
        waiting = deque(_Job(index, request, request.name, size=_size(request)) for index, request in enumerate(requests))
        try:
            while waiting or self._busy:
                if cancelled():
                    raise CancelledError
                self._assign(waiting)
                try:
                    child, message = self._heard.get(timeout=_TICK)
                except Empty:
                    pass
                else:
                    yield from self._take(child, message, waiting, progress)
                yield from self._overdue(waiting, progress)
        finally:
            for child in self._busy:
                child.kill()
            self._busy.clear()

    def _start(self, early: Popen[bytes] | None = None) -> None:
        self._idle.append(Child(early or launch(self._command), self._hear, self._limits.message_bytes))

    def _hear(self, child: Child, message: Any) -> None:
        """Called from the children's threads. A full queue holds the child back; a closed runner listens no more."""
        while not self._closed:
            with suppress(Full):
                self._heard.put((child, message), timeout=1.0)
                return

    def _assign(self, waiting: deque[_Job]) -> None:
        from app.workers.frames import Task, encode, framed

        while waiting:
            if not self._idle:
                if len(self._busy) >= self._most or (self._busy and sum(job.size for job in waiting) < _WORTH_A_SECOND):
                    return
                self._start()
            job, child = waiting.popleft(), self._idle.pop()
            job.deadline = monotonic() + job.request.limits.seconds_per_file
            self._busy[child] = job
            request = job.request
            path = os.fsencode(request.path) if request.path is not None else None
            skip = frozenset(job.skip)
            task = Task(path, request.name, request.passwords, request.limits, skip, request.glimpse, request.blocks_only)
            child.send(encode(task))
            if path is None:
                child.send(framed(request.data or b""))

    def _take(
        self, child: Child, message: Any, waiting: deque[_Job], progress: Callable[[Step], None]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        """Act on what a child said. A child that is not busy has nothing to say; what it says is dropped."""
        from app.workers.frames import Begun, Done, Failed, Found, Glimpsed, Pages

        job = self._busy.get(child)
        if job is None:
            if message is None and child in self._idle:
                self._idle.remove(child)
                child.kill()
            return
        match message:
            case Begun(name):
                job.document, job.begun = name, True
                self._extend(job)
                progress(Step(job.index, job.request.name, name))
            case Pages(done, total):
                progress(Step(job.index, job.request.name, job.document, done, total))
            case Glimpsed(reading):
                self._extend(job)
                yield job.index, Glimpse(reading)
            case Found(reading):
                self._behind(job)
                yield job.index, reading
            case Failed(Finding(code="limit.memory")) if job.begun:
                child.kill()  # what a library leaves behind after failed allocations is not to be trusted with the next file
                yield from self._lost(child, "limit.memory", (), waiting, progress)
            case Failed(finding):
                self._behind(job)
                if finding not in job.failures:  # after a restart an archive reports its own trouble again
                    job.failures.add(finding)
                    yield job.index, finding
            case Done():
                del self._busy[child]
                self._idle.append(child)
                progress(Step(job.index, job.request.name, job.request.name, finished=True))
            case None:
                yield from self._lost(child, *child.cause(), waiting, progress)

    def _behind(self, job: _Job) -> None:
        if job.begun:
            job.skip.add(job.document)
        job.document, job.begun = job.request.name, False
        self._extend(job)

    def _extend(self, job: _Job) -> None:
        job.deadline = monotonic() + job.request.limits.seconds_per_file

    def _overdue(
        self, waiting: deque[_Job], progress: Callable[[Step], None]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        now = monotonic()
        for child, job in [*self._busy.items()]:
            if now > job.deadline:
                child.kill()
                limit = (("limit", f"{job.request.limits.seconds_per_file:g}"),)
                yield from self._lost(child, "limit.time", limit, waiting, progress)

    def _lost(
        self, child: Child, code: str, values: tuple[tuple[str, str], ...], waiting: deque[_Job], progress: Callable[[Step], None]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        """The child is gone: its document has failed, the rest of the file goes to another child."""
        job = self._busy.pop(child)
        yield job.index, Finding(code, job.document, None, values)
        if job.begun and job.restarts < _RESTARTS:
            job.restarts += 1
            self._behind(job)
            waiting.appendleft(job)
        else:
            progress(Step(job.index, job.request.name, job.request.name, finished=True))


def _processors() -> int:
    """Those that this process may use, where the system tells."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(request: ReadRequest) -> int:
    try:
        return request.path.stat().st_size if request.path is not None else len(request.data or b"")
    except OSError:
        return 0  # the child will meet the same trouble and tell
