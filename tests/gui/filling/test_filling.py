"""Forms filled in from the window, and what colleagues filled in taken in: compared first, one step, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.core.document import Finding
from app.core.work import ItemState
from app.documents.reader import ReadRequest
from app.gui.actions import Actions
from app.gui.filling.filling import Filling
from app.gui.filling.lines import Heading, Line
from app.gui.filling.model import LinesModel
from app.gui.filling.sheets import BusySheet, CompareSheet, FormsSheet, ReportSheet
from app.gui.filling.view import LinesView
from app.gui.filling.wiring import FormActions
from app.gui.session import Session
from app.gui.shell.fault import FaultDialog
from app.gui.shell.sheet import Sheet
from app.workers.file_work import SerialFileWork
from app.workflow.form_list import ListedForm, forms_of
from tests.gui.filling.support import FORM, Scene, answers_at, matrix, scene
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER
from tests.support.forms import compound_file
from tests.support.window import labels

Kind = TypeVar("Kind", bound=QWidget)


@pytest.fixture
def stage(qtbot: QtBot, session: Session, actions: Actions, office: MemoryOffice, tmp_path: Path) -> Iterator[Scene]:
    made = scene(session, actions, office, tmp_path)
    qtbot.addWidget(made.window)
    yield made
    made.filling.shut()
    made.window.leave()


def shown(qtbot: QtBot, stage: Scene, kind: type[Kind]) -> Kind:
    """The sheet of a kind that is in sight."""

    def found() -> list[Kind]:
        return [sheet for sheet in stage.window.findChildren(kind) if sheet.isVisible()]

    qtbot.waitUntil(lambda: bool(found()) and not stage.filling.busy)
    (sheet,) = found()
    return sheet


def the_form(stage: Scene) -> ListedForm:
    (form,) = forms_of(stage.desk.documents, stage.desk.items())
    return form


def lines(view: LinesView, heading: str) -> list[Line]:
    """The lines below a heading."""
    found: list[Line] = []
    here = False
    for row in view.lines.rows:
        if isinstance(row, Heading):
            here = row.name == heading
        elif here:
            found.append(row)
    return found


def test_forms_are_listed_with_how_much_of_them_is_answered(qtbot: QtBot, stage: Scene) -> None:
    stage.filling.ask_form()
    sheet = shown(qtbot, stage, FormsSheet)
    (line,) = sheet.view.lines.rows
    assert isinstance(line, Line)
    assert (line.title, line.detail, line.button) == (FORM, "4 frågor, 0 har svar", "")
    assert not sheet.ok.isEnabled()
    sheet.reject()
    stage.answer("Åkes Bygg", "556677-8899")
    stage.filling.ask_form()
    sheet = shown(qtbot, stage, FormsSheet)
    assert [row.detail for row in sheet.view.lines.rows if isinstance(row, Line)] == ["4 frågor, 2 har svar"]
    QTest.keyClick(sheet.view, Qt.Key.Key_Return)
    (dialog,) = stage.window.findChildren(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["Bilaga 2 Prisformulär ifylld.xlsx"]
    dialog.reject()


def test_a_copy_is_filled_in_reported_and_linked_by_one_button(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.answer("Åkes Bygg", "556677-8899", "enligt avtal")
    target = tmp_path / "Bilaga 2 Prisformulär ifylld.xlsx"
    stage.filling.fill(the_form(stage), target)
    report = shown(qtbot, stage, ReportSheet)
    assert answers_at(target.read_bytes()) == ["Åkes Bygg", "556677-8899", None, None]
    assert "2 svar är ifyllda" in labels(report)[1]
    assert "1 svar passade inte" in labels(report)[1]
    (unfit,) = lines(report.view, "Passade inte")
    assert unfit.title == "Pris per timme"
    assert "Anbud!B4" in unfit.detail
    assert unfit.remedy
    assert [line.title for line in lines(report.view, "Ifyllt")] == ["Leverantörens namn", "Organisationsnummer"]
    assert [line.title for line in lines(report.view, "Frågor utan svar")] == ["Pris per timme", "E-post"]
    report.view.setCurrentIndex(report.view.lines.index(report.view.lines.row_of(unfit.key)))
    QTest.keyClick(report.view, Qt.Key.Key_Return)
    assert stage.session.selection == stage.item("Pris per timme").key
    assert report.isVisible()  # it stays beside the list
    assert report.link is not None
    assert "prisformulär, bilaga 2" in report.link.text()
    report.link.click()
    qtbot.waitUntil(lambda: bool(stage.desk.links))
    (link,) = stage.desk.links
    assert (link.item, Path(link.path), link.size) == (stage.item("ifyllt").key, target, target.stat().st_size)
    assert not report.link.isEnabled()
    stage.desk.undo()
    assert stage.desk.links == ()
    report.close()


def test_a_report_goes_with_its_tender(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.answer("Åkes Bygg")
    stage.filling.fill(the_form(stage), tmp_path / "ifylld.xlsx")
    shown(qtbot, stage, ReportSheet)
    stage.session.close_tender()
    qtbot.waitUntil(lambda: not stage.window.findChildren(ReportSheet))


def test_no_file_is_written_when_nothing_fits(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.desk.answer(stage.item("Pris per timme").key, "enligt avtal")
    stage.filling.fill(the_form(stage), tmp_path / "ifylld.xlsx")
    report = shown(qtbot, stage, ReportSheet)
    assert labels(report)[0] == "Inget kunde fyllas i"
    assert report.link is None
    assert not (tmp_path / "ifylld.xlsx").exists()
    report.close()


def test_the_buyers_file_is_never_written_over(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.answer("Åkes Bygg")
    target = tmp_path / "underlag" / FORM
    assert target.read_bytes() == stage.original
    stage.filling.fill(the_form(stage), target)
    fault = shown(qtbot, stage, FaultDialog)
    assert "Kopian kan inte skrivas över formuläret." in labels(fault)
    assert "Välj ett annat namn för kopian." in labels(fault)
    assert target.read_bytes() == stage.original
    fault.accept()


def test_the_copy_has_the_forms_ending_and_nothing_else_is_written_over(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.answer("Åkes Bygg")
    (tmp_path / "Anbud 2026.12.xlsx").write_bytes(b"egen fil")
    stage.filling.fill(the_form(stage), tmp_path / "Anbud 2026.12")
    shown(qtbot, stage, ReportSheet).close()
    assert (tmp_path / "Anbud 2026.12.xlsx").read_bytes() == b"egen fil"
    assert answers_at((tmp_path / "Anbud 2026.12 (2).xlsx").read_bytes())[0] == "Åkes Bygg"


def test_a_folder_that_is_gone_is_told(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.answer("Åkes Bygg")
    stage.filling.fill(the_form(stage), tmp_path / "borta" / "ifylld.xlsx")
    fault = shown(qtbot, stage, FaultDialog)
    assert "Välj en annan mapp. Stäng filen om den är öppen i ett annat program." in labels(fault)
    fault.accept()


def test_a_form_inside_an_archive(qtbot: QtBot, session: Session, actions: Actions, office: MemoryOffice, tmp_path: Path) -> None:
    stage = scene(session, actions, office, tmp_path, zipped=True)
    qtbot.addWidget(stage.window)
    stage.answer("Åkes Bygg")
    assert the_form(stage).name == FORM
    stage.filling.fill(the_form(stage), tmp_path / "ifylld.xlsx")
    shown(qtbot, stage, ReportSheet).close()
    assert answers_at((tmp_path / "ifylld.xlsx").read_bytes()) == ["Åkes Bygg", None, None, None]
    stage.window.leave()


class Slow(SerialFileWork):
    """Works until it is told to stop."""

    def __init__(self, cancelled: Callable[[], bool], begun: Event) -> None:
        self._cancelled, self._begun = cancelled, begun

    def do(self, operation: str, request: ReadRequest, order: bytes = b"null") -> tuple[bytes, bytes] | Finding:
        self._begun.set()
        waiting = Event()
        while not self._cancelled():
            waiting.wait(0.01)
        return Finding("work.cancelled", request.name)


def test_what_takes_long_is_shown_and_can_be_stopped(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    begun = Event()
    filling = Filling(stage.session, stage.window, lambda cancelled: Slow(cancelled, begun))
    stage.answer("Åkes Bygg")
    filling.fill(the_form(stage), tmp_path / "ifylld.xlsx")
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in stage.window.findChildren(BusySheet)))
    assert begun.is_set()
    (busy,) = stage.window.findChildren(BusySheet)
    busy.stop.click()
    qtbot.waitUntil(lambda: not filling.busy)
    qtbot.waitUntil(lambda: not any(sheet.isVisible() for sheet in stage.window.findChildren(Sheet)))
    assert not (tmp_path / "ifylld.xlsx").exists()
    filling.shut()


# --- the matrix


def edited(stage: Scene, path: Path) -> None:
    """An answer, an owner and a state; a row the list does not have, one less, an edited question."""

    def edit(sheet: Any, heads: dict[str, int]) -> None:
        rows = {sheet.cell(row, heads["Krav eller fråga"]).value: row for row in range(2, sheet.max_row + 1)}
        name, price, mail = rows["Leverantörens namn"], rows["Pris per timme"], rows["E-post"]
        sheet.cell(name, heads["Svar"]).value = "Åkes Bygg AB"
        sheet.cell(name, heads["Ansvarig"]).value = "Åsa Öberg"
        sheet.cell(price, heads["Status"]).value = "Klar"
        sheet.cell(price, heads["Krav eller fråga"]).value = "Pris per dag"
        sheet.cell(mail, heads["Id"]).value = "okand"
        sheet.delete_rows(rows["Organisationsnummer"])

    matrix(stage.desk, path, edit)


def test_an_edited_matrix_is_compared_before_anything_changes(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    path = tmp_path / "kravmatris.xlsx"
    edited(stage, path)
    before = stage.desk.items()
    stage.filling.read_matrix(path)
    sheet = shown(qtbot, stage, CompareSheet)
    assert [
        (line.title, line.swap.what, line.swap.mine, line.swap.theirs, line.checked)
        for line in lines(sheet.view, "Skiljer sig")
        if line.swap is not None
    ] == [
        ("Leverantörens namn", "Ansvarig", "", "Åsa Öberg", True),
        ("Leverantörens namn", "Svar", "", "Åkes Bygg AB", True),
        ("Pris per timme", "Status", "Öppen", "Klar", True),
    ]
    assert [line.title for line in lines(sheet.view, "Rader som listan inte har")] == ["E-post"]
    (reworded,) = lines(sheet.view, "Frågor med ändrad text")
    assert (reworded.title, "”Pris per dag”" in reworded.detail) == ("Pris per timme", True)
    assert {line.title for line in lines(sheet.view, "Punkter som filen inte har")} == {"E-post", "Organisationsnummer"}
    sheet.reject()
    assert stage.desk.items() == before
    assert not stage.desk.can_undo


def test_what_is_ticked_is_taken_in_as_one_step(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    path = tmp_path / "kravmatris.xlsx"
    edited(stage, path)
    before = stage.desk.items()
    stage.filling.read_matrix(path)
    sheet = shown(qtbot, stage, CompareSheet)
    assert (sheet.mine.toPlainText(), sheet.theirs.toPlainText()) == ("", "Åsa Öberg")
    QTest.keyClick(sheet.view, Qt.Key.Key_Space)  # not the owner
    assert sheet.ok is not None
    assert sheet.ok.text() == "Ta in 2 ändringar"
    sheet.ok.click()
    name, price = stage.item("Leverantörens namn"), stage.item("Pris per timme")
    assert (name.answer, name.owner, price.state) == ("Åkes Bygg AB", None, ItemState.DONE)
    stage.desk.undo()
    assert stage.desk.items() == before


def test_what_the_list_changed_meanwhile_is_left_and_told(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    path = tmp_path / "kravmatris.xlsx"
    edited(stage, path)
    stage.filling.read_matrix(path)
    sheet = shown(qtbot, stage, CompareSheet)
    stage.desk.answer(stage.item("Leverantörens namn").key, "Eget svar")
    assert sheet.ok is not None
    sheet.ok.click()
    assert stage.item("Leverantörens namn").answer == "Eget svar"
    assert stage.item("Leverantörens namn").owner == "Åsa Öberg"
    assert stage.window.toast.accessibleName().startswith("1 ändring togs inte in")


def test_nothing_ticked_is_nothing_to_take_in(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    path = tmp_path / "kravmatris.xlsx"
    edited(stage, path)
    stage.filling.read_matrix(path)
    sheet = shown(qtbot, stage, CompareSheet)
    sheet.view.lines.tick_all(False)
    assert sheet.ok is not None
    assert not sheet.ok.isEnabled()
    sheet.view.lines.tick_all(True)
    assert sheet.ok.text() == "Ta in 3 ändringar"
    sheet.reject()


def test_an_unchanged_matrix_has_nothing_to_take_in(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    matrix(stage.desk, tmp_path / "kravmatris.xlsx", lambda _sheet, _heads: None)
    stage.filling.read_matrix(tmp_path / "kravmatris.xlsx")
    sheet = shown(qtbot, stage, CompareSheet)
    assert sheet.ok is None
    assert labels(sheet)[1].startswith("Inget i kravmatris.xlsx ändrar listan.")
    sheet.reject()


def other_tenders(stage: Scene, path: Path) -> None:
    def edit(sheet: Any, heads: dict[str, int]) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, heads["Id"]).value = f"annan-{row}"
            sheet.cell(row, heads["Svar"]).value = "annat svar"

    matrix(stage.desk, path, edit)


def no_workbook(stage: Scene, path: Path) -> None:
    path.write_text("Id;Svar\n1;Ja\n", encoding="utf-8")


def encrypted(stage: Scene, path: Path) -> None:
    path.write_bytes(compound_file("EncryptionInfo", "EncryptedPackage"))


def gone(stage: Scene, path: Path) -> None:
    """There is no such file."""


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (other_tenders, "Filen har ingen rad som hör till den här upphandlingens lista."),
        (no_workbook, "Filen är ingen Excelfil."),
        (encrypted, "Öppna filen i sitt program, ta bort lösenordet, spara och försök igen."),
        (gone, "Kontrollera att filen finns kvar och att nätverket svarar, och försök igen."),
    ],
    ids=["another tender's", "no workbook", "encrypted", "gone"],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(
    qtbot: QtBot, stage: Scene, tmp_path: Path, make: Callable[[Scene, Path], None], words: str
) -> None:
    make(stage, tmp_path / "kravmatris.xlsx")
    before = stage.desk.items()
    stage.filling.read_matrix(tmp_path / "kravmatris.xlsx")
    fault = shown(qtbot, stage, FaultDialog)
    assert words in labels(fault)
    assert "Inget är ändrat, varken i listan eller i filerna." in labels(fault)
    assert stage.desk.items() == before
    fault.accept()


# --- the buyer's form comes back


def test_a_filled_form_is_compared_and_taken_in_as_one_step(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    stage.answer("Åkes Bygg AB", "556677-8899", "1 150,50 kr")
    stage.filling.fill(the_form(stage), tmp_path / "ifylld.xlsx")
    shown(qtbot, stage, ReportSheet).close()
    stage.answer("Åkes", "")
    before = stage.desk.items()
    stage.filling.ask_filled()
    chooser = shown(qtbot, stage, FormsSheet)
    assert chooser.ok.isEnabled()
    chooser.reject()
    stage.filling.read_form(the_form(stage), tmp_path / "ifylld.xlsx")
    sheet = shown(qtbot, stage, CompareSheet)
    assert [
        (line.title, line.swap.mine, line.swap.theirs, line.swap.warning)
        for line in lines(sheet.view, "Skiljer sig")
        if line.swap is not None
    ] == [
        ("Leverantörens namn", "Åkes", "Åkes Bygg AB", "Listans svar ersätts."),
        ("Organisationsnummer", "", "556677-8899", ""),
    ]  # the price is the same however it is written
    assert sheet.ok is not None
    sheet.ok.click()
    assert stage.item("Leverantörens namn").answer == "Åkes Bygg AB"
    assert stage.item("Pris per timme").answer == "1 150,50 kr"
    stage.desk.undo()
    assert stage.desk.items() == before


def test_another_form_is_told(qtbot: QtBot, stage: Scene, tmp_path: Path) -> None:
    matrix(stage.desk, tmp_path / "annan.xlsx", lambda _sheet, _heads: None)
    (tmp_path / "annan.docx").write_bytes(b"ingen wordfil")
    for name in ("annan.xlsx", "annan.docx"):
        before = stage.desk.items()
        stage.filling.read_form(the_form(stage), tmp_path / name)
        fault = shown(qtbot, stage, FaultDialog)
        assert "Inget är ändrat, varken i listan eller i filerna." in labels(fault)
        assert stage.desk.items() == before
        fault.accept()
        qtbot.waitUntil(lambda: not stage.window.findChildren(FaultDialog))


# --- the list of the sheets


def test_the_model_keeps_to_qts_rules_and_says_what_is_ticked(qtmodeltester: ModelTester) -> None:
    model = LinesModel()
    model.show(
        [Heading("Skiljer sig", 2), Line("a", "Ett", checked=True), Line("b", "Två", "mer"), Line("c", "Tre", checked=True)]
    )
    check: Callable[[LinesModel], None] = qtmodeltester.check
    check(model)
    assert model.index(1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(2).data(Qt.ItemDataRole.CheckStateRole) is None
    model.tick([1, 2, 3])
    assert not model.chosen
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Inte ikryssad. Ett"
    model.tick([3])
    assert list(model.chosen) == ["c"]


def test_a_click_on_the_box_ticks_and_elsewhere_chooses(qtbot: QtBot) -> None:
    view = LinesView("Rader")
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.lines.show([Line("a", "Ett", checked=True), Line("b", "Två", checked=True)])
    view.show()
    box = view.visualRect(view.lines.index(1))
    middle = box.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (view.lines.chosen, view.line is not None and view.line.key) == (("a", "b"), "b")
    middle.setX(box.left() + 20)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert view.lines.chosen == ("a",)


def test_actions_lead_there_and_need_a_tender(qtbot: QtBot, stage: Scene, actions: Actions) -> None:
    wired = FormActions(stage.session, actions, stage.window)
    for name in ("fill_form", "read_form"):
        actions[name].trigger()
        qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in stage.window.findChildren(FormsSheet)))
        for sheet in stage.window.findChildren(FormsSheet):
            sheet.reject()
        qtbot.waitUntil(lambda: not stage.window.findChildren(FormsSheet))
    actions["read_matrix"].trigger()
    (dialog,) = stage.window.findChildren(QFileDialog)
    dialog.reject()
    stage.session.close_tender()
    assert not any(actions[name].isEnabled() for name in ("fill_form", "read_matrix", "read_form"))
    stage.session.open_tender(TENDER)
    assert all(actions[name].isEnabled() for name in ("fill_form", "read_matrix", "read_form"))
    wired.shut()
