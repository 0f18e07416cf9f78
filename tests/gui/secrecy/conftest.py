"""The page with a bid on the desk, shown and in focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.secrecy.page import SecrecyPage
from app.gui.session import Session
from app.workflow.bid import BidShelf
from app.workflow.desk import Desk
from app.workflow.writer import SerialWriter
from tests.gui.secrecy.support import BidOffice, BidReader
from tests.support.bids import bid_desk
from tests.support.memory_store import MemoryStore

Bid = tuple[Desk, MemoryStore, BidShelf]


@pytest.fixture
def bid() -> Bid:
    return bid_desk()


@pytest.fixture
def opened(qtbot: QtBot, actions: Actions) -> Iterator[Callable[[Bid], SecrecyPage]]:
    """A page over a bid of the test's own."""
    made: list[tuple[SecrecyPage, Session]] = []

    def make(bid: Bid) -> SecrecyPage:
        desk, store, shelf = bid
        session = Session(BidOffice(desk, store), SerialWriter(), BidReader(shelf))
        page = SecrecyPage(session, actions, thinker=SerialWriter())
        made.append((page, session))
        qtbot.addWidget(page)
        page.resize(1190, 720)
        session.open_tender(desk.key)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.left.view.setFocus()
        qtbot.waitUntil(lambda: not page.busy)
        return page

    yield make
    for page, session in made:
        page.shut()
        session.close()
        session.deleteLater()


@pytest.fixture
def page(opened: Callable[[Bid], SecrecyPage], bid: Bid) -> SecrecyPage:
    return opened(bid)
