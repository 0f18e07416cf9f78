"""A child that waits for the next file: given away once, replaced when it has died, gone with the program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import psutil
import pytest

from app.core.points import Glimpse, Reading
from app.documents.reader import ReadRequest
from app.workers.process import end
from app.workers.runner import ProcessRunner
from app.workers.spare import Spare
from app.workflow.reading import warm
from tests.support import processes
from tests.support.workers import fake_child


@pytest.fixture
def spare() -> Iterator[Spare]:
    made = Spare(fake_child())
    yield made
    made.close()


def children() -> set[int]:
    return {child.pid for child in processes.children()}


def test_it_is_given_away_once_and_reads_as_any_other(spare: Spare, tmp_path: Path) -> None:
    spare.prepare()
    taken = spare.take()
    assert taken is not None
    assert spare.take() is None
    path = tmp_path / "a.txt"
    path.write_text("ok")
    with ProcessRunner(command=[sys.executable, "-c", "raise SystemExit(1)"], early=taken) as runner:
        [(index, found)] = runner.run([ReadRequest("a.txt", path)], lambda step: None, lambda: False)
    assert index == 0
    assert isinstance(found, Reading)
    assert taken.returncode is not None, "a run's child ends with the run"


def test_one_that_waits_is_not_started_twice(spare: Spare) -> None:
    before = children()
    spare.prepare()
    spare.prepare()
    assert len(children() - before) == 1


def test_one_that_has_died_is_not_given_away_but_replaced(spare: Spare) -> None:
    spare.prepare()
    first = spare.take()
    assert first is not None
    spare.prepare()
    second = spare._waiting
    assert second is not None
    end(second)
    second.wait(30)
    assert spare.take() is None
    spare.prepare()
    third = spare.take()
    assert third is not None
    assert third.poll() is None
    with ProcessRunner(command=fake_child(), early=first), ProcessRunner(command=fake_child(), early=third):
        pass  # ends both


def test_it_ends_with_the_program_and_no_other_comes(spare: Spare) -> None:
    before = children()
    spare.prepare()
    waiting = children() - before
    spare.close()
    assert not children() & waiting
    spare.prepare()
    assert spare.take() is None
    assert not children() - before


def test_without_room_for_a_process_there_is_none() -> None:
    spare = Spare(["/nonexistent/interpreter"])
    spare.prepare()
    assert spare.take() is None


def test_a_file_that_comes_while_a_child_makes_itself_ready_is_read(tmp_path: Path) -> None:
    """The real child: it stops making itself ready when there is something to do."""
    spare = Spare()
    spare.prepare()
    path = tmp_path / "krav.txt"
    path.write_text("Anbudsgivaren ska bifoga ett registreringsbevis.\n", "utf-8")
    with ProcessRunner(early=spare.take()) as runner:
        [(_, found)] = runner.run([ReadRequest("krav.txt", path)], lambda step: None, lambda: False)
    assert isinstance(found, Reading)
    assert found.points


def test_getting_ready_can_be_left_after_any_step() -> None:
    assert next(warm()) is None
    assert sum(1 for _ in warm()) > 3, "the rules, then the sample's documents one by one"


def test_a_warm_child_answers_as_a_cold_one(tmp_path: Path) -> None:
    path = tmp_path / "krav.txt"
    path.write_text("Anbudsgivaren ska bifoga ett registreringsbevis.\n", "utf-8")
    spare = Spare()
    spare.prepare()
    taken = spare.take()
    assert taken is not None
    _calm(psutil.Process(taken.pid))
    results: list[Reading | Glimpse | object] = []
    for early in (taken, None):
        with ProcessRunner(early=early) as runner:
            results += [found for _, found in runner.run([ReadRequest("krav.txt", path)], lambda step: None, lambda: False)]
    assert results[0] == results[1]


def _calm(process: psutil.Process) -> None:
    """Until it has nothing to do any more."""
    until = monotonic() + 60
    spent = -1.0
    while (now := sum(process.cpu_times()[:2])) != spent or now == 0:
        assert monotonic() < until
        spent = now
        sleep(0.5)
