"""The kravmatris edited by colleagues: what differs, what was edited on both sides, what is unknown, and taking it over as one
step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from app.core.differences import Comparison, Entry
from app.core.errors import FillError
from app.core.work import FileLink, ItemState, WorkItem
from app.export.matrix import entry_text
from app.export.plain import one_line
from app.export.work import Work
from app.export.xlsx import write_xlsx
from app.workers.file_work import ProcessFileWork, SerialFileWork
from app.workflow.desk import Desk
from app.workflow.roundtrip import compare_matrix, matrix_of
from tests.support.checklists import checklist, described
from tests.support.desks import desk_of, work
from tests.support.forms import saved


@pytest.fixture
def desk() -> Desk:
    """Four items: nothing done, answered, done with a note and an owner, rejected with a reason."""
    items = (
        work(1),
        work(2, answer="Vi har\ntvå kontor.", owner="Åsa", due="2026-12-01"),
        work(3, state=ItemState.DONE, reviewed=True, note="kolla med jurist", owner="Bo"),
        work(4, state=ItemState.REJECTED, reviewed=True, reason="gäller bara bolag utomlands", note="rad ett\nrad två"),
    )
    return desk_of(*items)[0]


def exported(items: tuple[WorkItem, ...], language: str = "sv", files: dict[str, tuple[FileLink, ...]] | None = None) -> bytes:
    target = BytesIO()
    listed = replace(checklist(0), items=tuple(item.item for item in items), documents=())
    write_xlsx(listed, target, language, described, Work({item.item.id: item for item in items}, files or {}))
    return target.getvalue()


def compared(desk: Desk, data: bytes, tmp_path: Path) -> Comparison:
    path = tmp_path / "kravmatris.xlsx"
    path.write_bytes(data)
    items = desk.items()
    return compare_matrix(path.name, matrix_of(path, items, work=SerialFileWork()), items)


def edited(data: bytes, edit: Callable[[Any], None]) -> bytes:
    """As a colleague saves it."""
    book = load_workbook(BytesIO(data))
    edit(book.worksheets[0])
    return saved(book)


def column(sheet: Any, name: str) -> int:
    return next(number for number, cell in enumerate(sheet[1], 1) if cell.value == name)


def put(sheet: Any, row: int, name: str, value: object) -> None:
    sheet.cell(row=row, column=column(sheet, name)).value = value


def told(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    return [(each.item, each.entry.value, each.mine, each.theirs) for each in comparison.differences]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_untouched_matrix_differs_in_nothing(desk: Desk, language: str, tmp_path: Path) -> None:
    for data in (exported(desk.items(), language), edited(exported(desk.items(), language), lambda sheet: None)):
        found = compared(desk, data, tmp_path)
        assert found.differences == ()
        assert found.same == 4
        assert (found.unknown, found.added, found.missing, found.reworded, found.findings) == ((), (), (), (), ())


def test_each_entry_that_was_edited_is_a_difference(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(sheet, 2, "Svar", "Ja, enligt bilaga 1")
        put(sheet, 2, "Status", "Klar")
        put(sheet, 3, "Ansvarig", "Bo")
        put(sheet, 3, "Förfallodag", "24 december 2026")
        put(sheet, 4, "Kommentar", "Anteckning: juristen är klar")
        put(sheet, 5, "Status", "Pågår")
        put(sheet, 3, "Fil", "intyg.pdf")

    found = compared(desk, edited(exported(desk.items()), edit), tmp_path)
    assert told(found) == [
        ("id1", "state", "open", "done"),
        ("id1", "answer", "", "Ja, enligt bilaga 1"),
        ("id2", "owner", "Åsa", "Bo"),
        ("id2", "due", "2026-12-01", "2026-12-24"),
        ("id2", "files", "", "intyg.pdf"),
        ("id3", "note", "kolla med jurist", "juristen är klar"),
        ("id4", "state", "rejected", "open"),
    ]
    assert not any(each.both for each in found.differences)


def test_taking_them_over_is_one_step_that_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(sheet, 2, "Svar", "Ja")
        put(sheet, 3, "Svar", None)
        put(sheet, 3, "Status", "Ej aktuellt")
        put(sheet, 3, "Fil", "intyg.pdf")

    before = desk.items()
    found = compared(desk, edited(exported(before), edit), tmp_path)
    left = desk.take_answers(found.differences, found.file)
    assert [each.entry for each in left] == [Entry.FILES]
    assert [item.answer for item in desk.items()] == ["Ja", None, None, None]
    assert desk.items()[1].state is ItemState.REJECTED
    desk.undo()
    assert desk.items() == before
    desk.redo()
    assert desk.items()[0].answer == "Ja"


def test_what_changed_on_the_list_since_is_not_undone_by_an_old_file(desk: Desk, tmp_path: Path) -> None:
    data = exported(desk.items())
    desk.answer(work(2).key, "Vi har tre kontor.")
    desk.note(work(3).key, "klart")
    assert compared(desk, data, tmp_path).differences == ()

    found = compared(desk, edited(data, lambda sheet: put(sheet, 3, "Svar", "Fyra kontor.")), tmp_path)
    assert told(found) == [("id2", "answer", "Vi har tre kontor.", "Fyra kontor.")]
    assert found.differences[0].both


def test_an_entry_that_changed_after_comparing_is_left(desk: Desk, tmp_path: Path) -> None:
    found = compared(desk, edited(exported(desk.items()), lambda sheet: put(sheet, 2, "Svar", "Ja")), tmp_path)
    desk.answer(work(1).key, "Nej")
    assert desk.take_answers(found.differences, found.file) == found.differences
    assert desk.item(work(1).key).answer == "Nej"


def test_rows_may_be_sorted_and_taken_out_and_columns_moved_and_renamed(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(sheet, 2, "Svar", "Ja")
        values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(values), 2):
            for place, value in enumerate(row, 1):
                sheet.cell(row=number, column=place).value = value
        sheet.delete_rows(2)
        sheet.cell(row=1, column=column(sheet, "Ansvarig")).value = "Vem gör det?"
        sheet.cell(row=1, column=column(sheet, "Svar")).value = "Vårt svar"

    found = compared(desk, edited(exported(desk.items()), edit), tmp_path)
    assert told(found) == [("id1", "answer", "", "Ja")]
    assert [gone.item for gone in found.missing] == ["id4"]


def test_columns_are_known_by_their_headings_when_the_names_are_lost(desk: Desk, tmp_path: Path) -> None:
    old = load_workbook(BytesIO(exported(desk.items()))).worksheets[0]
    book = Workbook()
    sheet: Any = book.active
    order = ["Id", "Svar", "Status", "Kommentar", "Krav eller fråga"]
    for place, name in enumerate(order, 1):
        for row in range(1, old.max_row + 1):
            sheet.cell(row=row + 2, column=place).value = old.cell(row=row, column=column(old, name)).value
    sheet.cell(row=4, column=2).value = "Ja"
    found = compared(desk, saved(book), tmp_path)
    assert told(found) == [("id1", "answer", "", "Ja")]
    assert [finding.code for finding in found.findings] == ["matrix.no_base", *["matrix.column_gone"] * 3]


def test_edited_questions_unknown_ids_new_rows_and_copies_are_told_and_not_taken(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(sheet, 2, "Krav eller fråga", "En annan fråga?")
        put(sheet, 6, "Id", "id99")
        put(sheet, 6, "Krav eller fråga", "En punkt från en annan lista")
        put(sheet, 7, "Krav eller fråga", "En punkt som lades till för hand")
        put(sheet, 8, "Id", "id2")
        put(sheet, 8, "Svar", "ett annat svar på samma")
        put(sheet, 4, "Status", "Nästan")
        put(sheet, 5, "Förfallodag", "före jul")

    found = compared(desk, edited(exported(desk.items()), edit), tmp_path)
    assert found.differences == ()
    assert [gone.text for gone in found.reworded] == ["En annan fråga?"]
    assert [gone.item for gone in found.unknown] == ["id99"]
    assert [gone.text for gone in found.added] == ["En punkt som lades till för hand"]
    assert sorted(finding.code for finding in found.findings) == ["matrix.due_unread", "matrix.status_unknown", "matrix.twice"]


def test_numbers_days_and_truth_typed_as_answers_become_words(desk: Desk, tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        put(sheet, 2, "Svar", 1234)
        put(sheet, 3, "Svar", 12.5)
        put(sheet, 4, "Svar", True)

    found = compared(desk, edited(exported(desk.items()), edit), tmp_path)
    assert [each.theirs for each in found.differences] == ["1234", "12.5", "Ja"]


def test_another_tenders_matrix_is_refused(desk: Desk, tmp_path: Path) -> None:
    other = desk_of(work(70), work(71))[0]
    with pytest.raises(FillError) as error:
        compared(desk, exported(other.items()), tmp_path)
    assert error.value.code_used == "matrix.not_one"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"Id;Svar\nid1;Ja\n"])
def test_what_is_no_workbook_is_told(desk: Desk, data: bytes, tmp_path: Path) -> None:
    from app.core.errors import AnbudsklarError

    with pytest.raises(AnbudsklarError):
        compared(desk, data, tmp_path)


def test_a_child_reads_it(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(exported(desk.items()))
    assert len(matrix_of(path, desk.items(), work=ProcessFileWork()).rows) == 4


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120), st.text(max_size=60), st.text(max_size=60))
@example("=SUMMA(A1:A9)", "'+46", "Anteckning: Gäller inte oss")
@example("_x000D_ \r\n\t x", " - ", "#N/A")
@example("12", "2026-01-01", "TRUE")
@example("\x0c", "\x1c", "\x0b x \x0c")
def test_nothing_is_lost_on_the_way_whatever_was_written(answer: str, owner: str, note: str) -> None:
    """Written out, read and compared: no difference. Typed into the other's matrix: taken over as it was typed."""
    import msgspec

    from app.documents.reader import ReadRequest
    from app.export.matrix import MatrixSheet
    from app.workflow.roundtrip import matrix_in

    full = (work(1, answer=answer or None, owner=owner or None, note=note), work(2))
    blank = (work(1), work(2))
    data = exported(full)
    said, _ = matrix_in(ReadRequest("m.xlsx", data=data), msgspec.json.encode(["id1", "id2"]))
    sheet = msgspec.json.decode(said, type=MatrixSheet)
    assert compare_matrix("m.xlsx", sheet, full).differences == ()
    # The same matrix beside a list that has none of it, as if colleagues had typed it all.
    typed = replace(sheet, rows=tuple(replace(row, base=()) for row in sheet.rows))
    desk, _ = desk_of(*blank)
    desk.take_answers(compare_matrix("m.xlsx", typed, desk.items()).differences, "m.xlsx")
    taken = desk.item(work(1).key)
    assert entry_text(taken.answer) == entry_text(answer)
    assert (taken.owner or "") == one_line(owner)
