"""What comes of `anbudsklar check`: the list of everything the documents ask for, and messages on standard error.

Knows nothing of how it was typed, nor the library that reads that.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from app.cli.messages import say
from app.cli.status import Order, Status

if TYPE_CHECKING:
    from app.cli.output import Write
    from app.core.checklist import Checklist, DocumentSummary
    from app.workers.runner import ProcessRunner

__all__ = ["BINARY", "FORMATS", "CheckOrder", "format_of"]

FORMATS = ("table", "json", "xlsx", "docx", "html")

BINARY = ("xlsx", "docx")
"""Formats that no terminal can show."""

_GAPS = {"file.embedded_unread", "sheet.rows_left_out", "sheet.unreadable"}


@dataclass(frozen=True, slots=True)
class CheckOrder(Order):
    """What the user wants listed. `output` is None for standard output."""

    paths: tuple[Path, ...]
    format: str
    output: Path | None
    only: tuple[str, ...]
    language: str
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def carry_out(self, early: ProcessRunner | None) -> int:
        """Read, list and write. Answers with the exit status."""
        return _check(self, early)


def format_of(given: str, target: Path | None) -> str:
    """The format asked for, else the one that the output's ending names, else a table."""
    ending = target.suffix.lower().lstrip(".") if target else ""
    return given or (ending if ending in FORMATS else "table")


def _check(order: CheckOrder, early: ProcessRunner | None) -> int:
    from app.cli.messages import describe
    from app.cli.progress import Meter
    from app.core.errors import OutputError
    from app.workers.runner import ProcessRunner
    from app.workflow.check import check, get_ready
    from app.workflow.filters import only

    runner = early or ProcessRunner()
    Thread(target=get_ready, daemon=True).start()
    try:
        with Meter(order.language) as meter:
            checklist = check(order.paths, order.passwords, runner=runner, progress=meter.step, listed=meter.listed)
    finally:
        runner.close()
    _tell(checklist.documents, order)
    read = [document for document in checklist.documents if document.error is None]
    if not read:
        print(say(order.language, "nothing_read"), file=sys.stderr)
        return Status.NOTHING
    try:
        _write(only(checklist, order.only), order)
    except OutputError as error:
        print(describe(error.finding(), order.language), file=sys.stderr)
        return Status.UNWRITTEN
    whole = len(read) == len(checklist.documents) and not any(map(_has_gaps, read))
    return Status.READ if whole else Status.PARTLY


def _tell(documents: Sequence[DocumentSummary], order: CheckOrder) -> None:
    from app.cli.messages import describe

    if order.format == "table" and order.output is None and sys.stdout.isatty():
        return  # a table in sight tells itself
    for document in documents:
        for finding in (*([document.error] if document.error else ()), *document.warnings):
            print(describe(finding, order.language), file=sys.stderr)


def _has_gaps(document: DocumentSummary) -> bool:
    """Something of it was not read. A warning of anything else (macros, links, a wrong ending) is no gap."""
    return bool(document.unreadable_pages) or any(
        warning.code.startswith(("limit.", "worker.")) or warning.code in _GAPS for warning in document.warnings
    )


def _write(checklist: Checklist, order: CheckOrder) -> None:
    from app.cli.output import printing, to_file, to_standard_output

    if order.format == "table":
        from app.cli import table

        if order.output is None:
            with printing():
                table.show(checklist, order.language)
            return
        write: Write = partial(table.write_plain, checklist, language=order.language)
    else:
        from app.cli.messages import describe
        from app.workflow.exports import writer

        write = writer(order.format, checklist, order.language, describe)
    if order.output is None:
        to_standard_output(write)
    else:
        to_file(order.output, write)
