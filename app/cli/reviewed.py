"""The review for reading: rows of obstacles, warnings and notes, each with what to do."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import BinaryIO

from app.cli.messages import say
from app.core.review import Review
from app.core.review_words import worded
from app.workflow.exports import Write

__all__ = ["lines", "show", "writing"]

_LOOKS = {"obstacle": "bold red", "warning": "yellow", "note": ""}


def show(review: Review, language: str) -> None:
    """Print it: a table in a terminal, lines with tabs when piped."""
    if not sys.stdout.isatty():
        for line in lines(review, language):
            print(line)
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    console.print(Text(_verdict(review, language), style="bold"))
    table = Table(box=box.SIMPLE, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for severity, title, detail, remedy, rule in _rows(review, language):
        said = Text(title, style="bold")
        said.append(f"\n{detail}", style="dim")
        table.add_row(Text(_severity(severity, language), style=_LOOKS[severity]), said, Text(f"{remedy} ({rule})"))
    console.print(table)


def lines(review: Review, language: str) -> Iterator[str]:
    """The verdict, then a line for each finding: severity, rule, what is wrong, where, what to do."""
    yield _verdict(review, language)
    for severity, title, detail, remedy, rule in _rows(review, language):
        yield "\t".join((_severity(severity, language), rule, title, detail, remedy))


def writing(review: Review, language: str) -> Write:
    """A function that writes the lines to a file."""

    def write(stream: BinaryIO) -> None:
        for line in lines(review, language):
            stream.write(f"{line}\n".encode("utf-8", "replace"))

    return write


def _verdict(review: Review, language: str) -> str:
    if review.obstacles:
        return say(language, "review_obstacles", count=review.obstacles, warnings=review.warnings)
    if review.warnings:
        return say(language, "review_warnings", count=review.warnings)
    return say(language, "review_green")


def _severity(severity: str, language: str) -> str:
    if severity == "obstacle":
        return say(language, "review_obstacle")
    return say(language, "review_warning") if severity == "warning" else say(language, "review_note")


def _rows(review: Review, language: str) -> Iterator[tuple[str, str, str, str, str]]:
    for finding in review.findings:
        words = worded(finding, language)
        remedy = f"{words.remedy} {words.question}".strip()
        yield finding.severity.value, words.title, words.detail, remedy, finding.rule
