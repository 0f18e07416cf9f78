"""Other processes looked at: each may be gone between two questions, and a dead one whose parent has not asked is a zombie."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import psutil

_ENDS = 20.0  # seconds


def children(
    of: psutil.Process | None = None, *, where: Callable[[psutil.Process], bool] = lambda _: True
) -> list[psutil.Process]:
    """Living processes below ``of`` (this one, if not given) that ``where`` holds for; one that ends meanwhile is left out."""
    try:
        below = (of or psutil.Process()).children(recursive=True)
    except psutil.NoSuchProcess:
        return []
    return [process for process in below if _is(process, where)]


def children_in_time(
    of: psutil.Process, *, where: Callable[[psutil.Process], bool] = lambda _: True, seconds: float = 60
) -> list[psutil.Process]:
    """The first such children there are.

    Raises:
        AssertionError: None within ``seconds``.
    """
    until = time.monotonic() + seconds
    while not (found := children(of, where=where)):
        assert time.monotonic() < until, "no child was started"
        time.sleep(0.02)
    return found


def left(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that still run after a while; none is what a test wants."""
    until = time.monotonic() + _ENDS
    while running := [process for process in processes if _is(process, lambda _: True)]:
        if time.monotonic() > until:
            return running
        time.sleep(0.02)
    return []


def _is(process: psutil.Process, where: Callable[[psutil.Process], bool]) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE and where(process)
    except psutil.NoSuchProcess:
        return False
