"""Long work on the window's own thread, a little at a time. All who have such work take turns within one slice of a round of
events: each bounded by itself would add up to a window that does not answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

__all__ = ["Slices", "at_work", "in_next_round", "let_by"]

_SLICE = 0.008
"""Seconds of work in a round of events: half of what a screen takes to be painted anew."""
_ENOUGH = 0.006
"""Seconds that everything else in a round may have taken for work to be added to it. After that one round goes by without any."""
_SHOWING = 3
"""Rounds in which a page that comes into sight is laid out, its paint is asked for, and it is painted."""


class Slices(QObject):
    """Work that is called until it says that nothing is left. `step` does a millisecond or two and answers whether there is more.

    Who is `patient` waits until nobody else has work. Work ends with its parent.
    """

    def __init__(self, step: Callable[[], bool], parent: QObject, *, patient: bool = False) -> None:
        super().__init__(parent)
        self._step = step
        self.patient = patient

    def start(self) -> None:
        """There is work, from the next round of events on."""
        _rounds().add(self)

    def stop(self) -> None:
        """There is none, whatever was left."""
        _rounds().drop(self)

    def isActive(self) -> bool:
        """Whether work is left."""
        return self in _rounds().waiting

    def finish(self) -> None:
        """Do at once what is left: it cannot be waited for."""
        if self.isActive():
            self.stop()
            while self._step():
                pass

    def advance(self) -> bool:
        """One step; whether there is more."""
        return self._step()


class _Rounds(QObject):
    """The one clock of all of them. First come, first served."""

    def __init__(self, parent: QObject | None) -> None:
        super().__init__(parent)
        self.waiting: deque[Slices] = deque()
        self._rested = 0.0
        self._skipped = False
        self.held = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_round)

    def add(self, work: Slices) -> None:
        if work not in self.waiting:
            self.waiting.append(work)
            if not self._timer.isActive():
                self._rested = perf_counter()
                self._timer.start()

    def drop(self, work: Slices) -> None:
        if work in self.waiting:
            self.waiting.remove(work)

    def _on_round(self) -> None:
        began = perf_counter()
        if self.held:
            self.held -= 1
            self._rested = began
            return
        self._skipped = began - self._rested > _ENOUGH and not self._skipped
        if self._skipped:
            self._rested = began
            return
        until = began + _SLICE
        while (work := self._next()) is not None:
            self.waiting.remove(work)  # what fails is not called again
            if work.advance() and work not in self.waiting:
                self.waiting.appendleft(work)
            if perf_counter() >= until:
                break
        self._rested = perf_counter()
        if not self.waiting:
            self._timer.stop()

    def _next(self) -> Slices | None:
        for work in [work for work in self.waiting if not isValid(work)]:
            self.waiting.remove(work)  # its page is gone
        eager = next((work for work in self.waiting if not work.patient), None)
        return eager or next(iter(self.waiting), None)


def at_work() -> bool:
    """Whether anybody has work left that does not wait for the others'."""
    return any(isValid(work) and not work.patient for work in _rounds().waiting)


def let_by() -> None:
    """A page comes into sight, which takes some rounds of events: none of this work in them."""
    _rounds().held = _SHOWING


def in_next_round(owner: QObject, call: Callable[[], None]) -> None:
    """Call it when what is laid out and painted in this round of events is behind, unless the owner is gone by then.

    After no time at all Qt would post it to this very round.
    """
    QTimer.singleShot(1, owner, call)


_kept: list[_Rounds] = []


def _rounds() -> _Rounds:
    if not _kept or not isValid(_kept[0]):
        _kept[:] = [_Rounds(QCoreApplication.instance())]
    return _kept[0]
