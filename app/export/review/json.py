"""The review for other programs: `resources/schemas/review.schema.json`, version 1. The same review gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO

from app import __version__
from app.core.checklist import Tender
from app.core.document import Finding
from app.core.inspection import FileFacts
from app.core.review import Review, ReviewFinding
from app.core.review_words import worded
from app.export.target import writing

__all__ = ["FORMAT", "as_data", "write_json"]

FORMAT = "anbudsklar/review-1"


def write_json(
    review: Review,
    target: BinaryIO,
    language: str,
    tender: Tender,
    files: Iterable[FileFacts],
    answers: Mapping[str, tuple[str, ...]],
    left_out: Iterable[Finding],
    describe: Callable[[Finding], str],
) -> None:
    """Write UTF-8, two spaces of indentation. `answers` are the ids of what each file answers, by its path. Raises
    OutputError."""
    data = as_data(review, language, tender, files, answers, left_out, describe)
    with writing("json"):
        target.write(json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2).encode("utf-8", "replace"))
        target.write(b"\n")


def as_data(
    review: Review,
    language: str,
    tender: Tender,
    files: Iterable[FileFacts],
    answers: Mapping[str, tuple[str, ...]],
    left_out: Iterable[Finding],
    describe: Callable[[Finding], str],
) -> dict[str, Any]:
    """The review as the schema describes it."""
    return {
        "format": FORMAT,
        "generated_by": f"anbudsklar {__version__}",
        "language": language,
        "tender": {
            "name": tender.name,
            "buyer": tender.buyer,
            "reference": tender.reference,
            "deadline": review.tender_deadline,
        },
        "ready": review.ready,
        "obstacles": review.obstacles,
        "warnings": review.warnings,
        "findings": [_finding(finding, language) for finding in review.findings],
        "passed": list(review.passed),
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256 or None,
                "format": file.format,
                "pages": file.pages,
                "answers": list(answers.get(file.path, ())),
            }
            for file in files
        ],
        "left_out": [{"file": one.file, "code": one.code, "message": describe(one)} for one in left_out],
    }


def _finding(finding: ReviewFinding, language: str) -> dict[str, Any]:
    words, place = worded(finding, language), finding.cause.place
    found: dict[str, Any] = {
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.cause.file,
        "document": finding.cause.document,
        "place": {
            key: value
            for key, value in (
                ("page", place.page),
                ("paragraph", place.paragraph),
                ("sheet", place.sheet),
                ("cell", place.cell),
            )
            if value is not None
        },
        "items": list(finding.cause.items),
        "message": words.title,
        "detail": words.detail,
        "remedy": words.remedy,
    }
    if words.question:
        found["question"] = words.question
    if finding.override is not None:
        found["override"] = {"reason": finding.override.reason, "at": finding.override.at, "by": finding.override.by}
    return found
