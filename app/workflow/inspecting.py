"""One file to the facts that the review asks for. Runs inside the child process (operation "inspect"), where foreign bytes are
parsed."""

from __future__ import annotations

import msgspec

from app.checklist.review.texts import read_texts
from app.core.document import Finding
from app.core.inspection import FileFacts
from app.documents.inspection import inspect
from app.documents.package import leaves
from app.documents.reader import ReadRequest
from app.workflow.reading import place_in_code

__all__ = ["all_facts_from", "facts_from", "inspect_file", "inspection", "inspections"]


def inspect_file(request: ReadRequest) -> FileFacts:
    """Everything about the file; one that cannot be opened is facts with an error."""
    facts, document = inspect(request)
    return read_texts(facts, document) if document is not None else facts


def inspection(request: ReadRequest, order: bytes) -> tuple[bytes, bytes]:
    """The operation: the facts as JSON, and no bytes made."""
    del order
    return msgspec.json.encode(inspect_file(request)), b""


def inspections(request: ReadRequest, order: bytes) -> tuple[bytes, bytes]:
    """The operation for whatever a user points at: of an archive the facts of every document in it."""
    del order
    found: list[FileFacts] = []
    for leaf in leaves(request):
        if isinstance(leaf, Finding):
            found.append(FileFacts(leaf.file or request.name, error=leaf))
        else:
            found.append(_facts_or_failure(leaf))
    return msgspec.json.encode(found), b""


def _facts_or_failure(request: ReadRequest) -> FileFacts:
    try:
        return inspect_file(request)
    except Exception as error:  # noqa: BLE001 - one document's unforeseen trouble must not take the archive's others along
        values = (("error", type(error).__name__), ("where", place_in_code(error)))
        return FileFacts(request.name, error=Finding("worker.failed", request.name, None, values))


def all_facts_from(said: bytes) -> tuple[FileFacts, ...]:
    """What that operation said. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(said, type=tuple[FileFacts, ...])


def facts_from(said: bytes) -> FileFacts:
    """What the operation said. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(said, type=FileFacts)
