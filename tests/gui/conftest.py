"""What every test of the window keeps to: no screen, no warning of Qt's, nothing left behind."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_LOGGING_RULES"] = "qt.qpa.fonts=false"

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.messages import set_language
from app.gui.session import Session
from app.gui.theme import theme
from app.workflow.writer import SerialWriter
from tests.gui.shell.support import MemoryOffice, NoReader

for patient in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
    # Its five seconds are too few for a machine that has much else to do. What comes is never waited for longer.
    patient.__kwdefaults__ = {**(patient.__kwdefaults__ or {}), "timeout": 30_000}

_ALLOWED = ("This plugin does not support", "propagateSizeHints")
"""Of the platform without a screen, not of ours."""


@pytest.fixture(scope="session", autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """The application with its style, as `start` dresses it."""
    qapp.setStyle("Fusion")
    theme.apply("light")
    return qapp


@pytest.fixture(autouse=True)
def swedish() -> Iterator[None]:
    """Every test begins in Swedish and in the light."""
    set_language("sv")
    yield
    set_language("sv")
    if theme.choice != "light" or theme.scale != 1.0:
        theme.apply("light")


@pytest.fixture(autouse=True)
def warnings_of_qt() -> Iterator[list[str]]:
    """What Qt warned of. A test that expects a warning takes it off the list."""
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg and not text.startswith(_ALLOWED):
            said.append(text)

    before = qInstallMessageHandler(hear)
    yield said
    qInstallMessageHandler(before)
    assert not said, f"Qt warned: {said}"


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """No top-level widget, thread or running timer of a test outlives it. (qtbot closes what was given to it, after this.)"""
    threads = set(threading.enumerate())
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qapp.processEvents()
    left = {thread for thread in threading.enumerate() if thread.is_alive()} - threads
    assert not left, f"threads left: {left}"
    given = {reference() for reference, *_ in getattr(request.node, "qt_widgets", ())}
    gc.collect()
    widgets = [widget for widget in qapp.topLevelWidgets() if not _excused(widget, given)]
    assert not widgets, f"widgets left: {widgets}"


def _excused(widget: QWidget, given: set[object]) -> bool:
    owner: QWidget | None = widget
    while owner is not None:
        if owner in given:
            return True
        owner = owner.parentWidget()
    return widget.metaObject().className() in ("QTipLabel", "QComboBoxPrivateContainer")


@pytest.fixture
def office() -> MemoryOffice:
    return MemoryOffice()


@pytest.fixture
def reader() -> NoReader:
    return NoReader()


@pytest.fixture
def session(dressed: QApplication, office: MemoryOffice, reader: NoReader) -> Iterator[Session]:
    made = Session(office, SerialWriter(), reader)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def actions(dressed: QApplication) -> Iterator[Actions]:
    made = Actions()
    yield made
    made.deleteLater()
