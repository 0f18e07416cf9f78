"""PDFium opened, closed and asked, with its failures as errors of the tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref

import pypdfium2 as library
import pypdfium2.raw as pdfium

from app.core.errors import CorruptFileError, LimitError, PasswordNeededError, UnsupportedFormatError, WrongPasswordError
from app.documents.pdf.geometry import View
from app.documents.reader import ReadRequest


class OpenPdf:
    """An open document: the handle, how many pages it has, and the password that opened it."""

    def __init__(self, document: library.PdfDocument, pages: int, password: str | None) -> None:
        self.document = document
        self.handle = document.raw
        self.pages = pages
        self.password = password

    def form(self) -> object | None:
        """The form environment's handle, None when the document has no form."""
        if pdfium.FPDF_GetFormType(self.handle) == pdfium.FORMTYPE_NONE:
            return None
        self.document.init_forms()
        environment = self.document.formenv
        return environment.raw if environment is not None else None

    @contextmanager
    def page(self, index: int) -> Iterator[object | None]:
        """One page, closed afterwards; None where PDFium cannot load it."""
        page = pdfium.FPDF_LoadPage(self.handle, index)
        try:
            yield page or None
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)


@contextmanager
def open_pdf(request: ReadRequest) -> Iterator[OpenPdf]:
    """The document behind a request; passwords are tried in order after none at all."""
    source = request.path if request.data is None and request.path is not None else request.bytes()
    if request.data is None:
        request.head(1)
    document, password = _opened(request, source)
    try:
        pages = pdfium.FPDF_GetPageCount(document.raw)
        if pages > request.limits.pages:
            raise LimitError(request.name, code="limit.pages", limit=request.limits.pages, pages=pages)
        if pages < 1:
            raise CorruptFileError(request.name)
        yield OpenPdf(document, pages, password)
    finally:
        document.close()


def _opened(request: ReadRequest, source: object) -> tuple[library.PdfDocument, str | None]:
    locked = False
    for password in (None, *request.passwords):
        try:
            return library.PdfDocument(source, password=password), password
        except library.PdfiumError as error:
            code = getattr(error, "err_code", None)
            if code == pdfium.FPDF_ERR_PASSWORD:
                locked = True
                continue
            if code == pdfium.FPDF_ERR_SECURITY:
                raise UnsupportedFormatError(request.name) from None
            raise CorruptFileError(request.name) from None
        except (OSError, ValueError):
            raise CorruptFileError(request.name) from None
    if locked and request.passwords:
        raise WrongPasswordError(request.name)
    raise PasswordNeededError(request.name)


class Views:
    """How pages are shown, asked with one set of buffers."""

    def __init__(self) -> None:
        self._rect = pdfium.FS_RECTF()

    def view(self, page: object) -> View:
        """The visible rectangle and rotation of an open page."""
        turns = pdfium.FPDFPage_GetRotation(page) % 4
        if pdfium.FPDF_GetPageBoundingBox(page, byref(self._rect)):
            left, bottom, right, top = self._rect.left, self._rect.bottom, self._rect.right, self._rect.top
            if right > left and top > bottom:
                return View(left, bottom, right, top, turns)
        return View(0.0, 0.0, 612.0, 792.0, turns)
