"""The sample's price form filled in from the real window, and the kravmatris back from a colleague: nothing else is changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton, QWidget

from app.core.document import AnswerType
from app.core.work import WorkItem
from app.gui.filling.lines import Heading, Line
from app.gui.filling.sheets import CompareSheet, FormsSheet, ReportSheet
from app.gui.shell.exporting import Exporting
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.forms import cells_that_differ, opened
from tests.support.window import Home, Running, press, press_primary, sample_files, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]

FORM = "Bilaga 2 Prisbilaga.xlsx"
VALUES = {AnswerType.NUMBER: "1 150,50", AnswerType.YES_NO: "Ja", AnswerType.DATE: "2027-10-12"}
Kind = TypeVar("Kind", bound=QWidget)


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    (tmp_path / "hem").mkdir()
    return Home(tmp_path / "hem")


def shown(running: Running, kind: type[Kind]) -> Kind:
    return wait(lambda: next((one for one in running.window.findChildren(kind) if one.isVisible()), None), kind.__name__, 120)


def choose(running: Running, path: Path) -> None:
    """In the file dialog that is open."""
    dialog = shown(running, QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()


def asked_in(running: Running, name: str) -> list[WorkItem]:
    """The questions with a cell in a document."""
    (document,) = (record.summary.id for record in running.desk.documents if record.summary.name == name)
    return [
        item
        for item in running.desk.items()
        if item.item.source.document == document and item.item.cues and item.item.cues[0].startswith("slot.")
    ]


def test_the_form_is_filled_in_and_a_colleagues_matrix_taken_in(home: Home, tmp_path: Path) -> None:
    bid = tmp_path / "anbud"
    bid.mkdir()
    (original,) = (file for file in sample_files() if file.name == FORM)
    before = original.read_bytes()
    with home.runs() as running:
        running.enter()
        running.session.open_sample()
        running.read()
        running.desk.set_bid_folder(str(bid))
        expected = {}
        for number, item in enumerate(asked_in(running, FORM)):
            value = VALUES.get(item.item.answer.type, f"Svar {number}")
            place = item.item.source.place
            expected[(place.sheet, place.cell)] = value
            running.desk.answer(item.key, value)
        assert len(expected) == 23

        # out: from the menu above the list to a copy beside the bid's other files
        (menu,) = (one for one in running.window.findChildren(QToolButton) if one.objectName() == "formsMenu")
        assert menu.menu() is not None
        running.program.actions["fill_form"].trigger()
        sheet = shown(running, FormsSheet)
        assert [row.title for row in sheet.view.lines.rows if isinstance(row, Line) and row.button] == [FORM]
        press_primary(sheet)
        dialog = shown(running, QFileDialog)
        assert dialog.selectedFiles() == [str(bid / "Bilaga 2 Prisbilaga ifylld.xlsx")]
        target = bid / "Bilaga 2 Prisbilaga ifylld.xlsx"
        choose(running, target)
        report = shown(running, ReportSheet)
        filled = cells_that_differ(before, target.read_bytes())
        assert {place for place in filled if place in expected} == set(expected)
        sheets = opened(target.read_bytes())
        assert sheets["Anbudsområde A"]["C5"].value == 1150.5
        assert original.read_bytes() == before
        assert [row.name for row in report.view.lines.rows if isinstance(row, Heading)] == ["Om filen", "Ifyllt"]
        press(report, "Länka till ”ifylld prisbilaga, bilaga 2”")
        wait(lambda: running.desk.links, "the link")
        (link,) = running.desk.links
        assert running.desk.item(link.item).item.text == "ifylld prisbilaga, bilaga 2"
        assert (Path(link.path), link.sha256) == (target, sha256(target.read_bytes()).hexdigest())
        report.close()

        # and back: a colleague edits one answer in the list
        matrix = tmp_path / "kravmatris.xlsx"
        (exporting,) = running.window.findChildren(Exporting)
        exporting.write(matrix, "xlsx")
        running.rest()
        book = load_workbook(matrix)
        page = book.worksheets[0]
        heads = {str(cell.value): int(cell.column or 0) for cell in page[1]}
        edited = asked_in(running, FORM)[0]
        (row,) = (row for row in range(2, page.max_row + 1) if page.cell(row, heads["Id"]).value == edited.item.id)
        page.cell(row, heads["Svar"]).value = "Nordlys Konsult AB\nom vi får säga det själva"
        book.save(matrix)
        state = running.desk.items()
        running.program.actions["read_matrix"].trigger()
        choose(running, matrix)
        compared = shown(running, CompareSheet)
        (line,) = (row for row in compared.view.lines.rows if isinstance(row, Line))
        assert line.swap is not None
        assert (line.swap.mine, line.swap.theirs) == (edited.answer, "Nordlys Konsult AB\nom vi får säga det själva")
        assert running.desk.items() == state
        press(compared, "Avbryt")
        running.rest()
        assert running.desk.items() == state
        running.program.actions["read_matrix"].trigger()
        choose(running, matrix)
        press_primary(shown(running, CompareSheet))
        running.rest()
        assert running.desk.item(edited.key).answer == "Nordlys Konsult AB\nom vi får säga det själva"
        assert [item for item in running.desk.items() if item.key != edited.key] == [
            item for item in state if item.key != edited.key
        ]

        # the form that is in the bid says otherwise now: its answer can be taken back
        running.program.actions["read_form"].trigger()
        sheet = shown(running, FormsSheet)
        sheet.view.setCurrentIndex(sheet.view.lines.index(1))
        QTest.keyClick(sheet.view, Qt.Key.Key_Return)
        choose(running, target)
        compared = shown(running, CompareSheet)
        assert [row.swap.theirs for row in compared.view.lines.rows if isinstance(row, Line) and row.swap] == [edited.answer]
        press_primary(compared)
        running.rest()
        assert running.desk.items() == state
        running.desk.undo()
        running.desk.undo()
        assert running.desk.items() == state
        running.rest()
