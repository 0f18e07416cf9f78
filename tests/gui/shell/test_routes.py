"""The ways between the pages, with the real pages in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.checklist import DocumentSummary, Tender
from app.core.document import DocumentKind, Place
from app.core.points import LineCounts, PointKind, Source, UnassignedLine
from app.core.review import Cause, Room
from app.core.work import DocumentRecord, TenderRecord, WorkItem
from app.gui.actions import Actions
from app.gui.answers.page import AnswersPage
from app.gui.checklist.page import ChecklistPage
from app.gui.jobs import Control, ImportJob
from app.gui.review.page import ReviewPage
from app.gui.session import Session
from app.gui.shell.book import ANSWERS
from app.gui.shell.palette import CommandPalette
from app.gui.shell.window import CHECKLIST, DOCUMENTS, PACKAGE, REVIEW, SECRECY, MainWindow, make_page
from app.gui.underlag.page import UnderlagPage
from tests.gui.checklist.support import FakeSource, fake_source
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER, work


def page(number: int, session: Session, actions: Actions) -> QWidget:
    return ChecklistPage(session, actions, source=fake_source()) if number == CHECKLIST else make_page(number, session, actions)


def paper(number: int, name: str) -> DocumentRecord:
    line = UnassignedLine(f"Rad som ingen regel tog, {number}", Place(2))
    summary = DocumentSummary(f"doc{number}", name, DocumentKind.PDF, "0" * 64, pages=4, lines=LineCounts(9, 4, 3, 1, 1))
    return DocumentRecord(f"{number + 900:032x}", TENDER, number, replace(summary, unassigned=(line,)), "f" * 64)


def item(number: int, document: str, kind: PointKind = PointKind.QUESTION) -> WorkItem:
    made = work(number)
    source = replace(made.item.source, document=document)
    return replace(made, item=replace(made.item, source=source, kind=kind))


@pytest.fixture
def window(session: Session, actions: Actions, office: MemoryOffice, qtbot: QtBot) -> Iterator[MainWindow]:
    items = [item(1, "doc1"), item(2, "doc2"), item(3, "doc2"), item(4, "doc3", PointKind.CONTRACT)]
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00"), *items)
    store = office.stores[TENDER]
    store.write(TENDER, "read", [paper(1, "Inbjudan.pdf"), paper(2, "arkiv.zip/Krav.pdf"), paper(3, "Avtal.pdf")])
    made = MainWindow(session, actions, page)
    qtbot.addWidget(made)
    made.show()
    session.open_tender(TENDER)
    made.show_page(DOCUMENTS)
    yield made
    made.close()


def underlag(window: MainWindow) -> UnderlagPage:
    found = window.page(DOCUMENTS)
    assert isinstance(found, UnderlagPage)
    return found


def checklist(window: MainWindow) -> ChecklistPage:
    found = window.page(CHECKLIST)
    assert isinstance(found, ChecklistPage)
    return found


def test_a_place_asked_for_among_the_documents_is_shown_in_the_source(window: MainWindow, qtbot: QtBot) -> None:
    underlag(window).show_place.emit(Source("doc2", "", Place(3)))
    assert window.pages.currentWidget() is checklist(window)
    source = checklist(window).source
    assert isinstance(source, FakeSource)
    assert source.places == [("doc2", Place(3), "")]


def test_the_list_of_a_document_says_so_and_can_be_widened_again(window: MainWindow) -> None:
    underlag(window).list_asked.emit("doc2")
    shown = checklist(window)
    assert [int(key, 16) for key in shown.visible_keys()] == [2, 3]
    chip = shown.left.filters.document
    assert chip.isVisible()
    assert chip.text() == "Dokument: Krav.pdf ✕"
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not chip.isVisible()
    assert [int(key, 16) for key in shown.visible_keys()] == [1, 2, 3]


def test_the_list_of_a_draft_contract_is_not_empty(window: MainWindow) -> None:
    underlag(window).list_asked.emit("doc3")
    assert [int(key, 16) for key in checklist(window).visible_keys()] == [4]


def test_the_ledger_opens_at_the_document(window: MainWindow) -> None:
    underlag(window).ledger_asked.emit("doc2")
    left = checklist(window).left
    assert left.ledger_shown
    line = left.lines.line_at(left.ledger.currentIndex().row())
    assert line is not None
    assert line.document.summary.name == "arkiv.zip/Krav.pdf"
    assert left.ledger.hasFocus()


def test_the_keys_work_on_the_list_as_soon_as_the_page_is_shown(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    window.activateWindow()
    window.show_page(CHECKLIST)
    qtbot.waitUntil(checklist(window).view.hasFocus)
    QTest.keyClick(checklist(window).view, Qt.Key.Key_J)
    assert session.selection is not None


def test_undo_takes_back_what_is_being_typed(window: MainWindow, session: Session, actions: Actions, qtbot: QtBot) -> None:
    """The step before it was taken back, and what was typed was kept."""
    assert session.desk is not None
    key = session.desk.items()[0].key
    session.desk.done([key])
    window.show_page(CHECKLIST)
    session.select(key)
    field = checklist(window).detail.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("halvfärdigt")
    actions["undo"].trigger()
    qtbot.waitUntil(lambda: field.toPlainText() == "")
    assert session.desk.item(key).state.value == "done"
    assert session.desk.item(key).answer is None
    assert session.desk.item(key).note == ""


def test_the_documents_page_tells_of_reading_itself(window: MainWindow, session: Session) -> None:
    job = ImportJob(_nothing, None, session)
    session.reading.emit(job)
    assert not window.bars.reading.isVisible()
    window.show_page(CHECKLIST)
    assert window.bars.reading.isVisible()
    window.show_page(DOCUMENTS)
    assert not window.bars.reading.isVisible()
    session.reading.emit(None)
    window.show_page(CHECKLIST)
    assert not window.bars.reading.isVisible()


def test_a_tender_that_is_not_read_into_shows_no_progress(window: MainWindow, session: Session, office: MemoryOffice) -> None:
    """Underlag took the open tender for the one that is being read into."""
    other = office.create()
    session._reading_desk = other
    job = ImportJob(_nothing, None, session)
    job.names = ("annan.pdf",)
    session.job = job
    session.reading.emit(job)
    assert "annan.pdf" not in [row.name for row in underlag(window).model.rows]
    session.job = session._reading_desk = None
    session.reading.emit(None)


def test_an_item_of_another_tender_is_found_opened_and_chosen(
    window: MainWindow, session: Session, office: MemoryOffice, actions: Actions, qtbot: QtBot
) -> None:
    other = "f" * 32
    office.add(TenderRecord(other, "2026-11-25T09:00:00", Tender("Städning")), replace(work(9), tender=other))
    session.refresh()
    actions["palette"].trigger()
    palette = window.findChild(CommandPalette)
    assert palette is not None
    palette.type("punkt 9")
    qtbot.waitUntil(lambda: "I Städning" in [palette.model.index(row).data() for row in range(palette.model.rowCount())])
    palette._list.setCurrentIndex(palette.model.index(palette.model.rowCount() - 1))
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.selection == work(9).key)
    assert session.desk is not None
    assert session.desk.key == other
    assert checklist(window).detail.key == work(9).key


def _nothing(_control: Control) -> None: ...


@pytest.mark.parametrize("room", list(Room))
def test_every_cause_of_the_review_leads_to_the_page_where_it_is_mended(window: MainWindow, room: Room) -> None:
    mended = {Room.UNDERLAG: DOCUMENTS, Room.SECRECY: SECRECY, Room.PACKAGE: PACKAGE}
    window.show_page(REVIEW)
    review = window.page(REVIEW)
    assert isinstance(review, ReviewPage)
    review.cause_wanted.emit(Cause(room))
    wanted = mended.get(room)
    if wanted is not None:
        assert window.pages.currentWidget() is window.page(wanted)
    assert window.pages.currentWidget() is not review


def test_what_lacks_a_file_is_shown_where_files_are_linked(
    window: MainWindow, session: Session, office: MemoryOffice, qtbot: QtBot
) -> None:
    wanted = item(7, "doc1", PointKind.ATTACHMENT)
    assert session.desk is not None
    session.desk.take_in(Tender(), (), (wanted,), run="2", lasting=True)
    window._routes._on_cause(Cause(Room.ANSWERS, items=(wanted.item.id,)))
    shown = window.page(ANSWERS)
    assert isinstance(shown, AnswersPage)
    assert window.pages.currentWidget() is shown
    assert shown.attaching.chosen_keys == (wanted.key,)
    qtbot.waitUntil(lambda: window.rail._buttons[ANSWERS].accessibleDescription() == "1 obligatorisk bilaga saknar fil")
    shown.panel.go.click()
    assert window.pages.currentWidget() is checklist(window)
    assert session.selection == wanted.key


def test_a_question_in_words_is_shown_on_the_list(window: MainWindow, session: Session) -> None:
    assert session.desk is not None
    question = session.desk.items()[0]
    window._routes._on_cause(Cause(Room.ANSWERS, items=(question.item.id,)))
    assert window.pages.currentWidget() is checklist(window)
    assert session.selection == question.key
