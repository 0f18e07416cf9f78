"""What parent and child say to each other: length-prefixed JSON over pipes, bounded in size. Never pickle: the child is not trusted.

A frame is eight bytes of length (big-endian) and that many bytes of JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

import msgspec

from app.core.document import Finding
from app.core.errors import WorkerError
from app.core.limits import Limits
from app.core.points import Reading

_PREFIX = 8


class Task(msgspec.Struct, frozen=True):
    """Parent to child: read this file. `path` is in the system's own encoding, as file names need not be Unicode."""

    path: bytes
    name: str
    passwords: tuple[str, ...]
    limits: Limits
    skip: frozenset[str]

    def __repr__(self) -> str:
        """Without the passwords: a task may end up in a trace."""
        return f"Task({self.name!r})"


class Begun(msgspec.Struct, frozen=True, tag="begun"):
    """Child to parent: this document is being read from now on."""

    name: str


class Pages(msgspec.Struct, frozen=True, tag="pages"):
    """Child to parent: so many of its pages are read."""

    done: int
    total: int


class Found(msgspec.Struct, frozen=True, tag="found"):
    """Child to parent: a document is read."""

    reading: Reading


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Child to parent: a document could not be read."""

    finding: Finding


class Done(msgspec.Struct, frozen=True, tag="done"):
    """Child to parent: nothing more comes of this task."""


Message = Begun | Pages | Found | Failed | Done

_T = TypeVar("_T")


def encode(message: msgspec.Struct) -> bytes:
    """The message as a frame."""
    try:
        body = msgspec.json.encode(message)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_clean(msgspec.to_builtins(message)))
    return len(body).to_bytes(_PREFIX, "big") + body


def decoder(kind: type[_T] | Any) -> Callable[[bytes], _T]:  # a union of message types is no `type`
    """A function that decodes a frame's body strictly. It raises WorkerError on anything else than such a message."""
    strict = msgspec.json.Decoder(kind)

    def decode(body: bytes) -> _T:
        try:
            message: _T = strict.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise WorkerError(code="worker.protocol") from error
        return message

    return decode


def read_body(stream: BinaryIO, most: int) -> bytes | None:
    """The body of the next frame, None at the end of the stream. Raises WorkerError if it is cut off or longer than `most`."""
    prefix = stream.read(_PREFIX)
    if not prefix:
        return None
    size = int.from_bytes(prefix, "big")
    if len(prefix) < _PREFIX or size > most:
        raise WorkerError(code="worker.protocol")
    body = stream.read(size)
    if len(body) < size:
        raise WorkerError(code="worker.protocol")
    return body


def _clean(value: Any) -> Any:
    """Replace what Unicode cannot carry: half surrogate pairs, which damaged documents and old file names hold."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {key: _clean(part) for key, part in value.items()}
        case list() | tuple():
            return [_clean(part) for part in value]
        case _:
            return value
