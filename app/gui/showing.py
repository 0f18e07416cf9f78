"""While the window shows what a thread has brought, the threads beside it wait a moment. One interpreter runs them all: what they
do meanwhile is done no sooner for it, and the window would wait for its turn hundreds of times while it paints.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

from app.gui.slices import at_work

__all__ = ["await_shown", "begin_showing", "end_showing"]

_LOOK = 10
"""Milliseconds between two looks at whether all is shown."""
_LEAST = 0.08
"""Seconds until what was brought has been gathered, laid out and painted, when nothing of it is done in slices."""
_MOST = 0.2
"""Seconds after which nobody waits any more: what is typed meanwhile is to be kept within one."""
_TURN = 0.02

_shown = Event()
_shown.set()
_until = [0.0]
"""When the waiting ends, whatever the main thread does."""


class _Clock(QObject):
    """Looks, on the main thread, whether the window has shown all."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)

    def begin(self) -> None:
        self._began = perf_counter()
        _until[0] = self._began + _MOST
        _shown.clear()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()
        _shown.set()

    def _on_look(self) -> None:
        now = perf_counter()
        if now >= _until[0] or (now >= self._began + _LEAST and not at_work()):
            self.end()


_kept: list[_Clock] = []


def begin_showing() -> None:
    """On the main thread: something has come that takes long to show."""
    if not _kept or not isValid(_kept[0]):
        _kept[:] = [_Clock(QCoreApplication.instance())]
    _kept[0].begin()


def end_showing() -> None:
    """On the main thread: nobody needs to wait any more, as the main thread itself is about to wait for them."""
    if _kept and isValid(_kept[0]):
        _kept[0].end()
    _shown.set()


def await_shown(cancelled: Callable[[], bool] | None = None) -> None:
    """On any other thread, before long work: wait until the window has shown what came, for a moment at most."""
    while not _shown.wait(_TURN) and perf_counter() < _until[0]:
        if cancelled is not None and cancelled():
            return
