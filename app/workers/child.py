"""The process that parses foreign files. It knows one thing: take tasks from standard input, answer with frames, end when told.

It holds no key and no setting, and nothing it says is believed beyond its form.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from app.workers.confine import bound_memory, die_after, end_group, private_streams, step_back

if TYPE_CHECKING:
    from app.workers.frames import Task

_WARM = ("app.workflow.reading", "app.documents.package", "app.documents", "app.extraction.reading", "app.documents.pdf")
"""What most tasks need, imported while the parent still looks for the files. None may be missing, any may be late."""

_GRACE = 15.0
"""Seconds after which the child gives up by itself when the parent should have ended it."""

_PROGRESS_EVERY = 0.05
_COLLECT_AFTER = 1_000_000

_MOST_BYTES = 1 << 30
"""Of a frame from the parent: a file's bytes, whose own limit the parent has seen to."""


def main() -> None:
    """Serve tasks until standard input ends."""
    # Documents are trees that live until their answer is sent: looking for cycles among them costs time and frees nothing.
    gc.set_threshold(_COLLECT_AFTER, 50, 1000)
    step_back()
    incoming, outgoing = private_streams()
    tasks: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(incoming, tasks), daemon=True).start()
    for module in _WARM:
        if not tasks.empty():
            break
        with suppress(Exception):  # if something is amiss, the task itself will tell
            import_module(module)
    with suppress(Exception):
        _warm(tasks)
    from app.workers.frames import decode_task

    bounded = False
    while True:
        task = decode_task(tasks.get())
        if not bounded:
            bound_memory(task.limits.memory_bytes)
            bounded = True
        data = tasks.get() if task.path is None else None
        _serve(task, data, outgoing)


def _warm(tasks: SimpleQueue[bytes]) -> None:
    if tasks.empty():
        from app.workflow.reading import warm

        for _ in warm():
            if not tasks.empty():
                break


def _listen(incoming: BinaryIO, tasks: SimpleQueue[bytes]) -> None:
    """Queue the parent's frames. When the parent is gone there is nothing left to do, whatever the reader is busy with."""
    from app.workers.frames import read_body

    try:
        while (body := read_body(incoming, _MOST_BYTES)) is not None:
            tasks.put(body)
    finally:
        end_group()


def _serve(task: Task, data: bytes | None, outgoing: BinaryIO) -> None:
    import os
    from pathlib import Path

    from app.core.document import Finding
    from app.core.points import Glimpse, Reading
    from app.documents.reader import Progress, ReadRequest
    from app.workers import frames
    from app.workflow.reading import keep, read_file, summary

    def send(message: frames.Message) -> None:
        outgoing.write(frames.encode(message))
        outgoing.flush()

    def started(document: str) -> Progress:
        die_after(task.limits.seconds_per_file + _GRACE)
        send(frames.Begun(document))
        last = 0.0

        def pages(done: int, total: int) -> None:
            nonlocal last
            now = monotonic()
            if now - last >= _PROGRESS_EVERY or done == total:
                last = now
                send(frames.Pages(done, total))

        return pages

    path = Path(os.fsdecode(task.path)) if task.path is not None else None
    request = ReadRequest(
        task.name, path, data, task.passwords, task.limits, glimpse=task.glimpse, blocks_only=task.blocks_only, may_copy=True
    )
    die_after(task.limits.seconds_per_file + _GRACE)
    for result in read_file(request, task.skip, started):
        match result:
            case Finding():
                send(frames.Failed(result))
            case Glimpse(reading):
                send(frames.Glimpsed(summary(reading)))
            case Reading():
                send(frames.Found(result if task.blocks_only else summary(result)))
        die_after(task.limits.seconds_per_file + _GRACE)
    keep()
    die_after(0)
    send(frames.Done())


if __name__ == "__main__":
    main()
