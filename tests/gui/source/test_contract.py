"""What the checklist page relies on, with the real child process behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.core.checklist import DocumentSummary
from app.core.document import Box, DocumentKind, Place, document_id
from app.core.points import PointKind
from app.core.work import DocumentRecord, ItemState
from app.gui.actions import Actions
from app.gui.source.marks import Gap, Mark, Marked
from app.gui.source.view import SourceView
from app.gui.theme import LIGHT, theme
from tests.support.pdfs import drawn, texts
from tests.support.sheets import workbook

QUOTE = "Anbudsgivaren ska vara registrerad i aktiebolagsregister"
PAGE = texts((70, 100, QUOTE), (70, 116, "eller motsvarande i landet."), (70, 400, "Leverantören ska ha en växel."))
PDF = drawn(*[PAGE] * 12)
SHEET = workbook(lambda sheet: sheet.append(["Leverantören ska ange priset i kronor", "Pris"]))
TEXT = ("Inledning\n\n" + "\n\n".join(f"Stycke {number} om anbudet." for number in range(80)) + f"\n\n{QUOTE}.\n").encode()


def record(name: str, kind: DocumentKind) -> DocumentRecord:
    return DocumentRecord(name, "t", 0, DocumentSummary(document_id(name), name, kind, "0" * 64), "0" * 64)


FILES = {"underlag.pdf": PDF, "pris.xlsx": SHEET, "text.txt": TEXT, "trasig.pdf": b"%PDF-1.7\nnothing"}
RECORDS = (
    record("underlag.pdf", DocumentKind.PDF),
    record("pris.xlsx", DocumentKind.XLSX),
    record("text.txt", DocumentKind.TEXT),
    record("trasig.pdf", DocumentKind.PDF),
)
DOC, SHEETS, PLAIN, BROKEN = (each.summary.id for each in RECORDS)
HEAD, SIDE = 48, 24
"""Pixels of the view that are not the document: the row above it, the minimap beside it."""
PLACE = Place(7, Box(70, 90, 380, 118))


def mark(key: str, place: Place, quote: str, document: str = DOC, state: ItemState = ItemState.OPEN) -> Mark:
    return Mark(key, document, place, quote, PointKind.ATTACHMENT, state)


MARKS = (
    mark("a", PLACE, QUOTE),
    mark("b", Place(9, Box(70, 90, 380, 118)), QUOTE, state=ItemState.DONE),
    mark("c", Place(sheet="Blad1", cell="A1"), "Leverantören ska ange priset i kronor", SHEETS),
    mark("d", Place(), QUOTE, PLAIN),
)


@pytest.fixture
def loaded() -> list[tuple[str, bool]]:
    """The documents that were loaded, and whether on the main thread."""
    return []


@pytest.fixture
def view(qtbot: QtBot, actions: Actions, loaded: list[tuple[str, bool]]) -> Iterator[SourceView]:
    before = set(threading.enumerate())
    made = SourceView(actions)
    qtbot.addWidget(made)
    made.resize(738, 480)

    def load(document: DocumentRecord) -> bytes:
        loaded.append((document.summary.name, threading.current_thread() is threading.main_thread()))
        return FILES[document.summary.name]

    made.set_documents(RECORDS, load)
    made.set_marks(MARKS)
    made.set_gaps((Gap(DOC, Place(3, Box(70, 390, 300, 402))),))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.shut()
    qtbot.waitUntil(lambda: set(threading.enumerate()) <= before)  # the ears of a child that was killed hear its end


def inked(view: SourceView, role: str) -> list[QPoint]:
    """Where a colour of the light theme is seen on the document."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data, stride = bytes(image.constBits()), image.bytesPerLine()
    wanted = QColor(getattr(LIGHT, role)).rgb().to_bytes(4, "little")
    found = []
    at = data.find(wanted)
    while at >= 0:
        y, x = divmod(at, stride)
        if at % 4 == 0 and y >= HEAD and SIDE <= x // 4 < image.width() - SIDE:
            found.append(QPoint(x // 4, y))
        at = data.find(wanted, at + 1)
    return found


def empty(_document: DocumentRecord) -> bytes:
    """Nothing to load."""
    return b""


def framed(view: SourceView) -> Callable[[], None]:
    """The chosen mark's frame is in sight."""

    def check() -> None:
        assert inked(view, "attachment")

    return check


def test_a_place_is_shown_at_a_third_of_the_height_and_a_click_on_it_tells(view: SourceView, qtbot: QtBot) -> None:
    view.select_mark("a")
    view.show_place(DOC, PLACE, QUOTE)
    qtbot.waitUntil(framed(view), timeout=10_000)
    spots = inked(view, "attachment")
    top = min(spot.y() for spot in spots)
    assert view.height() * 0.2 < top < view.height() * 0.5
    left = min(spot.x() for spot in spots)
    at = QPoint(left + 12, top + 6)
    area = view.childAt(at)
    assert area is not None
    with qtbot.waitSignal(view.mark_activated) as told:
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=area.mapFrom(view, at))
    assert told.args == ["a"]


def test_text_can_be_marked_over_two_lines_and_copied(view: SourceView, qtbot: QtBot) -> None:
    view.select_mark("a")
    view.show_place(DOC, PLACE, QUOTE)
    qtbot.waitUntil(framed(view), timeout=10_000)
    spots = inked(view, "attachment")
    left, top, right = min(s.x() for s in spots), min(s.y() for s in spots), max(s.x() for s in spots)
    area = view.childAt(QPoint(left + 12, top + 6))
    assert area is not None
    marked: list[Marked | None] = []
    view.text_marked.connect(marked.append)
    start, end = area.mapFrom(view, QPoint(left + 8, top + 6)), area.mapFrom(view, QPoint(right - 100, top + 6 + 22))

    def tried() -> None:
        QTest.mousePress(area, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(area, start + QPoint(30, 0))
        QTest.mouseMove(area, end)
        QTest.mouseRelease(area, Qt.MouseButton.LeftButton, pos=end)
        assert marked
        assert marked[-1] is not None

    qtbot.waitUntil(tried, timeout=10_000)
    last = marked[-1]
    assert last is not None
    assert last.document == DOC
    assert last.place.page == 7
    assert "registrerad i aktiebolagsregister eller" in " ".join(last.text.split())
    scroll = next(part for part in view.findChildren(QAbstractScrollArea) if part.viewport() is area)
    QTest.keyClick(scroll, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "aktiebolagsregister" in QApplication.clipboard().text()


def test_back_and_forward_go_through_the_places(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    view.show_place(DOC, PLACE, QUOTE)
    view.show_place(SHEETS, Place(sheet="Blad1", cell="A1"), "")
    assert actions["back"].isEnabled()
    assert not actions["forward"].isEnabled()
    actions["back"].trigger()
    assert actions["forward"].isEnabled()
    view.select_mark("a")
    qtbot.waitUntil(framed(view), timeout=10_000)


def test_a_cell_is_framed_and_clicked(view: SourceView, qtbot: QtBot) -> None:
    view.select_mark("c")
    view.show_place(SHEETS, Place(sheet="Blad1", cell="A1"), MARKS[2].quote)
    qtbot.waitUntil(framed(view), timeout=10_000)
    spots = inked(view, "attachment")
    at = QPoint(min(s.x() for s in spots) + 12, min(s.y() for s in spots) + 8)
    area = view.childAt(at)
    assert area is not None
    with qtbot.waitSignal(view.mark_activated) as told:
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=area.mapFrom(view, at))
    assert told.args == ["c"]


def test_a_quote_in_plain_text_is_framed_and_clicked(view: SourceView, qtbot: QtBot) -> None:
    view.select_mark("d")
    view.show_place(PLAIN, Place(), QUOTE)
    qtbot.waitUntil(framed(view), timeout=10_000)
    spots = inked(view, "attachment")
    at = QPoint(min(s.x() for s in spots) + 12, min(s.y() for s in spots) + 8)
    area = view.childAt(at)
    assert area is not None
    with qtbot.waitSignal(view.mark_activated) as told:
        QTest.mouseClick(area, Qt.MouseButton.LeftButton, pos=area.mapFrom(view, at))
    assert told.args == ["d"]


def test_pages_stay_white_in_the_dark(view: SourceView, qtbot: QtBot) -> None:
    view.select_mark("a")
    view.show_place(DOC, PLACE, QUOTE, flash=False)
    qtbot.waitUntil(framed(view), timeout=10_000)
    theme.apply("dark")
    assert len(inked(view, "paper")) > 20_000
    assert inked(view, "attachment")


def test_files_are_never_loaded_on_the_main_thread(view: SourceView, qtbot: QtBot, loaded: list[tuple[str, bool]]) -> None:
    view.show_place(DOC, PLACE, QUOTE)
    qtbot.waitUntil(lambda: bool(loaded), timeout=10_000)
    assert set(loaded) == {("underlag.pdf", False)}


def test_an_unknown_document_changes_nothing(view: SourceView, actions: Actions) -> None:
    view.show_place("no such", PLACE, QUOTE)
    assert not actions["back"].isEnabled()


def test_searching_steps_through_the_pages(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    view.show_place(DOC, PLACE, QUOTE)
    view.select_mark("a")
    qtbot.waitUntil(framed(view), timeout=10_000)
    actions["find_in_source"].trigger()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "registrerad")
    QTest.keyClick(field, Qt.Key.Key_Return)
    areas = [part for part in view.findChildren(QAbstractScrollArea) if part.isVisible() and part.width() > 400]
    before = max(part.verticalScrollBar().value() for part in areas)
    qtbot.waitUntil(lambda: max(part.verticalScrollBar().value() for part in areas) != before, timeout=10_000)


def test_a_file_that_cannot_be_opened_says_so_and_can_be_tried_again(
    view: SourceView, qtbot: QtBot, loaded: list[tuple[str, bool]]
) -> None:
    view.show_place(BROKEN, Place(1), "")

    def offered() -> None:
        assert [button for button in view.findChildren(QPushButton) if button.isVisible()]

    qtbot.waitUntil(offered, timeout=10_000)
    button = next(button for button in view.findChildren(QPushButton) if button.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [name for name, _ in loaded].count("trasig.pdf") == 2, timeout=10_000)


def test_documents_that_are_gone_are_closed(view: SourceView, qtbot: QtBot) -> None:
    view.show_place(DOC, PLACE, QUOTE)
    view.select_mark("a")
    qtbot.waitUntil(framed(view), timeout=10_000)
    view.set_documents((), empty)
    assert not inked(view, "attachment")


def test_closing_does_not_wait_for_a_file_that_is_still_loading(qtbot: QtBot, actions: Actions) -> None:
    view = SourceView(actions)
    qtbot.addWidget(view)
    gate, begun = Event(), Event()

    def load(_document: DocumentRecord) -> bytes:
        begun.set()
        gate.wait(10)
        return PDF

    view.set_documents(RECORDS, load)
    view.show_place(DOC, PLACE, QUOTE)
    assert begun.wait(10)
    gate.set()
    view.shut()
