"""The hook for what nobody foresaw: it is there from the start, and logs before it shows.

Nothing here shows or logs what an exception says: its text may hold words of a tender. The kind of error and the places in the
program are enough to find it.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, qVersion

import app
from app.gui.messages import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.gui.shell.fault import FaultDialog

__all__ = ["FaultHook", "details_of", "places"]

_LOG = logging.getLogger("anbudsklar")
_ROOT = Path(__file__).resolve().parents[3]


class FaultHook(QObject):
    """Takes exceptions that nobody caught: logs kind and places, and asks for the dialog on the main thread."""

    happened = Signal(object)
    """str: details to show"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = sys.excepthook
        self._before_threads = threading.excepthook
        self._shown: set[str] = set()

    def install(self) -> None:
        """Take over from now on."""
        sys.excepthook = self.hook
        threading.excepthook = self.thread_hook

    def remove(self) -> None:
        """Give back what was there before."""
        sys.excepthook = self._before
        threading.excepthook = self._before_threads

    def hook(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        """As `sys.excepthook`. The same fault is shown once."""
        if issubclass(kind, KeyboardInterrupt):
            self._before(kind, error, where)
            return
        details = details_of(kind.__name__, places(where))
        _LOG.error("%s\n%s", kind.__name__, places(where))
        if details not in self._shown:
            self._shown.add(details)
            self.happened.emit(details)

    def thread_hook(self, told: threading.ExceptHookArgs) -> None:
        """As `threading.excepthook`, which would print what the exception says."""
        if told.exc_type is not SystemExit:
            self.hook(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)

    def dialog(self, details: str, parent: QWidget | None = None) -> FaultDialog:
        """The dialog for what `happened` told."""
        from app.gui.shell.fault import FaultDialog

        return FaultDialog(tr("shell.fault"), tr("shell.fault_do"), details, parent=parent)


def places(where: TracebackType | None) -> str:
    """The places of a traceback, without what was there: file (inside the program), line and function."""
    lines = []
    for frame in traceback.extract_tb(where):
        path = Path(frame.filename)
        if path.is_relative_to(_ROOT):
            path = path.relative_to(_ROOT)
        name = path.name if path.is_absolute() else path.as_posix()  # in the packed program, places begin inside it
        lines.append(f"  {name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def details_of(what: str, where: str) -> str:
    """What to copy: versions, the kind of error, the places."""
    import platform

    versions = f"Anbudsklar {app.__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return "\n".join(part for part in (versions, what, where) if part)
