"""The list as a widget: heights, places, painting of whatever comes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.points import PointKind
from app.core.work import FileLink, ItemState
from app.gui.checklist.delegate import ItemDelegate
from app.gui.checklist.entries import Filter, Trait, entry_of
from app.gui.checklist.hints import HintBar
from app.gui.checklist.marks import Shape, shape_of
from app.gui.checklist.model import ChecklistModel
from app.gui.checklist.tag import KindTag
from app.gui.checklist.view import RowView
from app.gui.checklist.wording import Wording
from app.gui.theme import theme
from tests.gui.checklist.support import work, works
from tests.support.checklists import checklist, item


def no_links(_key: str) -> tuple[FileLink, ...]:
    return ()


@pytest.fixture
def view(qtbot: QtBot) -> RowView:
    wording = Wording()
    model = ChecklistModel(wording)
    made = RowView(model, ItemDelegate(wording, model))
    model.setParent(made)
    qtbot.addWidget(made)
    made.resize(452, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def fill(view: RowView, many: int) -> ChecklistModel:
    model = view.model()
    assert isinstance(model, ChecklistModel)
    model.set_items(works(checklist(many).items), no_links)
    model.complete()
    return model


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_everything_nasty_can_be_painted(view: RowView, choice: str) -> None:
    theme.apply(choice)
    model = fill(view, 0)
    for traits in (Trait.TENDER, Trait.CONTRACT):
        model.set_filter(Filter(traits))
        for row in range(model.rowCount()):
            view.scrollTo(model.index(row))
            assert not view.grab().isNull()


def test_rows_lie_one_below_the_other(view: RowView) -> None:
    model = fill(view, 300)
    for row in (0, 50, 150, model.rowCount() - 1):
        view.scrollTo(model.index(row))
        view.grab()
    last = model.rowCount() - 1
    view.grab()
    for row in range(last - 5, last):
        assert view.visualRect(model.index(row)).bottom() + 1 == view.visualRect(model.index(row + 1)).top()
    assert view.visualRect(model.index(last)).bottom() < view.viewport().height()


def test_a_point_finds_its_row(view: RowView) -> None:
    model = fill(view, 100)
    view.scrollTo(model.index(60))
    view.grab()
    for row in range(58, 61):
        assert view.indexAt(view.visualRect(model.index(row)).center()).row() == row
    assert not view.indexAt(QPoint(5, -5000)).isValid()


def test_a_click_chooses(view: RowView, qtbot: QtBot) -> None:
    model = fill(view, 20)
    view.grab()
    first, third = model.index(1), model.index(3)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(first).center())
    assert view.selected_keys() == (model.rows[1].key,)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, view.visualRect(third).center()
    )
    keys = tuple(model.rows[row].key for row in range(1, 4) if not model.is_header(row))
    assert view.selected_keys() == keys


def test_another_width_keeps_the_top_row(view: RowView) -> None:
    model = fill(view, 300)
    view.scrollTo(model.index(200), RowView.ScrollHint.PositionAtTop)
    view.grab()
    top = view.indexAt(QPoint(10, 2)).row()
    view.resize(330, 600)
    view.grab()
    assert view.indexAt(QPoint(10, 2)).row() == top


def test_the_list_is_no_blank_to_a_screen_reader(view: RowView) -> None:
    fill(view, 0)
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface is not None
    assert interface.role() in (QAccessible.Role.List, QAccessible.Role.Table)
    assert interface.childCount() > 0


@pytest.mark.parametrize(
    ("shape", "more", "kind"),
    [
        (Shape.OPEN, {}, PointKind.QUESTION),
        (Shape.EVALUATED, {}, PointKind.CRITERION),
        (Shape.DONE, {"state": ItemState.DONE}, PointKind.CRITERION),
        (Shape.REJECTED, {"state": ItemState.REJECTED, "changed": True}, PointKind.QUESTION),
        (Shape.CHANGED, {"state": ItemState.DONE, "changed": True}, PointKind.QUESTION),
    ],
)
def test_every_state_has_its_shape(shape: Shape, more: dict[str, object], kind: PointKind) -> None:
    assert shape_of(work(item("x", kind=kind), 1, **more), False) is shape


def test_a_fault_has_its_shape() -> None:
    assert shape_of(work(item("x"), 1), True) is Shape.FAULT


def test_the_grey_line_says_what_is_known(qapp: object) -> None:
    wording = Wording()
    link = FileLink("f" * 32, "a" * 32, "1" * 32, "/anbud/registreringsbevis.pdf", "0" * 64, 1)
    attachment = item("Bevis", kind=PointKind.ATTACHMENT, when="endast utländskt företag")
    cases = (
        (work(attachment, 1, reviewed=True), (), "Fil saknas · endast utländskt företag"),
        (work(attachment, 1, reviewed=True), (link,), "registreringsbevis.pdf · endast utländskt företag"),
        (work(item("x"), 1, reviewed=True, owner="Omar"), (), "Ansvarig: Omar"),
        (work(item("x"), 1, reviewed=True, answer="Ja", owner="Lina"), (), "Ja · Lina"),
        (work(item("x"), 1), (), "Inte granskad"),
        (work(item("x"), 1, state=ItemState.REJECTED, reason="Dubbel"), (), "Gäller inte oss: Dubbel"),
        (work(item("x"), 1, state=ItemState.DONE, reviewed=True), (), "Klar"),
    )
    for one, links, words in cases:
        assert wording.known(entry_of(one, links)) == words


def test_the_keys_stand_on_one_line_and_the_way_to_all_of_them_stays(qtbot: QtBot) -> None:
    bar = HintBar()
    qtbot.addWidget(bar)
    bar.show_hints([(("J", "K"), "nästa"), (("X",), "gäller inte oss"), (("Ctrl+K",), "alla kortkommandon")])
    bar.resize(800, bar.sizeHint().height())
    bar.show()
    pairs = {pair.accessibleName(): pair for pair in bar.findChildren(QWidget) if pair.accessibleName()}
    assert all(pair.isVisible() for pair in pairs.values())
    bar.resize(pairs["Ctrl+K alla kortkommandon"].width() + pairs["J K nästa"].width() + 20, bar.height())
    assert [name for name, pair in pairs.items() if pair.isVisible()] == ["J K nästa", "Ctrl+K alla kortkommandon"]
    assert len({pair.y() for pair in pairs.values()}) == 1


def test_a_tag_grows_with_the_text(qtbot: QtBot) -> None:
    tag = KindTag()
    qtbot.addWidget(tag)
    before = tag.sizeHint().height()
    theme.apply("light", 2.0)
    after = tag.sizeHint().height()
    theme.apply("light")
    assert after == 2 * before
