"""The page Granskning: what is wrong, in the order that matters, each row one key from its cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.inspection import FileFacts, Spot
from app.core.points import Fact, PointKind, Source
from app.core.review import Room
from app.core.work import ItemState
from app.gui.actions import Actions
from app.gui.review.accepting import AcceptSheet
from app.gui.review.model import ReviewModel
from app.gui.review.page import ReviewPage
from app.gui.review.rows import FindingRow, Group, GroupHeader
from app.gui.session import Session
from app.workflow.desk import Desk
from app.workflow.writer import SerialWriter
from tests.gui.review.support import MemoryAudits, Reviewer
from tests.gui.secrecy.support import BidOffice
from tests.support.desks import desk_of, point, work

LAST = Tender(
    name="Drift av växel",
    buyer="Storköpings kommun",
    tender_deadline="2099-12-04T23:59",
    facts=(
        Fact("page_limit", "4 sidor", Source("doc", "Högst 4 sidor"), 1),
        Fact("tender_deadline", "2099-12-04T23:59", Source("doc", "Sista anbudsdag 2099-12-04"), 2),
        Fact("tender_deadline", "2099-12-11T23:59", Source("doc", "senast den 11 december 2099"), 1),
    ),
)


@pytest.fixture
def audits() -> MemoryAudits:
    letter = FileFacts("Anbudsbrev.docx", "/anbud/Anbudsbrev.docx", 900, "1" * 64, "docx", comments=(Spot(text="Stämmer det?"),))
    return MemoryAudits((letter,))


@pytest.fixture
def desk() -> Desk:
    asked = work(2, item=point(2, PointKind.ATTACHMENT))
    desk, _ = desk_of(work(1, state=ItemState.DONE), asked, work(3), work(4))
    desk.take_in(LAST, (), (), run="1", lasting=True)
    return desk


@pytest.fixture
def page(qtbot: QtBot, actions: Actions, desk: Desk, audits: MemoryAudits) -> Iterator[ReviewPage]:
    session = Session(BidOffice(desk, desk._store), SerialWriter(), Reviewer(audits))  # type: ignore[arg-type]
    page = ReviewPage(session, actions)
    qtbot.addWidget(page)
    page.resize(1190, 720)
    session.open_tender(desk.key)
    page.show()
    qtbot.waitUntil(lambda: page.review is not None and not page.busy)
    yield page
    page.shut()
    session.close()
    session.deleteLater()


def row_of(page: ReviewPage, rule: str) -> FindingRow:
    return next(row for row in page.view.rows.rows if isinstance(row, FindingRow) and row.finding.rule == rule)


def choose(page: ReviewPage, rule: str) -> FindingRow:
    row = row_of(page, rule)
    page.view.setCurrentIndex(page.view.rows.index(page.view.rows.row_of(row.key)))
    return row


def settled(qtbot: QtBot, page: ReviewPage) -> None:
    qtbot.waitUntil(lambda: not page.busy)


def test_obstacles_come_first_then_warnings_and_the_head_counts_them(page: ReviewPage) -> None:
    groups = [row.group for row in page.view.rows.rows if isinstance(row, GroupHeader)]
    assert groups == [Group.OBSTACLES, Group.WARNINGS, Group.NOTES]
    assert row_of(page, "items.open").title == "2 punkter saknar svar"
    assert page.review is not None
    numbers = {2: "Två", 3: "Tre", 4: "Fyra"}
    assert page.head.title.text() == f"{numbers[page.review.obstacles]} hinder kvar"
    assert page.head.known.text().startswith(f"1 av 4 punkter klara · {page.review.obstacles} hinder · ")
    assert "sikta på torsdag 3 dec" in page.head.known.text()
    assert not page.head.go.isEnabled()


def test_the_model_keeps_to_qts_rules(page: ReviewPage, qtmodeltester: ModelTester) -> None:
    check: Callable[[ReviewModel], None] = qtmodeltester.check
    check(page.view.rows)
    spoken = page.view.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Hinder. ")
    assert row_of(page, "items.open").remedy in spoken or len(spoken) > 20


def test_return_and_the_rows_button_go_to_the_cause(qtbot: QtBot, page: ReviewPage) -> None:
    row = choose(page, "items.open")
    with qtbot.waitSignal(page.cause_wanted) as wanted:
        QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert wanted.args[0] == row.finding.cause
    assert wanted.args[0].room is Room.CHECKLIST
    box = page.view.visualRect(page.view.currentIndex())
    button = page.view._look.button_rect(box, row)
    with qtbot.waitSignal(page.cause_wanted):
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=button.center())
    with qtbot.assertNotEmitted(page.cause_wanted):
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, box.center().y()))


def test_accepting_needs_a_reason_is_kept_and_can_be_withdrawn(qtbot: QtBot, page: ReviewPage, desk: Desk) -> None:
    choose(page, "comments.left")
    assert page.foot.accept.isVisible()
    page.foot.accept.click()
    (sheet,) = page.findChildren(AcceptSheet)
    assert not sheet.ok.isEnabled()
    sheet.reason.setPlainText("  \n")
    assert not sheet.ok.isEnabled()
    sheet.reason.setPlainText("Beställaren vill ha dem kvar")
    sheet.who.setText("Anna")
    sheet.ok.click()
    settled(qtbot, page)
    row = row_of(page, "comments.left")
    assert (row.group, row.reason) == (Group.ACCEPTED, "Godtaget: Beställaren vill ha dem kvar")
    assert [(one.reason, one.by) for one in desk.overrides] == [("Beställaren vill ha dem kvar", "Anna")]
    choose(page, "comments.left")
    assert not page.foot.accept.isVisible()
    page.foot.withdraw.click()
    settled(qtbot, page)
    assert row_of(page, "comments.left").group is Group.WARNINGS
    desk.undo()
    settled(qtbot, page)
    assert row_of(page, "comments.left").group is Group.ACCEPTED


def test_two_deadlines_have_a_question_ready(qtbot: QtBot, page: ReviewPage) -> None:
    row = choose(page, "contradiction.deadline")
    assert page.foot.question.isVisible()
    with qtbot.waitSignal(page.told):
        page.foot.question.click()
    said = QGuiApplication.clipboard().text()
    assert said == row.question
    assert "2099-12-11" in said


def test_when_everything_is_done_the_way_to_the_package_is_open(
    qtbot: QtBot, page: ReviewPage, desk: Desk, audits: MemoryAudits
) -> None:
    audits.files = ()
    for row in [row for row in page.view.rows.rows if isinstance(row, FindingRow) and row.group is Group.OBSTACLES]:
        desk.override(row.key, row.finding.rule, "Provat")
    settled(qtbot, page)
    assert page.review is not None
    assert page.review.ready
    with qtbot.waitSignal(page.package_wanted):
        page.head.go.click()


def test_a_change_on_the_desk_is_looked_at_again_but_only_while_the_page_is_in_sight(
    qtbot: QtBot, page: ReviewPage, desk: Desk, audits: MemoryAudits
) -> None:
    desk.done([desk.items()[2].key])
    settled(qtbot, page)
    assert row_of(page, "items.open").title == "1 punkt saknar svar"
    page.hide()
    before = len(audits.asked)
    desk.done([desk.items()[3].key])
    assert not page.busy
    assert len(audits.asked) == before
    page.show()
    settled(qtbot, page)
    assert not any(isinstance(row, FindingRow) and row.finding.rule == "items.open" for row in page.view.rows.rows)
    page.again.click()
    settled(qtbot, page)
    assert audits.asked[-1] is True


def test_the_report_is_written_whole(qtbot: QtBot, page: ReviewPage, tmp_path: Path) -> None:
    assert page.looking.audit is not None
    for name in ("pdf", "html"):
        with qtbot.waitSignal(page.told) as told:
            page.reporting.write(page.looking.audit, tmp_path / f"Granskning.{name}", name)
        assert told.args == [f"Rapporten är sparad: Granskning.{name}"]
    assert (tmp_path / "Granskning.pdf").read_bytes().startswith(b"%PDF")
    assert "2 punkter saknar svar" in (tmp_path / "Granskning.html").read_text("utf-8")


def test_the_folder_is_chosen_in_a_dialog(page: ReviewPage, desk: Desk, tmp_path: Path) -> None:
    assert page.folder.text().startswith("Ingen anbudsmapp vald. ")
    page.choose.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert desk.tender.bid_folder == str(tmp_path)
    assert page.folder.toolTip() == str(tmp_path)


def test_english_has_all_of_it(qtbot: QtBot, page: ReviewPage) -> None:
    from app.gui.messages import set_language

    set_language("en")
    page.looking.look()
    settled(qtbot, page)
    assert row_of(page, "items.open").title.startswith("2 ")
    assert "obstacle" in page.head.title.text()
