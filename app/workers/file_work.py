"""Things done with one file in a child process of its own, and their serial twin: inspecting it, filling it in.

An operation is a function of the room `workflow` that takes the request and the JSON of its order, and answers with the JSON of
what it found and the bytes that it made (empty when it makes none). New ones are named in `_OPERATIONS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

import msgspec

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.limits import Limits
from app.documents.reader import ReadRequest
from app.workers.process import file_command
from app.workers.talk import Talk
from app.workflow.reading import place_in_code

__all__ = ["FileAnswer", "FileTask", "ProcessFileWork", "SerialFileWork", "decode_file_task", "done_here"]

Operation = Callable[[ReadRequest, bytes], tuple[bytes, bytes]]

_OPERATIONS: dict[str, tuple[str, str]] = {
    "inspect": ("app.workflow.inspecting", "inspection"),
    "inspect_all": ("app.workflow.inspecting", "inspections"),
    "fill": ("app.workflow.filling", "fill"),
    "member": ("app.workflow.form_list", "member_in"),
    "read_matrix": ("app.workflow.roundtrip", "matrix_in"),
    "read_form": ("app.workflow.form_back", "answers_in"),
}
"""Names of operations: the module and the function that does it."""


class FileTask(msgspec.Struct, frozen=True):
    """Parent to child: do this with the file, whose bytes follow as a frame of their own. `order` is JSON."""

    operation: str
    name: str
    order: bytes
    passwords: tuple[str, ...]
    limits: Limits

    def __repr__(self) -> str:
        """Without the passwords and the answers: a task may end up in a trace."""
        return f"FileTask({self.operation!r})"


class FileAnswer(msgspec.Struct, frozen=True):
    """Child to parent: why nothing came of it, or the JSON of what did; then the bytes that were made follow as a frame."""

    error: Finding | None = None
    said: bytes = b""


def decode_file_task(body: bytes) -> FileTask:
    """The task in a frame."""
    return msgspec.json.decode(body, type=FileTask)


def done_here(task: FileTask, data: bytes) -> tuple[bytes, bytes] | FileAnswer:
    """What came of it, or the error that nothing did. Nothing escapes, whatever goes wrong."""
    request = ReadRequest(task.name, data=data, passwords=task.passwords, limits=task.limits)
    module, name = _OPERATIONS[task.operation]
    try:
        operation: Operation = getattr(import_module(module), name)
        return operation(request, task.order)
    except AnbudsklarError as error:
        return FileAnswer(error.finding())
    except MemoryError:
        return FileAnswer(Finding("limit.memory", task.name))
    except Exception as error:  # noqa: BLE001 - a fault of ours or of a library is an error of this file
        return FileAnswer(
            Finding("worker.failed", task.name, None, (("error", type(error).__name__), ("where", place_in_code(error))))
        )


class SerialFileWork:
    """Does it in this process: for tests and for finding faults with a debugger."""

    def do(self, operation: str, request: ReadRequest, order: bytes = b"null") -> tuple[bytes, bytes] | Finding:
        """The JSON of what was found and the bytes that were made, or why nothing was."""
        result = done_here(_task(operation, request, order), request.bytes())
        if isinstance(result, FileAnswer):
            return result.error or Finding("worker.protocol", request.name)
        return result


class ProcessFileWork:
    """Does it in children, one for each file. `cancelled` is asked while one works; `command` starts the child (for tests)."""

    def __init__(self, cancelled: Callable[[], bool] | None = None, command: list[str] | None = None) -> None:
        self._talk = Talk(command or file_command(), cancelled)

    def abandon(self) -> None:
        """End the child without waiting for it: for a process that is about to end, even from a handler of signals."""
        self._talk.abandon()

    def do(self, operation: str, request: ReadRequest, order: bytes = b"null") -> tuple[bytes, bytes] | Finding:
        """The JSON of what was found and the bytes that were made, or why nothing was."""

        def understood(bodies: Sequence[bytes]) -> tuple[bytes, bytes] | Finding:
            answer = msgspec.json.decode(bodies[0], type=FileAnswer)
            if answer.error is not None:
                return answer.error
            return (answer.said, bodies[1]) if len(bodies) == 2 else Finding("worker.protocol", request.name)

        return self._talk.ask(request, _task(operation, request, order), understood)


def _task(operation: str, request: ReadRequest, order: bytes) -> FileTask:
    return FileTask(operation, request.name, order, request.passwords, request.limits)
