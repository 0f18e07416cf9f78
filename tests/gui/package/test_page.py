"""The page Paket: from linked files to a folder for the portal, its steps, and the portal's own printout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.core.document import Finding
from app.gui.actions import Actions
from app.gui.messages import set_language
from app.gui.package.dialogs import BuildSheet, ComparedSheet, NameSheet
from app.gui.package.model import PackageModel
from app.gui.package.packing import BuildWish
from app.gui.package.page import PackagePage
from app.gui.package.portals import PortalSheet
from app.gui.package.rows import StepRow, size_words
from app.gui.session import Session
from app.workflow.desk import Desk
from app.workflow.writer import SerialWriter
from tests.gui.package.support import bid, link
from tests.gui.review.support import MemoryAudits, Reviewer
from tests.gui.secrecy.support import BidOffice
from tests.support.memory_store import MemoryStore


class Office(BidOffice):
    """Keeps bytes as well."""

    def __init__(self, desk: Desk, store: MemoryStore) -> None:
        super().__init__(desk, store)
        self.kept: list[bytes] = []
        self.settings: dict[str, Any] = {}

    def setting(self, name: str, default: Any = None) -> Any:
        return self.settings.get(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        self.settings[name] = value

    def keep_file(self, data: bytes) -> str:
        self.kept.append(data)
        return f"{len(self.kept):064x}"


@pytest.fixture
def desk_and_store(tmp_path: Path) -> tuple[Desk, MemoryStore]:
    return bid(tmp_path / "anbud")


@pytest.fixture
def desk(desk_and_store: tuple[Desk, MemoryStore]) -> Desk:
    return desk_and_store[0]


@pytest.fixture
def page(qtbot: QtBot, actions: Actions, desk_and_store: tuple[Desk, MemoryStore]) -> Iterator[PackagePage]:
    desk, store = desk_and_store
    session = Session(Office(desk, store), SerialWriter(), Reviewer(MemoryAudits()))
    page = PackagePage(session, actions)
    qtbot.addWidget(page)
    page.resize(1190, 720)
    session.open_tender(desk.key)
    page.show()
    settled(qtbot, page)
    yield page
    page.shut()
    session.close()
    session.deleteLater()


def settled(qtbot: QtBot, page: PackagePage) -> None:
    qtbot.waitUntil(lambda: not page.busy and page.packing.view is not None)


def steps(page: PackagePage) -> list[StepRow]:
    return [row for row in page.steps.rows.rows if isinstance(row, StepRow)]


def built(qtbot: QtBot, page: PackagePage, target: Path, reason: str = "Provat") -> Path:
    page.packing.build(BuildWish(target, forced=reason))
    settled(qtbot, page)
    return target


def test_files_stand_in_the_portals_order_with_what_asks_for_them(page: PackagePage) -> None:
    (row,) = page.files.rows.rows
    assert row.entry.name == "Anbudsbrev.pdf"
    assert "Bilaga" in row.about
    assert "3.2" in row.about
    assert page.head.known.text().startswith("1 fil")
    assert "inte kända" in page.head.limits.text(), "what is not known is told as not known"


def test_the_models_keep_to_qts_rules(page: PackagePage, qtmodeltester: ModelTester) -> None:
    check: Callable[[PackageModel], None] = qtmodeltester.check
    check(page.files.rows)
    check(page.steps.rows)
    spoken = page.steps.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Att göra. 1. ")


def test_a_step_gives_the_answer_as_it_is_written_and_is_ticked_off(qtbot: QtBot, page: PackagePage, desk: Desk) -> None:
    row = next(row for row in steps(page) if row.step.answer)
    page.steps.setCurrentIndex(page.steps.rows.index(row.number - 1))
    assert page.panel.answer.toPlainText() == "Ja, dygnet runt.\nMed jour."
    with qtbot.waitSignal(page.told):
        page.panel.copy.click()
    assert QGuiApplication.clipboard().text() == "Ja, dygnet runt.\nMed jour."
    QTest.keyClick(page.steps, Qt.Key.Key_Space)
    settled(qtbot, page)
    assert desk.tender.package.done == (row.key,)
    box = page.steps.visualRect(page.steps.rows.index(row.number - 1))
    QTest.mouseClick(page.steps.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(24, 16))
    assert not desk.tender.package.done


def test_what_has_no_answer_says_so(page: PackagePage) -> None:
    assert [row.lacks for row in steps(page) if row.step.item is not None] == [True, False, False]


def test_the_companion_goes_on_where_it_was_left(qtbot: QtBot, page: PackagePage, desk: Desk) -> None:
    page.open_companion()
    companion = page.companion
    assert companion is not None
    assert companion.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert companion.row == steps(page)[0]
    companion.next.click()
    settled(qtbot, page)
    assert desk.tender.package.done == (steps(page)[0].key,)
    assert companion.row is not None
    assert companion.row.number == 2
    companion.close()
    page.shut()
    page.companion = None
    page.packing.follow(desk)
    page.open_companion()
    assert page.companion is not None
    assert page.companion.row is not None
    QTest.keyClick(page.companion, Qt.Key.Key_PageDown)
    QTest.keyClick(page.companion, Qt.Key.Key_Escape)
    assert not page.companion.isVisible()


def test_a_name_of_ones_own_and_another_order(qtbot: QtBot, page: PackagePage, desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "anbud" / "CV.pdf").write_bytes(b"%PDF-1.7 cv")
    link(desk, desk.items()[0].key, tmp_path / "anbud" / "CV.pdf")
    settled(qtbot, page)
    assert [row.entry.name for row in page.files.rows.rows] == ["01_CV.pdf", "02_Anbudsbrev.pdf"]
    page.files.setCurrentIndex(page.files.rows.index(1))
    QTest.keyClick(page, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settled(qtbot, page)
    assert page.files.rows.rows[0].entry.name.endswith("Anbudsbrev.pdf")
    page.files.setCurrentIndex(page.files.rows.index(0))
    QTest.keyClick(page.files, Qt.Key.Key_F2)
    (sheet,) = page.findChildren(NameSheet)
    sheet.name.setText("Brev.pdf")
    sheet._on_ok()
    settled(qtbot, page)
    assert page.files.rows.rows[0].entry.name.endswith("Brev.pdf")
    desk.undo()
    settled(qtbot, page)
    assert page.files.rows.rows[0].entry.name.endswith("Anbudsbrev.pdf")


def test_obstacles_ask_for_a_reason_which_is_kept_in_the_package(qtbot: QtBot, page: PackagePage, tmp_path: Path) -> None:
    assert page.packing.obstacles > 0
    page.head.build.click()
    (sheet,) = page.findChildren(BuildSheet)
    assert not sheet.ok.isEnabled()
    sheet.reason.setPlainText("Provbygge, en fil kommer i morgon")
    sheet.archive.setChecked(True)
    sheet.ok.click()
    (dialog,) = page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    settled(qtbot, page)
    target = tmp_path / "Anbudspaket Drift av växel"
    assert sorted(path.name for path in target.iterdir()) == ["anbud", "innehall.txt", "korschema.pdf", "manifest.json"]
    assert (tmp_path / f"{target.name}.zip").is_file()
    assert (target / "anbud" / "Anbudsbrev.pdf").read_bytes() == b"%PDF-1.7 brevet"
    assert "Provbygge" in json.dumps(json.loads((target / "manifest.json").read_text("utf-8")), ensure_ascii=False)
    assert page.head.open.isEnabled()
    assert "byggt" in page.head.known.text()


def test_without_a_reason_nothing_is_built(qtbot: QtBot, page: PackagePage, tmp_path: Path) -> None:
    said: list[Finding] = []
    page._session.failed.connect(said.append)
    built(qtbot, page, tmp_path / "paket", "")
    assert [finding.code for finding in said] == ["upload.obstacles"]
    assert not (tmp_path / "paket").exists()


def test_receipt_and_submission_are_kept_with_the_tender(qtbot: QtBot, page: PackagePage, desk: Desk, tmp_path: Path) -> None:
    assert page.after.known.text() == "Anbudet är inte inlämnat än"
    page.after.submitted.click()
    assert page.after.known.text().startswith("Inlämnat 2")
    receipt = tmp_path / "Kvitto.pdf"
    receipt.write_bytes(b"kvittot")
    for _ in range(2):
        page.after.receipt.click()
        dialog = page.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(receipt))
        dialog.reject()
    assert [(kept.use, kept.name) for kept in desk.kept_files][:1] == [("receipt", "Kvitto.pdf")]
    assert "Kvitto.pdf" in page.after.known.text()
    page.after.submitted.click()
    assert desk.tender.package.submitted_at is None


def test_the_printout_is_compared_and_the_difference_shown(qtbot: QtBot, page: PackagePage, desk: Desk, tmp_path: Path) -> None:
    built(qtbot, page, tmp_path / "paket")
    question = next(row.step.text for row in steps(page) if row.step.answer)
    printout = tmp_path / "Anbud.txt"
    printout.write_text(
        f"Anbud i Drift av växel, KS 2026/17\n\n3.3 {question}\nSvar: Nej.\n\nBifogade filer\nAnbudsbrev.pdf\n", "utf-8"
    )
    page.packing.compare(printout)
    settled(qtbot, page)
    (sheet,) = page.findChildren(ComparedSheet)
    rules = [row.finding.rule for row in sheet.rows.rows.rows if hasattr(row, "finding")]
    assert "receipt.answer_different" in rules
    assert all(rule.startswith("receipt.") for rule in rules)
    sheet.accept()
    assert [kept.use for kept in desk.kept_files] == ["printout"]


def test_dates_go_to_the_calendar(qtbot: QtBot, page: PackagePage, tmp_path: Path) -> None:
    page.head.calendar.click()
    (dialog,) = page.findChildren(QFileDialog)
    with qtbot.waitSignal(page.told):
        dialog.fileSelected.emit(str(tmp_path / "Datum.ics"))
    dialog.reject()
    said = (tmp_path / "Datum.ics").read_text("utf-8")
    assert said.startswith("BEGIN:VCALENDAR")
    assert "20991204" in said


def test_sizes_are_said_as_people_say_them() -> None:
    assert [size_words(size) for size in (1, 900, 41_300, 2_640_000)] == ["1 byte", "900 byte", "41 kB", "2,6 MB"]
    set_language("en")
    assert size_words(2_640_000) == "2.6 MB"


def test_what_a_portal_takes_is_written_once_and_used_by_review_and_plan(
    qtbot: QtBot, page: PackagePage, desk: Desk, actions: Actions
) -> None:
    page.head.change.click()
    (sheet,) = page.findChildren(PortalSheet)
    assert sheet.file.value() == 50
    sheet.file.setValue(10)
    sheet.kinds.setText("pdf; .DOCX")
    sheet.total.setValue(0)
    sheet._on_ok()
    settled(qtbot, page)
    (known,) = page.portals.own
    assert (known.id, known.file_bytes, known.total_bytes) == ("kommers", 10_000_000, None)
    assert known.suffixes == (".pdf", ".docx")
    assert "file_bytes" not in known.own, "what the user says is known"
    assert "name_length" in known.own, "what nobody has touched is a guess still"
    assert page.packing.view is not None
    assert page.packing.view.planned.profile == known
    audits = page._session.reader
    assert isinstance(audits, Reviewer)
    assert audits.memory.portals == (known,)
    again = PackagePage(page._session, actions)
    qtbot.addWidget(again)
    assert again.portals.own == (known,)
    again.shut()
    again.portals.edit(known)
    (other,) = again.findChildren(PortalSheet)
    other._on_usual()
    assert not again.portals.own
    assert page._session.office.setting("portals.own") == ""
