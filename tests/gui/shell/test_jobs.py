"""Work beside the main thread: order, results on the main thread, cancel, and nothing left when it is closed."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.core.document import Finding
from app.core.errors import VaultWriteError
from app.gui.jobs import Control, ImportJob, Job, QtWriter
from app.workflow.check import CancelledError, Step


@pytest.fixture
def writer(qtbot: QtBot) -> Iterator[QtWriter]:
    made = QtWriter()
    yield made
    made.close()
    made.deleteLater()


class Heard:
    """Notes what comes and on which thread."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.threads: set[threading.Thread] = set()

    def __call__(self, value: Any = None) -> None:
        self.values.append(value)
        self.threads.add(threading.current_thread())


def numbered(number: int) -> Callable[[], tuple[int, threading.Thread]]:
    def work() -> tuple[int, threading.Thread]:
        return number, threading.current_thread()

    return work


def test_pieces_are_done_in_order_on_another_thread_and_answered_on_this(writer: QtWriter, qtbot: QtBot) -> None:
    heard, wrong = Heard(), Heard()
    for number in range(50):
        writer.submit(numbered(number), heard, wrong)
    with qtbot.waitSignal(writer.idle):
        pass
    assert [number for number, _ in heard.values] == list(range(50))
    assert len({thread for _, thread in heard.values}) == 1
    assert threading.current_thread() not in {thread for _, thread in heard.values}
    assert heard.threads == {threading.current_thread()}
    assert not wrong.values


def test_an_error_of_the_tree_is_a_finding_and_the_next_piece_is_done(writer: QtWriter, qtbot: QtBot) -> None:
    def full() -> None:
        raise VaultWriteError(code="vault.disk_full")

    heard, wrong = Heard(), Heard()
    writer.submit(full, heard, wrong)
    writer.submit(numbered(2), heard, wrong)
    with qtbot.waitSignal(writer.idle):
        pass
    assert [finding.code for finding in wrong.values] == ["vault.disk_full"]
    assert [number for number, _ in heard.values] == [2]


def test_closing_waits_for_what_is_queued_and_gives_the_answers(writer: QtWriter) -> None:
    heard = Heard()
    for number in range(20):
        writer.submit(numbered(number), heard, heard)
    writer.close()
    assert [number for number, _ in heard.values] == list(range(20))
    assert writer.waiting == 0
    writer.submit(numbered(20), heard, heard)
    assert heard.values[-1][0] == 20


def test_a_fault_of_the_program_is_told_and_raised_on_the_main_thread(writer: QtWriter, qtbot: QtBot) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    wrong = Heard()
    with qtbot.captureExceptions() as caught:
        writer.submit(broken, Heard(), wrong)
        with qtbot.waitSignal(writer.idle):
            pass
    assert [finding.code for finding in wrong.values] == ["error"]
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_a_job_tells_of_progress_hands_over_and_finishes(qtbot: QtBot) -> None:
    steps, parts = Heard(), Heard()

    def work(control: Control) -> str:
        for number in range(3):
            control.progress(number)
            control.deliver(f"part {number}")
            assert parts.values[-1] == f"part {number}"  # it has been taken in when deliver returns
        return "result"

    job = Job(work, parts)
    job.progressed.connect(steps)
    with qtbot.waitSignal(job.finished) as done:
        job.start()
    assert done.args == ["result"]
    assert steps.values == [0, 1, 2]
    assert parts.values == ["part 0", "part 1", "part 2"]
    assert parts.threads == {threading.current_thread()}
    job.deleteLater()


def test_a_job_can_be_cancelled(qtbot: QtBot) -> None:
    begun = threading.Event()

    def work(control: Control) -> None:
        begun.set()
        while not control.cancelled():
            control.progress("on")
        raise CancelledError

    job = Job(work)
    with qtbot.waitSignals([job.cancelled, job.ended]):
        job.start()
        assert begun.wait(5)
        job.cancel()
    assert not job.running
    job.deleteLater()


def test_a_job_that_fails_says_why(qtbot: QtBot) -> None:
    def work(_control: Control) -> None:
        raise VaultWriteError(code="vault.read_only")

    job = Job(work)
    with qtbot.waitSignal(job.failed) as said:
        job.start()
    assert isinstance(said.args[0], Finding)
    assert said.args[0].code == "vault.read_only"
    job.deleteLater()


def test_closing_a_job_that_waits_for_the_main_thread_does_not_hang(qtbot: QtBot) -> None:
    taken = Heard()
    begun = threading.Event()

    def work(control: Control) -> None:
        begun.set()
        control.deliver("never taken")

    job = Job(work, taken)
    job.start()
    assert begun.wait(5)
    job.close()
    qtbot.wait(1)
    assert not taken.values
    job.deleteLater()


def test_an_import_knows_how_far_it_is(qtbot: QtBot) -> None:
    seen: list[float | None] = []

    def work(control: Control) -> None:
        control.progress(("a.pdf", "b.pdf"))
        control.progress(Step(0, "a.pdf", "a.pdf", 5, 10))
        control.progress(Step(0, "a.pdf", "a.pdf", 10, 10, finished=True))
        control.progress(Step(1, "b.pdf", "b.pdf", 1, 4))
        control.progress(Step(1, "b.pdf", "b.pdf", 4, 4, finished=True))

    job = ImportJob(work)

    def note(_step: object) -> None:
        seen.append(job.share)

    job.progressed.connect(note)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert seen == [None, 0.25, 0.5, 0.625, 1.0]
    assert job.names == ("a.pdf", "b.pdf")
    job.deleteLater()


def test_a_fault_in_an_answer_keeps_no_other_from_being_given_at_the_end(
    writer: QtWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program whose end was stopped by it stayed behind without a window, and held the vault."""
    faults: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: faults.append(kind))

    def faulty(_value: object) -> None:
        raise LookupError

    heard = Heard()
    writer.submit(numbered(1), faulty, heard)
    writer.submit(numbered(2), heard, heard)
    writer.close()
    assert faults == [LookupError]
    assert [number for number, _ in heard.values] == [2]


def test_draining_waits_for_answers_and_what_they_hand_over(writer: QtWriter) -> None:
    heard = Heard()
    writer.submit(numbered(1), lambda _value: writer.submit(numbered(2), heard, heard), heard)
    writer.drain()
    assert [number for number, _ in heard.values] == [2]
    assert writer.waiting == 0
