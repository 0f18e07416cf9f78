"""Which item the annex answers: found among thousands by a few letters, chosen by the keys, taken back by undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.checklist import ChecklistItem
from app.core.document import Place
from app.core.points import PointKind, Source
from app.core.work import WorkItem
from app.gui.actions import Actions
from app.gui.secrecy.choosing import ItemDialog, ItemsModel, choices
from app.gui.secrecy.page import SecrecyPage
from tests.gui.checklist.support import ModelTester
from tests.gui.secrecy.conftest import Bid
from tests.support.bids import TENDER, bid_desk

Key = Qt.Key


def item(number: int, text: str, kind: PointKind = PointKind.QUESTION) -> WorkItem:
    found = ChecklistItem(f"id{number}", kind, True, text, Source("doc", text, Place(1)), number=f"2.{number}")
    return WorkItem(f"{number:032x}", TENDER, float(number), found)


WHO = item(1, "Ange firma och organisationsnummer.")
ASKS = item(2, "Begär anbudsgivaren sekretess? Ange vilka uppgifter.")
LIST = item(3, "Bifoga förteckning över handlingar.", PointKind.ATTACHMENT)
LATER = item(4, "Sekretess under avtalet.", PointKind.CONTRACT)


def asked(page: SecrecyPage, actions: Actions, qtbot: QtBot) -> ItemDialog:
    actions["choose_annex_item"].trigger()
    qtbot.waitUntil(lambda: page.annexing.choosing.dialog is not None)
    dialog = page.annexing.choosing.dialog
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.field.hasFocus)
    return dialog


def test_an_item_is_found_by_its_words_and_chosen_by_the_keys(
    qtbot: QtBot, opened: Callable[[Bid], SecrecyPage], actions: Actions
) -> None:
    bid = bid_desk(WHO, ASKS, LIST, LATER)
    desk, page = bid[0], opened(bid)
    assert page.asking.item == ASKS
    assert "2.2" in page.top.item.accessibleName()
    dialog = asked(page, actions, qtbot)
    assert dialog.list.currentIndex().row() == 0, "it is found by itself until another is chosen"
    QTest.keyClicks(dialog.field, "bifoga FÖRTECKNING")
    assert dialog.model.hits == 1
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert desk.tender.secrecy.item == LIST.key
    qtbot.waitUntil(lambda: not page.busy and page.asking.item == LIST)
    assert "2.3" in page.top.item.accessibleName()
    desk.undo()
    qtbot.waitUntil(lambda: not page.busy and page.asking.item == ASKS)


def test_another_tender_shows_no_item_of_the_one_before(qtbot: QtBot, opened: Callable[[Bid], SecrecyPage]) -> None:
    page = opened(bid_desk(WHO, ASKS))
    assert "2.2" in page.top.item.accessibleName()
    page.hide()
    other = bid_desk(WHO)[0]
    page._session._put(other)
    assert page.asking.item is None, "not even while nobody looks"
    page.show()
    qtbot.waitUntil(lambda: not page.busy)
    assert page.asking.item is None
    assert not page.top.item.isVisible()


def test_no_item_at_all_is_a_choice_and_is_said(qtbot: QtBot, opened: Callable[[Bid], SecrecyPage], actions: Actions) -> None:
    bid = bid_desk(WHO, ASKS)
    page = opened(bid)
    page.top.choose.click()
    dialog = asked(page, actions, qtbot)
    QTest.keyClick(dialog.field, Key.Key_Down)
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert bid[0].tender.secrecy.item == ""
    qtbot.waitUntil(lambda: not page.busy and page.asking.item is None)
    assert page.top.nothing.isVisible()
    assert not page.top.item.isVisible()
    again = asked(page, actions, qtbot)
    assert again.list.currentIndex().row() == 1, "what is chosen is where one begins"
    QTest.keyClick(again.field, Key.Key_Up)
    QTest.keyClick(again.field, Key.Key_Return)
    assert bid[0].tender.secrecy.item is None


def test_what_speaks_of_secrecy_comes_first_and_what_cannot_be_answered_is_left_out() -> None:
    rows = choices((WHO, LIST, ASKS, LATER))
    assert [row.item for row in rows] == [None, "", ASKS.key, WHO.key, LIST.key]
    assert "2.2" in rows[0].text


def test_the_list_is_sound_while_one_searches(qtmodeltester: ModelTester) -> None:
    model = ItemsModel(choices([item(number, f"Krav {number}") for number in range(300)]))
    qtmodeltester.check(model)
    for text, hits in (("krav 299", 1), ("finns inte", 0), ("", 300)):
        model.look_for(text)
        assert model.hits == hits
        qtmodeltester.check(model)
    model.look_for("finns inte")
    assert model.rowCount() == 2, "to be found by itself, or none, can be chosen all the same"
