"""Masking in a child process of its own for each file, and its serial twin.

A file that crashes, hangs or eats the memory costs its own copy and nothing else. What the child answers is believed in its form
only: a copy that is no file of the asked format is no copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.documents.reader import ReadRequest
from app.secrecy.masking import Mark, Masked
from app.workers.process import mask_command
from app.workers.talk import Talk
from app.workflow.reading import place_in_code

if TYPE_CHECKING:
    from app.workers.mask_frames import MaskTask

__all__ = ["ProcessMasker", "SerialMasker", "masked_here"]

Others = Sequence[tuple[int, str]]
"""Numbers and texts that are marked in other files of the bid."""


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
        self._talk = Talk(command or mask_command(), cancelled)

    def abandon(self) -> None:
        """End the child without waiting for it: for a process that is about to end, even from a handler of signals."""
        self._talk.abandon()

    def mask(self, request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Others = ()) -> Masked | Finding:
        """The verified copy, or why there is none."""
        from app.workers.mask_frames import decode_answer

        def understood(bodies: Sequence[bytes]) -> Masked | Finding:
            answer = decode_answer(bodies[0])
            if answer.error is not None:
                return answer.error
            if len(bodies) != 2 or not bodies[1]:
                return Finding("worker.protocol", request.name)
            return Masked(bodies[1], answer.findings, answer.places, answer.named)

        return self._talk.ask(request, _task(request, marks, left, others), understood)


def _task(request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Others) -> MaskTask:
    from app.workers.mask_frames import MaskTask

    return MaskTask(request.name, tuple(marks), request.passwords, tuple(sorted(left)), request.limits, tuple(others))
