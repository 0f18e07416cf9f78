"""The checklist for other programs: `resources/schemas/checklist.schema.json`, version 1.

The same checklist gives the same bytes, so that two runs can be compared. Beside what the schema asks for it holds the lines
that no rule took (`documents[].unassigned`) and where the tender's facts stand (`tender.facts`). A list that is being worked on
also has what the bidder has made of it (`items[].work`) and how many items of the tender are not in it (`left_out`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from math import isfinite
from typing import Any, BinaryIO

import msgspec

from app import __version__
from app.core.checklist import Checklist, ChecklistItem, DocumentSummary, Tender
from app.core.document import Box, Finding, Place
from app.core.points import Source
from app.export.target import writing
from app.export.work import NO_WORK, Work, file_name

__all__ = ["FORMAT", "as_data", "write_json"]

FORMAT = "anbudsklar/checklist-1"

Describe = Callable[[Finding], str]


def write_json(checklist: Checklist, target: BinaryIO, language: str, describe: Describe, work: Work = NO_WORK) -> None:
    """Write UTF-8, two spaces of indentation, one newline at the end. `language` is that of `describe`. Raises OutputError."""
    del language  # only the messages are in a language, and `describe` knows it
    with writing("json"):
        target.write(_encoded(as_data(checklist, describe, work)))
        target.write(b"\n")


def as_data(checklist: Checklist, describe: Describe, work: Work = NO_WORK) -> dict[str, Any]:
    """The checklist as the schema describes it."""
    return {
        "format": FORMAT,
        "generated_by": f"anbudsklar {__version__}",
        "tender": _tender(checklist.tender),
        "documents": [_document(document, describe) for document in checklist.documents],
        "items": [_item(item) | _work(item, work) for item in checklist.items] if work.items else [*map(_item, checklist.items)],
        **({"left_out": work.left_out} if work.items else {}),
    }


def _encoded(data: dict[str, Any]) -> bytes:
    try:
        compact = msgspec.json.encode(data)
    except UnicodeEncodeError:
        # Half a surrogate pair, as a file name may hold: it has no bytes of its own.
        compact = json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")
    return msgspec.json.format(compact, indent=2)


def _tender(tender: Tender) -> dict[str, Any]:
    return {
        "name": tender.name,
        "buyer": tender.buyer,
        "reference": tender.reference,
        "tender_deadline": tender.tender_deadline,
        "question_deadline": tender.question_deadline,
        "valid_until": tender.valid_until,
        "lots": list(tender.lots),
        "facts": [{"name": fact.name, "value": fact.value, "source": _source(fact.source)} for fact in tender.facts],
    }


def _document(document: DocumentSummary, describe: Describe) -> dict[str, Any]:
    findings = (*((document.error,) if document.error else ()), *document.warnings)
    lines = document.lines
    return {
        "id": document.id,
        "name": document.name,
        "kind": document.kind.value,
        "sha256": document.sha256,
        "pages": document.pages,
        "unreadable_pages": list(document.unreadable_pages),
        "read": document.error is None,
        "warnings": [_finding(finding, describe) for finding in findings],
        "lines": {
            "total": lines.total,
            "items": lines.items,
            "context": lines.context,
            "furniture": lines.furniture,
            "unassigned": lines.unassigned,
        },
        "unassigned": [{"text": line.text, **_place(line.place)} for line in document.unassigned],
    }


def _finding(finding: Finding, describe: Describe) -> dict[str, Any]:
    return {
        "code": finding.code,
        "message": describe(finding),
        **({"page": finding.page} if finding.page is not None else {}),
    }


def _item(item: ChecklistItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind.value,
        "must": item.must,
        "text": item.text,
        "number": item.number,
        "headings": list(item.headings),
        "lot": item.lot,
        "when": item.when,
        "answer": {
            "type": item.answer.type.value,
            "required": item.answer.required,
            "options": list(item.answer.options),
            "limit": item.answer.limit,
        },
        "source": _source(item.source),
        "also": [_source(source) for source in item.also],
        "cues": list(item.cues),
    }


def _work(item: ChecklistItem, work: Work) -> dict[str, Any]:
    """What was made of an item, or nothing. Files by their names: their folders say nothing to another machine."""
    made = work.of(item)
    if made is None:
        return {}
    files = [{"name": file_name(link.path), "sha256": link.sha256, "size": link.size} for link in work.files_of(item)]
    return {
        "work": {
            "state": made.state.value,
            "reviewed": made.reviewed,
            "reason": made.reason,
            "answer": made.answer,
            "owner": made.owner,
            "due": made.due,
            "note": made.note,
            "changed": made.changed,
            "withdrawn": made.withdrawn,
            "files": files,
        }
    }


def _source(source: Source) -> dict[str, Any]:
    return {"document": source.document, **_place(source.place), "quote": source.quote}


def _place(place: Place) -> dict[str, Any]:
    return {
        "page": place.page,
        "bbox": _box(place.box),
        **({"paragraph": place.paragraph} if place.paragraph is not None else {}),
        "sheet": place.sheet,
        "cell": place.cell,
    }


def _box(box: Box | None) -> list[float] | None:
    """Tenths of a point: finer than that differs between machines. JSON has no word for what is not a number."""
    if box is None or not all(map(isfinite, box)):
        return None
    return [round(value, 1) + 0.0 for value in box]  # + 0.0: never "-0.0"
