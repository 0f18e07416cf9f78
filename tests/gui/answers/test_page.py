"""The page Svar: files of a folder and documents of the library, linked to what asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.checklist.matching import Fit
from app.gui.actions import Actions
from app.gui.answers.dialogs import DocumentSheet
from app.gui.answers.model import AnswersModel
from app.gui.answers.page import AnswersPage
from app.gui.answers.rows import AskedRow, FileRow, Group, Header, Sign
from app.gui.answers.sure import sure_pairs
from app.workflow.desk import Desk
from tests.gui.answers.support import CV, INSURANCE, LETTER, REFERENCES, link, make
from tests.gui.secrecy.support import BidOffice
from tests.support.memory_store import MemoryStore

NO = Qt.KeyboardModifier.NoModifier


def settled(qtbot: QtBot, page: AnswersPage) -> None:
    qtbot.waitUntil(lambda: not page.busy and page.looking.looked.whole)


def asked(page: AnswersPage, key: str) -> AskedRow:
    row = page.asked.rows.rows[page.asked.rows.row_of(key)]
    assert isinstance(row, AskedRow)
    return row


def file(page: AnswersPage, name: str) -> FileRow:
    (row,) = [row for row in page.folder.list.rows.rows if row.title == name]
    assert isinstance(row, FileRow)
    return row


def linked(desk: Desk) -> set[tuple[str, str]]:
    return {(link.item, Path(link.path).name) for link in desk.links}


def choose(page: AnswersPage, name: str) -> None:
    assert page.folder.choose(name)


def test_what_needs_a_file_stands_with_its_suggestion_and_nothing_is_linked(page: AnswersPage, desk: Desk) -> None:
    header, *rows = page.asked.rows.rows
    assert header == Header(Group.LACKING, 4)
    assert [row.key for row in rows] == [CV, REFERENCES, INSURANCE, LETTER]
    (line,) = asked(page, REFERENCES).lines
    assert line.sign is Sign.HINT
    assert line.text.startswith("Förslag: Referensuppdrag.txt – namnet")
    assert asked(page, INSURANCE).lines[0].text == "Ska lämnas in. Ingen fil passar än"
    assert asked(page, LETTER).lines[0].text == "Ingen fil passar än"
    assert page.known.text() == "0 av 4 har fil · 3 obligatoriska bilagor saknar fil"
    assert desk.links == ()


def test_each_file_tells_what_asks_for_it(page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    assert file(page, "Omslag.txt").lines[0].text == "Ingen punkt frågar efter den"
    assert file(page, "CV projektledare.txt").lines[0].text == "Förslag till 3.1"
    link(desk, CV, folder / "CV projektledare.txt")
    link(desk, REFERENCES, folder / "CV projektledare.txt")
    settled(qtbot, page)
    assert file(page, "CV projektledare.txt").lines[0].text == "Kopplad till 2 punkter: 3.1, 3.2"
    assert page.tabs[0].text() == "Anbudsmapp 3"


def test_the_models_keep_to_qts_rules(page: AnswersPage, desk: Desk, folder: Path, qtmodeltester: ModelTester) -> None:
    link(desk, CV, folder / "CV projektledare.txt")
    check: Callable[[AnswersModel], None] = qtmodeltester.check
    check(page.asked.rows)
    check(page.folder.list.rows)
    check(page.library.list.rows)
    rows = page.asked.rows
    spoken = rows.index(rows.row_of(CV)).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "3.1 Bifoga CV för projektledaren.. Ska. CV projektledare.txt"
    assert not rows.flags(rows.index(0)) & Qt.ItemFlag.ItemIsSelectable


def test_the_key_links_the_chosen_file_to_all_chosen_items(
    page: AnswersPage, desk: Desk, desk_and_store: tuple[Desk, MemoryStore], actions: Actions, qtbot: QtBot
) -> None:
    page.asked.select_key(REFERENCES)
    both = page.asked.selectionModel()
    both.select(page.asked.rows.index(page.asked.rows.row_of(CV)), both.SelectionFlag.Select)
    choose(page, "Referensuppdrag.txt")
    actions["attach_file"].trigger()
    settled(qtbot, page)
    assert linked(desk) == {(CV, "Referensuppdrag.txt"), (REFERENCES, "Referensuppdrag.txt")}
    assert desk_and_store[1].entries[-1].action == "link"
    assert page.known.text() == "2 av 4 har fil · 1 obligatorisk bilaga saknar fil"
    desk.undo()
    assert desk.links == (), "one step"


def test_several_files_answer_one_item(page: AnswersPage, desk: Desk, qtbot: QtBot, folder: Path) -> None:
    page.asked.select_key(CV)
    page.folder.list.selectAll()
    page.folder.attach.click()
    settled(qtbot, page)
    assert {name for _, name in linked(desk)} == {"CV projektledare.txt", "Referensuppdrag.txt", "Omslag.txt"}
    assert [line.sign for line in asked(page, CV).lines] == [Sign.OK] * 3
    page.asked.select_key(CV)
    page.asked.setFocus()
    page.attaching.detach()
    (menu,) = page.findChildren(QMenu)
    names = [action.text() for action in menu.actions()]
    assert sorted(names) == ["CV projektledare.txt", "Omslag.txt", "Referensuppdrag.txt"]
    menu.actions()[names.index("Omslag.txt")].trigger()
    menu.close()
    assert {name for _, name in linked(desk)} == {"CV projektledare.txt", "Referensuppdrag.txt"}


def test_return_takes_the_suggestion_and_delete_takes_the_file_away(page: AnswersPage, desk: Desk, qtbot: QtBot) -> None:
    page.asked.select_key(REFERENCES)
    QTest.keyClick(page.asked, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert linked(desk) == {(REFERENCES, "Referensuppdrag.txt")}
    assert page.attaching.chosen_keys == (INSURANCE,), "the next one that lacks a file"
    page.asked.select_key(REFERENCES)
    page.asked.setFocus()
    qtbot.waitUntil(page.asked.hasFocus)
    QTest.keyClick(page.asked, Qt.Key.Key_Delete)
    assert desk.links == ()


def drop(page: AnswersPage, key: str, data: QMimeData) -> QDropEvent:
    target = page.asked
    target.scrollTo(target.rows.index(target.rows.row_of(key)))
    place = target.visualRect(target.rows.index(target.rows.row_of(key))).center()
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    viewport = target.viewport()
    QCoreApplication.sendEvent(viewport, QDragEnterEvent(place, action, data, button, NO))
    QCoreApplication.sendEvent(viewport, QDragMoveEvent(place, action, data, button, NO))
    assert target.look.over == key
    event = QDropEvent(QPointF(place), action, data, button, NO)
    QCoreApplication.sendEvent(viewport, event)
    assert target.look.over == ""
    return event


def test_a_file_dropped_on_an_item_is_linked_to_it_from_wherever_it_lies(
    page: AnswersPage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    outside = make(tmp_path / "Försäkringsbevis.txt")
    page.asked.select_key(CV)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(outside))])
    assert drop(page, INSURANCE, data).isAccepted()
    settled(qtbot, page)
    assert linked(desk) == {(INSURANCE, "Försäkringsbevis.txt")}
    assert any("utanför anbudsmappen" in line.text for line in file(page, "Försäkringsbevis.txt").lines)


def test_a_row_dragged_from_the_folder_goes_to_all_items_that_are_chosen(page: AnswersPage, desk: Desk, qtbot: QtBot) -> None:
    choose(page, "Omslag.txt")
    data = page.folder.list.rows.carried(page.folder.list.chosen_rows)
    page.asked.selectAll()
    drop(page, LETTER, data)
    settled(qtbot, page)
    assert linked(desk) == {(key, "Omslag.txt") for key in (CV, REFERENCES, INSURANCE, LETTER)}


def test_a_file_dropped_beside_the_items_is_not_taken_for_the_buyers(page: AnswersPage, qtbot: QtBot, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "Omslag.txt"))])
    place = page.folder.mapTo(page, page.folder.rect().center())
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(place, action, data, button, NO)
    QCoreApplication.sendEvent(page, enter)
    assert enter.isAccepted(), "it goes no further up"
    with qtbot.waitSignal(page.told) as said:
        QCoreApplication.sendEvent(page, QDropEvent(QPointF(place), action, data, button, NO))
    assert said.args == ["Släpp filen på den punkt som den svarar på"]
    page.show_library(True)
    QCoreApplication.sendEvent(page, QDragEnterEvent(place, action, data, button, NO))
    QCoreApplication.sendEvent(page, QDropEvent(QPointF(place), action, data, button, NO))
    (sheet,) = page.library.findChildren(DocumentSheet)
    assert sheet.name.text() == "Omslag"
    sheet.reject()


def test_what_is_no_file_is_not_taken(page: AnswersPage, desk: Desk) -> None:
    data = QMimeData()
    data.setText("Ett stycke text")
    place = QPoint(40, 60)
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NO)
    QCoreApplication.sendEvent(page.asked.viewport(), enter)
    assert not enter.isAccepted()
    assert desk.links == ()


def test_a_changed_file_is_told_at_both_sides_until_it_is_linked_as_it_is(
    page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot, actions: Actions
) -> None:
    link(desk, CV, folder / "CV projektledare.txt")
    settled(qtbot, page)
    make(folder / "CV projektledare.tmp", "Ett helt annat innehåll.").replace(folder / "CV projektledare.txt")
    qtbot.waitUntil(lambda: asked(page, CV).lines[0].sign is Sign.ODD)
    settled(qtbot, page)
    assert asked(page, CV).lines[0].text == "CV projektledare.txt – ändrad sedan den kopplades"
    assert page.asked.rows.rows[0] == Header(Group.ODD, 1), "first of all"
    assert file(page, "CV projektledare.txt").changed
    page.asked.select_key(CV)
    actions["attach_again"].trigger()
    settled(qtbot, page)
    assert asked(page, CV).lines[0].sign is Sign.OK
    assert not file(page, "CV projektledare.txt").changed


def test_a_linked_file_that_is_gone_is_told(page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    link(desk, CV, folder / "CV projektledare.txt")
    settled(qtbot, page)
    (folder / "CV projektledare.txt").unlink()
    qtbot.waitUntil(lambda: asked(page, CV).lines[0].sign is Sign.GONE)
    assert asked(page, CV).lines[0].text == "CV projektledare.txt – finns inte längre"


def test_a_new_file_comes_by_itself_with_its_suggestion(page: AnswersPage, folder: Path, qtbot: QtBot) -> None:
    make(folder / "Bevis ansvarsförsäkring.txt")
    qtbot.waitUntil(lambda: bool(asked(page, INSURANCE).fits))
    assert asked(page, INSURANCE).lines[0].text.startswith("Förslag: Bevis ansvarsförsäkring.txt")


def test_sure_suggestions_are_linked_together_in_one_step(
    page: AnswersPage, desk: Desk, desk_and_store: tuple[Desk, MemoryStore], folder: Path, qtbot: QtBot
) -> None:
    make(folder / "Försäkringsbevis.txt")
    desk.edit(LETTER, text='Bifoga ett följebrev. Filen ska namnges "Omslag".')
    desk.edit(INSURANCE, text='Bifoga ansvarsförsäkring. Filen ska namnges "Försäkringsbevis".')
    page.looking.look_into()
    settled(qtbot, page)
    pairs = sure_pairs(page.asked.rows.rows)
    wanted = {(INSURANCE, folder / "Försäkringsbevis.txt"), (LETTER, folder / "Omslag.txt")}
    assert wanted <= set(pairs)
    page.sure.click()
    settled(qtbot, page)
    assert linked(desk) == {(key, path.name) for key, path in pairs}
    assert desk_and_store[1].entries[-1].action == "link_many"
    assert not page.sure.isVisible(), "there are no more"
    desk.undo()
    assert desk.links == ()


def test_of_two_files_that_fit_as_well_none_is_sure() -> None:
    def row(*scores: float) -> AskedRow:
        return AskedRow("k", "t", True, (), fits=tuple(Fit("i", f"/{n}.pdf", one, ("words",)) for n, one in enumerate(scores)))

    assert sure_pairs([row(0.9, 0.5)]) == [("k", Path("/0.pdf"))]
    assert sure_pairs([row(0.9, 0.85)]) == []
    assert sure_pairs([row(0.7)]) == [], "likely is not sure"


def test_without_a_folder_the_page_says_what_goes_there(
    page: AnswersPage, desk: Desk, qtbot: QtBot, tmp_path: Path, folder: Path
) -> None:
    desk.set_bid_folder(None)
    settled(qtbot, page)
    assert page.folder.first.isVisible()
    page.folder.first.choose.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(folder))
    dialog.reject()
    settled(qtbot, page)
    assert desk.tender.bid_folder == str(folder)
    assert page.folder.list.rows.rows
    assert not page.folder.first.isVisible()


def test_a_folder_that_is_gone_is_told_and_keeps_the_links(page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    link(desk, CV, folder / "CV projektledare.txt")
    desk.set_bid_folder(str(folder / "finns inte"))
    settled(qtbot, page)
    assert page.folder.fault.isVisible()
    assert linked(desk) == {(CV, "CV projektledare.txt")}


@pytest.mark.skipif("sys.platform != 'linux'")
def test_names_that_differ_only_in_case_are_told(page: AnswersPage, folder: Path, qtbot: QtBot) -> None:
    make(folder / "OMSLAG.txt")
    qtbot.waitUntil(lambda: len(page.folder.list.rows.rows) == 4)
    assert any("byt namn" in line.text for line in file(page, "OMSLAG.txt").lines)


def test_a_cause_of_the_review_is_found_again(page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    assert page.show_cause([INSURANCE], None)
    assert page.attaching.chosen_keys == (INSURANCE,)
    page.show_library(True)
    assert page.show_cause([], "Omslag.txt")
    assert [row.title for row in page.folder.files] == ["Omslag.txt"]
    assert page.sides.currentWidget() is page.folder
    make(folder / "Ny.txt")
    assert page.show_cause([], "Ny.txt"), "it is not known yet"
    qtbot.waitUntil(lambda: [row.title for row in page.folder.files] == ["Ny.txt"])
    question = next(item.key for item in desk.items() if item.item.number == "3.5")
    assert not page.show_cause([question], None), "that one is answered in words"


def test_the_keys_are_in_force_only_while_the_page_is_in_sight(page: AnswersPage, actions: Actions, office: BidOffice) -> None:
    del office
    assert actions["attach_file"].isEnabled()
    page.hide()
    assert not actions["attach_file"].isEnabled()


def press(page: AnswersPage, words: str, qtbot: QtBot) -> str:
    """The panel's only button with these words; what it says to who does not see it. What is new is shown in the next turn."""

    def found() -> list[QPushButton]:
        return [one for one in page.panel.findChildren(QPushButton) if one.isVisible() and one.text() == words]

    qtbot.waitUntil(lambda: len(found()) == 1)
    (button,) = found()
    spoken = button.accessibleName()
    button.click()
    return spoken


