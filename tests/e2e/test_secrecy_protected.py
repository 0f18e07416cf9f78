"""A bid in a ZIP with a protected file in it, in the whole program: asked for the password, read, marked and masked."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.claims import Bidder
from app.gui.secrecy.masked import MaskedDialog
from app.gui.secrecy.page import SecrecyPage
from app.gui.shell.window import SECRECY
from app.gui.source.paper import PaperView
from app.workflow.marks import Selection, selected
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.pdfs import drawn, texts
from tests.support.window import Home, labels, press_primary, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]  # what every test of the window keeps to, these as well

PASSWORD = "Ek&Bok-17-hemligt"
SECRET = "Timpris 1 285 kronor"


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path)


def bid(folder: Path) -> Path:
    """Two prices: one open, one that wants a password."""
    path = folder / "Anbud.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("Priser/hemligt.pdf", drawn(texts((72, 90, SECRET), (72, 140, "Öppen text.")), encrypt=PASSWORD))
        archive.writestr("oppet.pdf", drawn(texts((72, 90, "Vi arbetar i tre steg."))))
    return path


def test_a_protected_file_in_an_archive_is_asked_for_read_and_masked(home: Home, tmp_path: Path) -> None:
    path = bid(tmp_path)
    original = path.read_bytes()
    with home.runs() as running:
        running.enter()
        running.session.open_sample()
        running.read()
        running.window.show_page(SECRECY)
        page = running.window.page(SECRECY)
        assert isinstance(page, SecrecyPage)
        desk = running.desk
        page.adding.add([path])
        wait(lambda: len(desk.bid_files) == 2 and not page.busy, "the files in the archive", 120)
        closed, open_one = desk.bid_files
        assert [record.member for record in desk.bid_files] == ["Priser/hemligt.pdf", "oppet.pdf"]
        assert open_one.summary.error is None
        assert any("skyddad med lösenord" in text for text in labels(page.top))

        # the question: by the keys alone, wrong first
        running.window.activateWindow()
        page.top.unlock.setFocus()
        wait(page.top.unlock.hasFocus, "the button")
        QTest.keyClick(page.top.unlock, Qt.Key.Key_Space)
        field = page.source.notice.field
        wait(field.hasFocus, "the question", 60)
        running.type("fel")
        running.key(Qt.Key.Key_Return)
        wait(lambda: "öppnar inte" in page.source.notice.text() and field.hasFocus(), "that it was wrong", 60)
        running.type(PASSWORD)
        running.key(Qt.Key.Key_Return)
        wait(lambda: desk.bid_file(closed.key).summary.error is None and not page.busy, "the file to be read", 60)
        wait(lambda: isinstance(page.source.surface, PaperView) and page.source.surface.is_sharp(), "its page", 60)
        assert page.source.document == closed.key
        assert not page.top.unlock.isVisible()

        # marked and masked
        reader = running.session.reader
        assert reader is not None
        record = desk.bid_file(closed.key)
        placed = selected(reader.bids.shelf.finder(record), Selection(record.key, SECRET))
        assert placed is not None
        desk.mark([placed], "unit-price", "osl-31-16")
        desk.edit_bidder(Bidder("Vi AB", "556000-4615"))
        target = tmp_path / "maskat"
        page.outgoing.mask_into(target)
        dialog = wait(lambda: page.outgoing.dialog, "the copies", 120)
        assert isinstance(dialog, MaskedDialog)
        press_primary(dialog)
        copy = target / "hemligt_maskad.pdf"
        with pypdfium2.PdfDocument(copy) as document:
            words = document[0].get_textpage().get_text_bounded()
        assert "1 285" not in words
        assert "Öppen text" in words
    assert path.read_bytes() == original
    assert PASSWORD.encode() not in b"".join(file.read_bytes() for file in (home.folder / "vault").rglob("*") if file.is_file())
