"""A child that waits with everything loaded, so that the first file is read at once."""

from __future__ import annotations

from contextlib import suppress
from subprocess import Popen, TimeoutExpired
from threading import Lock

from app.workers.process import end, launch

__all__ = ["Spare"]

_FAREWELL = 5.0
"""Seconds in which a process that was killed is gone."""


class Spare:
    """At most one child that nobody uses yet. It is given away once and never taken back: what a file may have done to it ends
    with the run. May be used on any thread."""

    def __init__(self, command: list[str] | None = None) -> None:
        self._command = command
        self._lock = Lock()
        self._waiting: Popen[bytes] | None = None
        self._closed = False

    def prepare(self) -> None:
        """Start one if none waits. Without room for another process there is none: the run starts its own, or tells why not."""
        with self._lock:
            if self._closed or (self._waiting is not None and self._waiting.poll() is None):
                return
            self._put_away()
            try:
                self._waiting = launch(self._command)
            except OSError:
                self._waiting = None

    def take(self) -> Popen[bytes] | None:
        """The one that waits, which is the caller's from now on; None when there is none or it has died."""
        with self._lock:
            if self._waiting is not None and self._waiting.poll() is not None:
                self._put_away()
            taken, self._waiting = self._waiting, None
            return taken

    def close(self) -> None:
        """End the one that waits. No other is started."""
        with self._lock:
            self._closed = True
            self._put_away()

    def _put_away(self) -> None:
        process, self._waiting = self._waiting, None
        if process is None:
            return
        end(process)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        with suppress(TimeoutExpired):  # then the system is in trouble; the process ends by itself, as its pipe is closed
            process.wait(_FAREWELL)
