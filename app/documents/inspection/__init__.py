"""Bytes to facts: what a file of the bid holds beside its text. In the child process, like the readers; judges nothing."""

from __future__ import annotations

from dataclasses import replace

from app.core.document import Document
from app.core.errors import AnbudsklarError, PasswordNeededError, WrongPasswordError
from app.core.inspection import FileFacts
from app.documents import read
from app.documents.formats import Format, detect
from app.documents.inspection.blocks import block_facts, hidden_text, text_sizes
from app.documents.reader import ReadRequest

__all__ = ["inspect"]


def inspect(request: ReadRequest) -> tuple[FileFacts, Document | None]:
    """The facts, and the document as read. A file that cannot be opened is facts with an error, never an exception of the
    tree."""
    facts = FileFacts(request.name)
    try:
        data = request.bytes()
        facts = replace(facts, size=len(data), sha256=request.digest())
        kind = detect(request)
        facts = replace(facts, format=str(kind))
        document = read(request)
    except (PasswordNeededError, WrongPasswordError) as error:
        return replace(facts, error=error.finding(), encrypted=True), None
    except AnbudsklarError as error:
        return replace(facts, error=error.finding()), None
    facts = replace(
        facts,
        pages=document.pages,
        unreadable_pages=document.unreadable_pages,
        macros=any(warning.code in ("file.macros", "pdf.active_content") for warning in document.warnings),
        blocks=block_facts(document),
        sizes=text_sizes(document),
        hidden=hidden_text(document),
    )
    return _more(request, kind, facts, document), document


def _more(request: ReadRequest, kind: Format, facts: FileFacts, document: Document) -> FileFacts:
    """What only the format itself tells."""
    if kind is Format.PDF:
        from app.documents.inspection.pdf import inspect_pdf

        return inspect_pdf(request, facts, document)
    if kind is Format.DOCX:
        from app.documents.inspection.docx import inspect_docx

        return inspect_docx(request, facts, document)
    if kind is Format.XLSX:
        from app.documents.inspection.xlsx import inspect_xlsx

        return inspect_xlsx(request, facts)
    return facts
