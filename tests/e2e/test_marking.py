"""An item of the user's own in the real window: text marked in the source, by keys or with the mouse, and put on the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.document import DocumentKind
from app.core.work import DocumentRecord, Origin, WorkItem
from app.gui.checklist.dialogs import EditDialog
from app.gui.shell.window import CHECKLIST
from app.gui.source.flow import FlowView
from app.gui.source.paper import PaperView
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.window import Home, Running, sample_zip, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path)


def choose(running: Running, kind: DocumentKind) -> tuple[WorkItem, DocumentRecord]:
    """The first item that comes from a document of a kind, once its passage is in sight and its words are known."""
    documents = {record.summary.id: record for record in running.desk.documents if record.summary.kind is kind}
    item = next(item for item in running.desk.items() if item.item.source.document in documents)
    running.session.select(item.key)
    document = documents[item.item.source.document]
    view = running.checklist.source

    def landed() -> bool:
        surface = view.surface
        if view.document != document.summary.id or surface is None or not surface.is_sharp():
            return False
        place = item.item.source.place
        known = not isinstance(surface, PaperView) or (surface.page == place.page and surface.text.has(surface.page))
        return known and not running.busy() and view._selected == item.key

    wait(landed, document.summary.name)
    return item, document


def add(running: Running, text: str) -> WorkItem:
    """Press N, look at what the dialog proposes, and put it on the list."""
    before = {item.key for item in running.desk.items()}
    running.key(Key.Key_N)
    dialog = wait(lambda: next((one for one in running.window.findChildren(EditDialog) if one.isVisible()), None), "the dialog")
    assert dialog.text.toPlainText() == " ".join(text.split())
    dialog.ok.click()
    added = wait(lambda: next((item for item in running.desk.items() if item.key not in before), None), "the new item")
    wait(lambda: running.session.selection == added.key and added.key in running.checklist.visible_keys(), "it to be chosen")
    assert (added.origin, added.reviewed) == (Origin.ADDED, True)
    return added


def test_marked_text_becomes_an_item_that_leads_back_to_its_place(home: Home, tmp_path: Path) -> None:
    with home.runs() as running:
        running.enter()
        running.drop(sample_zip(tmp_path))
        running.read()
        running.key(Key.Key_3, Modifier.ControlModifier)
        wait(lambda: running.window.page(CHECKLIST) is not None)
        running.checklist.view.setFocus()
        view = running.checklist.source

        item, document = choose(running, DocumentKind.PDF)
        running.key(Key.Key_N)
        wait(lambda: "F7" in running.checklist.left.foot.word.text(), "what to do first")
        running.key(Key.Key_Return)
        surface = view.surface
        assert isinstance(surface, PaperView)
        assert surface.hasFocus(), "Enter goes to the source"
        running.key(Key.Key_F7)
        for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Down):
            running.key(key, Modifier.ShiftModifier)
        marked = surface.marked()
        assert marked is not None
        place, text = marked
        assert len(text.split()) >= 4
        by_keys = add(running, text)
        assert by_keys.item.source.quote == text
        assert (by_keys.item.source.document, by_keys.item.source.place) == (document.summary.id, place)
        assert by_keys.item.source.place.page == item.item.source.place.page

        _, document = choose(running, DocumentKind.DOCX)
        flow = view.surface
        assert isinstance(flow, FlowView)
        middle = QPoint(flow.viewport().width() // 2, flow.viewport().height() // 3)
        QTest.mouseDClick(flow.viewport(), Qt.MouseButton.LeftButton, Modifier.NoModifier, middle)
        QTest.mouseRelease(flow.viewport(), Qt.MouseButton.LeftButton, Modifier.NoModifier, middle)
        assert flow.over_text(QPointF(middle))
        marked = flow.marked()
        assert marked is not None, "a double click marks the word"
        by_mouse = add(running, marked[1])
        assert by_mouse.item.source.document == document.summary.id

        wait(running.program.actions["undo"].isEnabled, "undo")
        running.key(Key.Key_Z, Modifier.ControlModifier)
        wait(lambda: by_mouse.key not in {item.key for item in running.desk.items()}, "undo")
        running.rest()
        kept = running.desk.item(by_keys.key)

    with home.runs() as again:
        again.enter()
        again.session.open_tender(again.session.tenders[0].record.key)
        wait(lambda: again.session.desk is not None)
        assert again.desk.item(by_keys.key) == kept
        again.window.show_page(CHECKLIST)
        again.session.select(by_keys.key)
        source = again.checklist.source

        def back() -> bool:
            surface = source.surface
            return isinstance(surface, PaperView) and surface.page == place.page and surface.is_sharp()

        wait(back, "the passage")
