"""The page Paket costs nothing while it is out of sight, has room at every size, and can be used by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.folding import FoldingRow
from app.gui.package.page import PackagePage
from app.gui.session import Session
from app.gui.theme import theme
from app.workflow.desk import Desk
from app.workflow.writer import SerialWriter
from tests.gui.package.support import bid, link
from tests.gui.review.support import MemoryAudits, Reviewer, tabbed
from tests.gui.secrecy.support import BidOffice


@pytest.fixture
def audits() -> MemoryAudits:
    return MemoryAudits()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return bid(tmp_path / "anbud")[0]


@pytest.fixture
def page(qtbot: QtBot, actions: Actions, desk: Desk, audits: MemoryAudits) -> Iterator[PackagePage]:
    session = Session(BidOffice(desk, desk._store), SerialWriter(), Reviewer(audits))  # type: ignore[arg-type]
    page = PackagePage(session, actions)
    qtbot.addWidget(page)
    page.resize(1190, 672)
    session.open_tender(desk.key)
    page.show()
    settled(qtbot, page)
    yield page
    page.shut()
    session.close()
    session.deleteLater()


def settled(qtbot: QtBot, page: PackagePage) -> None:
    qtbot.waitUntil(lambda: not page.busy and page.packing.view is not None)


def test_what_is_typed_elsewhere_is_shown_when_the_page_is_seen_again(
    qtbot: QtBot, page: PackagePage, desk: Desk, audits: MemoryAudits
) -> None:
    question = next(item for item in desk.items() if item.answer)
    page.hide()
    before, asked = page.steps.rows.rows, len(audits.asked)
    for text in ("Nej", "Nej, ", "Nej, aldrig"):
        desk.answer(question.key, text)
        assert not page.busy
    assert page.steps.rows.rows is before
    page.show()
    settled(qtbot, page)
    assert "Nej, aldrig" in [row.step.answer for row in page.steps.rows.rows]
    assert len(audits.asked) == asked + 1


def test_nothing_is_planned_for_a_page_that_was_left_at_once(page: PackagePage, desk: Desk, audits: MemoryAudits) -> None:
    asked = len(audits.asked)
    desk.done([desk.items()[0].key])
    assert page.busy
    page.hide()
    page._gather.stop()
    assert not page.busy
    assert len(audits.asked) == asked


def test_ticks_show_in_the_companion_while_the_page_is_out_of_sight(qtbot: QtBot, page: PackagePage, desk: Desk) -> None:
    page.open_companion()
    companion = page.companion
    assert companion is not None
    page.hide()
    companion.next.click()
    settled(qtbot, page)
    assert len(desk.tender.package.done) == 1
    assert "1 klara" in companion.where.text()
    desk.undo()
    settled(qtbot, page)
    assert "0 klara" in companion.where.text()


def test_the_companion_goes_with_its_tender_and_comes_back_where_it_was(page: PackagePage) -> None:
    page.open_companion()
    companion = page.companion
    assert companion is not None
    companion.move(61, 47)
    place = companion.pos()
    kept = page.save_sizes()
    page._session.close_tender()
    assert not companion.isVisible()
    assert companion.row is None
    companion.deleteLater()
    page.companion = None
    page.restore_sizes(kept)
    page.open_companion()
    assert page.companion is not None
    assert page.companion.pos() == place


def test_alt_and_an_arrow_move_the_file_that_is_chosen_in_the_list(
    qtbot: QtBot, page: PackagePage, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "anbud" / "CV.pdf").write_bytes(b"%PDF-1.7 cv")
    link(desk, desk.items()[0].key, tmp_path / "anbud" / "CV.pdf")
    settled(qtbot, page)
    page.files.setCurrentIndex(page.files.rows.index(1))
    QTest.keyClick(page.files, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, page)
    assert page.files.rows.rows[0].entry.name.endswith("Anbudsbrev.pdf")
    assert page.files.row == page.files.rows.rows[0], "the row goes with its file"


def test_without_files_the_page_says_where_they_are_linked(qtbot: QtBot, page: PackagePage, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "anbud" / "Anbudsbrev.pdf").unlink()
    page.packing.look()
    qtbot.waitUntil(lambda: not page.files.rows.rows)
    assert page.empty.isVisible()
    assert page.empty.words.text().startswith("De kopplade filerna går inte att nå")
    for found in desk.links:
        desk.unlink(found.key)
    settled(qtbot, page)
    assert page.empty.words.text().startswith("Här hamnar filerna")
    with qtbot.waitSignal(page._actions["page_answers"].triggered):
        page.empty.go.click()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_button_is_cut_at_any_size(qtbot: QtBot, page: PackagePage, scale: float) -> None:
    theme.apply("light", scale)
    page.resize(1102, 672)
    page.steps.setCurrentIndex(page.steps.rows.index(next(n for n, row in enumerate(page.steps.rows.rows) if row.step.answer)))
    top = page.head.findChild(FoldingRow)
    assert top is not None
    qtbot.waitUntil(lambda: top.folded is (scale > 1))
    qtbot.wait(1)
    for button in page.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.height() >= button.sizeHint().height(), button.text()
            assert page.rect().contains(button.mapTo(page, QPoint(0, 0))), button.text()
    assert page.steps.visualRect(page.steps.currentIndex()).top() < page.steps.viewport().height(), "the step stays in sight"


def test_tab_comes_to_what_is_above_the_list_as_well(qtbot: QtBot, page: PackagePage) -> None:
    seen = tabbed(qtbot, page, 14)
    assert seen[0] is page.files
    assert {page.steps, page.follow, page.after.submitted, page.head.calendar, page.head.build, page.head.portal} <= set(seen)
