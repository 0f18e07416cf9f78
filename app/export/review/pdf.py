"""The report as a PDF to print and sign off."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, BinaryIO

from app.export.plain import one_line
from app.export.review.content import Report, Row, report_words
from app.export.target import writing
from app.export.typesetting import fitting, set_pdf

__all__ = ["as_pdf", "write_pdf"]

_NAME, _ANSWERS = 34, 18
"""Characters that surely fit in a column of the list of files."""


def write_pdf(report: Report, target: BinaryIO) -> None:
    """Write the PDF. Raises OutputError."""
    content = as_pdf(report)
    with writing("pdf"):
        target.write(content)


def as_pdf(report: Report) -> bytes:
    """The PDF. Raises OutputError (review.not_set)."""
    noon = datetime.fromisoformat(f"{report.day}T12:00:00").replace(tzinfo=UTC)
    return set_pdf("review.typ", _data(report), int(noon.timestamp()), "review.not_set")


def _data(report: Report) -> dict[str, Any]:
    words = report_words(report.language)
    tender = dict(report.facts).get(words["tender"], "")
    return {
        "lang": report.language,
        "title": report.title,
        "verdict": report.verdict,
        "ready": report.ready,
        "facts": [[name, fitting(one_line(value))] for name, value in report.facts],
        "sections": [
            {"heading": heading, "empty": empty, "rows": [_row(row) for row in rows]} for heading, empty, rows in report.sections
        ],
        "question": words["question"],
        "files_heading": words["files"],
        "columns": [words[key] for key in ("file", "answers", "size", "sha256")],
        "files": [
            [fitting(one_line(file.name), _NAME), fitting(file.answers, _ANSWERS), file.size, fitting(file.sha256, 32)]
            for file in report.files
        ],
        "passed_heading": words["passed"],
        "passed": list(report.passed),
        "place_day": words["place_day"],
        "signature": words["signature"],
        "page_of": words["page_of"],
        "footer": one_line(" · ".join(part for part in (report.title, tender, report.made) if part)),
    }


def _row(row: Row) -> dict[str, str]:
    return {
        "title": fitting(one_line(row.title)),
        "detail": fitting(one_line(row.detail)),
        "remedy": fitting(one_line(row.remedy)),
        "question": fitting(one_line(row.question)),
        "decision": fitting(one_line(row.decision)),
    }
