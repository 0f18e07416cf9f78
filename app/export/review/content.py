"""What the completeness report says, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["FileRow", "Report", "Row", "report_words"]


@dataclass(frozen=True, slots=True)
class Row:
    """A finding: what is wrong, where, what to do, the question to the buyer, and what was decided (empty: nothing)."""

    title: str
    detail: str
    remedy: str
    question: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the bid: what it is called, what it answers, its size and checksum."""

    name: str
    answers: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """The report. `verdict` is its one sentence, `facts` name tender, buyer, deadline and so on, `sections` have a heading, what
    it says when it is empty, and rows; `passed` the names of the rules that found nothing."""

    language: str
    title: str
    verdict: str
    ready: bool
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str, tuple[Row, ...]], ...]
    passed: tuple[str, ...]
    files: tuple[FileRow, ...]
    made: str
    day: str


@cache
def report_words(language: str) -> Mapping[str, Any]:
    """The words of the report itself."""
    return read_table(resource("templates", f"review.{language}.toml"))
