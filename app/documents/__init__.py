"""Bytes to Document: one reader per format behind one protocol. Judges nothing, writes nothing, follows no link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from app.core.document import Document, DocumentKind, Finding
from app.core.errors import AnbudsklarError, CorruptFileError, LimitError, PasswordNeededError, UnsupportedFormatError
from app.documents.formats import Format, detect, wrong_extension
from app.documents.reader import ReadRequest

__all__ = ["read"]

# What the user can do with a file that nobody reads here. Codes, worded by the front.
_REMEDIES: dict[Format, str] = {
    Format.ZIP: "unpack",
    Format.SEVEN_ZIP: "unpack",
    Format.RAR: "unpack",
    Format.ARCHIVE: "unpack",
    Format.HTML: "save_as_pdf",
    Format.PRESENTATION: "save_as_pdf",
    Format.MAIL: "save_as_pdf",
    Format.DRAWING: "save_as_pdf",
    Format.XLSB: "save_as_xlsx",
    Format.UNKNOWN: "check_by_hand",
}


def read(request: ReadRequest) -> Document:
    """The document, whatever its format. Raises only errors of the tree in `core.errors`.

    A reader is trusted to read, not to be free of faults: anything else that it lets through says that the file
    is not what its format promises, and becomes a CorruptFileError (a LimitError when memory or depth ran out).
    """
    try:
        kind = detect(request)
        document = _reader(request, kind)(request)
    except AnbudsklarError:
        raise
    except MemoryError as error:
        raise LimitError(request.name, code="limit.memory") from error
    except RecursionError as error:
        raise LimitError(request.name, code="limit.depth") from error
    except Exception as error:
        raise CorruptFileError(request.name, cause=type(error).__name__) from error
    warning = wrong_extension(request, kind)
    return replace(document, warnings=(warning, *document.warnings)) if warning else document


def _reader(request: ReadRequest, kind: Format) -> Callable[[ReadRequest], Document]:
    """The reader of a format, loaded when first needed."""
    if kind is Format.PDF:
        from app.documents.pdf import read_pdf

        return read_pdf
    if kind is Format.DOCX:
        from app.documents.docx import read_docx

        return read_docx
    if kind is Format.XLSX:
        from app.documents.xlsx import read_xlsx

        return read_xlsx
    if kind is Format.CSV:
        from app.documents.xlsx.separated import read_separated

        return read_separated
    if kind is Format.TEXT:
        from app.documents.text import read_text

        return read_text
    if kind in (Format.DOC, Format.XLS, Format.ODT, Format.ODS, Format.RTF):
        from app.documents.legacy import read_legacy

        return read_legacy
    if kind is Format.IMAGE:
        return _read_image
    if kind is Format.ENCRYPTED:
        raise PasswordNeededError(request.name, remedy="remove_password")
    raise UnsupportedFormatError(request.name, format=kind, remedy=_REMEDIES.get(kind, "check_by_hand"))


def _read_image(request: ReadRequest) -> Document:
    """A picture is a page without text: listed, so that somebody looks at it."""
    warning = Finding("page.no_text", request.name, 1, (("format", str(Format.IMAGE)),))
    return Document(request.name, DocumentKind.OTHER, request.digest(), pages=1, unreadable_pages=(1,), warnings=(warning,))
