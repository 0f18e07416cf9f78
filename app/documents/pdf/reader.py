"""Reads a PDF: page by page out of PDFium, then furniture, layout and headings over the whole document."""

from __future__ import annotations

from collections.abc import Callable

from app.core.document import Document, DocumentKind, Finding
from app.core.errors import AnbudsklarError, CorruptFileError, LimitError
from app.documents.pdf.blocks import mark_headings
from app.documents.pdf.contents import hidden_pages
from app.documents.pdf.drawing import PageDrawing
from app.documents.pdf.findings import document_findings, metadata
from app.documents.pdf.forms import PageForms
from app.documents.pdf.furniture import mark_furniture
from app.documents.pdf.grids import uprights
from app.documents.pdf.halves import Copy, is_worth_it
from app.documents.pdf.joins import join_pages, mark_header_rows
from app.documents.pdf.library import OpenPdf, Views, open_pdf
from app.documents.pdf.pages import Sheaf, lay_out
from app.documents.pdf.shapes import Drawing, PageContent
from app.documents.pdf.textlines import TextPage
from app.documents.reader import ReadRequest


def read_pdf(request: ReadRequest) -> Document:
    """The document. Raises only errors of the tree."""
    try:
        return _read(request)
    except (ArithmeticError, LookupError, ValueError, RecursionError) as error:
        # Coordinates that are no numbers and the like: what a damaged file can put in front of the layout.
        raise CorruptFileError(request.name) from error


def is_long_pdf(request: ReadRequest, pages: int) -> bool:
    """Whether it has more than so many pages. A file that cannot be opened is not long: reading it tells why."""
    try:
        with open_pdf(request) as opened:
            return opened.pages > pages
    except AnbudsklarError:
        return False


def _read(request: ReadRequest) -> Document:
    with open_pdf(request) as opened:
        pages = _contents(request, opened)
        launches = any(page.annotations.launches for page in pages if page.annotations is not None)
        findings = document_findings(request, opened, launches)
        facts = metadata(opened)
        hidden = hidden_pages(request, opened.password, [page.number for page in pages if _is_blank(page)])
    furniture = mark_furniture(pages)
    sheaf = Sheaf()
    sizes = tuple((round(page.width, 1), round(page.height, 1)) for page in pages)
    unreadable = tuple(page.number for page in pages if _is_unreadable(page) or page.number in hidden)
    for page, runs in zip(pages, furniture, strict=True):
        lay_out(page, runs, sheaf)
        page.runs, page.drawing = [], Drawing()
    drafts = join_pages(sheaf.drafts, sheaf.continued)
    mark_header_rows(drafts)
    mark_headings(drafts)
    return Document(
        request.name,
        DocumentKind.PDF,
        request.digest(),
        blocks=tuple(draft.block() for draft in drafts),
        pages=len(pages),
        page_sizes=sizes,
        unreadable_pages=unreadable,
        warnings=tuple(_unreadable_findings(request.name, unreadable) + findings),
        regions=tuple(sheaf.regions),
        pictures=tuple(sheaf.pictures),
        metadata=facts,
    )


def _contents(request: ReadRequest, opened: OpenPdf) -> list[PageContent]:
    """All pages wanted. Raises LimitError, CorruptFileError."""
    last = min(opened.pages, request.last_page or opened.pages)
    if is_worth_it(request, last):
        pages = _by_two(request, opened, last)
    else:
        pages = _pages(request, opened, 0, last, lambda done: request.report(done, opened.pages))
    if all(page.broken for page in pages):
        raise CorruptFileError(request.name)
    return pages


def _by_two(request: ReadRequest, opened: OpenPdf, last: int) -> list[PageContent]:
    middle = (last + 1) // 2

    def second() -> list[PageContent]:
        with open_pdf(request) as again:
            return _pages(request, again, middle, last, _quiet)

    copy = Copy(second, request.limits.memory_bytes // 2)
    try:
        pages = _pages(request, opened, 0, middle, lambda done: request.report(min(2 * done, last), opened.pages))
        rest = copy.pages()
    finally:
        copy.close()
    if rest is None or len(rest) != last - middle:
        rest = _pages(request, opened, middle, last, _quiet, _characters(pages))
    _check_size(request, pages + rest)
    return pages + rest


def _pages(
    request: ReadRequest, opened: OpenPdf, first: int, last: int, report: Callable[[int], None], characters: int = 0
) -> list[PageContent]:
    """Some of the pages, after others with so many characters. `report` is told after each how many there are."""
    texts, drawings, views, forms = TextPage(), PageDrawing(), Views(), PageForms(opened.form())
    pages: list[PageContent] = []
    for index in range(first, last):
        with opened.page(index) as page:
            if page is None:
                pages.append(PageContent(index + 1, 595.3, 841.9, [], Drawing(), broken=True))
                continue
            view = views.view(page)
            drawing = drawings.drawing(page, view, index + 1)
            runs = texts.runs(page, view, uprights(drawing))
            characters += sum(len(run.text) for run in runs)
            if characters > request.limits.characters:
                raise LimitError(request.name, code="limit.size", page=index + 1, limit=request.limits.characters)
            pages.append(PageContent(index + 1, *view.size, runs, drawing, forms.annotations(page, view, index + 1)))
        report(len(pages))
    return pages


def _check_size(request: ReadRequest, pages: list[PageContent]) -> None:
    characters = 0
    for page in pages:
        characters += sum(len(run.text) for run in page.runs)
        if characters > request.limits.characters:
            raise LimitError(request.name, code="limit.size", page=page.number, limit=request.limits.characters)


def _characters(pages: list[PageContent]) -> int:
    return sum(len(run.text) for page in pages for run in page.runs)


def _quiet(done: int) -> None:
    """Told to nobody."""


def _is_unreadable(page: PageContent) -> bool:
    """No text although something is shown: a scan, or text drawn as curves. An empty page is not unreadable."""
    return page.broken or (
        not page.runs and (page.drawing.picture_area > 0.02 * page.width * page.height or page.drawing.strokes > 12)
    )


def _is_blank(page: PageContent) -> bool:
    return not (page.runs or _is_unreadable(page))


def _unreadable_findings(name: str, pages: tuple[int, ...]) -> list[Finding]:
    """One finding per run of pages."""
    found: list[Finding] = []
    start = 0
    for index, page in enumerate(pages):
        if index + 1 == len(pages) or pages[index + 1] != page + 1:
            values = (("first", str(pages[start])), ("last", str(page)))
            found.append(Finding("page.unreadable", name, pages[start], values))
            start = index + 1
    return found
