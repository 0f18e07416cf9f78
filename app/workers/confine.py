"""What the child process does to itself before it touches a foreign file: no noise, no core dump, bounded memory, no long life.

Linux bounds the memory that the child may write to (RLIMIT_DATA), so an allocation beyond it fails and becomes an error of the
file. macOS has no such limit that works: there a thread looks at the peak and ends the process. Windows has neither here: only
the time limit of the parent holds.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from threading import Thread
from time import sleep
from typing import BinaryIO

from app.workers import MEMORY_STATUS

__all__ = ["bound_memory", "die_after", "end_group", "private_streams", "step_back"]


_BEHIND = 5


def private_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes from and to the parent, moved away from descriptors 0, 1 and 2, which lead nowhere from then on.

    Libraries in C print warnings about the files they read; such noise must neither mix with the frames nor reach the user.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    incoming, outgoing = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return os.fdopen(incoming, "rb"), os.fdopen(outgoing, "wb")


def bound_memory(most: int) -> None:
    """From now on at most so many bytes; no core dump, which would hold the document's text."""
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    if sys.platform == "linux":
        _lower(resource.RLIMIT_DATA, most)
    else:
        Thread(target=_watch, args=(most,), daemon=True).start()


def step_back() -> None:
    """Let the window go first where there is work for more than the processors can do: the user feels that, not this."""
    if sys.platform != "win32":
        os.nice(_BEHIND)


def die_after(seconds: float) -> None:
    """End the process by itself after so long, even if the parent is gone and a library never returns. 0 calls it off."""
    if seconds <= 0:
        faulthandler.cancel_dump_traceback_later()
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())


def end_group() -> None:
    """End this process and those it started (a converter) at once."""
    if sys.platform != "win32" and os.getpgid(0) == os.getpid():
        import signal

        os.killpg(0, signal.SIGKILL)
    os._exit(0)


def _nowhere() -> int:
    if not _NOWHERE:
        _NOWHERE.append(os.open(os.devnull, os.O_WRONLY))
    return _NOWHERE[0]


_NOWHERE: list[int] = []


if sys.platform != "win32":

    def _lower(which: int, most: int) -> None:
        import resource

        _, hard = resource.getrlimit(which)
        resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

    def _watch(most: int) -> None:
        import resource

        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss <= most:  # bytes on macOS
            sleep(0.2)
        os._exit(MEMORY_STATUS)
