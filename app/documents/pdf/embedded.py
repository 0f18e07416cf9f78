"""Files inside a PDF: named, bounded, never written to disk."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_ulong, create_string_buffer

import pypdfium2.raw as pdfium

from app.core.errors import LimitError
from app.documents.pdf.library import open_pdf
from app.documents.reader import ReadRequest


def embedded_files(request: ReadRequest) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file embedded in the document."""
    limits = request.limits
    with open_pdf(request) as opened:
        count = pdfium.FPDFDoc_GetAttachmentCount(opened.handle)
        if count > limits.package_files:
            raise LimitError(request.name, code="limit.count", limit=limits.package_files, count=count)
        total = 0
        for index in range(count):
            attachment = pdfium.FPDFDoc_GetAttachment(opened.handle, index)
            if not attachment:
                continue
            length = c_ulong()
            if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, byref(length)):
                continue
            total += length.value
            if total > limits.unpacked_bytes:
                raise LimitError(request.name, code="limit.unpacked", limit=limits.unpacked_bytes)
            buffer = create_string_buffer(max(1, length.value))
            pdfium.FPDFAttachment_GetFile(attachment, buffer, length.value, byref(length))
            yield attachment_name(attachment, index), buffer.raw[: length.value]


def attachment_name(attachment: object, index: int) -> str:
    """What the document calls an embedded file."""
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    buffer = create_string_buffer(max(2, min(size, 4096)))
    pdfium.FPDFAttachment_GetName(attachment, pdfium.cast(buffer, pdfium.POINTER(pdfium.FPDF_WCHAR)), len(buffer))
    name = buffer.raw.decode("utf-16-le", "replace").split("\x00")[0]
    return name or f"{index + 1}"
