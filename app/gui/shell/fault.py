"""When something goes wrong: one dialog for all of it, and the hook for what nobody foresaw.

Nothing here shows or logs what an exception says: its text may hold words of a tender. The kind of error and the places in the
program are enough to find it.
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

import app
from app.core.document import Finding
from app.gui.messages import explained, tr
from app.gui.shell.sheet import Sheet, words

__all__ = ["FaultDialog", "FaultHook", "places"]

_LOG = logging.getLogger("anbudsklar")
_ROOT = Path(__file__).resolve().parents[3]


class FaultDialog(Sheet):
    """What happened, what was kept, what to do, and details to copy."""

    def __init__(
        self, happened: str, remedy: str, details: str, *, kept: str = "", place: str = "", parent: QWidget | None = None
    ) -> None:
        title, rest = _first(happened)
        super().__init__(title, place, parent)
        self._details = details
        if rest:
            self.body.addWidget(words(rest))
        self.body.addWidget(words(tr("shell.fault_kept"), "caption"))
        self.body.addWidget(words(kept or tr("shell.fault_kept_all")))
        self.body.addWidget(words(tr("shell.fault_remedy"), "caption"))
        self.body.addWidget(words(remedy))
        self._shown = QPlainTextEdit(details)
        self._shown.setReadOnly(True)
        self._shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._shown.setFixedHeight(120)
        self._shown.setAccessibleName(tr("shell.fault_details"))
        self._shown.hide()
        self.body.addWidget(self._shown)
        self._more: QPushButton = self.button(tr("shell.fault_details"), left=True)
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more)
        copy = self.button(tr("shell.copy_details"))
        copy.clicked.connect(self._on_copy)
        close = self.button(tr("shell.close"), primary=True)
        close.clicked.connect(self.accept)
        close.setFocus()

    @classmethod
    def of(cls, finding: Finding, parent: QWidget | None = None) -> FaultDialog:
        """The dialog for a finding of the core."""
        said = explained(finding)
        return cls(said.text, said.remedy, _details(finding.code, ""), place=said.place, parent=parent)

    def _on_more(self, shown: bool) -> None:
        self._shown.setVisible(shown)
        self.adjustSize()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


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
        details = _details(kind.__name__, places(where))
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
        return FaultDialog(tr("shell.fault"), tr("shell.fault_do"), details, parent=parent)


def places(where: TracebackType | None) -> str:
    """The places of a traceback, without what was there: file (inside the program), line and function."""
    lines = []
    for frame in traceback.extract_tb(where):
        path = Path(frame.filename)
        name = path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name
        lines.append(f"  {name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


def _first(text: str) -> tuple[str, str]:
    """The first sentence and the others."""
    first, *others = re.split(r"(?<=[.!?]) +(?=[A-ZÅÄÖ])", text, maxsplit=1)
    return first, "".join(others)


def _details(what: str, where: str) -> str:
    versions = f"Anbudsklar {app.__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return "\n".join(part for part in (versions, what, where) if part)
