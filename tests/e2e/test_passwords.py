"""A protected file in the real window: the password is asked for once, reads it and shows it, and is gone with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.gui.source.paper import PaperView
from app.gui.underlag.detail import PasswordField
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.pdfs import drawn, texts
from tests.support.window import Home, Running, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]

PASSWORD = "Ek&Bok-17-hemligt"
LINES = ((72, 80, "1 Krav"), (72, 120, "Anbudsgivaren ska bifoga ett registreringsbevis till anbudet."))


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path / "hem")


def page_shown(running: Running) -> bool:
    surface = running.checklist.source.surface
    return isinstance(surface, PaperView) and surface.is_sharp()


def open_checklist(running: Running) -> None:
    running.key(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: running.window.page(2) is not None)


def type_in_source(running: Running, password: str) -> None:
    notice = running.checklist.source.notice
    wait(notice.field.isVisible, "the source to ask for the password")
    running.front()
    QTest.mouseClick(notice.field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(notice.field, password)
    QTest.keyClick(notice.field, Qt.Key.Key_Return)


def test_a_password_reads_and_shows_and_is_asked_for_again_only_after_a_restart(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "Skyddad.pdf"
    file.write_bytes(drawn(texts(*LINES), encrypt=PASSWORD))
    with home.runs() as running:
        running.enter()
        running.drop(file)
        running.read()
        assert not running.desk.items()
        field = wait(lambda: running.underlag.findChild(PasswordField), "the row to ask for the password")
        QTest.keyClicks(field.field, PASSWORD)
        QTest.keyClick(field.field, Qt.Key.Key_Return)
        wait(lambda: running.desk.items(), "the list")
        running.rest()
        assert [item.item.text for item in running.desk.items()] == [LINES[1][2]]
        open_checklist(running)
        wait(lambda: page_shown(running), "the page, without asking again")
        assert PASSWORD not in repr((running.desk.documents, running.desk.items(), running.desk.history()))

    kept = [path for path in home.folder.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if PASSWORD.encode() in path.read_bytes()]
    assert PASSWORD not in repr(home.secrets())

    with home.runs() as again:
        again.enter()
        again.session.open_tender(again.session.tenders[0].record.key)
        wait(lambda: again.session.desk is not None)
        open_checklist(again)
        type_in_source(again, "fel ord")
        wait(lambda: "öppnar inte filen" in again.checklist.source.notice.text())
        type_in_source(again, PASSWORD)
        wait(lambda: page_shown(again), "the page")
        assert again.session.passwords.of(again.desk.key) == (PASSWORD,)


def test_a_document_that_was_never_read_is_read_when_it_is_unlocked_beside_the_list(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "Skyddad.pdf"
    file.write_bytes(drawn(texts(*LINES), encrypt=PASSWORD))
    with home.runs() as running:
        running.enter()
        running.drop(file)
        running.read()
        open_checklist(running)
        type_in_source(running, PASSWORD)
        wait(lambda: page_shown(running), "the page")
        wait(lambda: running.desk.items(), "the list")
        running.rest()
        assert [item.item.text for item in running.desk.items()] == [LINES[1][2]]
        assert running.desk.documents[0].summary.error is None
