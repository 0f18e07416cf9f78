"""A long file by two processes at once: a copy of this one takes the second half of the pages out of the file meanwhile.

PDFium works on one thread, and taking pages out of a file is half of all reading. The copy opens the file anew, for two processes
must not share a place in it, and hands back what it found as data. Whatever goes wrong with it (it is ended, it finds nothing,
the system has no room for it) its pages are read here, as if there had been no copy: then what is wrong with them comes out, too.

Only where a process can be copied while it works, which is Linux; and only in a process made for reading: a copy of a window's,
with all that its other threads hold, would not do.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress

import msgspec

from app.documents.pdf.forms import Annotations
from app.documents.pdf.shapes import Drawing, PageContent, Run
from app.documents.reader import ReadRequest

__all__ = ["Copy", "is_worth_it"]

_FEWEST = 60
"""Pages. Of fewer, making the copy and taking over what it found costs more than it spares."""
_PIECE = 1 << 20
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG"""

_RunData = tuple[str, float, float, float, float, float, float, bool, int, bool, bool, bool]


class _Page(msgspec.Struct, array_like=True, gc=False):
    number: int
    width: float
    height: float
    runs: list[_RunData]
    drawing: Drawing
    annotations: Annotations | None
    broken: bool


_DECODER = msgspec.msgpack.Decoder(list[_Page])


def is_worth_it(request: ReadRequest, pages: int) -> bool:
    """Whether so many pages of the request should be read by two."""
    return request.may_copy and pages >= _FEWEST and sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Copy:
    """A copy of this process that does one thing, and what comes of it. `work` runs in the copy, with at most `memory` bytes."""

    def __init__(self, work: Callable[[], list[PageContent]], memory: int) -> None:
        self._number = 0
        self._incoming = -1
        with suppress(OSError):  # no room for another process: `pages` says None
            self._incoming, outgoing = os.pipe()
            parent = os.getpid()
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # of other threads: the copy calls nothing that they may hold
                    self._number = os.fork()
                if self._number == 0:
                    _work(work, outgoing, parent, memory)
            finally:
                os.close(outgoing)

    def pages(self) -> list[PageContent] | None:
        """What the copy found, once it is done; None when it found nothing, or more than this process can hold."""
        if self._number <= 0:
            return None
        try:
            with os.fdopen(self._incoming, "rb") as stream:
                self._incoming = -1
                return [_page(page) for page in _DECODER.decode(stream.read())]  # what is not whole cannot be decoded
        except (msgspec.MsgspecError, MemoryError):
            return None
        finally:
            self.close()

    def close(self) -> None:
        """End it, if it still works: nobody waits for it any more."""
        number, self._number = self._number, 0
        if number > 0:
            with suppress(OSError):  # it is gone already where whoever started this process wants to hear of no ends
                os.kill(number, signal.SIGKILL)
                os.waitpid(number, 0)
        if self._incoming >= 0:
            os.close(self._incoming)
            self._incoming = -1


def _work(work: Callable[[], list[PageContent]], outgoing: int, parent: int, memory: int) -> None:
    """In the copy: never returns, and leaves nothing to be done at an end."""
    import resource

    status = 1
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory if hard == resource.RLIM_INFINITY else min(memory, hard), hard))
        gc.disable()
        if os.getppid() == parent:
            data = memoryview(msgspec.msgpack.encode([_data(page) for page in work()]))
            while data:
                data = data[os.write(outgoing, data[:_PIECE]) :]
            status = 0
    finally:
        os._exit(status)


def _data(page: PageContent) -> _Page:
    runs = [
        (run.text, run.x0, run.y0, run.x1, run.y1, run.base, run.size, run.bold, run.index, run.exact, run.hyphen, run.upright)
        for run in page.runs
    ]
    return _Page(page.number, page.width, page.height, runs, page.drawing, page.annotations, page.broken)


def _page(found: _Page) -> PageContent:
    return PageContent(
        found.number, found.width, found.height, [_run(one) for one in found.runs], found.drawing, found.annotations, found.broken
    )


def _run(found: _RunData) -> Run:
    run = Run(*found[:10])
    run.hyphen, run.upright = found[10:]
    return run
