"""The checklist of one procurement: tender facts, documents read, items. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.document import AnswerType, DocumentKind, Finding
from app.core.points import Answer, Fact, LineCounts, PointKind, Source, UnassignedLine


@dataclass(frozen=True, slots=True)
class Tender:
    """What the documents say of the procurement itself. Dates and times are local, ISO 8601. `facts` are the sources."""

    name: str | None = None
    buyer: str | None = None
    reference: str | None = None
    tender_deadline: str | None = None
    question_deadline: str | None = None
    valid_until: str | None = None
    lots: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document of the package as the checklist lists it. `error` is set when it could not be read at all."""

    id: str
    name: str
    kind: DocumentKind
    sha256: str
    pages: int | None = None
    unreadable_pages: tuple[int, ...] = ()
    warnings: tuple[Finding, ...] = ()
    lines: LineCounts = field(default_factory=LineCounts)
    unassigned: tuple[UnassignedLine, ...] = ()
    error: Finding | None = None


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A point on the list with an identity that survives new versions of its document."""

    id: str
    kind: PointKind
    must: bool
    text: str
    source: Source
    number: str | None = None
    headings: tuple[str, ...] = ()
    lot: str | None = None
    when: str | None = None
    answer: Answer = field(default_factory=lambda: Answer(AnswerType.NONE))
    also: tuple[Source, ...] = ()
    cues: tuple[str, ...] = ()

    @property
    def text_after_number(self) -> str:
        """The text for where the number stands before it: without the number, if that is how the text begins."""
        rest = self.text.removeprefix(self.number or "")
        words = rest.lstrip(" .):\t")
        begins = rest not in (self.text, words) and not words[:1].isdigit()
        return words if begins else self.text


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything that a package asks for, and what was read to know it."""

    tender: Tender
    documents: tuple[DocumentSummary, ...]
    items: tuple[ChecklistItem, ...]
