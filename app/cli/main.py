"""`anbudsklar check PATH…`: arguments in, list out, messages on standard error, and an exit status that scripts can trust.

0 everything was read, 1 something could not be read or has unreadable pages (the list is given all the same), 2 the command is
wrong, 3 nothing could be read (no list), 4 the list could not be written, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from enum import IntEnum
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from app.cli.stop import stoppable, undone_on_stop

if TYPE_CHECKING:
    from app.cli.arguments import Order
    from app.cli.output import Write
    from app.core.checklist import Checklist, DocumentSummary
    from app.workers.runner import ProcessRunner

__all__ = ["Status", "main"]

_GAPS = {"file.embedded_unread", "sheet.rows_left_out", "sheet.unreadable"}
_COLLECT_AFTER = 200_000


class Status(IntEnum):
    """Exit statuses."""

    READ = 0
    PARTLY = 1
    USAGE = 2
    NOTHING = 3
    UNWRITTEN = 4
    INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Run the command line and answer with its exit status. Ends the children whatever happens."""
    _forgiving_streams()
    # A list is built once and written: looking for cycles in it again and again would free nothing.
    gc.set_threshold(_COLLECT_AFTER, 50, 1000)
    with stoppable():
        return _run(arguments)


def _run(arguments: Sequence[str]) -> int:
    runner: ProcessRunner | None = None
    stopping = ExitStack()
    try:
        if arguments[:1] == ["check"] and "--help" not in arguments:
            # The child needs longer to get ready than anything here: start it before the slow imports.
            from app.workers.process import end, launch

            early = launch()
            stopping.enter_context(undone_on_stop(partial(end, early)))
            from app.workers.runner import ProcessRunner

            runner = ProcessRunner(early=early)
            stopping.enter_context(undone_on_stop(runner.abandon))
        from app.cli.arguments import parse

        order = parse(arguments)
        if isinstance(order, int):
            return order
        return _check(order, runner)
    except KeyboardInterrupt:
        return Status.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has had enough. Python would complain when it closes the stream at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.READ
    finally:
        if runner is not None:
            runner.close()
        stopping.close()


def _check(order: Order, early: ProcessRunner | None) -> int:
    from app.cli.messages import describe, say
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
    if order.format != "table" or order.output is not None or not sys.stdout.isatty():  # a table in sight tells itself
        for document in checklist.documents:
            for finding in (*([document.error] if document.error else ()), *document.warnings):
                print(describe(finding, order.language), file=sys.stderr)
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


def _has_gaps(document: DocumentSummary) -> bool:
    """Something of it was not read. A warning of anything else (macros, links, a wrong ending) is no gap."""
    return bool(document.unreadable_pages) or any(
        warning.code.startswith(("limit.", "worker.")) or warning.code in _GAPS for warning in document.warnings
    )


def _write(checklist: Checklist, order: Order) -> None:
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


def _forgiving_streams() -> None:
    """A terminal that cannot show a letter gets a question mark; that is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
