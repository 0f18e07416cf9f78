"""What a PDF holds that the user must know about: embedded files, scripts, launch actions, metadata."""

from __future__ import annotations

from ctypes import POINTER, cast, create_string_buffer

import pypdfium2.raw as pdfium

from app.core.document import Finding
from app.documents.pdf.embedded import attachment_name
from app.documents.pdf.library import OpenPdf
from app.documents.reader import ReadRequest

_MARKS = (b"/JavaScript", b"/Launch")
_KEYS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
_MOST_NAMED = 20


def document_findings(request: ReadRequest, opened: OpenPdf, launches: bool) -> list[Finding]:
    """Embedded files by name, and content that would act when the file is opened elsewhere (it never does here)."""
    found: list[Finding] = []
    count = pdfium.FPDFDoc_GetAttachmentCount(opened.handle)
    if count > 0:
        names = []
        for index in range(min(count, _MOST_NAMED)):
            attachment = pdfium.FPDFDoc_GetAttachment(opened.handle, index)
            if attachment:
                names.append(attachment_name(attachment, index))
        found.append(Finding("pdf.embedded", request.name, None, (("count", str(count)), ("names", ", ".join(names)))))
    if launches or pdfium.FPDFDoc_GetJavaScriptActionCount(opened.handle) > 0 or _mentions_actions(request):
        found.append(Finding("pdf.active_content", request.name))
    return found


def _mentions_actions(request: ReadRequest) -> bool:
    """Whether the bytes name a script or launch action outside compressed objects."""
    with request.open() as stream:
        tail = b""
        while piece := stream.read(1 << 20):
            text = tail + piece
            if any(mark in text for mark in _MARKS):
                return True
            tail = text[-16:]
    return False


def metadata(opened: OpenPdf) -> tuple[tuple[str, str], ...]:
    """Title, author and the like, as far as they are set."""
    found = []
    for key in _KEYS:
        size = min(pdfium.FPDF_GetMetaText(opened.handle, key.encode("ascii"), None, 0), 1 << 14)
        if size <= 2:
            continue
        buffer = create_string_buffer(size)
        pdfium.FPDF_GetMetaText(opened.handle, key.encode("ascii"), cast(buffer, POINTER(pdfium.FPDF_WCHAR)), size)
        value = buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()
        if value:
            found.append((key, value))
    return tuple(found)
