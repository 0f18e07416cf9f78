"""The protocol that every reader keeps, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from app.core.document import Document
from app.core.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A file to read. `name` is what the user knows it by (its path in the package); `path` is where its bytes are.

    `passwords` are tried in order; they are never logged and never part of an error.
    `progress` may be called with (pages done, pages in all).
    """

    path: Path
    name: str
    passwords: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = DEFAULT_LIMITS
    progress: Progress | None = field(default=None, compare=False)


class Progress(Protocol):
    """Told how far the reading has come."""

    def __call__(self, done: int, total: int) -> None: ...


class Reader(Protocol):
    """Reads one file of its format. Raises only errors of the tree in `core.errors`."""

    def __call__(self, request: ReadRequest) -> Document: ...
