from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from app.core.document import DocumentKind, Finding
from app.core.points import LineCounts
from app.gui.underlag.model import Column, DocumentsModel
from app.gui.underlag.rows import Again, Run, Stage
from app.workflow.check import Step
from tests.gui.underlag.support import document, locked, scanned


def names(model: DocumentsModel) -> list[str]:
    return [row.name for row in model.rows]


def stages(model: DocumentsModel) -> list[Stage]:
    return [row.stage for row in model.rows]


def text(model: DocumentsModel, row: int, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> str:
    return str(model.index(row, column).data(role) or "")


def test_model_is_sound_through_a_whole_run(qtmodeltester: ModelTester) -> None:
    check: Callable[[DocumentsModel], None] = qtmodeltester.check
    model = DocumentsModel()
    check(model)
    model.begin(["a.pdf", "paket.zip", "c.docx"])
    model.note(Step(0, "a.pdf", "a.pdf", 3, 9))
    model.show([document("a.pdf"), document("paket.zip/b.xlsx"), document("c.docx")], {"id-a.pdf": 4})
    model.note(Step(1, "paket.zip", "paket.zip/b.xlsx", finished=True))
    model.end()
    check(model)
    model.show([document("c.docx")], {})
    check(model)
    model.clear()
    check(model)


def test_states_in_words() -> None:
    model = DocumentsModel()
    records = [
        document("läst.pdf", pages=15),
        document("makron.xlsx", kind=DocumentKind.XLSX, warnings=(Finding("file.macros", "makron.xlsx"),)),
        scanned("skannad.pdf", (2, 3, 9), acknowledged=(9,)),
        locked("hemlig.pdf"),
        document("trasig.pdf", error=Finding("file.corrupt", "trasig.pdf")),
    ]
    model.show(records, {"id-läst.pdf": 33})
    assert [text(model, row, Column.STATE) for row in range(5)] == [
        "Läst",
        "1 varning",
        "2 sidor olästa",
        "Lösenord behövs",
        "Kunde inte läsas",
    ]
    assert [text(model, row, Column.ITEMS) for row in range(5)] == ["33", "0", "0", "", ""]
    assert text(model, 0, Column.PAGES) == "15"
    assert "Lösenord behövs" in text(model, 3, Column.NAME, Qt.ItemDataRole.AccessibleTextRole)


def test_acknowledged_pages_leave_only_their_warning() -> None:
    model = DocumentsModel()
    model.show([scanned("skannad.pdf", (3,), acknowledged=(3,))], {})
    assert stages(model) == [Stage.WARNED]
    assert text(model, 0, Column.STATE) == "1 varning"
    assert not model.rows[0].wants_attention


def test_path_in_the_package_is_told_apart_from_the_name() -> None:
    model = DocumentsModel()
    model.show([document("paket.zip/Bilagor/Bilaga 1.pdf")], {})
    assert text(model, 0, Column.NAME) == "Bilaga 1.pdf"
    assert model.rows[0].folder == "paket.zip/Bilagor"
    assert text(model, 0, Column.NAME, Qt.ItemDataRole.ToolTipRole) == "paket.zip/Bilagor/Bilaga 1.pdf"


def test_lines_add_up_in_words() -> None:
    model = DocumentsModel()
    model.show([document("a.pdf", lines=LineCounts(100, 20, 37, 6, 37)), document("b.pdf")], {})
    assert text(model, 0, Column.LINES) == "37 rader utan punkt"
    spoken = text(model, 0, Column.LINES, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "20 rader i listan · 37 sammanhang · 6 sidhuvud och sidfot · 37 utan punkt"
    assert text(model, 1, Column.LINES, Qt.ItemDataRole.AccessibleTextRole) == ""


def test_rows_keep_their_place_while_files_come_in_another_order() -> None:
    model = DocumentsModel()
    model.begin(["a.pdf", "b.pdf", "c.pdf"])
    kept = QPersistentModelIndex(model.index(1, 0))
    model.note(Step(2, "c.pdf", "c.pdf", finished=True))
    model.show([document("c.pdf")], {})
    assert names(model) == ["a.pdf", "b.pdf", "c.pdf"]
    assert stages(model) == [Stage.WAITING, Stage.WAITING, Stage.READ]
    model.note(Step(0, "a.pdf", "a.pdf", 31, 120))
    assert text(model, 0, Column.STATE) == "sida 31 av 120"
    model.show([document("a.pdf"), document("c.pdf")], {})
    assert names(model) == ["a.pdf", "b.pdf", "c.pdf"]
    assert kept.isValid()
    assert kept.row() == 1


def test_glimpse_is_still_being_read() -> None:
    model = DocumentsModel()
    model.begin(["a.pdf"])
    model.note(Step(0, "a.pdf", "a.pdf", 24, 300))
    model.show([document("a.pdf", pages=24)], {"id-a.pdf": 5})
    assert (model.rows[0].stage, model.rows[0].items) == (Stage.READING, 5)
    model.note(Step(0, "a.pdf", "a.pdf", 300, 300, finished=True))
    assert model.rows[0].stage is Stage.READ


def test_archive_gives_way_to_what_is_in_it() -> None:
    model = DocumentsModel()
    model.begin(["a.pdf", "paket.zip", "z.pdf"])
    model.note(Step(1, "paket.zip", "paket.zip/1.pdf"))
    model.show([document("paket.zip/1.pdf", member="1.pdf")], {})
    assert names(model) == ["a.pdf", "paket.zip", "paket.zip/1.pdf", "z.pdf"]
    model.show([document("paket.zip/1.pdf", member="1.pdf"), document("paket.zip/2.pdf", member="2.pdf")], {})
    model.note(Step(1, "paket.zip", "paket.zip/2.pdf", finished=True))
    assert names(model) == ["a.pdf", "paket.zip/1.pdf", "paket.zip/2.pdf", "z.pdf"]


def test_run_that_was_stopped_leaves_only_documents() -> None:
    model = DocumentsModel()
    model.begin(["a.pdf", "b.pdf"])
    model.show([document("a.pdf")], {})
    model.end()
    assert (names(model), stages(model)) == (["a.pdf"], [Stage.READ])


def test_reading_again_changes_only_the_state_of_its_row() -> None:
    model = DocumentsModel()
    changed: list[int] = []
    model.show([document("a.pdf"), locked("b.pdf")], {})
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    model.begin(["b.pdf"])
    assert stages(model) == [Stage.READ, Stage.WAITING]
    assert changed == [1]


def test_share_counts_files_and_their_pages() -> None:
    run = Run(["a", "b"])
    assert run.share == 0
    run.note(Step(0, "a", "a", 60, 120))
    assert run.share == 0.25
    run.note(Step(0, "a", "a", finished=True))
    run.note(Step(1, "b", "b", 0, 0))
    assert (run.share, run.finished) == (0.5, 1)


def test_password_is_in_no_text() -> None:
    assert "lösen" not in repr(Again((locked(),), ("lösen",)))


def test_children_have_no_rows() -> None:
    model = DocumentsModel()
    model.show([document("a.pdf")], {})
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.rowCount(QModelIndex()) == 1
