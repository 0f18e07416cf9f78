"""The way in from the command line: arguments to an order, the order carried out, and an exit status that scripts can trust.

For `check`: 0 everything was read, 1 something could not be read or has unreadable pages (the list is given all the same), 2 the
command is wrong, 3 nothing could be read (no list), 4 the list could not be written, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from app.cli.commands import READING
from app.cli.status import Status
from app.cli.stop import stoppable, undone_on_stop

if TYPE_CHECKING:
    from app.cli.status import Order
    from app.workers.runner import ProcessRunner

__all__ = ["Status", "main"]

_COLLECT_AFTER = 200_000


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
        if arguments and arguments[0] in READING and "--help" not in arguments:
            # The child needs longer to get ready than anything here: start it before the slow imports.
            from app.workers.process import end, launch

            early = launch()
            stopping.enter_context(undone_on_stop(partial(end, early)))
            from app.workers.runner import ProcessRunner

            runner = ProcessRunner(early=early)
            stopping.enter_context(undone_on_stop(runner.abandon))
        from app.cli.simple import simple_order

        order: Order | int | None = simple_order(arguments)
        if order is None:
            from app.cli.arguments import parse

            order = parse(arguments)
        if isinstance(order, int):
            return order
        return order.carry_out(runner)
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


def _forgiving_streams() -> None:
    """A terminal that cannot show a letter gets a question mark; that is no reason to stop."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
