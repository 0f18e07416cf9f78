"""How long the window's own thread is away from its events: a timer that should come every other millisecond.

On a machine that does much else a block is longer than what the window does in it: `own` is the processor's time that the thread
itself took in one, and holds where the clock on the wall does not.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

__all__ = ["Probe"]

_BEAT = 2
_LATE = 0.03
_ROOT = str(Path(__file__).resolve().parents[2])


class Probe(QObject):
    """Between `start` and `stop`: the longest time between two beats, and the most that the thread itself worked between two.
    With `where`, what it did when one was late."""

    def __init__(self, where: bool = False) -> None:
        super().__init__()
        self._where = where
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._on_beat)
        self._last = self._spent = 0.0
        self._on = False
        self._main = threading.get_ident()
        self._watch: threading.Thread | None = None
        self.longest = self.own = 0.0
        self.late: Counter[str] = Counter()

    def start(self) -> None:
        """Begin again from nothing."""
        self.longest, self._last, self._on = 0.0, time.perf_counter(), True
        self.own, self._spent = 0.0, time.thread_time()
        self.late.clear()
        self._timer.start()
        if self._where:
            self._watch = threading.Thread(target=self._look, daemon=True)
            self._watch.start()

    def stop(self) -> float:
        """Milliseconds of the longest block."""
        self._on_beat()
        self._timer.stop()
        self._on = False
        if self._watch is not None:
            self._watch.join()
        return self.longest * 1000

    def _on_beat(self) -> None:
        now, spent = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last - _BEAT / 1000)
        self.own = max(self.own, spent - self._spent)
        self._last, self._spent = now, spent

    def _look(self) -> None:
        while self._on:
            time.sleep(_LATE / 3)
            if time.perf_counter() - self._last > _LATE:
                frame = sys._current_frames().get(self._main)
                ours = [entry for entry in traceback.extract_stack(frame) if entry.filename.startswith(f"{_ROOT}/app")]
                self.late[" < ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(ours[-4:]))] += 1
