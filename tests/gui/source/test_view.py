"""The source view over real documents, opened and drawn in real child processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.document import Box, Place, document_id
from app.core.errors import NotFoundError, WorkerError
from app.core.work import DocumentRecord, ItemState
from app.gui.actions import Actions
from app.gui.motion import Allowed, Motion
from app.gui.source.flow import FlowView
from app.gui.source.head import Head
from app.gui.source.marks import Gap, Mark, Marked
from app.gui.source.paper import PaperView
from app.gui.source.sheets import SheetsView
from app.gui.source.view import SourceView
from app.gui.theme import theme
from app.workers.pages import PageReader
from tests.gui.source.support import QUOTE, grid, looking, mark, on_page, paper, record
from tests.support.words import word_file

PDF, WORD, EXCEL, BROKEN = "inbjudan.pdf", "bilaga.docx", "priser.xlsx", "trasig.pdf"
FILES = {
    PDF: paper(4),
    WORD: word_file("".join(f"<w:p><w:r><w:t>Stycke {number}. {QUOTE}</w:t></w:r></w:p>" for number in range(120))),
    EXCEL: grid(),
    BROKEN: b"%PDF-1.7 nothing more",
}
RECORDS = tuple(record(name, data, number) for number, (name, data) in enumerate(FILES.items()))
SHARED = Path("/dev/shm")
LONG = 30_000


def load(document: DocumentRecord) -> bytes:
    return FILES[document.summary.name]


@pytest.fixture
def view(qtbot: QtBot, actions: Actions) -> Iterator[SourceView]:
    with looking(qtbot, actions) as made:
        yield made


Shows = Callable[..., Any]


@pytest.fixture
def shows(view: SourceView, qtbot: QtBot) -> Shows:
    """Shows a place and waits until it is drawn; gives the surface."""

    def show(name: str, place: Place, quote: str = QUOTE) -> Any:
        view.set_documents(RECORDS, load)
        view.show_place(document_id(name), place, quote)
        ready(view, qtbot, name)
        return view.surface

    return show


def ready(view: SourceView, qtbot: QtBot, name: str) -> None:
    def sharp() -> bool:
        return view.document == document_id(name) and view.surface is not None and view.surface.is_sharp()

    qtbot.waitUntil(sharp, timeout=LONG)


def paper_of(view: SourceView) -> PaperView:
    surface = view.surface
    assert isinstance(surface, PaperView)
    return surface


def found_on(surface: PaperView, page: int) -> bool:
    return not surface.marks.missing([page])


def point_of(surface: PaperView, page: int, box: Box) -> QPoint:
    return surface._rects(page, [box])[0].center().toPoint()


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}


def test_without_documents_it_says_what_goes_here(view: SourceView) -> None:
    assert view.stack.currentWidget() is view.notice
    assert "dokumentet som en punkt kommer från" in view.notice.text()


def test_a_document_that_is_being_read_is_shown_as_soon_as_its_file_is_there(view: SourceView, qtbot: QtBot) -> None:
    whole = RECORDS[0]
    view.set_documents((replace(whole, file=""),), load)
    assert "läses fortfarande" in view.notice.text()
    assert not view.shelf.documents(), "nothing is opened that is not there"
    view.show_place(whole.summary.id, on_page(3), QUOTE)
    view.set_documents((whole,), load)
    assert "Öppnar" in view.notice.text()
    ready(view, qtbot, whole.summary.name)
    assert paper_of(view).page == 3


def test_a_place_is_shown_in_the_upper_third(view: SourceView, shows: Shows) -> None:
    surface = shows(PDF, on_page(3))
    assert (surface.page, view.head.where.text()) == (3, "sida 3 av 4")
    top = surface._rects(3, [Box(60, 80, 540, 130)])[0].top()
    assert top == pytest.approx(surface.viewport().height() / 3, abs=4)
    assert view.head.documents.currentText() == PDF


def test_a_mark_lies_on_the_lines_of_its_quote(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    view.set_marks((mark("a", PDF, on_page(2)),))
    surface = shows(PDF, on_page(2))
    qtbot.waitUntil(lambda: found_on(surface, 2), timeout=LONG)
    [one] = surface.marks.on(2)
    assert [round(box.y1) in range(98, 122) for box in one.boxes] == [True, True]
    assert all(box.x0 == pytest.approx(72, abs=2) for box in one.boxes)
    before = colours(surface.viewport().grab().toImage())
    view.set_marks(())
    assert colours(surface.viewport().grab().toImage()) != before


def test_a_click_on_a_mark_tells_its_key(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    view.set_marks((mark("a", PDF, on_page(1)), mark("elsewhere", WORD, Place(paragraph=1))))
    surface = shows(PDF, on_page(1))
    qtbot.waitUntil(lambda: found_on(surface, 1), timeout=LONG)
    at = point_of(surface, 1, surface.marks.on(1)[0].boxes[0])
    with qtbot.waitSignal(view.mark_activated) as told:
        QTest.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == ["a"]


def test_text_marked_with_the_mouse_is_told_and_copied(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    surface = shows(PDF, on_page(1))
    qtbot.waitUntil(lambda: surface.text.has(1), timeout=LONG)
    start, end = point_of(surface, 1, Box(74, 92, 80, 102)), point_of(surface, 1, Box(140, 108, 150, 118))
    told: list[Any] = []
    view.text_marked.connect(told.append)
    QTest.mousePress(surface.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(surface.viewport(), end)
    QTest.mouseRelease(surface.viewport(), Qt.MouseButton.LeftButton, pos=end)
    marked = told[-1]
    assert isinstance(marked, Marked)
    assert marked.text == "Anbudsgivaren ska bifoga ett intyg om skatter."
    assert (marked.document, marked.place.page) == (document_id(PDF), 1)
    QTest.keyClick(surface, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == marked.text
    QTest.keyClick(surface, Qt.Key.Key_Escape)
    assert told[-1] is None


def test_back_and_forward_walk_over_documents(view: SourceView, shows: Shows, qtbot: QtBot, actions: Actions) -> None:
    shows(PDF, on_page(4))
    shows(WORD, Place(paragraph=60))
    assert (actions["back"].isEnabled(), actions["forward"].isEnabled()) == (True, False)
    actions["back"].trigger()
    ready(view, qtbot, PDF)
    assert paper_of(view).page == 4
    assert (actions["back"].isEnabled(), actions["forward"].isEnabled()) == (False, True)
    actions["forward"].trigger()
    ready(view, qtbot, WORD)


def test_search_lists_hits_and_steps_through_them(view: SourceView, shows: Shows, qtbot: QtBot, actions: Actions) -> None:
    surface = shows(PDF, on_page(1))
    actions["find_in_source"].trigger()
    assert view.findbar.field.hasFocus()
    view.findbar.field.setText("INTYG om")
    qtbot.waitUntil(lambda: view.finder.done and len(view.finder.model.hits) == 4, timeout=LONG)
    assert view.findbar.count.text() == "1 av 4"
    assert view.hits.isVisible()
    actions["find_next"].trigger()
    actions["find_next"].trigger()
    assert (view.findbar.count.text(), surface.page, view.hits.currentIndex().row()) == ("3 av 4", 3, 2)
    actions["find_previous"].trigger()
    assert surface.page == 2
    QTest.keyClick(view.findbar.field, Qt.Key.Key_Escape)
    assert view.hits.isHidden()
    assert not surface.hits


def test_nothing_found_is_said(view: SourceView, shows: Shows, qtbot: QtBot, actions: Actions) -> None:
    shows(WORD, Place(paragraph=1))
    actions["find_in_source"].trigger()
    view.findbar.field.setText("finns inte här")
    qtbot.waitUntil(lambda: view.findbar.count.text() == "Inga träffar", timeout=LONG)


def test_zoom_keeps_what_is_under_the_cursor(view: SourceView, shows: Shows, qtbot: QtBot, actions: Actions) -> None:
    surface = shows(PDF, on_page(2))
    at = QPointF(300, 200)
    before = surface._point(at)
    wheel = QWheelEvent(
        at,
        surface.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    width = surface._layout.rect(2).width()
    QApplication.sendEvent(surface.viewport(), wheel)
    after = surface._point(at)
    assert surface._layout.rect(2).width() == pytest.approx(width * 1.21, abs=2)
    assert (after.page, after.y) == (before.page, pytest.approx(before.y, abs=3))
    ready(view, qtbot, PDF)
    actions["fit_width"].trigger()
    assert surface._layout.rect(2).width() == width


def test_a_large_zoom_is_drawn_in_pieces(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    surface = shows(PDF, on_page(2))
    surface.zoom_to(4.0)
    ready(view, qtbot, PDF)
    sizes = {(tile.width, tile.height) for tile in surface._tiles(surface.page)}
    assert max(height for _, height in sizes) <= 1024


def test_thumbnails_come_when_wanted_and_lead_to_their_page(
    view: SourceView, shows: Shows, qtbot: QtBot, actions: Actions
) -> None:
    surface = shows(PDF, on_page(1))
    actions["thumbnails"].setChecked(True)
    qtbot.waitUntil(lambda: view.thumbnails.image(1) is not None, timeout=LONG)
    view.thumbnails.clicked.emit(view.thumbnails.pages.index(2, 0))
    assert surface.verticalScrollBar().value() + 12 == pytest.approx(surface._layout.rect(3).top(), abs=2)
    actions["thumbnails"].setChecked(False)
    assert view.thumbnails.isHidden() or not view.side.isVisible()


def test_the_minimap_shows_marks_and_gaps_and_leads_there(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    view.set_marks(
        (mark("a", PDF, on_page(1)), mark("b", PDF, on_page(3), state=ItemState.DONE), mark("c", WORD, Place(paragraph=1)))
    )
    view.set_gaps((Gap(document_id(PDF), Place(2, Box(60, 290, 540, 305))),))
    surface = shows(PDF, on_page(1))
    qtbot.waitUntil(lambda: view.minimap.counts() == (2, 1), timeout=LONG)
    QTest.mouseClick(view.minimap, Qt.MouseButton.LeftButton, pos=QPoint(8, view.minimap.height() - 8))
    assert surface.page == 4
    QTest.keyClick(view.minimap, Qt.Key.Key_Home)
    assert surface.verticalScrollBar().value() == 0


def test_word_is_shown_as_text_with_its_marks(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    view.set_marks((mark("a", WORD, Place(paragraph=60)),))
    surface = shows(WORD, Place(paragraph=60))
    assert isinstance(surface, FlowView)
    height = surface.height_at(Place(paragraph=60), QUOTE)
    assert height is not None
    at = QPointF(surface._left() + 120, height - surface.verticalScrollBar().value() + 8)
    assert at.y() == pytest.approx(surface.viewport().height() / 3, abs=12)
    with qtbot.waitSignal(view.mark_activated) as told:
        QTest.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert told.args == ["a"]
    told_text: list[Any] = []
    view.text_marked.connect(told_text.append)
    QTest.mouseDClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    QTest.mouseRelease(surface.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert told_text[-1].text.strip() in f"Stycke 60. {QUOTE}"
    assert told_text[-1].place.paragraph == 60


def test_excel_is_shown_as_a_grid_with_its_own_letters(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    view.set_marks((mark("a", EXCEL, Place(sheet="Krav", cell="A150"), "Rad 150 ska besvaras."),))
    surface = shows(EXCEL, Place(sheet="Krav", cell="A150"), "Rad 150 ska besvaras.")
    assert isinstance(surface, SheetsView)
    assert (surface.sheet, view.head.where.text()) == ("Krav", "Krav")
    index = surface.model.index(149, 0)
    rect = surface.table.visualRect(index)
    assert surface.viewport().rect().contains(rect.center())
    assert surface.model.headerData(149, Qt.Orientation.Vertical) == "150"
    with qtbot.waitSignal(view.mark_activated) as told:
        QTest.mouseClick(surface.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert told.args == ["a"]
    surface.tabs.setCurrentIndex(0)
    assert surface.table.columnSpan(3, 1) == 2
    assert surface.table.columnSpan(0, 0) > 1
    assert surface.model.headerData(2, Qt.Orientation.Horizontal) == "C"


def test_cells_marked_are_told(view: SourceView, shows: Shows) -> None:
    surface = shows(EXCEL, Place(cell="A4"), "")
    surface.tabs.setCurrentIndex(0)
    told: list[Any] = []
    view.text_marked.connect(told.append)
    surface.table.selectRow(2)
    assert told[-1].text == "Roll\tTimpris\tKommentar"
    assert (told[-1].place.sheet, told[-1].place.cell) == ("Blad1", "A3")


def test_models_keep_qts_rules(view: SourceView, shows: Shows, qtbot: QtBot, actions: Actions) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in (view.finder.model, view.thumbnails.pages)]
    surface = shows(EXCEL, Place(sheet="Krav", cell="A1"), "")
    testers.append(QAbstractItemModelTester(surface.model, fatal))
    surface.tabs.setCurrentIndex(0)
    shows(PDF, on_page(1))
    actions["find_in_source"].trigger()
    view.findbar.field.setText("sida")
    qtbot.waitUntil(lambda: len(view.finder.model.hits) == 4, timeout=LONG)
    view.finder.search("")
    assert len(testers) == 3


def test_a_broken_document_says_so_and_can_be_tried_again(view: SourceView, qtbot: QtBot) -> None:
    asked: list[str] = []

    def counting(document: DocumentRecord) -> bytes:
        asked.append(document.summary.name)
        return FILES[PDF] if len(asked) > 1 else FILES[BROKEN]

    view.set_documents(RECORDS[3:], counting)
    qtbot.waitUntil(lambda: "kan inte visas" in view.notice.text(), timeout=LONG)
    assert view.surface is None
    view.notice.again.emit()
    ready(view, qtbot, BROKEN)
    assert len(asked) == 2


def test_a_file_that_cannot_be_brought_says_so(view: SourceView, qtbot: QtBot) -> None:
    def gone(document: DocumentRecord) -> bytes:
        raise NotFoundError(document.summary.name)

    view.set_documents(RECORDS[:1], gone)
    qtbot.waitUntil(lambda: "kan inte visas" in view.notice.text(), timeout=LONG)


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_child_that_dies_is_started_again(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    surface = shows(PDF, on_page(1))
    child = reader_of(view)._child
    assert child is not None
    os.kill(child.process.pid, signal.SIGKILL)
    view.show_place(document_id(PDF), on_page(4), QUOTE)
    qtbot.waitUntil(surface.is_sharp, timeout=LONG)
    assert surface.failure(4) is None


def test_a_page_that_crashes_says_so_once_and_the_others_are_shown(
    view: SourceView, shows: Shows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface = shows(PDF, on_page(1))
    reader = reader_of(view)
    drawn: list[int] = []
    picture = reader.picture

    def crashing(page: int, *more: Any) -> bytes:
        drawn.append(page)
        if page == 4:
            raise WorkerError(code="worker.crashed", status="-11")
        return picture(page, *more)

    monkeypatch.setattr(reader, "picture", crashing)
    surface.zoom_to(0.9)
    view.show_place(document_id(PDF), on_page(4), QUOTE)
    qtbot.waitUntil(lambda: surface.failure(4) is not None, timeout=LONG)
    assert drawn.count(4) == 2
    view.show_place(document_id(PDF), on_page(2), QUOTE)
    qtbot.waitUntil(lambda: surface.is_sharp() and surface.failure(2) is None, timeout=LONG)
    view.show_place(document_id(PDF), on_page(4), QUOTE)
    qtbot.waitUntil(surface.is_sharp, timeout=LONG)
    assert drawn.count(4) == 2
    monkeypatch.undo()
    surface._failed[4]._on_clicked()
    qtbot.waitUntil(lambda: surface.failure(4) is None and surface.is_sharp(), timeout=LONG)


def test_a_page_whose_text_cannot_be_read_is_shown_all_the_same(
    view: SourceView, shows: Shows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.set_marks((mark("a", PDF, on_page(3)),))
    surface = shows(PDF, on_page(1))
    asked: list[str] = []

    def failing(_page: int, _quote: str = "") -> Any:
        asked.append("")
        raise WorkerError(code="limit.time", limit="20")

    monkeypatch.setattr(reader_of(view), "words", failing)
    monkeypatch.setattr(reader_of(view), "quote", failing)
    view.show_place(document_id(PDF), on_page(3), QUOTE)
    qtbot.waitUntil(lambda: surface.is_sharp() and surface.text.has(3) and found_on(surface, 3), timeout=LONG)
    assert surface.failure(3) is None
    assert [one.boxes for one in surface.marks.on(3)] == [(on_page(3).box,)]


def test_going_back_to_a_document_shows_it_again(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    surface = shows(PDF, on_page(1))
    shows(WORD, Place(paragraph=1))
    surface.pictures.clear()
    assert shows(PDF, on_page(1)) is surface


def reader_of(view: SourceView) -> PageReader:
    document = view.shelf.document(view.document)
    assert document is not None
    assert document._asker._reader is not None
    return document._asker._reader


def test_a_page_that_was_not_read_says_so(view: SourceView, qtbot: QtBot) -> None:
    scanned = record(PDF, FILES[PDF], pages=4, unreadable_pages=(1,))
    view.set_documents(RECORDS[:1], load)
    ready(view, qtbot, PDF)
    plain = paper_of(view).viewport().grab().toImage()
    view.set_documents((), load)
    view.set_documents((scanned,), load)
    ready(view, qtbot, PDF)
    assert colours(paper_of(view).viewport().grab().toImage()) != colours(plain)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no /dev/shm on this system")
def test_few_documents_stay_open_and_nothing_is_left(view: SourceView, shows: Shows) -> None:
    shows(PDF, on_page(1))
    shows(WORD, Place(paragraph=1))
    shows(EXCEL, Place(sheet="Krav", cell="A1"))
    assert len(view.shelf.documents()) == 3
    readers = [document._asker._reader for document in view.shelf._open.values()]
    memories = [SHARED / reader._memory.name for reader in readers if reader is not None and reader._memory is not None]
    assert [memory.exists() for memory in memories] == [True], "of the one with pages; other programs have their own"
    view.shut()
    assert view.shelf.documents() == ()
    assert not memories[0].exists()


def test_documents_that_are_gone_are_let_go(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    shows(PDF, on_page(2))
    view.set_documents(RECORDS[1:2], load)
    ready(view, qtbot, WORD)
    assert document_id(PDF) not in view.shelf
    view.set_documents((), load)
    assert view.document is None
    assert view.stack.currentWidget() is view.notice


def test_landing_flashes_unless_nothing_should_move(
    view: SourceView, shows: Shows, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    surface = shows(PDF, on_page(2))
    strengths: list[float] = []

    def note() -> None:
        strengths.append(surface.flash.strength)

    surface.flash.changed.connect(note)
    view.show_place(document_id(PDF), on_page(3), QUOTE)
    qtbot.waitUntil(lambda: bool(strengths) and strengths[-1] == 0.0, timeout=LONG)
    assert max(strengths) > 0.5
    strengths.clear()
    monkeypatch.setattr(Motion, "allowed", Allowed.NEVER)
    view.show_place(document_id(PDF), on_page(1), QUOTE)
    assert strengths == []


def test_every_part_has_a_name_for_those_who_do_not_see_it(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    surface = shows(PDF, on_page(1))
    qtbot.waitUntil(lambda: surface.text.has(1), timeout=LONG)
    parts = (view, view.head.documents, view.minimap, view.thumbnails, view.hits, view.findbar.field, surface)
    assert all(part.accessibleName() for part in parts)
    assert "Sida nummer 1" in surface.accessibleDescription()


def test_many_marks_are_taken_in(view: SourceView, shows: Shows, qtbot: QtBot) -> None:
    marks: list[Mark] = [mark(f"{number}", PDF, on_page(1 + number % 4)) for number in range(8000)]
    view.set_marks(tuple(marks))
    shows(PDF, on_page(1))
    qtbot.waitUntil(lambda: view.minimap.counts()[0] == 8000, timeout=LONG)


def test_the_zoom_is_read_in_large_text_too(actions: Actions, qtbot: QtBot) -> None:
    theme.apply("light", 2.0)
    head = Head(actions)
    qtbot.addWidget(head)
    wanted = head.percent.fontMetrics().horizontalAdvance("100 %")
    theme.apply("light")
    assert head.percent.minimumWidth() >= wanted


@pytest.mark.parametrize("name", [PDF, WORD, EXCEL])
def test_tab_goes_through_the_head_and_the_document_to_what_comes_after(qtbot: QtBot, actions: Actions, name: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    before, view, after = QLineEdit(), SourceView(actions), QLineEdit()
    for part in (before, view, after):
        row.addWidget(part)
    window.resize(900, 560)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    try:
        view.set_documents(RECORDS, load)
        document = next(one for one in RECORDS if one.summary.name == name)
        view.show_place(document.key, Place(page=1), "", False)
        qtbot.waitUntil(lambda: view.surface is not None, timeout=30_000)
        before.setFocus()
        forward = walked(Qt.Key.Key_Tab, before)
        assert [forward.index(part) for part in (view.head.documents, keys_of(view), view.minimap, after)] == sorted(
            forward.index(part) for part in (view.head.documents, keys_of(view), view.minimap, after)
        )
        assert set(walked(Qt.Key.Key_Backtab, before)) == set(forward)
        view.setFocus()
        assert QApplication.focusWidget() is keys_of(view)
    finally:
        view.shut()


def keys_of(view: SourceView) -> QWidget:
    """The part of the surface that has the keys."""
    surface = view.surface
    assert surface is not None
    return surface.table if isinstance(surface, SheetsView) else surface


def walked(key: Qt.Key, start: QWidget) -> list[QWidget]:
    """Where a key leads until it comes back."""
    seen: list[QWidget] = []
    now = start
    start.setFocus()
    for _ in range(40):
        QTest.keyClick(now, key)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused is start:
            break
        now = focused
        seen.append(now)
    return seen
