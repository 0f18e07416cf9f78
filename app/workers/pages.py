"""A foreign document to look at: opened, drawn and read in a child process of its own.

Every call waits for its answer, so it is made from a thread that may wait, one at a time. A child that crashes or takes too long
is ended and the call raises; the next call starts another one. Bytes go through a pipe, pictures come back through shared memory
that this process owns: nothing is written to a disk, and nothing is left when either side is killed.
"""

from __future__ import annotations

from multiprocessing.shared_memory import SharedMemory
from queue import Empty, SimpleQueue
from threading import Lock
from typing import Any, TypeVar

from app.core.document import Box, Document
from app.core.errors import AnbudsklarError, WorkerError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.workers import page_frames as frames
from app.workers.frames import encode, framed
from app.workers.page_frames import Word as PageWord
from app.workers.process import Child, launch, page_command
from app.workflow.pages import PageFile, PageHit

__all__ = ["FailedPageError", "PageFile", "PageHit", "PageReader", "PageWord"]

_SECONDS = 20.0
"""For a picture, a page's words, a quote."""
_SECONDS_WHOLE = 300.0
"""For opening, searching, reading all of it."""
_MOST_PIXELS = 64_000_000
_LONGEST = 100_000
"""Pixels of a page's side."""

Result = TypeVar("Result")


class FailedPageError(AnbudsklarError):
    """The child could not do what was asked; the code is the reader's."""

    code = "worker.failed"


class PageReader:
    """One document. `close` may be called from any thread, also while another one waits."""

    def __init__(
        self,
        name: str,
        data: bytes,
        member: str | None = None,
        passwords: tuple[str, ...] = (),
        limits: Limits = DEFAULT_LIMITS,
        command: list[str] | None = None,
    ) -> None:
        self._open = frames.Open(name, member, passwords, limits)
        self._data = data
        self._command = command
        self._child: Child | None = None
        self._answers: SimpleQueue[tuple[Child, Any]] = SimpleQueue()
        self._asking = Lock()
        self._closed = False
        self._file: frames.File | None = None
        self._memory: SharedMemory | None = None

    def open(self) -> PageFile:
        """What the document is. Raises errors of the tree."""
        with self._asking:
            if self._child is None or self._file is None:
                self._file = self._opened()
            return PageFile(self._file.kind, self._file.sizes)

    def turn_to(self, name: str, data: bytes) -> PageFile:
        """Another document in the same child, which spares the start of a new one. Raises errors of the tree."""
        with self._asking:
            self._open = frames.Open(name, None, self._open.passwords, self._open.limits)
            self._data, self._file = data, None
            if self._child is not None:
                self._child.send(encode(self._open))
                self._child.send(framed(data))
                self._file = self._answer(frames.File, _SECONDS_WHOLE)
            else:
                self._file = self._opened()
            return PageFile(self._file.kind, self._file.sizes)

    def picture(self, page: int, width: int, height: int, part: tuple[int, int, int, int] | None = None) -> bytes:
        """A page (from 1) over so many pixels: blue, green, red and one unused byte each, rows without gaps.

        Or only a part of it: left, top, width and height in those pixels.
        """
        cut = (width, height, *(part or (0, 0, width, height)))
        size = cut[4] * cut[5] * 4
        if min(cut[:2] + cut[4:]) < 1 or cut[4] * cut[5] > _MOST_PIXELS or max(cut) > _LONGEST:
            raise ValueError("no such picture")
        with self._asking:
            memory = self._memory_of(size)
            self._ask(frames.Picture(page, cut, memory.name), frames.Drawn, _SECONDS)
            return bytes((memory.buf or b"")[:size])

    def words(self, page: int) -> tuple[PageWord, ...]:
        """The words of a page (from 1) with their boxes, in points from its top left as shown."""
        with self._asking:
            return self._ask(frames.Words(page), frames.Text, _SECONDS).words

    def quote(self, page: int, quote: str) -> tuple[tuple[int, Box], ...]:
        """Page and box of every line of a quote that begins on the page; none when it is not found there."""
        with self._asking:
            return self._ask(frames.Quote(page, quote), frames.Place, _SECONDS).boxes

    def find(self, text: str, first: int = 1, last: int | None = None) -> tuple[PageHit, ...]:
        """Where a text stands on the pages from `first` to `last`, whatever its case and wherever its lines end."""
        with self._asking:
            return self._ask(frames.Search(text, first, last), frames.Hits, _SECONDS_WHOLE).hits

    def document(self) -> Document:
        """All blocks: for what has no pages to draw."""
        with self._asking:
            return self._ask(frames.Whole(), frames.Blocks, _SECONDS_WHOLE).document

    def raw(self) -> bytes:
        """The document's own bytes: for a member of an archive, which only the child unpacks."""
        with self._asking:
            return self._ask(frames.Raw(), frames.Bytes, _SECONDS_WHOLE).data

    def close(self) -> None:
        """End the child at once. Whoever waits gets a WorkerError; so does whoever asks afterwards."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()
        with self._asking:
            self._end()
            if self._memory is not None:
                self._memory.close()
                self._memory.unlink()
                self._memory = None

    # --- how

    def _memory_of(self, size: int) -> SharedMemory:
        if self._memory is None or self._memory.size < size:
            if self._memory is not None:
                self._memory.close()
                self._memory.unlink()
            self._memory = SharedMemory(create=True, size=size)
        return self._memory

    def _opened(self) -> frames.File:
        """A new child with the document open."""
        self._end()
        if self._closed:
            raise WorkerError(self._open.name)
        child = Child(launch(self._command or page_command()), self._hear, self._open.limits.message_bytes, frames.decode_answer)
        self._child = child
        child.send(encode(self._open))
        child.send(framed(self._data))
        try:
            return self._answer(frames.File, _SECONDS_WHOLE)
        except FailedPageError:
            self._end()
            raise

    def _ask(self, ask: frames.Ask, wanted: type[Result], seconds: float) -> Result:
        if self._child is None:
            self._opened()
        if self._child is not None:
            self._child.send(encode(ask))
        return self._answer(wanted, seconds)

    def _answer(self, wanted: type[Result], seconds: float) -> Result:
        child = self._child
        while True:
            try:
                speaker, message = self._answers.get(timeout=seconds)
            except Empty:
                self._end()
                raise WorkerError(self._open.name, code="limit.time", limit=f"{seconds:g}") from None
            if speaker is not child:
                continue  # the last words of one that was ended
            if message is None:
                code, values = child.cause() if child is not None and not self._closed else ("worker.crashed", ())
                self._end()
                raise WorkerError(self._open.name, code=code, **_named(values))
            if isinstance(message, frames.Failed):
                finding = message.finding
                raise FailedPageError(
                    finding.file or self._open.name, code=finding.code, page=finding.page, **dict(finding.values)
                )
            if not isinstance(message, wanted):
                self._end()
                raise WorkerError(self._open.name, code="worker.protocol")
            return message

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.join()

    def _hear(self, child: Child, message: Any) -> None:
        self._answers.put((child, message))


def _named(values: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    return dict(values)
