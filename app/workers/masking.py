"""Masking in a child process of its own for each file, and its serial twin.

A file that crashes, hangs or eats the memory costs its own copy and nothing else. What the child answers is believed in its form
only: a copy that is no file of the asked format is no copy.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING

from app.core.document import Finding
from app.core.errors import AnbudsklarError, WorkerError
from app.documents.reader import ReadRequest
from app.secrecy.masking import Mark, Masked
from app.workers import MEMORY_STATUS
from app.workers.process import end, launch, mask_command
from app.workflow.reading import place_in_code

if TYPE_CHECKING:
    from app.workers.mask_frames import MaskTask

__all__ = ["ProcessMasker", "SerialMasker", "masked_here"]

Others = Sequence[tuple[int, str]]
"""Numbers and texts that are marked in other files of the bid."""

_TICK = 0.2
"""Seconds between looks at the deadline and at whether the user wants to stop."""


def masked_here(task: MaskTask, data: bytes) -> Masked | Finding:
    """The copy, or the error that left the file without one. Nothing escapes, whatever goes wrong."""
    from app.workflow.masking import mask_file

    request = ReadRequest(task.name, data=data, passwords=task.passwords, limits=task.limits)
    try:
        return mask_file(request, task.marks, frozenset(task.left), task.others)
    except AnbudsklarError as error:
        return error.finding()
    except MemoryError:
        return Finding("limit.memory", task.name)
    except Exception as error:  # noqa: BLE001 - a fault of ours or of a library must never become a copy that looks done
        return Finding("worker.failed", task.name, None, (("error", type(error).__name__), ("where", place_in_code(error))))


class SerialMasker:
    """Masks in this process: for tests and for finding faults with a debugger."""

    def mask(self, request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Others = ()) -> Masked | Finding:
        """The verified copy, or why there is none."""
        return masked_here(_task(request, marks, left, others), request.bytes())


class ProcessMasker:
    """Masks in children. `cancelled` is asked while one works; `command` starts the child (for tests)."""

    def __init__(self, cancelled: Callable[[], bool] | None = None, command: list[str] | None = None) -> None:
        self._cancelled = cancelled or _never
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def abandon(self) -> None:
        """End the child without waiting for it: for a process that is about to end, even from a handler of signals."""
        if self._process is not None:
            end(self._process)

    def mask(self, request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Others = ()) -> Masked | Finding:
        """The verified copy, or why there is none."""
        from app.workers.frames import encode, framed

        self._process = process = launch(self._command or mask_command())
        deadline = monotonic() + request.limits.seconds_per_file
        message: bytes | None = encode(_task(request, marks, left, others)) + framed(request.bytes())
        try:
            while True:
                try:
                    said, _ = process.communicate(message, timeout=_TICK)
                    break
                except subprocess.TimeoutExpired:
                    message = None
                    if self._cancelled():
                        return Finding("work.cancelled", request.name)
                    if monotonic() > deadline:
                        return Finding("limit.time", request.name, None, (("limit", f"{request.limits.seconds_per_file:g}"),))
        finally:
            end(process)
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            self._process = None
        return _understood(said, request, process.returncode)


def _task(request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Others) -> MaskTask:
    from app.workers.mask_frames import MaskTask

    return MaskTask(request.name, tuple(marks), request.passwords, tuple(sorted(left)), request.limits, tuple(others))


def _understood(said: bytes, request: ReadRequest, status: int) -> Masked | Finding:
    import msgspec

    from app.workers.frames import read_body
    from app.workers.mask_frames import decode_answer

    stream = BytesIO(said)
    try:
        body = read_body(stream, request.limits.message_bytes)
        if body is None:
            if status == MEMORY_STATUS:
                return Finding("limit.memory", request.name)
            return Finding("worker.crashed", request.name, None, (("status", str(status)),))
        answer = decode_answer(body)
        if answer.error is not None:
            return answer.error
        data = read_body(stream, request.limits.message_bytes)
        if not data or stream.read(1):
            return Finding("worker.protocol", request.name)
    except (WorkerError, msgspec.DecodeError, UnicodeDecodeError):
        return Finding("worker.protocol", request.name)
    return Masked(data, answer.findings, answer.places, answer.named)


def _never() -> bool:
    return False
