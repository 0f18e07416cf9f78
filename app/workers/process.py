"""A child process as the parent sees it: how it is started, spoken to and ended.

A plain process and two pipes rather than `multiprocessing`: no pickle, nothing of the parent's memory or main module, an
environment and a module path that we choose, and it starts faster (no resource tracker, no second import of the program).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from app.workers import MEMORY_STATUS

__all__ = [
    "CHILD_FLAG",
    "FILE_FLAG",
    "MASK_FLAG",
    "PAGE_FLAG",
    "Child",
    "child_command",
    "end",
    "file_command",
    "launch",
    "mask_command",
    "page_command",
]

CHILD_FLAG = "--worker-process"
"""Makes the main executable a child process; for the frozen program, which has no interpreter to start."""
PAGE_FLAG = "--page-process"
"""The same, for the child that shows a document."""
MASK_FLAG = "--mask-process"
"""The same, for the child that masks a file."""
FILE_FLAG = "--file-process"
"""The same, for the child that does one thing with one file."""

_KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMPDIR",
    "TEMP",
    "TMP",
    "SYSTEMROOT",
    "WINDIR",
    "SYSTEMDRIVE",
    "PROGRAMFILES",
)
"""The environment that a converter and the system's libraries need. Nothing else is handed on: it may hold secrets."""


def child_command() -> list[str]:
    """What starts a child that reads files."""
    return _command("app.workers.child", CHILD_FLAG)


def page_command() -> list[str]:
    """What starts a child that shows a document."""
    return _command("app.workers.page_child", PAGE_FLAG)


def mask_command() -> list[str]:
    """What starts a child that masks a file."""
    return _command("app.workers.mask_child", MASK_FLAG)


def file_command() -> list[str]:
    """What starts a child that does one thing with one file."""
    return _command("app.workers.file_child", FILE_FLAG)


def _command(module: str, flag: str) -> list[str]:
    """It looks for modules where this process does, but never in the current folder (the user's files)."""
    if getattr(sys, "frozen", False):
        return [sys.executable, flag]
    root = str(Path(__file__).resolve().parents[2])
    path = [root, *(entry for entry in sys.path if entry and Path(entry).resolve() != Path.cwd() and entry != root)]
    start = f"import sys; sys.path[:] = {path!r}; from {module} import main; main()"
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", start]


def launch(command: list[str] | None = None) -> subprocess.Popen[bytes]:
    """Start a child process. Needs no other module of ours, so that it can be the first thing a program does."""
    windows = sys.platform == "win32"
    return subprocess.Popen(  # noqa: S603 - our own interpreter and our own module
        command or child_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
        process_group=None if windows else 0,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started, without waiting for it and without a lock: also for a handler of signals."""
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


class Child:
    """One child process. What it says is put before `hear`, from a thread, as (child, message); (child, None) is its end."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        hear: Callable[[Child, Any], None],
        message_bytes: int,
        decode: Callable[[bytes], Any] | None = None,
    ) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("started without pipes")
        self.process = process
        self.garbled = False
        self._incoming, self._outgoing = process.stdin, process.stdout
        self._listener = Thread(target=self._listen, args=(hear, message_bytes, decode), daemon=True)
        self._listener.start()

    def send(self, frame: bytes) -> None:
        """Hand over a task. If the child is dead already, its end is heard instead."""
        with suppress(OSError, ValueError):  # ValueError: ended by another thread
            self._incoming.write(frame)
            self._incoming.flush()

    def kill(self) -> None:
        """End it and what it started, at once."""
        if self.process.poll() is None:
            end(self.process)
        with suppress(OSError):
            self._incoming.close()
        self.process.wait()

    def join(self) -> None:
        """Wait until its last word is heard, after `kill`. Only for those whose `hear` does not wait."""
        self._listener.join()

    def cause(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Code and values of how it ended by itself. To be asked after its end was heard."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        self.kill()
        if self.garbled:
            return "worker.protocol", ()
        status = self.process.returncode
        if status == MEMORY_STATUS:
            return "limit.memory", ()
        return "worker.crashed", (("status", str(status)),)

    def _listen(self, hear: Callable[[Child, Any], None], message_bytes: int, decode: Callable[[bytes], Any] | None) -> None:
        from app.core.errors import WorkerError
        from app.workers.frames import decode_message, read_body

        stream = self._outgoing
        try:
            while (body := read_body(stream, message_bytes)) is not None:
                hear(self, (decode or decode_message)(body))
        except WorkerError:
            self.garbled = True
        except (OSError, ValueError):
            pass  # the pipe was closed under us: it is being ended
        finally:
            with suppress(OSError):
                stream.close()
            hear(self, None)
