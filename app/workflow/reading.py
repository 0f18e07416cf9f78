"""One file to what is found in it. Runs inside the child process, where foreign bytes are parsed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.points import Glimpse, Reading
from app.documents.reader import Progress, ReadRequest

_FIRST_PAGES = 24
"""Pages of a long document that are read ahead of the rest: a few tenths of a second."""

Started = Callable[[str], "Progress | None"]
"""Told the name of a document before it is read; answers with whom to tell of its pages."""


def read_file(
    request: ReadRequest, skip: frozenset[str] = frozenset(), started: Started | None = None
) -> Iterator[Reading | Finding | Glimpse]:
    """Everything in a file: one Reading per document in it, a Finding for each that could not be read.

    Where the request wants it, a Glimpse of a long document comes before the whole.

    An archive holds several documents, any other file is one (with the files embedded in it). Those whose name is in `skip`
    are passed over unread: a reader that killed its process gets no second try.
    """
    try:
        from app.documents.package import leaves

        for leaf in leaves(request, skip):
            if isinstance(leaf, Finding):
                yield leaf
            elif leaf.name not in skip:
                progress = started(leaf.name) if started else None
                if request.glimpse and (first := _glimpse(leaf)) is not None:
                    yield first
                yield _read(replace(leaf, progress=progress))
    except Exception as error:  # noqa: BLE001 - one file's unforeseen trouble must not take the package's other files along
        yield _failure(error, request.name)


def warm() -> Iterator[None]:
    """Load rules and libraries, which takes as long as many pages, before there is anything to read: whoever goes through it
    may stop after any step, when there is. First what every document needs, then what a procurement needs, by reading one."""
    from app.core.document import Block, BlockKind, Document, DocumentKind, Line
    from app.core.resources import resource
    from app.extraction.reading import find

    find(Document("", DocumentKind.TEXT, "", (Block(BlockKind.PARAGRAPH, "Anbudsgivaren ska bifoga intyg.", lines=(Line(0),)),)))
    yield
    files = resource("sample", "procurement").iterdir()
    for file in sorted(files, key=lambda file: (not file.name.endswith(".pdf"), file.name)):
        for _ in read_file(ReadRequest(file.name, None, file.read_bytes())):
            yield


def keep() -> None:
    """Write down what was made of the rules, so that the next process need not make it again."""
    from app.core import tables
    from app.extraction import kept

    kept.save()
    tables.save()


def summary(reading: Reading) -> Reading:
    """The reading without the document's content, which a list does not need: small enough to send and keep."""
    return replace(reading, document=replace(reading.document, blocks=(), regions=(), pictures=(), page_sizes=()))


def _glimpse(request: ReadRequest) -> Glimpse | None:
    from app.documents.formats import Format, detect
    from app.documents.pdf.reader import is_long_pdf

    try:
        if detect(request) is not Format.PDF or not is_long_pdf(request, 2 * _FIRST_PAGES):
            return None
    except AnbudsklarError:
        return None
    found = _read(replace(request, last_page=_FIRST_PAGES))
    return Glimpse(found) if isinstance(found, Reading) else None


def _read(request: ReadRequest) -> Reading | Finding:
    try:
        from app.documents import read

        if request.blocks_only:
            return Reading(read(request))
        from app.extraction.reading import find

        return find(read(request))
    except Exception as error:  # noqa: BLE001 - as above
        return _failure(error, request.name)


def _failure(error: Exception, name: str) -> Finding:
    if isinstance(error, AnbudsklarError):
        return error.finding()
    if isinstance(error, MemoryError):
        return Finding("limit.memory", name)
    return Finding("worker.failed", name, None, (("error", type(error).__name__), ("where", place_in_code(error))))


def place_in_code(error: BaseException) -> str:
    """File and line of our code that the error came through last: enough to report it, and no word of the document."""
    place = ""
    trace = error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", ""))
        if module.startswith("app."):
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
