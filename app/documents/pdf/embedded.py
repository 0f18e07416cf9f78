"""Files inside a PDF: named, bounded, never written to disk."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import create_string_buffer
from typing import BinaryIO

import pypdfium2.raw as pdfium

from app.core.errors import CorruptFileError, LimitError
from app.documents.pdf.library import open_pdf
from app.documents.reader import ReadRequest


def embedded_files(request: ReadRequest) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file embedded in the document.

    Unpacked by pypdf, which stops at a bound while it unpacks; PDFium would tell the size only after it has unpacked everything.
    """
    limits = request.limits
    with open_pdf(request) as opened:
        count = pdfium.FPDFDoc_GetAttachmentCount(opened.handle)
        password = opened.password
    if count > limits.package_files:
        raise LimitError(request.name, code="limit.count", limit=limits.package_files, count=count)
    if count < 1:
        return
    total = 0
    with request.open() as stream:
        for index, (name, data) in enumerate(_unpacked(request, stream, password)):
            total += len(data)
            if total > limits.unpacked_bytes or index > limits.package_files:
                raise LimitError(request.name, code="limit.unpacked", limit=limits.unpacked_bytes)
            yield name or f"{index + 1}", data


def _unpacked(request: ReadRequest, stream: BinaryIO, password: str | None) -> Iterator[tuple[str, bytes]]:
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        reader = PdfReader(stream, password=password)
        for embedded in reader.attachment_list:
            yield embedded.name, embedded.content
    except LimitReachedError as error:
        raise LimitError(request.name, code="limit.unpacked", limit=request.limits.unpacked_bytes) from error
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
        raise CorruptFileError(request.name) from error


def attachment_name(attachment: object, index: int) -> str:
    """What the document calls an embedded file."""
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    buffer = create_string_buffer(max(2, min(size, 4096)))
    pdfium.FPDFAttachment_GetName(attachment, pdfium.cast(buffer, pdfium.POINTER(pdfium.FPDF_WCHAR)), len(buffer))
    name = buffer.raw.decode("utf-16-le", "replace").split("\x00")[0]
    return name or f"{index + 1}"
