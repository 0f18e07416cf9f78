"""Work beside the window's own thread. Results always arrive on the main thread; every thread ends when its owner is closed.

`QtWriter` does small pieces in order (the vault's), `Job` does one long piece with progress and cancel, `ImportJob` is the Job
that reads files into a tender.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from time import sleep
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject, Qt, Signal

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.gui.showing import await_shown, end_showing
from app.workflow.check import CancelledError, Step

__all__ = ["Control", "ImportJob", "Job", "QtWriter"]

Result = TypeVar("Result")

_UNEXPECTED = Finding("error", "")
_TURN = 0.05
"""Seconds between two looks at whether the main thread has given up on a delivery."""
_GLANCE = 0.005
"""Seconds between two looks for an answer that is waited for."""


@dataclass(frozen=True, slots=True)
class _Piece:
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[Finding], None]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a piece of work. `error` is one that is not of our tree: a fault of the program."""

    piece: _Piece
    result: object = None
    finding: Finding | None = None
    error: BaseException | None = None

    def tell(self) -> None:
        """Call back. Raises a fault of the program again, here on the main thread, where it is shown."""
        if self.finding is not None:
            self.piece.failed(self.finding)
        else:
            self.piece.then(self.result)
        if self.error is not None:
            raise self.error


def _answer(piece: _Piece) -> _Answer:
    try:
        return _Answer(piece, piece.work())
    except AnbudsklarError as error:
        return _Answer(piece, finding=error.finding())
    except Exception as error:  # noqa: BLE001 - it is raised again on the main thread
        return _Answer(piece, finding=_UNEXPECTED, error=error)


class QtWriter(QObject):
    """A `Writer` with one thread behind it: first in, first out. Lives, is called and answers on the main thread."""

    idle = Signal()
    """Everything handed over so far has been answered."""

    _answered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._answers: deque[_Answer] = deque()
        self._waiting = 0
        self._thread: Thread | None = None
        self._closed = False
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """Pieces that have not been answered yet."""
        return self._waiting

    def submit(self, work: Callable[[], Result], then: Callable[[Result], None], failed: Callable[[Finding], None]) -> None:
        """As `Writer.submit`. After `close` the work is done at once, so that nothing handed over is ever dropped."""
        piece = _Piece(work, cast("Callable[[Any], None]", then), failed)
        if self._closed:
            _answer(piece).tell()
            return
        self._waiting += 1
        self._pieces.put(piece)
        if self._thread is None:
            self._thread = Thread(target=self._serve, name="writer")
            self._thread.start()

    def close(self) -> None:
        """Wait for everything that was handed over, give the answers, and end the thread."""
        if self._closed:
            return
        end_showing()
        self._pieces.put(None)
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._closed = True
        while self._answers:
            self._give()

    def drain(self) -> None:
        """Wait for everything that was handed over, and give the answers: nothing is on its way afterwards."""
        end_showing()
        while self._waiting:
            if self._answers:
                self._give()
            else:
                sleep(_GLANCE)

    def _give(self) -> None:
        """The answer in turn. A fault of the program is told as one, and keeps no other answer from being given."""
        try:
            self._on_answered()
        except Exception as error:  # noqa: BLE001 - as for any other slot
            sys.excepthook(type(error), error, error.__traceback__)

    def _serve(self) -> None:
        while (piece := self._pieces.get()) is not None:
            await_shown()
            self._answers.append(_answer(piece))
            self._answered.emit()

    def _on_answered(self) -> None:
        if not self._answers:
            return
        answer = self._answers.popleft()
        self._waiting -= 1
        try:
            answer.tell()
        finally:
            if not self._waiting:
                self.idle.emit()


class Control:
    """What a job's work is given: how to tell of progress, hand something over, and hear that it should stop."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stop = Event()

    def stop(self) -> None:
        """Ask the work to end."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether the work should end. Looked at between steps."""
        return self._stop.is_set()

    def progress(self, step: object) -> None:
        """Tell how far the work has come."""
        self._job.reported.emit(step)

    def deliver(self, value: object) -> None:
        """Hand over a part of the result and wait until the main thread has taken it in. Raises CancelledError."""
        taken = Event()
        self._job.handed.emit((value, taken))
        while not taken.wait(_TURN):
            if self.cancelled():
                raise CancelledError


class Job(QObject):
    """One piece of long work. `work` runs on a thread of its own with a `Control`; what it returns is the result.

    Ends with exactly one of `finished` (result), `failed` (Finding) and `cancelled`, and after that with `ended`.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    reported = Signal(object)
    """From the work's thread: for `Control`."""
    handed = Signal(object)
    """From the work's thread: for `Control`."""
    _done = Signal(object)

    def __init__(
        self, work: Callable[[Control], object], take: Callable[[Any], None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._take = take
        self._control = Control(self)
        self._thread: Thread | None = None
        self._answer: _Answer | None = None
        self.running = False
        queued = Qt.ConnectionType.QueuedConnection
        self.reported.connect(self._on_reported, queued)
        self.handed.connect(self._on_handed, queued)
        self._done.connect(self._on_done, queued)

    def start(self) -> None:
        """Begin. A job runs once."""
        self.running = True
        self._thread = Thread(target=self._serve, name="job")
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` comes when it has, unless it was done first."""
        self._control.stop()

    def forget(self) -> None:
        """Stop the work and take nothing more in, not even what has been handed over already."""
        self._take = None
        self.cancel()

    def close(self) -> None:
        """Stop the work and wait for its thread. Nothing more is delivered afterwards."""
        self.cancel()
        end_showing()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _serve(self) -> None:
        self._done.emit(_answer(_Piece(self._run, _nothing, _nothing)))

    def _run(self) -> object:
        return self._work(self._control)

    def _on_reported(self, step: object) -> None:
        if self.running:
            self.progressed.emit(step)

    def _on_handed(self, parcel: tuple[object, Event]) -> None:
        value, taken = parcel
        try:
            if self._take is not None and self._thread is not None:
                self._take(value)
        finally:
            taken.set()

    def _on_done(self, answer: _Answer) -> None:
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.running = False
        if answer.finding is None:
            self.finished.emit(answer.result)
        elif answer.finding.code == CancelledError.code:
            self.cancelled.emit()
        else:
            self.failed.emit(answer.finding)
        self.ended.emit()
        if answer.error is not None:
            raise answer.error


class ImportJob(Job):
    """Reading files into a tender. `step` is the latest progress (`Step`), `files` how many there are once it is known."""

    def __init__(
        self, work: Callable[[Control], object], take: Callable[[Any], None] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(work, take, parent)
        self.step: Step | None = None
        self.names: tuple[str, ...] = ()
        self.done: frozenset[int] = frozenset()

    def listed(self, names: tuple[str, ...]) -> None:
        """From the work's thread: the files that will be read."""
        self.reported.emit(names)

    def _on_reported(self, step: object) -> None:
        if isinstance(step, Step):
            self.step = step
            if step.finished:
                self.done |= {step.index}
        elif isinstance(step, tuple):
            self.names = step
        super()._on_reported(step)

    @property
    def share(self) -> float | None:
        """How much is read, 0 to 1; None while that is not known."""
        if not self.names or self.step is None:
            return None
        part = self.step.done / self.step.total if self.step.total and not self.step.finished else 0.0
        return min(1.0, (len(self.done) + part) / len(self.names))


def _nothing(_value: object) -> None:
    """A job tells by signals."""
