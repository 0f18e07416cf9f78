"""Asking a child about one file: what is larger than a pipe holds arrives, also at a child that is slow to start."""

from __future__ import annotations

import sys
from dataclasses import replace

from app.core.document import Finding
from app.core.limits import DEFAULT_LIMITS
from app.documents.reader import ReadRequest
from app.workers.file_work import ProcessFileWork
from app.workers.process import file_command

SLOW = "import time; time.sleep(1.5); "
"""Starts so late that the parent has looked at its clock several times, while most of the file still waits in the parent."""

FEW_SECONDS = replace(DEFAULT_LIMITS, seconds_per_file=20.0)


def slow_command() -> list[str]:
    """The child's own command, begun late."""
    *options, start = file_command()
    assert options[-1] == "-c"
    return [*options, SLOW + start]


def test_a_file_larger_than_a_pipe_reaches_a_child_that_starts_slowly() -> None:
    work = ProcessFileWork(command=slow_command())
    answer = work.do("inspect", ReadRequest("stor.txt", data=b"Text om anbud.\n" * 40_000, limits=FEW_SECONDS))
    assert not isinstance(answer, Finding), answer
    said, made = answer
    assert b'"stor.txt"' in said
    assert made == b""


def test_a_child_that_ends_without_hearing_the_file_is_told() -> None:
    work = ProcessFileWork(command=[sys.executable, "-c", "raise SystemExit(3)"])
    answer = work.do("inspect", ReadRequest("stor.txt", data=b"x" * 600_000, limits=FEW_SECONDS))
    assert isinstance(answer, Finding)
    assert answer.code == "worker.crashed"
