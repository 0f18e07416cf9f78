"""The lines that no rule took."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.points import LineCounts
from app.core.work import ItemState, Origin
from app.gui.checklist.ledger import LedgerDelegate, LedgerHeader, LedgerModel, sums
from app.gui.checklist.view import RowView
from app.gui.checklist.wording import Wording
from tests.gui.checklist.support import ModelTester, document, work
from tests.support.checklists import documents, item

RECORDS = tuple(document(summary, number) for number, summary in enumerate(documents()))


def model() -> LedgerModel:
    wording = Wording()
    wording.set_documents(RECORDS)
    made = LedgerModel(wording)
    made.show_lines(RECORDS, ())
    return made


def test_the_model_is_sound(qtmodeltester: ModelTester, qapp: object) -> None:
    made = model()
    qtmodeltester.check(made, force_py=True)
    made.show_lines(RECORDS[:1], ())
    made.show_lines((), ())
    made.show_lines(RECORDS, ())
    assert made.rowCount() > 0


def test_the_counts_add_up_and_say_so(qapp: object) -> None:
    header = model().rows[0]
    assert isinstance(header, LedgerHeader)
    assert sums(header) == "100 rader: 40 i punkter, 50 sammanhang, 8 sidhuvud och sidfot, 2 utan punkt"
    odd = replace(header, document=replace(header.document, lines=LineCounts(100, 40, 50, 8, 1)))
    assert sums(odd) == "100 rader, men delarna blir 99. Läs dokumentet igen."


def test_a_document_that_could_not_be_read_has_no_lines(qapp: object) -> None:
    names = [row.document.name for row in model().rows if isinstance(row, LedgerHeader)]
    assert "Bilaga #4 <sista>.pdf" not in names


def test_a_promoted_line_is_marked_and_its_document_counts_it_as_an_item(qapp: object) -> None:
    made = model()
    line = made.line_at(1)
    assert line is not None
    source = replace(item("x").source, document=RECORDS[0].summary.id, quote=line.line.text, place=line.line.place)
    added = work(replace(item("x"), source=source), 1, origin=Origin.ADDED)
    made.show_lines(RECORDS, [added])
    line = made.line_at(1)
    assert line is not None
    assert line.promoted
    assert made.open_lines == 1
    assert "41 i punkter" in sums(made.rows[0])
    assert made.next_open(0) == 2
    made.show_lines(RECORDS, [replace(added, state=ItemState.REJECTED)])
    assert made.open_lines == 2


def test_it_speaks_and_paints(qtbot: QtBot) -> None:
    made = model()
    view = RowView(made, LedgerDelegate(made.wording))
    qtbot.addWidget(view)
    view.resize(450, 300)
    assert not view.grab().isNull()
    assert made.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "En rad som ingen regel tog, s. 9"
