"""One document opened to be looked at: its pages drawn, its words pointed at, or its blocks told. Runs in a child process."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from app.core.document import Box, Document, DocumentKind, Finding
from app.core.errors import NotFoundError, PasswordNeededError
from app.core.locks import is_locked
from app.documents.formats import Format, detect
from app.documents.package import leaves
from app.documents.reader import ReadRequest

if TYPE_CHECKING:
    from app.documents.pdf.library import OpenPdf
    from app.documents.pdf.words import PageWord

__all__ = ["OpenPages", "PageFile", "PageHit", "opened"]

_KINDS = {
    Format.PDF: DocumentKind.PDF,
    Format.DOCX: DocumentKind.DOCX,
    Format.DOC: DocumentKind.DOCX,
    Format.ODT: DocumentKind.DOCX,
    Format.RTF: DocumentKind.DOCX,
    Format.XLSX: DocumentKind.XLSX,
    Format.XLS: DocumentKind.XLSX,
    Format.ODS: DocumentKind.XLSX,
    Format.CSV: DocumentKind.XLSX,
    Format.TEXT: DocumentKind.TEXT,
}
_MOST_HITS = 1000
_AROUND = 5
"""Words shown before and after a hit."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """What was opened. `sizes` are width and height of every page as shown, in points; none where there are no pages."""

    kind: DocumentKind
    sizes: tuple[tuple[float, float], ...] = ()


class PageHit(NamedTuple):
    """A place where the words looked for stand, with some words around them."""

    page: int
    boxes: tuple[Box, ...]
    before: str
    text: str
    after: str


def member_of(request: ReadRequest, member: str | None) -> ReadRequest:
    """The request itself, or that for a member inside it. Raises NotFoundError, or what keeps the member closed."""
    if member is None:
        return request
    wanted = f"{request.name}/{member}"
    for leaf in leaves(request):
        if isinstance(leaf, Finding):
            if leaf.file == wanted and is_locked(leaf):
                raise PasswordNeededError(wanted, code=leaf.code)
        elif leaf.name == wanted:
            return leaf
    raise NotFoundError(wanted)


def opened(request: ReadRequest, member: str | None) -> OpenPages:
    """Open a document, or the member of an archive. Raises errors of the tree."""
    return OpenPages(member_of(request, member))


class OpenPages:
    """An open document. Close it, or use it in a `with`."""

    def __init__(self, request: ReadRequest) -> None:
        self._request = request
        self._stack = ExitStack()
        self._pdf: OpenPdf | None = None
        self._words: dict[int, tuple[PageWord, ...]] = {}
        self._kind = _KINDS.get(detect(request), DocumentKind.OTHER)
        if self._kind is DocumentKind.PDF:
            from app.documents.pdf.library import open_pdf

            self._pdf = self._stack.enter_context(open_pdf(request))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the document."""
        self._stack.close()

    def file(self) -> PageFile:
        """What it is, and how large its pages are. A page that cannot be loaded is as large as A4."""
        if self._pdf is None:
            return PageFile(self._kind)
        from app.documents.pdf.picture import page_size

        sizes = [page_size(self._pdf, index + 1) for index in range(self._pdf.pages)]
        return PageFile(self._kind, tuple(sizes))

    def draw(self, page: int, cut: tuple[int, int, int, int, int, int], target: memoryview) -> None:
        """Draw a part of a page (see `documents.pdf.picture`). Raises NotFoundError for what has no such page."""
        from app.documents.pdf.picture import Cut, draw_page

        draw_page(self._paged(page), page, Cut(*cut), target, self._request.name)

    def words(self, page: int) -> tuple[PageWord, ...]:
        """The words of a page. Raises NotFoundError for what has no such page."""
        if page not in self._words:
            from app.documents.pdf.library import Views
            from app.documents.pdf.words import page_words

            with self._paged(page).page(page - 1) as loaded:
                self._words[page] = () if loaded is None else page_words(loaded, Views().view(loaded))
        return self._words[page]

    def quote(self, page: int, quote: str) -> tuple[tuple[int, Box], ...]:
        """Page and box of every line of a quote that begins on the page and may go on to the next; none when it is not there."""
        from app.documents.pdf.words import boxes_of, place_in

        last = self._paged(page).pages
        marked = [(number, word) for number in range(page, min(page + 1, last) + 1) for word in self.words(number)]
        found = place_in([word for _, word in marked], quote)
        boxes: list[tuple[int, Box]] = []
        for number in (page, page + 1):
            own = [marked[index][1] for index in found if marked[index][0] == number]
            boxes += [(number, box) for box in boxes_of(own)]
        return tuple(boxes)

    def find(self, text: str, first: int = 1, last: int | None = None) -> tuple[PageHit, ...]:
        """Where a text stands on the pages from `first` to `last`, whatever its case and wherever its lines end; at most a
        thousand places."""
        wanted = " ".join(text.casefold().split())
        hits: list[PageHit] = []
        if self._pdf is None or not wanted:
            return ()
        for page in range(max(1, first), min(self._pdf.pages, last or self._pdf.pages) + 1):
            hits += self._hits(page, wanted)
            if len(hits) >= _MOST_HITS:
                break
        return tuple(hits[:_MOST_HITS])

    def document(self) -> Document:
        """All blocks of the document. Raises errors of the tree."""
        from app.documents import read

        return read(self._request)

    def raw(self) -> bytes:
        """The document's own bytes: those of a member, without the archive around it."""
        return self._request.bytes()

    def _paged(self, page: int) -> OpenPdf:
        if self._pdf is None or not 1 <= page <= self._pdf.pages:
            raise NotFoundError(self._request.name, page=page)
        return self._pdf

    def _hits(self, page: int, wanted: str) -> list[PageHit]:
        from bisect import bisect_right

        from app.documents.pdf.words import boxes_of

        words = self.words(page)
        starts: list[int] = []
        parts: list[str] = []
        length = 0
        for word in words:
            starts.append(length)
            part = word.text.casefold() + ("" if word.joined else " ")
            parts.append(part)
            length += len(part)
        whole = "".join(parts)
        found: list[PageHit] = []
        at = whole.find(wanted)
        while at >= 0 and len(found) < _MOST_HITS:
            first = bisect_right(starts, at) - 1
            last = bisect_right(starts, at + len(wanted) - 1)
            before, after = words[max(0, first - _AROUND) : first], words[last : last + _AROUND]
            found.append(PageHit(page, boxes_of(words[first:last]), _text(before), _text(words[first:last]), _text(after)))
            at = whole.find(wanted, at + len(wanted))
        return found


def _text(words: tuple[PageWord, ...]) -> str:
    return "".join(word.text + ("" if word.joined else " ") for word in words).strip()