def test_the_panel_links_and_unlinks_what_it_names(page: AnswersPage, desk: Desk, qtbot: QtBot) -> None:
    page.asked.select_key(CV)
    assert page.panel.title.text() == "3.1 Bifoga CV för projektledaren."
    assert press(page, "Koppla", qtbot) == "Koppla: CV projektledare.txt"
    settled(qtbot, page)
    assert linked(desk) == {(CV, "CV projektledare.txt")}
    page.asked.select_key(CV)
    press(page, "Koppla bort", qtbot)
    assert desk.links == ()


def test_a_file_that_cannot_be_read_is_not_linked(page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    page.asked.select_key(CV)
    with qtbot.waitSignal(page.told) as said:
        page.attaching.drop((CV,), (folder / "borta.pdf",))
    assert said.args == ["borta.pdf kan inte läsas och är inte kopplad"]
    assert desk.links == ()


def test_linking_without_a_choice_says_what_to_choose(page: AnswersPage, qtbot: QtBot) -> None:
    page.folder.list.clearSelection()
    page.folder.list.setCurrentIndex(page.folder.list.rows.index(-1))
    with qtbot.waitSignal(page.told) as said:
        page.attaching.attach()
    assert said.args == ["Välj en punkt till vänster och en fil till höger"]


def test_back_from_another_program_the_folder_is_looked_at_again(page: AnswersPage, folder: Path, qtbot: QtBot) -> None:
    watcher = page.looking._watcher
    watcher.removePaths(watcher.directories())  # a disk that does not tell
    make(folder / "Ny.txt")
    page._on_application(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: page.folder.choose("Ny.txt"))


def test_a_file_that_is_written_into_is_told_when_the_user_is_back(
    page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot
) -> None:
    link(desk, CV, folder / "CV projektledare.txt")
    settled(qtbot, page)
    make(folder / "CV projektledare.txt", "Lika långt.")
    page._on_application(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: asked(page, CV).lines[0].sign is Sign.ODD)


def test_folders_are_watched_and_not_each_file(page: AnswersPage, desk: Desk, folder: Path, qtbot: QtBot) -> None:
    (folder / "CV").mkdir()
    make(folder / "CV" / "Anna.txt")
    qtbot.waitUntil(lambda: page.folder.choose("Anna.txt"))
    settled(qtbot, page)
    watcher = page.looking._watcher
    assert {*watcher.directories()} == {str(folder), str(folder / "CV")}
    assert watcher.files() == []
    make(folder / "CV" / "Bo.txt")
    qtbot.waitUntil(lambda: page.folder.choose("Bo.txt"))
    desk.set_bid_folder(None)
    settled(qtbot, page)
    assert watcher.directories() == []


def test_a_tender_that_is_opened_out_of_sight_is_shown_when_the_page_is(page: AnswersPage, desk: Desk, qtbot: QtBot) -> None:
    page.hide()
    page._on_opened(None)
    assert not page.asked.rows.rows
    assert not page.folder.list.rows.rows
    page._on_opened(desk)
    assert not page.asked.rows.rows
    assert not page.folder.list.rows.rows
    page.show()
    assert page.known.text().startswith("0 av 4 har fil")
    settled(qtbot, page)
    assert len(page.folder.list.rows.rows) == 3
