"""Threads wait while the window shows what came: until it has, for a moment at most, and never when the window waits for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.gui import intake, showing
from app.gui.intake import IntakeReader
from app.gui.jobs import QtWriter
from app.gui.showing import await_shown, begin_showing, end_showing
from app.gui.slices import Slices


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    end_showing()


@pytest.fixture
def endless() -> Iterator[Slices]:
    owner = QObject()
    made = Slices(lambda: True, owner)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def writer(qtbot: QtBot) -> Iterator[QtWriter]:
    made = QtWriter()
    yield made
    made.close()
    made.deleteLater()


def test_nobody_waits_when_nothing_is_being_shown() -> None:
    end_showing()
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return False

    await_shown(cancelled)
    assert not asked


def test_the_writer_waits_until_the_work_of_showing_is_done(
    writer: QtWriter, endless: Slices, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(showing, "_MOST", 60.0)
    monkeypatch.setattr(showing, "_LEAST", 0.0)
    done: list[str] = []
    begin_showing()
    writer.submit(partial(done.append, "written"), lambda _: None, lambda _: None)
    qtbot.wait(100)
    assert not done
    endless.stop()
    qtbot.waitUntil(lambda: done == ["written"])


def test_work_that_has_no_hurry_is_not_waited_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_MOST", 60.0)
    owner = QObject()
    patient = Slices(lambda: True, owner, patient=True)
    patient.start()
    begin_showing()
    qtbot.waitUntil(showing._shown.is_set)
    assert patient.isActive()
    patient.stop()


def test_showing_that_does_not_end_is_not_waited_for(endless: Slices, qtbot: QtBot) -> None:
    begin_showing()
    qtbot.waitUntil(showing._shown.is_set)
    assert endless.isActive()


def test_who_is_cancelled_waits_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_MOST", 60.0)
    asked: list[bool] = []
    begin_showing()

    def cancelled() -> bool:
        asked.append(True)
        return True

    await_shown(cancelled)
    assert asked == [True]


@pytest.mark.parametrize("way", ["close", "drain"])
def test_the_window_never_waits_for_who_waits_for_it(writer: QtWriter, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_MOST", 60.0)
    done: list[str] = []
    begin_showing()
    writer.submit(partial(done.append, "written"), lambda _: None, lambda _: None)
    getattr(writer, way)()
    assert done == ["written"]
    assert showing._shown.is_set()


@pytest.mark.parametrize(("count", "waits"), [(5, False), (500, True)])
def test_much_that_is_read_is_shown_before_more_is_done(count: int, waits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    import app.workflow.intake

    taken: list[Any] = []

    def settle(_desk: Any, arrival: Any) -> None:
        assert showing._shown.is_set() is not waits, "before it is taken in, and handed to the writer"
        taken.append(arrival)

    monkeypatch.setattr(app.workflow.intake, "settle", settle)
    end_showing()
    arrival: Any = SimpleNamespace(puts=[None] * count)
    nothing: Any = None
    IntakeReader(nothing).settle(nothing, arrival)
    assert taken == [arrival]


def test_what_is_read_is_brought_when_what_came_before_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(showing, "_MOST", 60.0)
    order: list[str] = []

    def deliver(_arrival: object) -> None:
        order.append("delivered")

    control: Any = SimpleNamespace(deliver=deliver, cancelled=lambda: False)
    arrival: Any = None
    begin_showing()

    def read() -> None:
        intake._bring(control, arrival)
        order.append("on")

    thread = threading.Thread(target=read)
    thread.start()
    thread.join(0.1)
    assert not order
    end_showing()
    thread.join()
    assert order == ["delivered", "on"]
