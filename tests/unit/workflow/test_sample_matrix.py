"""The sample procurement's kravmatris, filled in by colleagues and taken back: nothing of it is lost."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from app.core.work import ItemState, WorkItem, new_key
from app.export.work import Work
from app.export.xlsx import write_xlsx
from app.workers.file_work import SerialFileWork
from app.workers.serial import SerialRunner
from app.workflow.check import check
from app.workflow.roundtrip import compare_matrix, matrix_of
from tests.support.checklists import described
from tests.support.desks import TENDER, desk_of
from tests.support.forms import saved

SAMPLE = Path(__file__).resolve().parents[3] / "resources" / "sample" / "procurement"


def test_answers_of_the_whole_sample_come_back(tmp_path: Path) -> None:
    checklist = check([SAMPLE], runner=SerialRunner())
    items = tuple(WorkItem(new_key(), TENDER, float(number), item) for number, item in enumerate(checklist.items))
    desk, _ = desk_of(*items)
    made = BytesIO()
    write_xlsx(checklist, made, "sv", described, Work({item.item.id: item for item in items}))
    book = load_workbook(made)
    sheet = book.worksheets[0]
    heads = {cell.value: number for number, cell in enumerate(sheet[1], 1)}
    expected: dict[str, tuple[str, str, str, str]] = {}
    for row in range(2, sheet.max_row + 1):
        identity = str(sheet.cell(row=row, column=heads["Id"]).value)
        expected[identity] = (f"Svar på rad {row}\nmed två rader – 50 %", "Åsa Öberg", "2026-12-24", f"kommentar {row}")
        for name, value in zip(("Svar", "Ansvarig", "Förfallodag", "Kommentar"), expected[identity], strict=True):
            sheet.cell(row=row, column=heads[name]).value = value
        sheet.cell(row=row, column=heads["Status"]).value = "Klar"
    path = tmp_path / "kravmatris.xlsx"
    path.write_bytes(saved(book))
    assert len(expected) > 60
    comparison = compare_matrix(path.name, matrix_of(path, desk.items(), work=SerialFileWork()), desk.items())
    assert (comparison.unknown, comparison.missing, comparison.added, comparison.findings) == ((), (), (), ())
    assert desk.take_answers(comparison.differences, path.name) == ()
    for item in desk.items():
        if item.item.id in expected:
            assert (item.answer, item.owner, item.due, item.note) == expected[item.item.id]
            assert item.state is ItemState.DONE
    again = compare_matrix(path.name, matrix_of(path, desk.items(), work=SerialFileWork()), desk.items())
    assert again.differences == ()
    desk.undo()
    assert desk.items() == items
