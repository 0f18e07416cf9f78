"""What parent and child say to each other: length-prefixed JSON over pipes, bounded. Never pickle: the child is not trusted.

A frame is eight bytes of length (big-endian) and that many bytes of JSON.
"""

from __future__ import annotations

from functools import cache
from typing import IO, Any

import msgspec

from app.core.document import Document, Finding
from app.core.errors import WorkerError
from app.core.limits import Limits
from app.core.points import Fact, LineCounts, Point, Reading, UnassignedLine

_PREFIX = 8
_LONG = 100_000
"""Bytes of a message that takes more than a millisecond to decode."""
_FOUND = b'{"type":"found",'


class Task(msgspec.Struct, frozen=True):
    """Parent to child: read this file. `path` is in the system's own encoding, as file names need not be Unicode.

    Without a path, the bytes follow as a frame of their own.
    """

    path: bytes | None
    name: str
    passwords: tuple[str, ...]
    limits: Limits
    skip: frozenset[str]
    glimpse: bool = False
    blocks_only: bool = False

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


class Glimpsed(msgspec.Struct, frozen=True, tag="glimpsed"):
    """Child to parent: the first pages of a long document are read."""

    reading: Reading


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Child to parent: a document could not be read."""

    finding: Finding


class Done(msgspec.Struct, frozen=True, tag="done"):
    """Child to parent: nothing more comes of this task."""


Message = Begun | Pages | Glimpsed | Found | Failed | Done


def framed(body: bytes) -> bytes:
    """Bytes as a frame: those of a file, which are no message."""
    return len(body).to_bytes(_PREFIX, "big") + body


def encode(message: msgspec.Struct) -> bytes:
    """The message as a frame."""
    try:
        body = msgspec.json.encode(message)
    except UnicodeEncodeError:
        body = msgspec.json.encode(_clean(msgspec.to_builtins(message)))
    return framed(body)


@cache
def _tasks() -> msgspec.json.Decoder[Task]:
    return msgspec.json.Decoder(Task)


@cache
def _messages() -> msgspec.json.Decoder[Message]:
    return msgspec.json.Decoder(Message)


def decode_task(body: bytes) -> Task:
    """The task in a frame."""
    return _tasks().decode(body)


class _Parts(msgspec.Struct, frozen=True):
    """A reading whose many parts are not decoded yet."""

    document: msgspec.Raw
    points: tuple[msgspec.Raw, ...] = ()
    facts: msgspec.Raw = msgspec.Raw(b"[]")
    lines: msgspec.Raw = msgspec.Raw(b"{}")
    unassigned: tuple[msgspec.Raw, ...] = ()


class _Whole(msgspec.Struct, frozen=True, tag="found"):
    """`Found`, in parts."""

    reading: _Parts


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def _found(body: bytes) -> Found:
    """A reading may be megabytes, and a decoder lets nobody else in before it is done: part by part, the window's own thread
    gets its turn between two of them."""
    parts = _decoder(_Whole).decode(body).reading
    point, line = _decoder(Point).decode, _decoder(UnassignedLine).decode
    reading = Reading(
        document=_decoder(Document).decode(parts.document),
        points=tuple([point(part) for part in parts.points]),
        facts=_decoder(tuple[Fact, ...]).decode(parts.facts),
        lines=_decoder(LineCounts).decode(parts.lines),
        unassigned=tuple([line(part) for part in parts.unassigned]),
    )
    return Found(reading)


def decode_message(body: bytes) -> Message:
    """The message in a frame, every type checked. Raises WorkerError on anything else."""
    try:
        if len(body) > _LONG and body.startswith(_FOUND):
            return _found(body)
        return _messages().decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WorkerError(code="worker.protocol") from error


def read_body(stream: IO[bytes], most: int) -> bytes | None:
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
