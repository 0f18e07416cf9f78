"""A document that is open elsewhere: what goes wrong over there is told, and the next thing is asked for all the same."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.core.document import Box
from app.core.work import DocumentRecord
from app.gui.source.opened import Drawn, Missed, OpenDocument, Quoted
from app.gui.source.shelf import Shelf
from app.gui.source.wanted import QuoteWanted, Tile
from app.workers.pages import PageReader
from tests.gui.source.support import QUOTE, paper, record

PAPER = paper(2)
TILE = Tile(1, 60, 80, 0, 0, 60, 80)


class OnceShortOfMemory(PageReader):
    """No shared memory the first time that a picture is drawn, nor the first time that a quote is looked for."""

    refused: frozenset[str] = frozenset()

    def picture(self, page: int, width: int, height: int, part: tuple[int, int, int, int] | None = None) -> bytes:
        self.refuse("picture")
        return super().picture(page, width, height, part)

    def quote(self, page: int, quote: str) -> tuple[tuple[int, Box], ...]:
        self.refuse("quote")
        return super().quote(page, quote)

    def refuse(self, what: str) -> None:
        if what not in self.refused:
            self.refused |= {what}
            raise OSError(28, "No space left on device")


def test_a_document_can_be_asked_again_after_the_system_had_no_memory_for_its_picture(qtbot: QtBot) -> None:
    document = OpenDocument(record("sida.pdf", PAPER), lambda _: PAPER, make=OnceShortOfMemory)
    missed: list[Missed] = []
    drawn: list[Drawn] = []
    quoted: list[Quoted] = []
    document.missed.connect(missed.append)
    document.drawn.connect(drawn.append)
    document.quoted.connect(quoted.append)
    try:
        with qtbot.waitSignal(document.opened, timeout=20_000):
            document.start()
        document.wanted.tiles((TILE, replace(TILE, page=2)))
        document.wanted.quotes((QuoteWanted(2, QUOTE), QuoteWanted(2, QUOTE)))
        qtbot.waitUntil(lambda: len(missed) == 1 and len(drawn) == 1 and len(quoted) == 2, timeout=20_000)
    finally:
        document.wait()
        document.deleteLater()
    assert missed[0].page == 1
    assert (missed[0].finding.code, missed[0].finding.values) == ("worker.failed", (("error", "OSError"),))
    assert drawn[0].tile.page == 2
    assert [bool(found.boxes) for found in quoted] == [False, True]


def test_a_document_that_is_let_go_while_it_loads_lives_until_its_thread_has_ended(qtbot: QtBot) -> None:
    may_load = Event()

    def load(_record: DocumentRecord) -> bytes:
        may_load.wait(60)
        return PAPER

    owner = QWidget()
    qtbot.addWidget(owner)
    shelf = Shelf(owner)
    shelf.open(record("sida.pdf", PAPER), load)
    (identity,) = shelf.documents()
    document = shelf.document(identity)
    assert document is not None
    try:
        shelf.close(identity)
        assert shelf.documents() == ()
        for _ in range(5):
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert isValid(document), "its thread may be about to tell something by it"
        with qtbot.waitSignal(document.gone):
            may_load.set()
    finally:
        may_load.set()
        shelf.shut()
    assert not document._thread.is_alive()
    qtbot.waitUntil(lambda: not isValid(document))


def test_documents_on_their_way_out_are_waited_for(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    shelf = Shelf(owner)
    shelf.open(record("sida.pdf", PAPER), lambda _: PAPER)
    document = shelf.document(*shelf.documents())
    assert document is not None
    shelf.close(*shelf.documents())
    shelf.shut()
    assert not document._thread.is_alive()
    assert document._closer is not None
    assert not document._closer.is_alive()
