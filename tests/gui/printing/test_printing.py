"""The list on paper, printed to PDF and read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.work import ItemState, TenderRecord
from app.gui.actions import Actions
from app.gui.checklist.page import ChecklistPage
from app.gui.printing.printing import Printing
from app.gui.session import Session
from app.gui.shell.fault import FaultDialog
from app.gui.shell.print_action import PrintAction
from app.gui.shell.window import CHECKLIST, MainWindow, make_page
from tests.gui.checklist.support import fake_source
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER, work

LONG = "Ett långt svar som går över många rader. " * 400


def page(number: int, session: Session, actions: Actions) -> QWidget:
    return ChecklistPage(session, actions, source=fake_source()) if number == CHECKLIST else make_page(number, session, actions)


@pytest.fixture
def window(session: Session, actions: Actions, office: MemoryOffice, qtbot: QtBot) -> Iterator[MainWindow]:
    items = [work(number) for number in range(1, 120)]
    items[0] = replace(items[0], state=ItemState.DONE, answer="Ja", owner="Åsa", due="2026-12-01", note="fråga Per")
    items[1] = replace(items[1], state=ItemState.REJECTED, reason="Gäller inte oss")
    items[2] = replace(items[2], answer=LONG)
    found = Tender("Upphandling av drift", "Sjöviks kommun", "2026/17", "2026-12-04T23:59")
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00", found), *items)
    made = MainWindow(session, actions, page)
    qtbot.addWidget(made)
    session.open_tender(TENDER)
    yield made
    made.close()


def printed(window: MainWindow, session: Session, path: Path, qtbot: QtBot) -> list[str]:
    """The text of every page."""
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    Printing(session, window).print_on(writer)
    qtbot.waitUntil(lambda: window.toast.accessibleName().startswith("Utskriften"))
    with pypdfium2.PdfDocument(path) as document:
        return [sheet.get_textpage().get_text_range() for sheet in document]


def test_the_list_is_printed_with_what_was_made_of_it(window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    pages = printed(window, session, tmp_path / "lista.pdf", qtbot)
    first = pages[0]
    for words in (
        "Upphandling av drift", "Sjöviks kommun · 2026/17", "Sista anbudsdag 4 dec", "1 av 118 klara · 117 saknas",
        "Klar", "3.1 Beskriv punkt 1 och hur den uppfylls.", "Svar: Ja", "Ansvarig: Åsa · klart 1 dec", "Anteckning: fråga Per",
    ):  # fmt: skip
        assert words in first
    whole = "\n".join(pages)
    assert "Beskriv punkt 119 och" in whole
    assert "Gäller inte oss" not in whole, "the filter leaves out what was rejected"
    assert whole.count("långt svar") == 400, "a long text goes on over the pages"
    assert [f"Sida {number}" in text for number, text in enumerate(pages, 1)] == [True] * len(pages)
    assert len(pages) > 5


def test_only_what_the_filter_shows_is_printed(window: MainWindow, session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    shown = window.page(CHECKLIST)
    assert isinstance(shown, ChecklistPage)
    shown.left.filters.choose("rejected")
    [text] = printed(window, session, tmp_path / "lista.pdf", qtbot)
    assert "Gäller inte oss: " in text
    assert "Utskriften visar 1 punkt" in text
    assert "Beskriv punkt 1 och" not in text


def test_printing_to_where_nothing_can_be_written_is_told(
    window: MainWindow, session: Session, qtbot: QtBot, warnings_of_qt: list[str]
) -> None:
    with qtbot.waitSignal(session.failed) as failed:
        Printing(session, window).print_on(QPdfWriter("/nowhere/at/all.pdf"))
    assert failed.args[0].code == "output.unwritable"
    warnings_of_qt.clear()
    dialog = window.findChild(FaultDialog)
    assert dialog is not None
    dialog.close()


def test_the_dialog_of_the_system_is_asked_and_can_be_left(
    window: MainWindow, session: Session, actions: Actions, qtbot: QtBot, warnings_of_qt: list[str]
) -> None:
    PrintAction(session, actions, window)
    actions["print_list"].trigger()
    dialog = window.findChild(QPrintDialog)
    assert dialog is not None
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(QPrintDialog) is None)


def test_closing_the_window_ends_printing(window: MainWindow, session: Session, tmp_path: Path) -> None:
    printing = Printing(session, window)
    printing.print_on(QPdfWriter(str(tmp_path / "lista.pdf")))
    window.close()
    assert printing._job is None
