"""The protocol that every reader keeps, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from app.core.document import Document
from app.core.errors import EmptyFileError, LimitError, NotFoundError, PermissionDeniedError, UnsafeFileError
from app.core.limits import DEFAULT_LIMITS, Limits


class Progress(Protocol):
    """Told how far the reading has come."""

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total` pages (or sheets, or rows) are read."""
        ...


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A file to read: either bytes held in memory (a member of an archive) or a path on the disk, never both.

    `name` is what the user knows it by: its path in the package, forward slashes, Unicode NFC.
    `passwords` are tried in order; they are never logged and never part of an error. With `glimpse`, the first pages of a long
    document are wanted ahead of the whole; with `last_page`, only the pages up to it. With `blocks_only`, nobody asks what the
    document asks for, only what it holds. With `may_copy` the process, which is there for reading, may be copied for a long one.
    """

    name: str
    path: Path | None = None
    data: bytes | None = field(default=None, repr=False)
    passwords: tuple[str, ...] = field(default=(), repr=False)
    limits: Limits = DEFAULT_LIMITS
    progress: Progress | None = field(default=None, compare=False, repr=False)
    glimpse: bool = False
    last_page: int | None = None
    blocks_only: bool = False
    may_copy: bool = False

    def open(self) -> BinaryIO:
        """The bytes as a seekable stream. Raises the errors of `checked`."""
        if self.data is not None:
            self._check_size(len(self.data))
            return BytesIO(self.data)
        if self.path is None:
            raise NotFoundError(self.name)
        try:
            if not self.path.is_file():
                if self.path.exists():
                    reason = "folder" if self.path.is_dir() else "special"
                    raise UnsafeFileError(self.name, reason=reason, remedy="plain_file")
                raise NotFoundError(self.name)
            self._check_size(self.path.stat().st_size)
            return self.path.open("rb")
        except PermissionError as error:
            raise PermissionDeniedError(self.name) from error
        except FileNotFoundError as error:
            raise NotFoundError(self.name) from error

    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        running = sha256()
        with self.open() as stream:
            while piece := stream.read(1 << 20):
                running.update(piece)
        return running.hexdigest()

    def head(self, count: int = 8192) -> bytes:
        """The first bytes, to recognise a format by."""
        with self.open() as stream:
            return stream.read(count)

    def bytes(self) -> bytes:
        """All bytes, within the limit on a file's size."""
        if self.data is not None:
            self._check_size(len(self.data))
            return self.data
        with self.open() as stream:
            return stream.read()

    def report(self, done: int, total: int) -> None:
        """Tell the listener, if there is one, how far the reading has come."""
        if self.progress is not None:
            self.progress(done, total)

    def _check_size(self, size: int) -> None:
        if size == 0:
            raise EmptyFileError(self.name)
        if size > self.limits.file_bytes:
            raise LimitError(self.name, code="limit.size", limit=self.limits.file_bytes, size=size)


class Reader(Protocol):
    """Reads one file of its format."""

    def __call__(self, request: ReadRequest) -> Document:
        """The document. Raises only errors of the tree in `core.errors`."""
        ...
