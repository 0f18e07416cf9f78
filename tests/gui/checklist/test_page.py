"""The page driven by its keys, over a real desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.points import PointKind, Source
from app.core.work import DocumentRecord, ItemState
from app.gui.actions import Actions
from app.gui.checklist.dialogs import EditDialog, SplitDialog
from app.gui.checklist.drafts import Drafts
from app.gui.checklist.page import ChecklistPage
from app.gui.checklist.rows import Grouping, Header
from app.gui.session import Session
from app.gui.source.marks import Marked
from app.workflow.desk import Desk
from tests.gui.checklist.support import FakeSource, desk_of, rich_desk, work, works
from tests.gui.shell.support import MemoryOffice
from tests.support.checklists import checklist, documents, item

Key = Qt.Key
Opened = Callable[[Desk], ChecklistPage]


def desk(page: ChecklistPage) -> Desk:
    assert page.decisions.desk is not None
    return page.decisions.desk


def current(page: ChecklistPage) -> str:
    (key,) = page.view.selected_keys()
    return key


def source(page: ChecklistPage) -> FakeSource:
    assert isinstance(page.source, FakeSource)
    return page.source


def press(qtbot: QtBot, widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def test_j_and_k_step_over_headers_and_the_detail_follows(page: ChecklistPage, qtbot: QtBot, session: Session) -> None:
    keys = page.visible_keys()
    assert current(page) == keys[0]
    for _ in range(4):
        press(qtbot, page.view, Key.Key_J)
    assert current(page) == keys[4] == session.selection == page.detail.key
    press(qtbot, page.view, Key.Key_K)
    assert current(page) == keys[3]


def test_arrows_home_and_end_step_over_headers(page: ChecklistPage, qtbot: QtBot) -> None:
    keys = page.visible_keys()
    press(qtbot, page.view, Key.Key_End)
    assert current(page) == keys[-1]
    press(qtbot, page.view, Key.Key_Up)
    assert current(page) == keys[-2]
    press(qtbot, page.view, Key.Key_Home)
    assert current(page) == keys[0]
    press(qtbot, page.view, Key.Key_PageDown)
    assert current(page) != keys[0]
    press(qtbot, page.view, Key.Key_PageUp)
    assert current(page) == keys[0]


def test_the_source_follows_the_list(page: ChecklistPage, qtbot: QtBot) -> None:
    press(qtbot, page.view, Key.Key_J)
    key = current(page)
    wanted = desk(page).item(key).item.source
    qtbot.waitUntil(lambda: source(page).places[-1:] == [(wanted.document, wanted.place, wanted.quote)])
    assert source(page).marked[-1] == key


def test_enter_lands_on_the_passage_at_once(page: ChecklistPage, qtbot: QtBot) -> None:
    before = len(source(page).places)
    press(qtbot, page.view, Key.Key_Return)
    assert len(source(page).places) == before + 1


def test_a_passage_selects_its_item(page: ChecklistPage) -> None:
    wanted = page.visible_keys()[5]
    source(page).mark_activated.emit(wanted)
    assert current(page) == wanted == page.detail.key


def test_a_passage_whose_item_the_filter_hides_takes_the_filter_away(page: ChecklistPage) -> None:
    page.left.filters.choose("contract")
    wanted = next(one.key for one in desk(page).items() if one.item.kind is PointKind.QUESTION)
    assert wanted not in page.visible_keys()
    source(page).mark_activated.emit(wanted)
    assert current(page) == wanted
    assert page.left.filters.name == "all"


def test_space_is_done_and_goes_to_the_next_that_nobody_has_looked_at(page: ChecklistPage, qtbot: QtBot) -> None:
    keys = page.visible_keys()
    desk(page).keep(keys[1:3])
    press(qtbot, page.view, Key.Key_Space)
    assert desk(page).item(keys[0]).state is ItemState.DONE
    assert current(page) == keys[3]


def test_space_on_what_is_done_opens_it_again(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_Space)
    page.view.select_key(key)
    press(qtbot, page.view, Key.Key_Space)
    assert desk(page).item(key).state is ItemState.OPEN
    assert current(page) == key


def test_done_while_only_the_missing_are_shown_goes_on(page: ChecklistPage, qtbot: QtBot) -> None:
    page.left.filters.choose("missing")
    keys = page.visible_keys()
    page.view.select_key(keys[2])
    press(qtbot, page.view, Key.Key_Space)
    assert keys[2] not in page.visible_keys()
    assert current(page) == keys[3]


def test_the_last_one_left_keeps_the_focus_somewhere(opened: Opened, qtbot: QtBot) -> None:
    page = opened(desk_of(works([item("en"), item("två")])))
    page.left.filters.choose("missing")
    press(qtbot, page.view, Key.Key_Space)
    press(qtbot, page.view, Key.Key_Space)
    assert page.visible_keys() == ()
    assert not page.view.isVisible()


def test_b_keeps(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_B)
    assert desk(page).item(key).reviewed
    assert desk(page).item(key).state is ItemState.OPEN
    assert current(page) == page.visible_keys()[1]


def test_x_asks_for_a_reason_and_r_takes_it_back(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_X)
    assert page.left.ask.isVisible()
    assert desk(page).item(key).state is ItemState.OPEN
    QTest.keyClicks(page.left.ask.field, "dubbel")
    press(qtbot, page.left.ask.field, Key.Key_Return)
    assert (desk(page).item(key).state, desk(page).item(key).reason) == (ItemState.REJECTED, "dubbel")
    assert key not in page.visible_keys()
    assert not page.left.ask.isVisible()
    qtbot.waitUntil(page.view.hasFocus)
    page.left.filters.choose("rejected")
    page.view.select_key(key)
    press(qtbot, page.view, Key.Key_R)
    assert desk(page).item(key).state is ItemState.OPEN


def test_a_common_reason_is_chosen_with_the_arrows(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_X)
    press(qtbot, page.left.ask.field, Key.Key_Down)
    press(qtbot, page.left.ask.field, Key.Key_Return)
    assert desk(page).item(key).reason == "Gäller ett anbudsområde vi inte lämnar anbud på"


def test_escape_decides_nothing(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_X)
    press(qtbot, page.left.ask.field, Key.Key_Escape)
    assert desk(page).item(key).state is ItemState.OPEN
    assert not page.left.ask.isVisible()
    assert current(page) == key


def test_a_decision_is_about_everything_chosen(page: ChecklistPage, qtbot: QtBot) -> None:
    keys = page.visible_keys()
    for _ in range(2):
        press(qtbot, page.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.view.selected_keys() == keys[:3]
    press(qtbot, page.view, Key.Key_A)
    QTest.keyClicks(page.left.ask.field, "Lina")
    press(qtbot, page.left.ask.field, Key.Key_Return)
    assert [desk(page).item(key).owner for key in keys[:4]] == ["Lina", "Lina", "Lina", None]
    press(qtbot, page.view, Key.Key_Space)
    assert all(desk(page).item(key).state is ItemState.DONE for key in keys[:3])
    assert current(page) == keys[3]


def test_d_sets_a_day_and_says_what_is_no_day(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_D)
    QTest.keyClicks(page.left.ask.field, "snart")
    press(qtbot, page.left.ask.field, Key.Key_Return)
    assert page.left.ask.wrong.isVisible()
    page.left.ask.field.clear()
    QTest.keyClicks(page.left.ask.field, "2099-11-27")
    press(qtbot, page.left.ask.field, Key.Key_Return)
    assert desk(page).item(key).due == "2099-11-27"


def test_letters_are_letters_where_one_types(page: ChecklistPage, qtbot: QtBot) -> None:
    before = desk(page).items()
    for field in (page.left.filters.search, page.detail.note, page.detail.owner):
        field.setFocus()
        qtbot.waitUntil(field.hasFocus)
        for key in (Key.Key_X, Key.Key_J, Key.Key_B, Key.Key_N, Key.Key_U, Key.Key_Slash):
            press(qtbot, field, key)
        assert not page.left.ask.isVisible()
        assert not page.left.ledger_shown
    assert page.left.filters.search.text() == "xjbnu/"
    assert [one.state for one in desk(page).items()] == [one.state for one in before]


def test_slash_searches_and_escape_comes_back(page: ChecklistPage, qtbot: QtBot) -> None:
    press(qtbot, page.view, Key.Key_Slash)
    qtbot.waitUntil(page.left.filters.search.hasFocus)
    QTest.keyClicks(page.left.filters.search, "aktiebolag")
    qtbot.waitUntil(lambda: len(page.visible_keys()) == 1)
    press(qtbot, page.left.filters.search, Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page.visible_keys()) > 1)
    press(qtbot, page.left.filters.search, Key.Key_Escape)
    qtbot.waitUntil(page.view.hasFocus)


def test_f2_edits(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_F2)
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    dialog.text.setPlainText("I andra ord")
    dialog.number.setText("9.9")
    dialog.ok.click()
    changed = desk(page).item(key)
    assert (changed.item.text, changed.item.number) == ("I andra ord", "9.9")
    assert changed.found is not None


def test_ctrl_shift_d_splits_at_the_cursor(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    old = desk(page).item(key).item
    press(qtbot, page.view, Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = page.findChild(SplitDialog)
    assert dialog is not None
    assert not dialog.ok.isEnabled()
    cursor = dialog.text.textCursor()
    cursor.setPosition(old.text.index(" ") + 1)
    dialog.text.setTextCursor(cursor)
    dialog.cut.click()
    dialog.ok.click()
    first, second = (one for one in desk(page).items() if key in one.parents)
    assert f"{first.item.text} {second.item.text}" == old.text
    assert first.item.source.place == second.item.source.place == old.source.place
    assert key not in page.visible_keys()
    assert current(page) == first.key


def test_ctrl_m_merges_what_is_chosen(page: ChecklistPage, qtbot: QtBot) -> None:
    keys = page.visible_keys()
    press(qtbot, page.view, Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert page.visible_keys() == keys
    press(qtbot, page.view, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, page.view, Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert len(page.visible_keys()) == len(keys) - 1
    assert desk(page).item(current(page)).parents == keys[:2]


def test_n_makes_an_item_of_marked_text(page: ChecklistPage, qtbot: QtBot) -> None:
    where = desk(page).item(page.visible_keys()[1]).item.source
    press(qtbot, page.view, Key.Key_N)
    assert page.findChild(EditDialog) is None
    source(page).text_marked.emit(Marked(where.document, where.place, "Offererade konsulter\nska tala svenska"))
    press(qtbot, page.view, Key.Key_N)
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    dialog.ok.click()
    added = desk(page).item(current(page))
    assert added.item.text == "Offererade konsulter ska tala svenska"
    assert added.item.source.place == where.place
    assert added.key in page.visible_keys()


def test_u_shows_the_lines_without_a_place_and_p_makes_items_of_them(page: ChecklistPage, qtbot: QtBot) -> None:
    lines = desk(page).documents[0].summary.unassigned
    press(qtbot, page.view, Key.Key_U)
    ledger = page.left.ledger
    qtbot.waitUntil(ledger.hasFocus)
    assert not page.detail.isVisible(), "its buttons would act on an item that nobody sees"
    assert page.line.isVisible()
    assert page.line.words.text() == lines[0].text
    assert not page.decisions.chosen()
    assert page.left.lines.open_lines == len(lines) == 2
    press(qtbot, ledger, Key.Key_P)
    added = next(one for one in desk(page).items() if one.item.text == lines[0].text)
    assert page.line.words.text() == lines[1].text
    assert added.item.source.place == lines[0].place
    assert page.left.lines.open_lines == 1
    row = page.left.lines.line_at(ledger.currentIndex().row())
    assert row is not None
    assert row.line == lines[1]
    assert source(page).places[-1][1] == lines[1].place
    press(qtbot, ledger, Key.Key_U)
    qtbot.waitUntil(page.view.hasFocus)
    assert page.detail.isVisible()
    assert added.key in page.visible_keys()


def test_the_button_below_makes_an_item_of_the_line(page: ChecklistPage, qtbot: QtBot) -> None:
    lines = desk(page).documents[0].summary.unassigned
    press(qtbot, page.view, Key.Key_U)
    page.line.promote.click()
    assert lines[0].text in [one.item.text for one in desk(page).items()]
    assert page.line.words.text() == lines[1].text


def test_the_list_keeps_place_and_selection_while_it_grows(opened: Opened, qtbot: QtBot) -> None:
    listed = works(checklist(400).items)
    page = opened(desk_of(listed[:200], documents()))
    chosen = page.visible_keys()[120]
    page.view.select_key(chosen)
    page.view.verticalScrollBar().setValue(page.view.verticalScrollBar().value() + 100)
    page.grab()
    before = page.view.visualRect(page.view.currentIndex())
    earlier = [
        replace(work(item(f"Före {number}", headings=("0 Först",)), 1000 + number), position=-100.0 + number)
        for number in range(50)
    ]
    desk(page).take_in(desk(page).tender.found, (), [*earlier, *listed[200:]], run="1", lasting=True)
    qtbot.waitUntil(lambda: len(page.visible_keys()) > 300)
    page.grab()
    assert current(page) == chosen
    assert page.view.visualRect(page.view.currentIndex()) == before


def test_a_changed_row_keeps_everything_in_place(opened: Opened) -> None:
    page = opened(rich_desk(200))
    page.view.select_key(page.visible_keys()[100])
    page.grab()
    before = page.view.verticalScrollBar().value()
    desk(page).keep(page.visible_keys()[10:20])
    page.grab()
    assert page.view.verticalScrollBar().value() == before


@pytest.mark.parametrize("grouping", list(Grouping))
def test_grouping_keeps_the_selection(page: ChecklistPage, grouping: Grouping) -> None:
    key = page.visible_keys()[6]
    page.view.select_key(key)
    page.left.filters.grouping.setCurrentIndex(list(Grouping).index(grouping))
    assert current(page) == key
    assert page.model.grouping is grouping
    assert any(isinstance(row, Header) for row in page.model.rows) is (grouping is not Grouping.NONE)
    page.grab()


def test_the_chips_have_counts_and_choose(page: ChecklistPage) -> None:
    tender = [one for one in desk(page).items() if one.item.kind is not PointKind.CONTRACT]
    chips = page.left.filters.chips
    assert chips["all"].text() == f"Alla {len(tender)}"
    assert chips["contract"].text() == "Efter tilldelning 2"
    assert chips["rejected"].isHidden()
    page.left.filters.choose("contract")
    assert len(page.visible_keys()) == 2
    desk(page).done([tender[0].key])
    assert chips["missing"].text() == f"Saknas {len(tender) - 1}"


def test_mine_asks_who_that_is(page: ChecklistPage, session: Session, qtbot: QtBot) -> None:
    desk(page).assign(page.visible_keys()[:2], "Lina")
    page.left.filters.chips["mine"].click()
    assert page.left.ask.isVisible()
    with qtbot.waitSignal(session.me_named) as told:
        QTest.keyClicks(page.left.ask.field, "Lina")
        press(qtbot, page.left.ask.field, Key.Key_Return)
    assert told.args == ["Lina"]
    assert len(page.visible_keys()) == 2
    assert page.left.filters.chips["mine"].text() == "Mina 2"


def test_undo_brings_back_what_was_decided(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    press(qtbot, page.view, Key.Key_Space)
    desk(page).undo()
    assert desk(page).item(key).state is ItemState.OPEN
    entry = page.model.entry(key)
    assert entry is not None
    assert entry.work.state is ItemState.OPEN


def test_marks_and_gaps_reach_the_source(page: ChecklistPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(source(page).marks) == len(desk(page).items()))
    assert len(source(page).gaps) == 2


def test_another_tender_starts_afresh(page: ChecklistPage, session: Session) -> None:
    page.left.filters.choose("contract")
    session.close_tender()
    assert page.visible_keys() == ()
    assert page.detail.key is None
    assert page.left.filters.name == "all"


def test_the_sizes_of_the_panes_are_remembered(page: ChecklistPage) -> None:
    page.both.setSizes([400, 700])
    kept, sizes = page.save_sizes(), page.both.sizes()
    page.both.setSizes([600, 500])
    page.restore_sizes(kept)
    assert page.both.sizes() == sizes


def test_a_document_that_comes_is_given_to_the_source(page: ChecklistPage) -> None:
    old = desk(page).documents[0]
    new = DocumentRecord("e" * 32, old.tender, 9, replace(old.summary, id="nytt", name="Nytt.pdf"), "f" * 64)
    desk(page).take_in(desk(page).tender.found, [new], (), run="1", lasting=True)
    assert new in source(page).documents
    assert page.wording.document("nytt") == "Nytt.pdf"


def test_the_keys_are_those_of_the_actions(page: ChecklistPage, actions: Actions) -> None:
    for name in ("done", "reject", "keep", "assign", "due", "restore"):
        assert actions[name] in page.view.actions()
        assert actions[name].shortcutContext() is Qt.ShortcutContext.WidgetShortcut


def test_the_users_own_margin_moves_proposals_and_the_name_is_known(page: ChecklistPage, session: Session) -> None:
    desk(page).assign(page.visible_keys()[:3], "Lina")
    before = page.detail.propose.text()
    session.set_plans("Lina", 20)
    assert page.left.filters.chips["mine"].text() == "Mina 3"
    assert page.detail.propose.text() != before
    assert "20 arbetsdagar" in page.detail.propose.text()


def test_where_a_withdrawn_text_stood_is_shown_without_a_mark_and_with_a_word(page: ChecklistPage, qtbot: QtBot) -> None:
    key = current(page)
    gone = replace(desk(page).item(key), withdrawn=True, answer="Ja")
    desk(page).take_in(desk(page).tender.found, (), [gone], run="r", lasting=True)
    qtbot.waitUntil(lambda: bool(source(page).marks) and all(mark.key != key for mark in source(page).marks))
    said: list[str] = []
    page.said.connect(said.append)
    page.detail.place.click()
    place = gone.item.source.place
    assert source(page).places[-1] == (gone.item.source.document, replace(place, box=None), "")
    assert said == [f"Texten finns inte längre i underlaget. Den stod i {page.wording.where(gone.item.source)}."]


def test_a_withdrawn_item_is_found_among_the_changed(page: ChecklistPage, qtbot: QtBot, session: Session) -> None:
    key = page.visible_keys()[3]
    gone = replace(desk(page).item(key), withdrawn=True, answer="Ja")
    desk(page).take_in(desk(page).tender.found, (), [gone], run="r", lasting=True)
    page.model.complete()
    assert key not in page.visible_keys()
    session.select(key)
    assert page.left.filters.name == "changed"
    assert page.visible_keys() == (key,)


def test_tab_comes_to_everything_above_the_list_and_the_page_hands_its_focus_to_the_list(
    page: ChecklistPage, qtbot: QtBot
) -> None:
    before = QPushButton("rail", page)  # as the rail stands before the page
    before.show()
    page.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    QWidget.setTabOrder(before, page)
    before.setFocus()
    qtbot.waitUntil(before.hasFocus)
    met: list[QWidget | None] = []
    while page.view not in met and len(met) < 20:
        QTest.keyClick(page.focusWidget() or page, Key.Key_Tab)
        met.append(page.focusWidget())
    filters = page.left.filters
    assert met[0] is filters.chips["all"]
    assert filters.search in met
    assert filters.grouping in met
    assert met[-1] is page.view


def test_what_is_typed_in_a_dialog_is_kept_until_it_is_said(page: ChecklistPage, session: Session, qtbot: QtBot) -> None:
    key = current(page)
    office = cast("MemoryOffice", session.office)
    page.decisions.edit()
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    dialog.text.setPlainText("Visa upp era bevis")
    qtbot.waitUntil(lambda: office.typed == (desk(page).key, "edit", key, "Visa upp era bevis"))
    again = Drafts(session, page.left.ask, page)  # as after the program was killed
    assert again.text("edit", key) == "Visa upp era bevis"
    assert again.text("split", key) is None
    dialog.accept()
    assert office.typed is None
    assert desk(page).item(key).item.text == "Visa upp era bevis"


@pytest.mark.parametrize("left", ["reject", "close"])
def test_what_was_typed_for_a_new_item_is_there_after_escape_by_mistake(
    page: ChecklistPage, session: Session, qtbot: QtBot, left: str
) -> None:
    place = desk(page).items()[0].item.source.place
    page.decisions.marked = Source(desk(page).items()[0].item.source.document, "Beskriv er metod", place)
    page.decisions.add()
    dialog = page.findChild(EditDialog)
    assert dialog is not None
    dialog.text.setPlainText("Beskriv metoden för tester")
    getattr(dialog, left)()
    qtbot.waitUntil(lambda: page.findChild(EditDialog) is None)
    page.decisions.add()
    again = page.findChild(EditDialog)
    assert again is not None
    assert again.text.toPlainText() == "Beskriv metoden för tester"
    next(button for button in again.findChildren(QPushButton) if button.text() == "Avbryt").click()
    qtbot.waitUntil(lambda: page.findChild(EditDialog) is None)
    assert cast("MemoryOffice", session.office).typed is None
    page.decisions.add()
    last = page.findChild(EditDialog)
    assert last is not None
    assert last.text.toPlainText() == "Beskriv er metod", "given up by the button"
    last.accept()


def test_a_reason_half_written_is_there_when_it_is_asked_for_again(page: ChecklistPage, session: Session, qtbot: QtBot) -> None:
    key = current(page)
    office = cast("MemoryOffice", session.office)
    office.typed = (desk(page).key, "reject", key, "Gäller del B som")
    page.decisions._drafts._load()
    page.decisions.reject()
    assert page.left.ask.field.text() == "Gäller del B som"
    QTest.keyClicks(page.left.ask.field, " saknas")
    page.left.ask.field.setFocus()
    page.left.ask.leave()
    assert office.typed is None


def test_an_item_that_is_undone_while_the_document_is_on_its_way_to_it_is_no_fault(page: ChecklistPage, qtbot: QtBot) -> None:
    here = desk(page)
    added = here.add("Ett eget krav.", PointKind.REQUIREMENT, True, here.items()[0].item.source)
    qtbot.waitUntil(lambda: page.model.entry(added.key) is not None)
    here_before = page._session.selection
    page._session.select(added.key)
    here.undo()
    page._show_source()
    assert added.key not in here.everything()
    assert here_before != added.key
