"""The main window over a session: pages, counts, header, bars, toast, palette, files dropped anywhere."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.clock import in_sweden
from app.core.document import Finding
from app.core.work import ItemState, TenderRecord
from app.gui.actions import Actions
from app.gui.jobs import Control, ImportJob, QtWriter
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.book import PAGES
from app.gui.shell.fault import FaultDialog
from app.gui.shell.hook import FaultHook
from app.gui.shell.palette import CommandPalette
from app.gui.shell.palette_search import Group, Thing
from app.gui.shell.sheet import UnsavedDialog
from app.gui.shell.window import CHECKLIST, DOCUMENTS, OVERVIEW, MainWindow, make_page
from app.workflow.check import Step
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from tests.gui.shell.support import MemoryOffice, NoReader
from tests.support.desks import TENDER, work


def page(number: int, session: Session, actions: Actions) -> QWidget:
    return make_page(number, session, actions) if number == OVERVIEW else QWidget()


@pytest.fixture
def window(session: Session, actions: Actions, office: MemoryOffice, qtbot: QtBot) -> Iterator[MainWindow]:
    soon = (in_sweden() + timedelta(days=11)).strftime("%Y-%m-%dT23:59")
    found = Tender("IT-konsulttjänster 2026", "Myndigheten för registervård", "2026/01472", soon)
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00", found), *[work(number) for number in range(1, 6)])
    made = MainWindow(session, actions, page)
    qtbot.addWidget(made)
    made.show()
    session.refresh()
    yield made
    made.close()


def texts(window: QWidget) -> list[str]:
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible()]


def rail(window: MainWindow) -> list[tuple[bool, bool, str]]:
    return [(button.isChecked(), button.isEnabled(), button.accessibleDescription()) for button in window.rail._buttons]


def test_without_a_tender_there_is_only_the_overview(window: MainWindow) -> None:
    assert rail(window) == [(True, True, ""), *[(False, False, "")] * (len(PAGES) - 1)]
    window.show_page(CHECKLIST)
    assert window.page(CHECKLIST) is None


def test_an_open_tender_is_named_counted_and_its_list_shown(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.open_tender(TENDER)
    shown = texts(window.header)
    assert "IT-konsulttjänster 2026" in shown
    assert "Myndigheten för registervård · 2026/01472" in shown
    assert any(text.startswith("◷ 11 dagar kvar · ") and text.endswith(" 23:59") for text in shown)
    qtbot.waitUntil(
        lambda: rail(window)[:3] == [(False, True, ""), (False, True, "0 dokument"), (True, True, "5 punkter saknas")]
    )
    assert rail(window)[3:5] == [(False, True, "0 obligatoriska bilagor saknar fil"), (False, True, "0 begäranden om sekretess")]
    assert window.windowTitle() == "Anbudsklar", "other programs can read window titles"


def test_an_empty_tender_opens_on_its_documents(window: MainWindow, session: Session, office: MemoryOffice) -> None:
    office.add(TenderRecord("f" * 32, "2026-11-25T09:00:00"))
    session.open_tender("f" * 32)
    assert rail(window)[DOCUMENTS][0]
    assert "Upphandling utan namn" in texts(window.header)


def test_pages_change_by_their_actions(window: MainWindow, session: Session, actions: Actions) -> None:
    session.open_tender(TENDER)
    for number, name in enumerate(("page_overview", "page_documents", "page_checklist")):
        actions[name].trigger()
        assert rail(window)[number][0]
        assert window.pages.currentWidget() is window.page(number)


def test_a_step_is_told_with_a_way_back(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.reject([session.desk.items()[0].key], "gäller bara utländska")
    assert window.toast.isVisible()
    assert "Gäller inte oss" in texts(window.toast)
    qtbot.waitUntil(lambda: rail(window)[CHECKLIST][2] == "4 punkter saknas")
    button = window.toast.findChild(QPushButton)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: rail(window)[CHECKLIST][2] == "5 punkter saknas")
    assert "Ångrat: Gäller inte oss" in texts(window.toast)
    assert not button.isVisible()


def test_redo_right_after_undo_is_not_dropped(window: MainWindow, session: Session, actions: Actions) -> None:
    """It waited for the counts, which are made a moment later."""
    session.open_tender(TENDER)
    assert session.desk is not None
    key = session.desk.items()[0].key
    session.desk.reject([key], "gäller bara utländska")
    actions["undo"].trigger()
    actions["redo"].trigger()
    assert session.desk.item(key).state is ItemState.REJECTED


def test_a_name_found_while_reading_waits_for_the_end(window: MainWindow) -> None:
    new = TenderRecord("e" * 32, "2026-11-25T09:00:00", Tender(name="Rättelse 1"))
    window.header.show_tender(new, reading=True)
    assert "Läser…" in texts(window.header)
    window.header.show_tender(replace(new, edits=(("name", "Vårt namn"),)), reading=True)
    assert "Vårt namn" in texts(window.header)
    window.header.show_tender(new)
    assert "Rättelse 1" in texts(window.header)
    window.header.show_tender(replace(new, found=Tender(name="Bilaga 4")), reading=True)
    assert "Rättelse 1" in texts(window.header)


def test_the_way_back_goes_with_its_tender(window: MainWindow, session: Session, office: MemoryOffice) -> None:
    """It stayed when another tender was opened, and undid that one's latest step."""
    office.add(TenderRecord("f" * 32, "2026-11-25T09:00:00"))
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.reject([session.desk.items()[0].key], "gäller bara utländska")
    session.open_tender("f" * 32)
    assert not window.toast.isVisible()


