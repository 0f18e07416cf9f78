"""The page over a desk in memory and a folder on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.answers.page import AnswersPage
from app.gui.session import Session
from app.workers.serial import SerialRunner
from app.workflow.desk import Desk
from app.workflow.writer import SerialWriter
from tests.gui.answers.support import bid
from tests.gui.review.support import MemoryAudits, Reviewer
from tests.gui.secrecy.support import BidOffice
from tests.support.memory_store import MemoryStore


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "anbud"


@pytest.fixture
def desk_and_store(folder: Path) -> tuple[Desk, MemoryStore]:
    return bid(folder)


@pytest.fixture
def desk(desk_and_store: tuple[Desk, MemoryStore]) -> Desk:
    return desk_and_store[0]


@pytest.fixture
def office(desk_and_store: tuple[Desk, MemoryStore]) -> BidOffice:
    return BidOffice(*desk_and_store)


@pytest.fixture
def page(qtbot: QtBot, actions: Actions, desk: Desk, office: BidOffice) -> Iterator[AnswersPage]:
    session = Session(office, SerialWriter(), Reviewer(MemoryAudits()))
    page = AnswersPage(session, actions, runners=SerialRunner)
    qtbot.addWidget(page)
    page.resize(1190, 720)
    session.open_tender(desk.key)
    page.show()
    qtbot.waitUntil(lambda: not page.busy and page.looking.looked.whole)
    yield page
    page.shut()
    session.close()
    session.deleteLater()
