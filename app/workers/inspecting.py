"""Inspecting files in child processes, and in this one for tests."""

from __future__ import annotations

from typing import Protocol

import msgspec

from app.core.document import Finding
from app.core.inspection import FileFacts
from app.documents.reader import ReadRequest
from app.workflow.inspecting import all_facts_from

__all__ = ["WorkInspector"]


class FileWork(Protocol):
    """Does one thing with one file."""

    def do(self, operation: str, request: ReadRequest, order: bytes = b"null") -> tuple[bytes, bytes] | Finding:
        """The JSON of what was found and the bytes that were made, or why nothing was."""
        ...


class WorkInspector:
    """Asks for the facts of files by `ProcessFileWork` or its serial twin."""

    def __init__(self, work: FileWork) -> None:
        self._work = work

    def inspect(self, request: ReadRequest) -> tuple[FileFacts, ...] | Finding:
        """The facts of a file, of an archive those of its documents. Raises as `request.bytes`."""
        answer = self._work.do("inspect_all", request)
        if isinstance(answer, Finding):
            return answer
        try:
            return all_facts_from(answer[0])
        except msgspec.DecodeError:
            return Finding("worker.protocol", request.name)
