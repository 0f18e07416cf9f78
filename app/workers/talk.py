"""One question to a child process of its own, and its answer: what masking, inspecting and filling have in common.

The child is sent a task and the file's bytes, each as a frame, and answers with one frame or two. What it says is believed in its
form only. A file that crashes it, makes it hang or eats the memory costs its own answer and nothing else.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from app.core.document import Finding
from app.core.errors import WorkerError
from app.documents.reader import ReadRequest
from app.workers import MEMORY_STATUS
from app.workers.process import end, launch

if TYPE_CHECKING:
    import msgspec

__all__ = ["Talk"]

T = TypeVar("T")

_TICK = 0.2
"""Seconds between looks at the deadline and at whether the user wants to stop."""
_MOST_FRAMES = 2


class Talk:
    """Asks children, one after the other. `cancelled` is asked while one works; `command` starts the child."""

    def __init__(self, command: list[str], cancelled: Callable[[], bool] | None = None) -> None:
        self._command = command
        self._cancelled = cancelled or _never
        self._process: subprocess.Popen[bytes] | None = None

    def abandon(self) -> None:
        """End the child without waiting for it: for a process that is about to end, even from a handler of signals."""
        if self._process is not None:
            end(self._process)

    def ask(
        self, request: ReadRequest, task: msgspec.Struct, understood: Callable[[Sequence[bytes]], T | Finding]
    ) -> T | Finding:
        """What `understood` makes of the answer's frames (at least one), or why there is none. Raises as `request.bytes`."""
        from app.workers.frames import encode, framed

        data = framed(request.bytes())
        self._process = process = launch(self._command)
        deadline = monotonic() + request.limits.seconds_per_file
        teller = _telling(process, encode(task) + data)
        try:
            while True:
                try:
                    said, _ = process.communicate(timeout=_TICK)
                    break
                except subprocess.TimeoutExpired:
                    if self._cancelled():
                        return Finding("work.cancelled", request.name)
                    if monotonic() > deadline:
                        return Finding("limit.time", request.name, None, (("limit", f"{request.limits.seconds_per_file:g}"),))
        finally:
            end(process)
            process.wait()
            teller.join()
            if process.stdout is not None:
                with suppress(OSError):
                    process.stdout.close()
            self._process = None
        return _answer(said, request, process.returncode, understood)


def _telling(process: subprocess.Popen[bytes], message: bytes) -> Thread:
    """Say it on a thread of its own: `communicate` forgets what it has not sent when its time is up and it is asked again."""
    pipe, process.stdin = process.stdin, None

    def tell() -> None:
        if pipe is not None:
            with suppress(OSError), pipe:
                pipe.write(message)

    thread = Thread(target=tell, name="teller", daemon=True)
    thread.start()
    return thread


def _answer(said: bytes, request: ReadRequest, status: int, understood: Callable[[Sequence[bytes]], T | Finding]) -> T | Finding:
    import msgspec

    from app.workers.frames import read_body

    stream = BytesIO(said)
    bodies: list[bytes] = []
    try:
        while len(bodies) < _MOST_FRAMES and (body := read_body(stream, request.limits.message_bytes)) is not None:
            bodies.append(body)
        if not bodies:
            if status == MEMORY_STATUS:
                return Finding("limit.memory", request.name)
            return Finding("worker.crashed", request.name, None, (("status", str(status)),))
        if stream.read(1):
            return Finding("worker.protocol", request.name)
        return understood(bodies)
    except (WorkerError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Finding("worker.protocol", request.name)


def _never() -> bool:
    return False
