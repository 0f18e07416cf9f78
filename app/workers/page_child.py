"""The process that draws and reads one foreign document for the window. It holds no key; its answers are checked in form."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING, Any

from app.workers.confine import bound_memory, die_after, private_streams
from app.workers.frames import encode, read_body

if TYPE_CHECKING:
    from app.workers.page_frames import Answer, Ask
    from app.workflow.pages import OpenPages

_MOST_BYTES = 1 << 30
_SECONDS = 60.0
"""After which the child gives up by itself; the parent has ended it before."""


def main() -> None:
    """Answer until standard input ends."""
    from app.workers import page_frames as frames

    incoming, outgoing = private_streams()
    _leave_memory_to_its_owner()
    pages: OpenPages | None = None
    with suppress(OSError):
        while (body := read_body(incoming, _MOST_BYTES)) is not None:
            ask = frames.decode_ask(body)
            die_after(_SECONDS)
            if isinstance(ask, frames.Open):
                bound_memory(ask.limits.memory_bytes)
                data = read_body(incoming, _MOST_BYTES) or b""
                answer, pages = _opened(ask, data)
            else:
                answer = _answered(pages, ask)
            die_after(0)
            outgoing.write(encode(answer))
            outgoing.flush()


def _leave_memory_to_its_owner() -> None:
    """Attaching would register the memory here too, and take it away when this process ends. Python 3.13 has a word for it."""

    def ignore(*_: Any) -> None:
        return None

    vars(resource_tracker)["register"] = ignore


def _opened(ask: Any, data: bytes) -> tuple[Answer, OpenPages | None]:
    from app.documents.reader import ReadRequest
    from app.workers import page_frames as frames
    from app.workflow.pages import opened

    kept: list[OpenPages] = []

    def work() -> Answer:
        pages = opened(ReadRequest(ask.name, None, data, ask.passwords, ask.limits), ask.member)
        kept.append(pages)
        file = pages.file()
        return frames.File(file.kind, file.sizes)

    return _guarded(ask.name, work), kept[0] if kept else None


def _answered(pages: OpenPages | None, ask: Ask) -> Answer:
    def work() -> Answer:
        if pages is None:
            raise ValueError("nothing is open")
        return _answer(pages, ask)

    return _guarded("", work)


def _guarded(name: str, work: Callable[[], Answer]) -> Answer:
    from app.core.document import Finding
    from app.core.errors import AnbudsklarError
    from app.workers import page_frames as frames

    try:
        return work()
    except AnbudsklarError as error:
        return frames.Failed(error.finding())
    except MemoryError:
        return frames.Failed(Finding("limit.memory", name))
    except Exception as error:  # noqa: BLE001 - a document's unforeseen trouble is told, not suffered
        return frames.Failed(Finding("worker.failed", name, None, (("error", type(error).__name__),)))


def _answer(pages: OpenPages, ask: Ask) -> Answer:
    from app.workers import page_frames as frames

    match ask:
        case frames.Picture(page, cut, memory):
            shared = SharedMemory(memory)
            try:
                pages.draw(page, cut, memoryview(shared.buf or b""))
            finally:
                _let_go(shared)
            return frames.Drawn()
        case frames.Words(page):
            return frames.Text(tuple(frames.Word(*word) for word in pages.words(page)))
        case frames.Quote(page, quote):
            return frames.Place(pages.quote(page, quote))
        case frames.Search(text, first, last):
            return frames.Hits(pages.find(text, first, last))
        case frames.Raw():
            return frames.Bytes(pages.raw())
        case _:
            return frames.Blocks(pages.document())


def _let_go(shared: SharedMemory) -> None:
    import gc

    try:
        shared.close()
    except BufferError:
        gc.collect()  # the drawing's view of it may be part of a cycle
        with suppress(BufferError):
            shared.close()


if __name__ == "__main__":
    main()
