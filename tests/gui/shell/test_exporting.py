"""The list as a file: what is in sight, in the format asked for; a failure is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.work import TenderRecord
from app.gui.actions import Actions
from app.gui.session import Session
from app.gui.shell.exporting import Exporting
from app.gui.shell.window import OVERVIEW, MainWindow, make_page
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER, work


class TwoInSight(QWidget):
    ended = 0

    def visible_keys(self) -> tuple[str, ...]:
        return (f"{1:032x}", f"{3:032x}")

    def shut(self) -> None:
        TwoInSight.ended += 1


def page(number: int, session: Session, actions: Actions) -> QWidget:
    return make_page(number, session, actions) if number == OVERVIEW else TwoInSight()


def test_what_stands_after_a_dot_is_no_format(
    session: Session, actions: Actions, office: MemoryOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00", Tender("Drift")), *[work(number) for number in range(1, 5)])
    window = MainWindow(session, actions, page)
    qtbot.addWidget(window)
    window.show()
    exporting = Exporting(session, actions, window)
    session.open_tender(TENDER)
    exporting._on_filter("Word (*.docx)")
    for _ in range(2):
        exporting._on_file(str(tmp_path / "Krav 2026.12"))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["Krav 2026.12 (2).docx", "Krav 2026.12.docx"]
    window.close()


def test_what_is_in_sight_is_written_and_a_failure_told(
    session: Session, actions: Actions, office: MemoryOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    office.add(
        TenderRecord(TENDER, "2026-11-25T09:00:00", Tender("Drift")),
        *[work(number, answer=f"Svar {number}") for number in range(1, 5)],
    )
    window = MainWindow(session, actions, page)
    qtbot.addWidget(window)
    window.show()
    exporting = Exporting(session, actions, window)
    session.open_tender(TENDER)
    exporting._on_file(str(tmp_path / "lista.json"))
    written = json.loads((tmp_path / "lista.json").read_text("utf-8"))
    assert [item["number"] for item in written["items"]] == ["3.1", "3.3"]
    assert [item["work"]["answer"] for item in written["items"]] == ["Svar 1", "Svar 3"]
    assert written["left_out"] == 2
    exporting._on_file(str(tmp_path / "lista.xlsx"))
    assert (tmp_path / "lista.xlsx").read_bytes().startswith(b"PK")
    failed: list[Any] = []
    session.failed.disconnect(window.show_finding)
    session.failed.connect(failed.append)
    exporting._on_file(str(tmp_path / "finns inte" / "lista.json"))
    assert [finding.code for finding in failed] == ["output.unwritable"]
    before = TwoInSight.ended
    window.close()
    assert TwoInSight.ended == before + 1


def test_the_file_has_a_name_that_every_system_can_keep_and_what_is_in_it_is_told(
    session: Session, actions: Actions, office: MemoryOffice, qtbot: QtBot, tmp_path: Path
) -> None:
    name = 'Drift <2027>: "allt"\\' + "å" * 200
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00", Tender(name)), *[work(number) for number in range(1, 5)])
    window = MainWindow(session, actions, page)
    qtbot.addWidget(window)
    window.show()
    exporting = Exporting(session, actions, window)
    session.open_tender(TENDER)
    actions["export_list"].trigger()
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    (chosen,) = dialog.selectedFiles()
    assert Path(chosen).name.startswith("Kravmatris Drift 2027 allt åå")
    assert len(Path(chosen).stem) <= 80
    dialog.reject()
    exporting._on_file(str(tmp_path / "lista.json"))
    assert window.toast.accessibleName() == "2 punkter är sparade i lista.json. 2 punkter var bortfiltrerade."
    window.close()
