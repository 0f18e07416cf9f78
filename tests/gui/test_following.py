"""What follows a desk: when a look begins, that one is enough for many changes, and that nothing changed is missed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.gui.following import Following
from app.gui.jobs import Control, Job
from app.gui.session import Session
from app.workflow.desk import Desk
from tests.support.desks import desk_of


class Counting(Following):
    """Each look waits to be let go; `seen` are the desks of those that ended while their tender was still open."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(session, 1, parent)
        self.begun: list[Desk] = []
        self.seen: list[Desk] = []
        self.forgotten = 0
        self.free = Event()

    def _forget(self) -> None:
        self.forgotten += 1

    def _job_for(self, desk: Desk) -> Job:
        self.begun.append(desk)
        job = Job(self._waiting, None, self)
        job.finished.connect(partial(self._on_seen, desk))
        return job

    def _waiting(self, control: Control) -> None:
        del control
        assert self.free.wait(10)

    def _on_seen(self, desk: Desk, found: object) -> None:
        del found
        if desk is self._desk:
            self.seen.append(desk)


@pytest.fixture
def following(session: Session) -> Iterator[Counting]:
    owner = QObject()
    made = Counting(session, owner)
    yield made
    made.free.set()
    made.shut()
    owner.deleteLater()


def test_nothing_begins_before_somebody_looks(qtbot: QtBot, following: Counting) -> None:
    following.free.set()
    first = desk_of()[0]
    following.follow(first)
    following.look()
    assert not following.busy
    following.wake(True)
    qtbot.waitUntil(lambda: following.seen == [first])
    assert not following.busy


def test_many_changes_are_one_look_and_one_that_comes_meanwhile_is_another(qtbot: QtBot, following: Counting) -> None:
    first = desk_of()[0]
    following.follow(first)
    following.wake(True)
    for _ in range(5):
        following.look()
    qtbot.waitUntil(lambda: following.begun == [first])
    for _ in range(5):
        following.look()
    following.free.set()
    qtbot.waitUntil(lambda: len(following.seen) == 2)
    assert following.begun == [first, first]
    assert not following.busy


def test_what_changes_unseen_is_looked_at_on_waking(qtbot: QtBot, following: Counting) -> None:
    following.free.set()
    first = desk_of()[0]
    following.follow(first)
    following.wake(True)
    following.wake(False)
    assert not following.busy
    following.wake(True)
    qtbot.waitUntil(lambda: following.seen == [first])
    assert following.begun == [first]


def test_another_tender_is_looked_at_and_the_last_one_forgotten(qtbot: QtBot, following: Counting) -> None:
    first, second = desk_of()[0], desk_of()[0]
    following.wake(True)
    following.follow(first)
    qtbot.waitUntil(lambda: following.begun == [first])
    following.follow(second)
    following.follow(second)
    following.free.set()
    qtbot.waitUntil(lambda: following.seen == [second])
    assert following.begun == [first, second]
    assert following.forgotten == 2


def test_it_ends_with_its_owner(qtbot: QtBot, following: Counting) -> None:
    first = desk_of()[0]
    following.follow(first)
    following.wake(True)
    qtbot.waitUntil(lambda: following.begun == [first])
    following.look()
    following.free.set()
    following.shut()
    assert not following.busy
    qtbot.wait(20)
    assert following.begun == [first]
    assert following.seen == []
