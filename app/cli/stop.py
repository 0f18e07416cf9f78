"""Stopping at once, wherever the program is: on Ctrl-C, on a request to end, when the terminal goes away.

The handler ends the process itself. An exception raised by a handler can come up inside an import lock or a callback that
swallows it, and then the program hangs or goes on as if nobody had asked. What must not be left behind is undone first.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

__all__ = ["STATUS", "stoppable", "undone_on_stop"]

STATUS = 130

_undo: list[Callable[[], object]] = []


@contextmanager
def stoppable() -> Iterator[None]:
    """Signals to stop end the process while this is entered. One that was ignored before (`nohup`) stays ignored."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def undone_on_stop(undo: Callable[[], object]) -> Iterator[None]:
    """If the process is stopped inside, `undo` is called. It may interrupt anything: it must take no lock and import nothing."""
    _undo.append(undo)
    try:
        yield
    finally:
        _undo.remove(undo)


def _stop(number: int, frame: object) -> NoReturn:
    del number, frame
    for undo in reversed(_undo):
        with suppress(Exception):
            undo()
    os._exit(STATUS)
