"""Pages made part by part: whole when they are wanted sooner, and nothing is left when they never are."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.answers.page import AnswersPage
from app.gui.checklist.page import ChecklistPage
from app.gui.package.page import PackagePage
from app.gui.review.page import ReviewPage
from app.gui.secrecy.page import SecrecyPage
from app.gui.session import Session
from app.gui.shell.turns import bring
from app.gui.shell.window import ANSWERS, CHECKLIST, DOCUMENTS, PACKAGE, REVIEW, SECRECY, MainWindow
from app.gui.underlag.page import UnderlagPage


def test_a_page_is_made_in_turns(session: Session, actions: Actions, qtbot: QtBot) -> None:
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    turns = 1
    while not window.prepare_some(CHECKLIST):
        assert window.page(CHECKLIST) is None
        turns += 1
    assert turns == 4
    page = window.page(CHECKLIST)
    assert isinstance(page, ChecklistPage)
    assert page.parent() is window.pages
    assert window.pages.indexOf(page) >= 0
    assert window.prepare_some(CHECKLIST)
    assert window.prepare(CHECKLIST) is page
    while not window.prepare_some(DOCUMENTS):
        pass
    assert isinstance(window.page(DOCUMENTS), UnderlagPage)
    window.close()


def test_secrecy_is_made_in_turns_and_follows_what_was_opened_meanwhile(session: Session, actions: Actions, qtbot: QtBot) -> None:
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    turns = 0
    while not window.prepare_some(SECRECY):
        assert window.page(SECRECY) is None
        turns += 1
    assert turns >= 4
    page = window.page(SECRECY)
    assert isinstance(page, SecrecyPage)
    assert page.parent() is window.pages
    assert page.panes.both.widget(0) is page.left
    assert [page.panes.right.widget(place) for place in range(2)] == [page.source, page.editor]
    window.close()


def test_answers_review_and_package_are_made_in_turns(session: Session, actions: Actions, qtbot: QtBot) -> None:
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    for number, kind in ((ANSWERS, AnswersPage), (REVIEW, ReviewPage), (PACKAGE, PackagePage)):
        turns = 0
        while not window.prepare_some(number):
            window.grab()  # which tells hidden pages of their size, too, also those that are not whole yet
            turns += 1
        assert turns >= 3
        page = window.page(number)
        assert isinstance(page, kind)
        assert page.parent() is window.pages
        assert not page.busy, "nobody looks"
    window.close()


@pytest.mark.parametrize(("number", "kind"), [(ANSWERS, AnswersPage), (REVIEW, ReviewPage), (PACKAGE, PackagePage)])
def test_a_page_that_is_never_finished_leaves_nothing(
    session: Session, actions: Actions, qtbot: QtBot, number: int, kind: type[QWidget]
) -> None:
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    for _ in range(2):
        assert not window.prepare_some(number)
    assert window.pages.findChildren(kind)
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not window.pages.findChildren(kind)


def test_secrecy_that_is_never_finished_leaves_nothing(session: Session, actions: Actions, qtbot: QtBot) -> None:
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    for _ in range(3):
        assert not window.prepare_some(SECRECY)
        window.grab()  # which tells hidden pages of their size, too, also those that are not whole yet
    assert window.pages.findChildren(SecrecyPage)
    window.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not window.pages.findChildren(SecrecyPage)


def test_a_page_that_is_wanted_in_the_middle_is_finished_at_once(session: Session, actions: Actions, qtbot: QtBot) -> None:
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    assert not window.prepare_some(CHECKLIST)
    page = window.prepare(CHECKLIST)
    assert window.page(CHECKLIST) is page
    assert window.prepare_some(CHECKLIST)
    window.close()


def test_a_window_that_closes_in_the_middle_leaves_nothing(session: Session, actions: Actions, qtbot: QtBot) -> None:
    before = set(QApplication.topLevelWidgets())
    window = MainWindow(session, actions)
    qtbot.addWidget(window)
    assert not window.prepare_some(CHECKLIST)
    assert not window.prepare_some(CHECKLIST)
    parts = set(QApplication.topLevelWidgets()) - before - {window}
    assert parts, "parts without a page"
    window.close()
    del parts
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert set(QApplication.topLevelWidgets()) - before <= {window}


class Painted(QWidget):
    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.times += 1
        super().paintEvent(event)


def test_a_page_is_laid_out_in_one_round_and_painted_in_another(qtbot: QtBot) -> None:
    pages, page = QStackedWidget(), Painted()
    pages.addWidget(QWidget())
    pages.addWidget(page)
    qtbot.addWidget(pages)
    with qtbot.waitExposed(pages):
        pages.show()
    bring(page)
    pages.setCurrentWidget(page)
    QCoreApplication.sendPostedEvents()
    assert page.isVisible()
    assert not page.times
    qtbot.waitUntil(lambda: page.times == 1)
    bring(page)
    assert page.updatesEnabled(), "only for the first time"
