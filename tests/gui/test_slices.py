"""Long work in slices: all of it together is bounded, first come first served, and it ends with whom it belongs to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from pytestqt.qtbot import QtBot

from app.gui.slices import Slices, in_next_round, let_by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that goes by a second at each look: one step is a whole slice."""
    now = [0.0]

    def tick() -> float:
        now[0] += 1
        return now[0]

    monkeypatch.setattr("app.gui.slices.perf_counter", tick)
    return now


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def work(done: list[str]) -> Callable[..., Slices]:
    owner = QObject()

    def made(name: str, count: int, parent: QObject | None = None, patient: bool = False) -> Slices:
        left = [count]

        def step() -> bool:
            done.append(name)
            left[0] -= 1
            return left[0] > 0

        return Slices(step, parent or owner, patient=patient)

    return made


def rounds(count: int) -> None:
    for _ in range(count):
        QCoreApplication.processEvents()


def test_short_work_is_done_in_one_round(work: Callable[..., Slices], done: list[str], qtbot: QtBot) -> None:
    one = work("a", 3)
    one.start()
    assert one.isActive()
    assert not done, "not before the next round"
    qtbot.waitUntil(lambda: not one.isActive())
    assert done == ["a"] * 3


def test_long_work_of_all_together_is_one_slice_a_round(work: Callable[..., Slices], done: list[str], clock: list[float]) -> None:
    first, second = work("a", 2), work("b", 2)
    first.start()
    second.start()
    seen = []
    for _ in range(20):
        before = len(done)
        QCoreApplication.processEvents()
        seen.append(len(done) - before)
    assert set(seen) == {0, 1}
    assert done == ["a", "a", "b", "b"]
    assert clock


def test_a_round_that_was_long_already_goes_by_without_work(done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("app.gui.slices.perf_counter", lambda: now[0])
    owner = QObject()

    def step() -> bool:
        done.append("a")
        now[0] += 0.005
        return True

    one = Slices(step, owner)
    one.start()
    seen = []
    for pause in (0.0, 0.05, 0.0, 0.05, 0.05, 0.05):
        now[0] += pause
        before = len(done)
        QCoreApplication.processEvents()
        seen.append(len(done) - before)
    one.stop()
    assert seen == [2, 0, 2, 0, 2, 0], "never two in a row"


def test_none_of_it_is_done_while_a_page_comes_into_sight(work: Callable[..., Slices], done: list[str]) -> None:
    one = work("a", 1)
    one.start()
    let_by()
    rounds(3)
    assert not done
    rounds(1)
    assert done == ["a"]


def test_the_next_round_begins_when_all_that_is_posted_is_done(qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    in_next_round(owner, lambda: told.append("next"))
    QTimer.singleShot(0, owner, lambda: told.append("this"))
    QCoreApplication.sendPostedEvents()
    assert told == ["this"]
    qtbot.waitUntil(lambda: told == ["this", "next"])


def test_the_next_round_of_who_is_gone_does_not_come(qtbot: QtBot) -> None:
    owner, told = QObject(), list[str]()
    in_next_round(owner, lambda: told.append("next"))
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.wait(20)
    assert not told


def test_who_is_patient_waits_for_all_others(work: Callable[..., Slices], done: list[str], clock: list[float]) -> None:
    patient, eager = work("later", 2, patient=True), work("now", 2)
    patient.start()
    eager.start()
    rounds(10)
    assert done == ["now", "now", "later", "later"]
    assert clock


def test_work_can_be_stopped_or_finished_at_once(work: Callable[..., Slices], done: list[str]) -> None:
    one, other = work("a", 3), work("b", 3)
    one.start()
    other.start()
    one.stop()
    other.finish()
    assert done == ["b"] * 3
    other.finish()
    assert len(done) == 3, "nothing was left"
    rounds(3)
    assert len(done) == 3


def test_work_ends_with_its_owner(work: Callable[..., Slices], done: list[str]) -> None:
    owner = QObject()
    one = work("a", 3, owner)
    one.start()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    rounds(3)
    assert not done


def test_work_that_fails_is_told_and_not_tried_again(qtbot: QtBot) -> None:
    owner = QObject()
    tries: list[int] = []

    def step() -> bool:
        tries.append(1)
        raise ValueError("as a fault of the program")

    one = Slices(step, owner)
    with qtbot.captureExceptions() as told:
        one.start()
        rounds(5)
    assert len(tries) == len(told) == 1
    assert not one.isActive()


def test_work_that_is_started_again_by_its_own_step_goes_on(qtbot: QtBot, done: list[str]) -> None:
    owner = QObject()

    def step() -> bool:
        done.append("a")
        if len(done) < 3:
            one.start()
        return False

    one = Slices(step, owner)
    one.start()
    qtbot.waitUntil(lambda: len(done) == 3)
    assert not one.isActive()
