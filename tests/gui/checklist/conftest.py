"""A page with a tender on the desk, shown and in focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.checklist.page import ChecklistPage
from app.gui.session import Session
from app.workflow.desk import Desk
from tests.gui.checklist.support import fake_source, put, rich_desk

Opened = Callable[[Desk], ChecklistPage]


@pytest.fixture
def opened(qtbot: QtBot, session: Session, actions: Actions) -> Iterator[Opened]:
    """A page over a desk of the test's own, with its list in focus."""
    pages: list[ChecklistPage] = []

    def make(desk: Desk) -> ChecklistPage:
        page = ChecklistPage(session, actions, source=fake_source())
        qtbot.addWidget(page)
        pages.append(page)
        page.resize(1190, 720)
        put(session, desk)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        page.model.complete()
        page.view.setFocus()
        qtbot.waitUntil(page.view.hasFocus)
        return page

    yield make
    for page in pages:
        page.shut()


@pytest.fixture
def page(opened: Opened) -> ChecklistPage:
    """A page over every kind and difficulty, its first item chosen."""
    return opened(rich_desk())
