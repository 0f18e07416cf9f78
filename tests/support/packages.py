"""Items, sources and plans for tests of the package."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.document import AnswerType, DocumentKind, document_id
from app.core.packaging import EntryRole, PackageSource, PortalProfile
from app.core.points import Answer, PointKind, Source

MAIN = "Upphandlingsdokument.pdf"
OPEN = PortalProfile("open", "Öppen portal")
"""A portal without limits."""


def item(
    name: str,
    text: str = "",
    kind: PointKind = PointKind.ATTACHMENT,
    *,
    number: str | None = None,
    must: bool = True,
    document: str = MAIN,
    answer: AnswerType | None = None,
) -> ChecklistItem:
    """An item with this id."""
    kinds = {PointKind.ATTACHMENT: AnswerType.FILE, PointKind.QUESTION: AnswerType.TEXT}
    said = Answer(answer or kinds.get(kind, AnswerType.NONE))
    source = Source(document_id(document), text or name)
    return ChecklistItem(name, kind, must, text or name, source, number, ("2.8 Anbudets innehåll",), answer=said)


def question(name: str, text: str = "", *, number: str | None = None, must: bool = True, document: str = MAIN) -> ChecklistItem:
    """A question to be answered in words."""
    return item(name, text, PointKind.QUESTION, number=number, must=must, document=document)


def document(name: str = MAIN) -> DocumentSummary:
    """A document of the procurement."""
    return DocumentSummary(document_id(name), name, DocumentKind.PDF, "0" * 64)


def source(
    name: str,
    content: bytes = b"x",
    role: EntryRole = EntryRole.ATTACHMENT,
    items: Sequence[str] = (),
    *,
    size: int | None = None,
    form_of: str | None = None,
    prescribed: str | None = None,
    linked: str | None = None,
) -> PackageSource:
    """A file of the bid folder, of this content."""
    return PackageSource(
        f"/anbud/{name}",
        name,
        len(content) if size is None else size,
        sha256(content).hexdigest(),
        role,
        tuple(items),
        document_id(form_of) if form_of else None,
        prescribed,
        linked,
    )
