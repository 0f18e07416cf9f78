"""Pages that show nothing although they hold something: content that does not unpack, or unpacks beyond every bound.

PDFium shows such a page as blank and says nothing. pypdf unpacks with a bound, so it tells a blank page from a bomb.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.documents.reader import ReadRequest

if TYPE_CHECKING:
    from pypdf import PageObject
    from pypdf.generic import StreamObject

_MOST_PAGES = 200  # blank pages looked into; each costs about a millisecond
_MOST_FORMS = 20
_EMPTY = 20  # bytes: what a compressed stream of nothing may take
_FAILURES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError, OSError, NotImplementedError)


def hidden_pages(request: ReadRequest, password: str | None, blank: Sequence[int]) -> frozenset[int]:
    """Those of the pages (1-based) that look blank whose content cannot be unpacked within pypdf's bounds. Raises nothing."""
    if not blank:
        return frozenset()
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        with request.open() as stream:
            reader = PdfReader(stream, password=password)
            pages = [(number, reader.pages[number - 1]) for number in blank[:_MOST_PAGES]]
            return frozenset(number for number, page in pages if _hides(page))
    except (PyPdfError, *_FAILURES):
        return frozenset()  # what pypdf cannot open at all says nothing of single pages


def _hides(page: PageObject) -> bool:
    from pypdf.errors import PyPdfError

    try:
        return any(not stream.get_data() and len(getattr(stream, "_data", b"")) > _EMPTY for stream in _streams(page))
    except (PyPdfError, *_FAILURES):
        return True


def _streams(page: PageObject) -> Iterator[StreamObject]:
    """What the page draws: its own streams, then the forms it may place."""
    from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

    contents = page.get("/Contents")
    held = contents.get_object() if contents is not None else None
    for part in held if isinstance(held, ArrayObject) else (held,):
        stream = part.get_object() if part is not None else None
        if isinstance(stream, StreamObject):
            yield stream
    resources = page.get("/Resources")
    named = resources.get_object().get("/XObject") if resources is not None else None
    forms = named.get_object() if named is not None else None
    for part in list(forms.values())[:_MOST_FORMS] if isinstance(forms, DictionaryObject) else ():
        form = part.get_object()
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            yield form
