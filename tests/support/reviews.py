"""Reviews of files that are built in the test: names to bytes, and what asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.core.checklist import ChecklistItem, Tender
from app.core.document import document_id
from app.core.inspection import FileFacts
from app.core.points import Fact, PointKind, Source
from app.core.review import Review
from app.core.work import FileLink, WorkItem
from app.documents.reader import ReadRequest
from app.workflow.inspecting import inspect_file
from app.workflow.reviewing import ReviewInputs, review_of

__all__ = ["DEADLINE", "NOW", "asked", "fact", "facts_of", "inputs_of", "review", "rules", "work"]

NOW = datetime(2027, 10, 11, 12)
DEADLINE = "2027-10-26T23:59"
UNDERLAG = "Upphandlingsdokument.pdf"
BUYER = "Vattenregistermyndigheten"


def asked(text: str, kind: PointKind = PointKind.ATTACHMENT, **more: Any) -> ChecklistItem:
    """Something the procurement asks for."""
    fields: dict[str, Any] = {"must": True, "source": Source(document_id(UNDERLAG), text), "number": "3.1"} | more
    return ChecklistItem(f"item-{document_id(text)}", kind, text=text, **fields)


def fact(name: str, value: str, document: str = UNDERLAG, weight: int = 80) -> Fact:
    """What the procurement says of itself."""
    return Fact(name, value, Source(document_id(document), value), weight)


def work(number: int, item: ChecklistItem, **more: Any) -> WorkItem:
    """The item as a line of the tender list."""
    return WorkItem(f"{number:032x}", "t", float(number), item, **more)


def facts_of(name: str, data: bytes) -> FileFacts:
    """The file, inspected as the child process does it."""
    return replace(inspect_file(ReadRequest(name, data=data)), path=f"/anbud/{name}")


def inputs_of(files: Mapping[str, bytes], items: Sequence[ChecklistItem] = (), **more: Any) -> ReviewInputs:
    """Files of which each answers each of the attachments; `originals` are the buyer's files by name."""
    found = tuple(facts_of(name, data) for name, data in files.items())
    works = tuple(work(number, item) for number, item in enumerate(items))
    links = tuple(
        FileLink(f"{one.key}{file.name}", "t", one.key, file.path, file.sha256, file.size)
        for one in works
        if one.item.kind is PointKind.ATTACHMENT
        for file in found
    )
    originals = tuple(facts_of(name, data) for name, data in more.pop("originals", {}).items())
    given: dict[str, Any] = {
        "now": NOW,
        "tender": Tender(buyer=BUYER, reference="VRM 2027/0417", tender_deadline=DEADLINE, valid_until="2028-03-31"),
        "items": works,
        "files": found,
        "links": links,
        "originals": originals,
        "own_output": frozenset() if items else frozenset(file.path for file in found),
        "answers_known": False,
    }
    return ReviewInputs(**(given | more))


def review(files: Mapping[str, bytes], items: Sequence[ChecklistItem] = (), **more: Any) -> Review:
    """The review of such a bid."""
    return review_of(inputs_of(files, items, **more))


def rules(files: Mapping[str, bytes], items: Sequence[ChecklistItem] = (), **more: Any) -> set[str]:
    """Ids of the rules that found something."""
    return {finding.rule for finding in review(files, items, **more).findings}
