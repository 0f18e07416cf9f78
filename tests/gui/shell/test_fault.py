"""Faults: shown with what to do, logged by kind and place, and never with a word of what the error held."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.core.document import Finding
from app.gui.shell.fault import FaultDialog
from app.gui.shell.hook import FaultHook, places

SECRET = "Anbudsgivaren erbjuder timpriset 812 kr"


def fault() -> tuple[type[BaseException], BaseException, TracebackType | None]:
    with pytest.raises(ValueError, match="812") as caught:
        int(SECRET)
    return caught.type, caught.value, caught.tb


def test_the_hook_logs_kind_and_place_only(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    hook = FaultHook()
    with caplog.at_level(logging.ERROR, logger="anbudsklar"), qtbot.waitSignal(hook.happened) as shown:
        hook.hook(*fault())
    assert "ValueError" in caplog.text
    assert "tests/gui/shell/test_fault.py" in caplog.text
    assert "812" not in caplog.text + shown.args[0]
    assert caplog.records[0].exc_info is None
    hook.deleteLater()


def test_the_same_fault_is_shown_once(qtbot: QtBot) -> None:
    hook = FaultHook()
    shown: list[str] = []
    hook.happened.connect(shown.append)
    for _ in range(3):
        hook.hook(*fault())
    assert len(shown) == 1
    hook.deleteLater()


def test_the_hook_is_put_in_and_taken_out(qtbot: QtBot) -> None:
    before = sys.excepthook
    hook = FaultHook()
    hook.install()
    assert sys.excepthook == hook.hook
    hook.remove()
    assert sys.excepthook is before
    hook.deleteLater()


def test_what_a_thread_did_not_catch_is_told_without_its_words(qtbot: QtBot, capfd: pytest.CaptureFixture[str]) -> None:
    before = threading.excepthook
    hook = FaultHook()
    hook.install()
    with qtbot.waitSignal(hook.happened) as shown:
        thread = threading.Thread(target=int, args=(SECRET,))
        thread.start()
        thread.join()
    hook.remove()
    assert "ValueError" in shown.args[0]
    assert "812" not in shown.args[0] + capfd.readouterr().err
    assert threading.excepthook is before
    hook.deleteLater()


def test_places_name_no_folder_outside_the_program() -> None:
    _kind, _error, where = fault()
    assert not [line for line in places(where).splitlines() if line.strip().startswith("/")]


def test_the_dialog_says_what_was_kept_and_what_to_do(qtbot: QtBot) -> None:
    dialog = FaultDialog.of(Finding("file.corrupt", "Bilaga 3.pdf", 4))
    qtbot.addWidget(dialog)
    dialog.open()
    details = dialog.findChild(QPlainTextEdit)
    assert details is not None
    assert not details.isVisible()
    more, copy, _close = dialog.findChildren(QPushButton)
    more.click()
    assert details.isVisible()
    assert "file.corrupt" in details.toPlainText()
    assert "Bilaga" not in details.toPlainText()
    copy.click()
    assert QGuiApplication.clipboard().text() == details.toPlainText()
    dialog.close()
