"""The overview page: the first steps, the list, opening, archiving, deleting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.work import TenderRecord
from app.gui.actions import Actions
from app.gui.overview.page import DeleteDialog, OverviewPage
from app.gui.session import Session
from app.gui.theme import theme
from app.workflow.readiness import Readiness
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER, work


@pytest.fixture
def page(session: Session, actions: Actions, qtbot: QtBot) -> Iterator[OverviewPage]:
    made = OverviewPage(session, actions)
    qtbot.addWidget(made)
    made.resize(1190, 720)
    made.show()
    yield made
    made.close()


@pytest.fixture
def two(office: MemoryOffice) -> None:
    office.add(TenderRecord(TENDER, "2026-11-01T09:00:00", Tender("Drift", tender_deadline="2099-01-01")), work(1), work(2))
    office.add(TenderRecord("f" * 32, "2026-11-01T09:00:00", Tender("Städ")), ready=Readiness(5, 5))


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def button(widget: QWidget, text: str) -> QPushButton:
    return next(found for found in widget.findChildren(QPushButton) if found.text() == text and found.isVisible())


def test_before_anything_is_known_nothing_is_claimed(page: OverviewPage) -> None:
    assert texts(page) == []


def test_the_first_time_explains_and_offers_two_ways(
    page: OverviewPage, session: Session, actions: Actions, qtbot: QtBot
) -> None:
    session.refresh()
    said = texts(page)
    assert "Allt ligger krypterat på den här datorn och inget lämnar den." in said
    assert len([text for text in said if text.endswith(".")]) == 3
    for text, name in (("Öppna exempelupphandlingen", "open_sample"), ("Välj filer…", "add_files")):
        with qtbot.waitSignal(actions[name].triggered):
            button(page, text).click()


def test_tenders_are_listed_and_opened_by_enter_and_double_click(
    page: OverviewPage, session: Session, two: None, qtbot: QtBot
) -> None:
    session.refresh()
    assert page.list.isVisible()
    assert page.model.rowCount() == 2
    with qtbot.waitSignal(session.opened) as opened:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.args[0].key == TENDER
    with qtbot.waitSignal(session.opened) as opened:
        page.list.doubleClicked.emit(page.model.index(1))
    assert opened.args[0].key == "f" * 32


def test_archiving_and_taking_back(page: OverviewPage, session: Session, actions: Actions, two: None) -> None:
    session.refresh()
    actions["archive"].trigger()
    assert [page.model.index(row).data() for row in range(page.model.rowCount())] == ["Städ"]
    button(page, "Arkiv 1").click()
    assert page.model.index(0).data() == "Drift"
    actions["archive"].trigger()
    assert page.model.rowCount() == 0
    assert "Arkivet är tomt." in texts(page)


def test_deleting_asks_first(page: OverviewPage, session: Session, actions: Actions, two: None, office: MemoryOffice) -> None:
    session.refresh()
    actions["delete_tender"].trigger()
    dialog = page.findChild(DeleteDialog)
    assert dialog is not None
    assert any("Drift tas bort" in text for text in texts(dialog))
    button(dialog, "Avbryt").click()
    assert len(office.cards) == 2
    actions["delete_tender"].trigger()
    dialog = next(found for found in page.findChildren(DeleteDialog) if found.isVisible())
    button(dialog, "Ta bort").click()
    assert list(office.cards) == ["f" * 32]


def test_exporting_names_the_tender(page: OverviewPage, session: Session, actions: Actions, two: None, qtbot: QtBot) -> None:
    session.refresh()
    with qtbot.waitSignal(page.export_wanted) as wanted:
        actions["export_tender"].trigger()
    assert wanted.args == [TENDER]


def test_an_archived_tender_that_is_open_can_be_taken_back_from_its_other_pages(
    page: OverviewPage, session: Session, actions: Actions, two: None, office: MemoryOffice
) -> None:
    office.archive(TENDER)
    session.refresh()
    session.open_tender(TENDER)
    page.hide()
    actions["archive"].trigger()
    assert office.stores[TENDER].tender(TENDER).archived is None


def test_the_selection_stays_when_figures_change(page: OverviewPage, session: Session, two: None) -> None:
    session.refresh()
    page.list.setCurrentIndex(page.model.index(1))
    session.refresh()
    assert page.list.currentIndex().row() == 1


def test_rows_are_painted_in_both_themes(page: OverviewPage, session: Session, two: None) -> None:
    session.refresh()
    light = page.grab().toImage()
    theme.apply("dark")
    dark = page.grab().toImage()
    theme.apply("light")
    corner = (light.width() - 8, light.height() - 8)
    assert light.pixelColor(*corner).lightness() > 200
    assert dark.pixelColor(*corner).lightness() < 60


def test_it_does_not_count_down_out_of_sight(page: OverviewPage) -> None:
    assert page._clock.isActive()
    page.hide()
    assert not page._clock.isActive()