def test_typing_is_not_told(window: MainWindow, session: Session) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.answer(session.desk.items()[0].key, "Ja")
    assert not window.toast.isVisible()


def test_that_typing_or_reading_is_undone_is_told(window: MainWindow, session: Session, actions: Actions) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.answer(session.desk.items()[0].key, "Vi har tre konsulter")
    actions["undo"].trigger()
    assert window.toast.isVisible()


def test_undo_and_redo_are_there_when_there_is_something(
    window: MainWindow, session: Session, actions: Actions, qtbot: QtBot
) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    assert not actions["undo"].isEnabled()
    session.desk.done([session.desk.items()[0].key])
    qtbot.waitUntil(actions["undo"].isEnabled)
    actions["undo"].trigger()
    qtbot.waitUntil(actions["redo"].isEnabled)
    actions["redo"].trigger()
    qtbot.waitUntil(lambda: not actions["redo"].isEnabled())


def test_what_could_not_be_saved_stays_in_sight_until_it_is(
    window: MainWindow, session: Session, office: MemoryOffice, qtbot: QtBot
) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    office.stores[TENDER].full = True
    session.desk.done([session.desk.items()[0].key])
    bar = window.bars.trouble
    assert bar.isVisible()
    assert bar.accessibleName().startswith("En ändring är inte sparad.")
    again = bar.findChild(QPushButton)
    assert again is not None
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    office.stores[TENDER].full = False
    QTest.mouseClick(again, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_reading_is_shown_and_goes_away(window: MainWindow, qtbot: QtBot) -> None:
    def read(control: Control) -> None:
        control.progress(("a.pdf", "b.pdf"))
        control.progress(Step(0, "a.pdf", "a.pdf", 3, 9))

    job = ImportJob(read)
    window.bars.reading.follow(job)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert "Läser a.pdf · 0 av 2 filer klara · sida 3 av 9" in texts(window.bars.reading)
    window.bars.reading.follow(None)
    assert not window.bars.reading.isVisible()
    job.deleteLater()


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # PySide6 6.12 offers only the constructor that Qt deprecates
        entering = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(window, entering)
    assert "Släpp filerna här" in texts(window)
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, none))
    assert "Släpp filerna här" not in texts(window)


def test_files_can_be_dropped_anywhere(window: MainWindow, session: Session, reader: NoReader, qtbot: QtBot) -> None:
    drop(window, Path("/tmp/a.pdf"), Path("/tmp/b.docx"))
    qtbot.waitUntil(lambda: session.desk is not None and session.job is None)
    assert [names for _, names in reader.asked] == [("a.pdf", "b.docx")]


