"""Qt's application, or a word that there is no screen: Qt itself would end the program with an advice to install it again."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

__all__ = ["application"]


def application(tell: Callable[[str], int]) -> QApplication:
    """The application of this process. Where no screen can be reached, `tell` hears why in Qt's words, and what it answers with
    becomes the exit status: Qt tries every way to a screen that there is, and aborts the process after the last."""
    heard: list[str] = []
    reasons: list[str] = []

    def hear(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
        if kind == QtMsgType.QtFatalMsg:
            status = tell(" ".join((reasons[0] if reasons else text or "").split()))
            for stream in (sys.stdout, sys.stderr):
                if stream is not None:
                    stream.flush()
            os._exit(status)  # back in Qt, the process would be aborted
        heard.append(text or "")
        if context.category != "default":  # where it speaks of the locale
            reasons.append(text or "")

    before = qInstallMessageHandler(hear)
    try:
        made = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)
    if sys.stderr is not None:
        for text in heard:
            print(text, file=sys.stderr)
    return made
