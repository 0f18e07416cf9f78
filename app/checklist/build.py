"""Readings to a checklist."""

from __future__ import annotations

from collections.abc import Sequence

from app.checklist.identity import Identities
from app.checklist.merging import Entry, merge
from app.checklist.tender import choose
from app.core.checklist import Checklist, ChecklistItem, DocumentSummary
from app.core.document import DocumentKind, Finding, document_id
from app.core.points import Point, Reading

__all__ = ["build"]

_KINDS = {
    "pdf": DocumentKind.PDF,
    "docx": DocumentKind.DOCX,
    "docm": DocumentKind.DOCX,
    "xlsx": DocumentKind.XLSX,
    "xlsm": DocumentKind.XLSX,
    "txt": DocumentKind.TEXT,
    "md": DocumentKind.TEXT,
}


def build(readings: Sequence[Reading], failures: Sequence[Finding]) -> Checklist:
    """The checklist of a package. `readings` stand in the order of the package, each one's points in the order of the text."""
    entries = merge([Entry(reading.document.name, point) for reading in readings for point in reading.points])
    identities = Identities()
    items = tuple(
        _item(identities.give(entry.document, entry.point.source.quote, entry.point.headings), entry.point) for entry in entries
    )
    tender = choose([fact for reading in readings for fact in reading.facts])
    return Checklist(tender, _documents(readings, failures), items)


def _item(identity: str, point: Point) -> ChecklistItem:
    return ChecklistItem(
        id=identity,
        kind=point.kind,
        must=point.must,
        text=point.text,
        source=point.source,
        number=point.number,
        headings=point.headings,
        lot=point.lot,
        when=point.when,
        answer=point.answer,
        also=point.also,
        cues=point.cues,
    )


def _documents(readings: Sequence[Reading], failures: Sequence[Finding]) -> tuple[DocumentSummary, ...]:
    """What was read, then what could not be; a finding about a document that was read is one of its warnings."""
    failed: dict[str, Finding] = {}
    extra: dict[str, list[Finding]] = {}
    read = {reading.document.name for reading in readings}
    for finding in failures:
        if finding.file in read:
            extra.setdefault(finding.file, []).append(finding)
        else:
            failed.setdefault(finding.file, finding)
    found: list[DocumentSummary] = []
    for reading in readings:
        document = reading.document
        found.append(
            DocumentSummary(
                id=document.id,
                name=document.name,
                kind=document.kind,
                sha256=document.sha256,
                pages=document.pages,
                unreadable_pages=document.unreadable_pages,
                warnings=(*document.warnings, *extra.pop(document.name, ())),
                lines=reading.lines,
                unassigned=reading.unassigned,
            )
        )
    for name, finding in failed.items():
        kind = _KINDS.get(name.rpartition(".")[2].lower(), DocumentKind.OTHER)
        found.append(DocumentSummary(id=document_id(name), name=name, kind=kind, sha256="", error=finding))
    return tuple(found)