def test_files_dropped_on_an_open_tender_are_asked_about_without_a_dialog(
    window: MainWindow, session: Session, reader: NoReader, qtbot: QtBot
) -> None:
    session.open_tender(TENDER)
    session.choice_wanted.emit((Path("a.pdf"),))
    bar = window.bars.choice
    assert "Var ska a.pdf läggas?" in texts(bar)
    here, new, nowhere = bar.findChildren(QPushButton)
    QTest.mouseClick(nowhere, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert not reader.asked
    bar.ask((Path("a.pdf"),))
    QTest.mouseClick(here, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.job is None)
    bar.ask((Path("b.pdf"),))
    QTest.mouseClick(new, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(reader.asked) == 2 and session.job is None)
    assert reader.asked[0] == (TENDER, ("a.pdf",))
    assert reader.asked[1][0] != TENDER


def test_the_palette_leads_to_items_pages_tenders_and_actions(
    window: MainWindow, session: Session, actions: Actions, qtbot: QtBot
) -> None:
    session.open_tender(TENDER)
    actions["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.type("punkt 3")

    def items() -> list[Thing]:
        rows = [palette.model.thing(palette.model.index(row)) for row in range(palette.model.rowCount())]
        return [thing for thing in rows if thing is not None and thing.group is Group.ITEM]

    qtbot.waitUntil(lambda: bool(items()))
    palette.chosen.emit(items()[0])
    assert session.selection == items()[0].target
    palette.chosen.emit(Thing(Group.PAGE, "1", "Underlag"))
    assert rail(window)[DOCUMENTS][0]
    with qtbot.waitSignal(window.about_wanted):
        palette.chosen.emit(Thing(Group.ACTION, "about", "Om"))
    palette.close()


def test_the_palette_does_what_is_done_on_the_list_where_the_list_is_seen(
    window: MainWindow, session: Session, actions: Actions
) -> None:
    def offered() -> set[str]:
        actions["palette"].trigger()
        palette = next(found for found in window.findChildren(CommandPalette) if found.isVisible())
        palette.type(actions["reject"].text().removesuffix("…"))
        rows = [palette.model.thing(palette.model.index(row)) for row in range(palette.model.rowCount())]
        palette.chosen.emit(Thing(Group.ACTION, "reject", ""))
        palette.close()
        return {thing.target for thing in rows if thing is not None and thing.group is Group.ACTION}

    assert "reject" not in offered()
    session.open_tender(TENDER)
    window.show_page(OVERVIEW)
    assert "reject" in offered()
    assert rail(window)[CHECKLIST][0]


def test_tenders_are_put_away_without_being_opened(window: MainWindow, session: Session, actions: Actions) -> None:
    assert session.desk is None
    assert [actions[name].isEnabled() for name in ("archive", "delete_tender", "export_tender")] == [True] * 3
    session.delete(TENDER)
    assert [actions[name].isEnabled() for name in ("archive", "delete_tender", "export_tender")] == [False] * 3


def test_what_goes_wrong_is_shown_in_one_style(window: MainWindow, session: Session) -> None:
    session.failed.emit(Finding("file.corrupt", "Bilaga 3.pdf"))
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    assert {"Bilaga 3.pdf", "Det här finns kvar", "Gör så här"} <= set(texts(dialog))
    dialog.close()


def test_it_fits_a_small_screen_and_large_text(window: MainWindow, session: Session) -> None:
    session.open_tender(TENDER)
    window.resize(960, 600)
    assert window.minimumSizeHint().width() <= 960
    assert window.width() == 960


def test_everything_to_use_has_a_name(window: MainWindow, session: Session) -> None:
    session.open_tender(TENDER)
    window.show_page(OVERVIEW)
    for button in window.findChildren(QPushButton):
        assert button.accessibleName() or button.text(), button


def test_closing_asks_when_something_is_not_saved(window: MainWindow, session: Session, office: MemoryOffice) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    office.stores[TENDER].full = True
    session.desk.done([session.desk.items()[0].key])
    assert not window.close()
    first = window.findChild(UnsavedDialog)
    assert first is not None
    leave, again = first.findChildren(QPushButton)
    again.click()
    assert window.isVisible()
    assert session.unsaved == 1
    assert not window.close()
    second = next(dialog for dialog in window.findChildren(UnsavedDialog) if dialog.isVisible())
    leave, again = second.findChildren(QPushButton)
    leave.click()
    assert not window.isVisible()


class LastWords(QWidget):
    """A page where something is typed and not kept yet."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def flush(self) -> None:
        if self._session.desk is not None:
            self._session.desk.note(self._session.desk.items()[0].key, "sista orden")


def test_the_last_words_before_closing_are_asked_about_when_they_cannot_be_saved(
    actions: Actions, office: MemoryOffice, reader: NoReader, qtbot: QtBot
) -> None:
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00"), work(1))
    writer = QtWriter()

    class SlowOffice(MemoryOffice):
        def open(self, key: str) -> Desk:
            return Desk(records_of(key, office.stores[key]), office.stores[key], writer)

    session = Session(SlowOffice(), writer, reader)
    window = MainWindow(session, actions, lambda _number, session, _actions: LastWords(session))
    qtbot.addWidget(window)
    window.show()
    session.open_tender(TENDER)
    qtbot.waitUntil(lambda: session.desk is not None)
    office.stores[TENDER].full = True
    assert not window.close()
    assert session.unsaved == 1
    office.stores[TENDER].full = False
    session.retry()
    assert window.close()
    assert office.stores[TENDER].items(TENDER)[0].note == "sista orden"
    session.close()
    writer.close()
    session.deleteLater()
    writer.deleteLater()


def test_that_nothing_can_be_undone_until_it_is_saved_is_said(
    window: MainWindow, session: Session, office: MemoryOffice, actions: Actions
) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.keep([work(1).key])
    office.stores[TENDER].full = True
    session.desk.done([work(1).key])
    actions["undo"].trigger()
    assert window.toast.accessibleName().startswith("Det går inte att ångra förrän det senaste är sparat.")
    assert window.bars.trouble.accessibleName().startswith("En ändring är inte sparad. Disken är full")


def test_what_was_done_before_a_tender_was_put_away_can_be_undone_afterwards(
    window: MainWindow, session: Session, actions: Actions, qtbot: QtBot
) -> None:
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.done([work(1).key])
    session.archive(TENDER)
    session.archive(TENDER, False)
    session.open_tender(TENDER)
    assert session.desk is not None
    assert actions["undo"].isEnabled()
    actions["undo"].trigger()
    assert session.desk.item(work(1).key).state is ItemState.OPEN
    assert session.desk.tender.archived is None


def test_an_unforeseen_error_is_told_once_and_again_when_it_comes_again(
    window: MainWindow, session: Session, office: MemoryOffice, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = FaultHook()
    hook.happened.connect(lambda details: hook.dialog(details, window).open())
    monkeypatch.setattr("sys.excepthook", hook.hook)
    session.writer = writer = QtWriter()
    monkeypatch.setattr(office, "tenders", lambda: 1 / 0)
    for _ in range(2):
        session.refresh()
        session.settle()
        qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in window.findChildren(FaultDialog)))
        qtbot.wait(1)  # what is put off until the loop runs
        shown = [dialog for dialog in window.findChildren(FaultDialog) if dialog.isVisible()]
        assert len(shown) == 1
        shown[0].accept()
    writer.close()
    writer.deleteLater()
    hook.deleteLater()


def test_a_new_tender_takes_the_place_of_the_open_one_only_when_there_are_files(
    window: MainWindow, session: Session, reader: NoReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: opened.append(dialog))
    session.open_tender(TENDER)
    window.show_page(OVERVIEW)
    new = next(button for button in window.findChildren(QPushButton) if button.text() == tr("overview.new"))
    new.click()
    opened[-1].reject()
    assert session.desk is not None
    assert session.desk.key == TENDER
    new.click()
    opened[-1].filesSelected.emit(["/a/inbjudan.pdf"])
    assert session.desk.key != TENDER
    qtbot.waitUntil(lambda: reader.asked == [(session.desk.key if session.desk else "", ("inbjudan.pdf",))])
    for dialog in opened:
        dialog.deleteLater()
