"""A text that stands in thousands of places, and a claim with hundreds of marks: the page makes no more than what is in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.claims import Anchor, AnchorState
from app.core.document import Place
from app.gui.actions import Actions
from app.gui.secrecy.anchors import AnchorList, _Line
from app.gui.secrecy.links import LineLink
from app.gui.secrecy.occurrences import PlacesModel
from app.gui.secrecy.page import SecrecyPage
from app.gui.secrecy.spreading import MOST
from app.gui.source.marks import Marked
from app.secrecy.occurrences import Where
from app.workflow.bid import BidShelf
from app.workflow.marks import Spread
from app.workflow.secrecy_desk import Placed
from tests.gui.checklist.support import ModelTester
from tests.gui.secrecy.conftest import Bid
from tests.gui.secrecy.support import Opened
from tests.support.bids import METHOD, bid_desk, bid_file, method

CHECK = Qt.ItemDataRole.CheckStateRole


def places(count: int) -> list[Spread]:
    """All but every tenth can be marked."""
    return [
        Spread("f", "n.docx", Where.BODY, "x", "före", "efter", Placed(Anchor("f", str(number))) if number % 10 else None)
        for number in range(count)
    ]


def test_the_list_of_places_is_sound_and_counts_what_is_chosen(qtmodeltester: ModelTester) -> None:
    model = PlacesModel(places(100), frozenset({1, 2}))
    qtmodeltester.check(model)
    assert model.count == 88
    assert model.data(model.index(0), CHECK) is None
    assert not model.setData(model.index(0), 2, CHECK)
    assert model.setData(model.index(1), 2, CHECK)
    assert model.setData(model.index(3), 0, CHECK)
    assert model.count == 88
    model.choose(True)
    assert model.all_chosen
    assert len(model.chosen()) == 90
    model.choose(False)
    assert model.chosen() == ()


def test_of_too_many_places_the_first_are_offered_and_then_the_rest(qtbot: QtBot, opened: Opened, actions: Actions) -> None:
    desk, store, _ = bid_desk()
    many = MOST + 40
    document = method(*[f"Kronofogde nummer {number}." for number in range(many)])
    desk.take_in_bid([bid_file(METHOD, 0, document, store)], {}, run="2")
    page: SecrecyPage = opened((desk, store, BidShelf(store)))
    page.source.text_marked.emit(Marked(METHOD, Place(paragraph=4), "Kronofogde"))
    actions["mark_everywhere"].trigger()
    qtbot.waitUntil(lambda: page.spreading.dialog is not None)
    first = page.spreading.dialog
    assert first is not None
    assert (first.model.rowCount(), first.model.count) == (MOST, MOST)
    first.ok.click()
    qtbot.waitUntil(lambda: not page.busy)
    (claim,) = desk.claims()
    assert len(claim.claim.anchors) == MOST
    actions["mark_everywhere"].trigger()
    qtbot.waitUntil(lambda: page.spreading.dialog is not None and page.spreading.dialog is not first)
    rest = page.spreading.dialog
    assert rest is not None
    assert rest.model.count == 40, "what is marked already does not stand in the way"
    rest.reject()


def lines(made: AnchorList) -> list[_Line]:
    return [one for one in made.findChildren(_Line) if not one.isHidden()]


def test_of_many_marks_some_are_lines_the_lost_ones_first(qtbot: QtBot) -> None:
    made = AnchorList()
    qtbot.addWidget(made)
    marks = [(f"Sida {number}", AnchorState.LOST if number == 90 else AnchorState.FOUND) for number in range(100)]
    made.show_anchors(marks, another=True)
    shown = lines(made)
    assert len(shown) < 20
    assert shown[0]._number == 90
    removed: list[object] = []
    made.removed.connect(removed.append)
    shown[1]._on_removed()
    assert removed == [0], "lines keep the numbers of their marks"
    more = next(one for one in made.findChildren(LineLink) if "fler" in one.accessibleName())
    more.click()
    assert len(lines(made)) == 2 * len(shown)
    made.show_anchors(marks[:3], another=True)
    assert len(lines(made)) == 3


def test_the_keys_go_through_the_heads_buttons_as_they_stand(page: SecrecyPage, bid: Bid) -> None:
    del bid
    head = page.source.head
    one: QWidget = head.documents
    buttons: list[QWidget] = []
    while page.top.more not in buttons:
        following = one.nextInFocusChain()
        assert following is not None
        one = following
        if one.isVisible() and one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.parent() is head:
            buttons.append(one)
    assert buttons[-2:] == [page.top.preview, page.top.more]
    lefts = [button.x() for button in buttons]
    assert lefts == sorted(lefts)
