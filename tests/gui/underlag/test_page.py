from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.document import Finding, Place
from app.core.points import LineCounts, Source
from app.gui.messages import set_language
from app.gui.theme import theme
from app.gui.underlag.detail import DocumentDetail, PageChip, PasswordField
from app.gui.underlag.fact_row import FactRow, SourceLink
from app.gui.underlag.model import Column
from app.gui.underlag.page import UnderlagPage
from app.workflow.check import Step
from tests.gui.underlag.support import Scene, document, fact, locked, scanned, scene
from tests.support.desks import work

FOUND = Tender(
    name="Upphandling av drift",
    tender_deadline="2026-12-04T23:59",
    facts=(
        fact("name", "Upphandling av drift", "a.pdf"),
        fact("tender_deadline", "2026-12-04T23:59", "a.pdf", 4, 90),
        fact("tender_deadline", "2026-12-03", "b.pdf", 1, 50),
    ),
)


def shown(qtbot: QtBot, made: Scene) -> UnderlagPage:
    page = made.page()
    qtbot.addWidget(page)
    page.resize(1190, 720)
    page.show()
    qtbot.waitExposed(page)
    return page


def detail(page: UnderlagPage, name: str) -> DocumentDetail:
    page.view.open_row(name)
    found = page.view.detail_of(name)
    assert found is not None
    return found


def press(parent: QWidget, text: str) -> None:
    """Click the one visible button with this text."""
    found = [b for b in parent.findChildren(QAbstractButton) if b.text() == text and b.isVisibleTo(parent)]
    assert len(found) == 1, text
    found[0].click()


def texts(parent: QWidget) -> str:
    labels = [label.text() for label in parent.findChildren(QLabel) if label.isVisibleTo(parent)]
    return "\n".join(labels + [b.text() for b in parent.findChildren(QAbstractButton) if b.isVisibleTo(parent)])


def row(page: UnderlagPage, name: str) -> FactRow:
    page.facts.complete()
    found = page.facts.row(name)
    assert found is not None
    return found


def pages_of(made: Scene, name: str) -> tuple[int, ...]:
    return next(record.acknowledged for record in made.desk.documents if record.summary.name == name)


# --- before there is anything


def test_empty_page_teaches_and_has_one_button(qtbot: QtBot) -> None:
    made = scene()
    page = shown(qtbot, made)
    said = texts(page.empty)
    assert "Släpp upphandlingens filer här" in said
    assert "Inget lämnar datorn" in said
    with qtbot.waitSignal(made.actions["add_files"].triggered):
        page.empty.add.click()


def test_page_without_a_tender_is_empty(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), opened=False)
    page = shown(qtbot, made)
    assert page.empty.isVisible()
    made.session._put(made.desk)
    assert page.view.isVisible()


def test_names_are_seen_in_large_text_on_a_small_screen(qtbot: QtBot) -> None:
    theme.apply("light", 2.0)
    page = shown(qtbot, scene(document("Upphandlingsdokument.pdf")))
    page.resize(1014, 672)  # what the rail leaves of 1366 × 768
    width = page.view.columnWidth(Column.NAME)
    theme.apply("light")
    assert width > 150


def test_dropped_files_go_to_the_session(qtbot: QtBot, tmp_path: Path) -> None:
    made = scene()
    page = shown(qtbot, made)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.com/a.pdf")])
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    assert made.added == [(tmp_path,)]


# --- documents


def test_warnings_are_told_in_words_with_what_to_do(qtbot: QtBot) -> None:
    page = shown(qtbot, scene(document("a.xlsx", warnings=(Finding("file.macros", "a.xlsx"),))))
    said = texts(detail(page, "a.xlsx"))
    assert "makron" in said
    assert "öppna den i sitt eget program" in said


def test_unreadable_page_is_shown_acknowledged_and_taken_back(qtbot: QtBot) -> None:
    made = scene(scanned("skannad.pdf", (3, 7)))
    page = shown(qtbot, made)
    chips = detail(page, "skannad.pdf").findChildren(PageChip)
    assert len(chips) == 2
    assert "s. 3 kan inte läsas" in texts(chips[0])
    with qtbot.waitSignal(page.show_place) as place:
        chips[0].look.click()
    assert place.args == [Source("id-skannad.pdf", "", Place(3))]
    chips[0].turn.click()
    assert pages_of(made, "skannad.pdf") == (3,)
    qtbot.waitUntil(lambda: "s. 3 läst av dig" in texts(detail(page, "skannad.pdf")))
    press(detail(page, "skannad.pdf"), "Ångra")
    assert pages_of(made, "skannad.pdf") == ()


def test_pages_in_a_row_are_acknowledged_together(qtbot: QtBot) -> None:
    made = scene(scanned("skannad.pdf", (3, 4, 5)))
    page = shown(qtbot, made)
    press(detail(page, "skannad.pdf"), "Jag har läst")
    assert pages_of(made, "skannad.pdf") == (3, 4, 5)


def test_password_is_used_once_and_kept_nowhere(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    record = locked("hemlig.pdf")
    made = scene(record)
    page = shown(qtbot, made)
    assert page.view.is_open("hemlig.pdf"), "a row that needs something stands open"
    field = detail(page, "hemlig.pdf").findChild(PasswordField)
    assert field is not None
    assert field.field.echoMode() is QLineEdit.EchoMode.Password
    assert not field.again.isEnabled()
    QTest.keyClicks(field.field, "Tr0ll")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    assert made.again == [((record,), ("Tr0ll",))]
    assert field.field.text() == ""
    assert "Tr0ll" not in caplog.text
    assert "Tr0ll" not in repr(made.store.records) + repr(made.store.entries)


def test_password_being_typed_survives_other_documents_coming_in(qtbot: QtBot) -> None:
    made = scene(locked("hemlig.pdf"))
    page = shown(qtbot, made)
    field = detail(page, "hemlig.pdf").findChild(PasswordField)
    assert field is not None
    QTest.keyClicks(field.field, "Tr0")
    made.desk.take_in(Tender(), [document("ny.pdf", position=5)], [], run="r", lasting=True)
    qtbot.waitUntil(lambda: len(page.model.rows) == 2)
    assert detail(page, "hemlig.pdf").findChild(PasswordField) is field
    assert field.field.text() == "Tr0"


def test_remove_is_one_step_that_can_be_undone(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), document("b.pdf", position=1))
    page = shown(qtbot, made)
    press(detail(page, "a.pdf"), "Ta bort")
    qtbot.waitUntil(lambda: [r.name for r in page.model.rows] == ["b.pdf"])
    made.desk.undo()
    qtbot.waitUntil(lambda: [r.name for r in page.model.rows] == ["a.pdf", "b.pdf"])


def test_last_document_removed_gives_the_empty_page_again(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"))
    page = shown(qtbot, made)
    press(detail(page, "a.pdf"), "Ta bort")
    qtbot.waitUntil(page.empty.isVisible)


def test_items_are_counted_and_lead_to_the_list(qtbot: QtBot) -> None:
    record = document("doc")
    record = replace(record, summary=replace(record.summary, id="doc"))
    made = scene(record, work(1), work(2))
    page = shown(qtbot, made)
    assert page.model.rows[0].items == 2
    with qtbot.waitSignal(page.list_asked) as asked:
        press(detail(page, "doc"), "Visa 2 punkter i listan")
    assert asked.args == ["doc"]


def test_unclassed_lines_lead_to_the_ledger_by_pointer_and_by_button(qtbot: QtBot) -> None:
    page = shown(qtbot, scene(document("a.pdf", lines=LineCounts(50, 10, 3, 0, 37))))
    index = page.model.index(0, Column.LINES)
    with qtbot.waitSignal(page.ledger_asked) as asked:
        where = page.view.visualRect(index).topLeft() + QPoint(30, 30)
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)
    assert asked.args == ["id-a.pdf"]
    with qtbot.waitSignal(page.ledger_asked):
        press(detail(page, "a.pdf"), "37 rader utan punkt")


def test_rows_open_and_close_by_keyboard(qtbot: QtBot) -> None:
    page = shown(qtbot, scene(document("a.pdf"), document("b.pdf", position=1)))
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(0, 0))
    low = page.view.rowHeight(0)
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.view.is_open("a.pdf")
    assert page.view.rowHeight(0) > low
    QTest.keyClick(page.view, Qt.Key.Key_Left)
    assert not page.view.is_open("a.pdf")
    assert page.view.rowHeight(0) == low
    QTest.keyClick(page.view, Qt.Key.Key_Down)
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert page.view.is_open("b.pdf")


def test_tab_goes_from_the_table_into_the_open_detail(qtbot: QtBot) -> None:
    page = shown(qtbot, scene(document("a.pdf")))
    opened = detail(page, "a.pdf")
    following = page.view.nextInFocusChain()
    while following is not None and not (following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isVisible()):
        following = following.nextInFocusChain()
    assert following is not None
    assert opened.isAncestorOf(following)


def test_read_again_takes_the_chosen_document(qtbot: QtBot) -> None:
    one, gone = document("a.pdf"), document("b.pdf", position=1, file="")
    made = scene(one, gone)
    page = shown(qtbot, made)
    made.actions["read_again"].trigger()
    page.view.setCurrentIndex(page.model.index(1, 0))
    made.actions["read_again"].trigger()
    assert made.again == [((one,), ())], "nothing chosen means all that is kept; a file that is not kept cannot be read"


# --- reading


def test_reading_shows_how_far_it_is_and_can_be_stopped(qtbot: QtBot) -> None:
    made = scene()
    page = shown(qtbot, made)
    job = made.job()
    job.progressed.emit(("a.pdf", "b.pdf"))
    assert page.view.isVisible()
    height = page.head.height()
    job.progressed.emit(Step(0, "a.pdf", "a.pdf", finished=True))
    job.progressed.emit(Step(1, "b.pdf", "b.pdf", 31, 120))
    assert page.head.about.text() == "1 av 2 filer klara · läser b.pdf · sida 31 av 120"
    assert page.head.bar.value() == round((1 + 31 / 120) / 2 * 1000)
    press(page.head, "Stoppa")
    assert made.stopped == 1
    made.end()
    assert not page.head.stop.isVisible()
    assert page.head.height() == height
    assert page.empty.isVisible()


def test_selection_and_place_stay_while_the_list_grows(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), document("b.pdf", position=1))
    page = shown(qtbot, made)
    page.view.setCurrentIndex(page.model.index(1, 0))
    detail(page, "b.pdf")
    job = made.job()
    job.progressed.emit(("c.pdf", "a0.zip"))
    found = [document("a0.zip/1.pdf", position=1, member="1.pdf"), scanned("c.pdf", (2,), position=3)]
    made.desk.take_in(Tender(), found, [], run="r", lasting=True)
    job.progressed.emit(Step(1, "a0.zip", "a0.zip/1.pdf", finished=True))
    job.progressed.emit(Step(0, "c.pdf", "c.pdf", finished=True))
    qtbot.waitUntil(lambda: len(page.model.rows) == 4)
    current = page.view.current_row()
    assert current is not None
    assert current.name == "b.pdf"
    assert page.view.is_open("b.pdf")
    assert [r.name for r in page.model.rows][:2] == ["a.pdf", "b.pdf"]
    assert not page.view.is_open("c.pdf"), "nothing opens while reading"
    made.end()
    assert page.view.is_open("c.pdf")


def test_next_job_follows_without_a_pause(qtbot: QtBot) -> None:
    made = scene()
    page = shown(qtbot, made)
    first = made.job()
    first.progressed.emit(("a.pdf",))
    second = made.job()
    second.progressed.emit(("b.pdf",))
    first.progressed.emit(Step(0, "a.pdf", "a.pdf", 1, 2))
    assert [r.name for r in page.model.rows] == ["b.pdf"]


def test_another_tender_does_not_show_what_is_read_into_the_first(qtbot: QtBot) -> None:
    made, other = scene(), scene(document("annan.pdf"))
    page = shown(qtbot, made)
    job = made.job()
    job.names = ("a.pdf",)
    job.progressed.emit(job.names)
    made.session._put(other.desk)
    job.progressed.emit(Step(0, "a.pdf", "a.pdf", 1, 9))
    assert [r.name for r in page.model.rows] == ["annan.pdf"]
    assert not page.head.stop.isVisible()
    made.session._put(made.desk)
    assert [r.name for r in page.model.rows] == ["a.pdf"]
    assert page.head.stop.isVisible()


# --- facts


def test_fact_leads_to_its_source(qtbot: QtBot) -> None:
    page = shown(qtbot, scene(document("a.pdf"), document("b.pdf", position=1), found=FOUND))
    links = row(page, "tender_deadline").findChildren(SourceLink)
    assert [link.text() for link in links] == ["a.pdf s. 4", "b.pdf s. 1"]
    with qtbot.waitSignal(page.show_place) as place:
        links[0].click()
    assert place.args == [Source("id-a.pdf", "står: 2026-12-04T23:59", Place(4))]


def test_rival_is_chosen_marked_as_own_and_taken_back(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), document("b.pdf", position=1), found=FOUND)
    page = shown(qtbot, made)
    assert "Annan uppgift: tors 3 december 2026" in texts(row(page, "tender_deadline"))
    press(row(page, "tender_deadline"), "Välj")
    assert made.desk.tender.value("tender_deadline") == "2026-12-03"
    qtbot.waitUntil(lambda: "Din uppgift" in texts(row(page, "tender_deadline")))
    press(row(page, "tender_deadline"), "Återställ")
    assert made.desk.tender.edits == ()
    qtbot.waitUntil(lambda: "Din uppgift" not in texts(row(page, "tender_deadline")))


def test_date_is_checked_while_it_is_typed(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), found=FOUND)
    page = shown(qtbot, made)
    deadline = row(page, "tender_deadline")
    deadline.pencil.click()
    editor = deadline.editor
    assert editor is not None
    assert isinstance(editor.field, QLineEdit)
    assert editor.field.text() == "2026-12-04 23:59"
    editor.field.setText("4 dec")
    assert not editor.save.isEnabled()
    assert "Skriv till exempel" in editor.said.text()
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert made.desk.tender.edits == (), "what is no day is not saved"
    editor.field.setText("5 december 2026 kl. 12.00")
    assert editor.said.text() == "lör 5 december 2026 kl. 12:00"
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert made.desk.tender.value("tender_deadline") == "2026-12-05T12:00"
    assert deadline.editor is None


def test_escape_leaves_the_field_as_it_was(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), found=FOUND)
    page = shown(qtbot, made)
    name = row(page, "name")
    name.pencil.click()
    assert name.editor is not None
    assert isinstance(name.editor.field, QLineEdit)
    name.editor.field.setText("Något annat")
    QTest.keyClick(name.editor.field, Qt.Key.Key_Escape)
    assert made.desk.tender.edits == ()
    qtbot.waitUntil(lambda: "Upphandling av drift" in texts(name))


def test_field_that_is_open_survives_new_facts(qtbot: QtBot) -> None:
    made = scene(document("a.pdf"), found=FOUND)
    page = shown(qtbot, made)
    name = row(page, "name")
    name.pencil.click()
    editor = name.editor
    assert editor is not None
    assert isinstance(editor.field, QLineEdit)
    editor.field.setText("Mitt namn")
    made.desk.take_in(Tender(name="Ett annat namn", buyer="Kommunen"), [], [], run="r", lasting=True)
    qtbot.waitUntil(lambda: "Kommunen" in texts(row(page, "buyer")))
    assert name.editor is editor
    assert editor.field.text() == "Mitt namn"


def test_open_field_does_not_follow_to_another_tender(qtbot: QtBot) -> None:
    made, other = scene(document("a.pdf"), found=FOUND), scene(document("b.pdf"))
    page = shown(qtbot, made)
    row(page, "name").pencil.click()
    made.session._put(other.desk)
    assert row(page, "name").editor is None


# --- for everybody


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("dark", [False, True])
def test_everything_that_can_be_pressed_has_a_name(qtbot: QtBot, language: str, dark: bool) -> None:
    set_language(language)
    theme.apply("dark" if dark else "light")
    made = scene(scanned(), locked(position=1), document("a.pdf", position=2, lines=LineCounts(9, 4, 3, 1, 1)), found=FOUND)
    page = shown(qtbot, made)
    detail(page, "a.pdf")
    row(page, "reference").pencil.click()
    page.grab()
    for widget in page.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit) and widget.isVisibleTo(page) and widget.objectName()[:3] != "qt_":
            assert widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip(), widget


def test_text_of_a_document_is_never_markup(qtbot: QtBot) -> None:
    found = Tender(name="<b>fet</b> & <img src=x>")
    page = shown(qtbot, scene(document("a.pdf"), found=found))
    labels = [label for label in row(page, "name").findChildren(QLabel) if "fet" in label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


def test_detail_has_room_at_once_after_its_document_was_read_again(qtbot: QtBot) -> None:
    record = locked("hemlig.pdf")
    made = scene(record)
    page = shown(qtbot, made)
    made.job().progressed.emit(("hemlig.pdf",))
    read = replace(document("hemlig.pdf", lines=LineCounts(9, 4, 3, 1, 1)), key=record.key)
    made.desk.take_in(Tender(), [read], [], run="r", lasting=True)
    made.end()
    opened = page.view.detail_of("hemlig.pdf")
    assert opened is not None
    assert "4 rader i listan" in texts(opened)
    qtbot.waitUntil(lambda: opened.height() >= opened.height_for(opened.width()) > 60)


def test_wrong_password_brings_the_keyboard_back_to_the_field(qtbot: QtBot) -> None:
    record = locked("hemlig.pdf")
    made = scene(record)
    page = shown(qtbot, made)
    field = detail(page, "hemlig.pdf").findChild(PasswordField)
    assert field is not None
    field.field.setFocus()
    QTest.keyClicks(field.field, "fel")
    QTest.keyClick(field.field, Qt.Key.Key_Return)
    made.job().progressed.emit(("hemlig.pdf",))
    assert page.focusWidget() is page.view, "the focus stays near while the document is read"
    wrong = replace(record, summary=replace(record.summary, error=Finding("file.password_wrong", "hemlig.pdf")))
    made.desk.take_in(Tender(), [wrong], [], run="r", lasting=True)
    made.end()
    again = detail(page, "hemlig.pdf").findChild(PasswordField)
    assert again is not None
    assert page.focusWidget() is again.field
    assert "Lösenordet öppnar inte filen." in texts(detail(page, "hemlig.pdf"))


def test_fault_of_many_pages_is_told_once(qtbot: QtBot) -> None:
    warnings = tuple(Finding("page.unreadable", "a.pdf", page) for page in (2, 3, 4, 9))
    page = shown(qtbot, scene(document("a.pdf", pages=9, warnings=warnings)))
    said = texts(detail(page, "a.pdf"))
    assert "s. 2–4, s. 9: Där finns ingen text" in said
    assert said.count("Där finns ingen text") == 1


def test_hundreds_of_unreadable_pages_make_few_chips_and_none_is_lost(qtbot: QtBot) -> None:
    pages = tuple(range(1, 500, 2))
    made = scene(scanned("skannad.pdf", pages))
    page = shown(qtbot, made)
    chips = detail(page, "skannad.pdf").findChildren(PageChip)
    assert len(chips) == 21
    assert "230 sidor bland s. 41–499 kan inte läsas" in texts(chips[-1])
    told: list[int] = []
    for chip in chips:
        with qtbot.waitSignal(chip.seen) as seen:
            chip.turn.click()
        assert seen.args is not None
        told += seen.args[0]
    assert told == list(pages)
    assert pages_of(made, "skannad.pdf") == pages


def test_documents_that_come_in_above_do_not_move_what_is_seen(qtbot: QtBot) -> None:
    records = [document(f"{number:02}.pdf", position=number) for number in range(40)]
    made = scene(*records)
    page = shown(qtbot, made)
    page.view.verticalScrollBar().setValue(700)
    first = page.view.rowAt(0)
    name, top = page.model.rows[first].name, page.view.rowViewportPosition(first)
    page.model.show([document("ny.pdf"), *records], {})
    assert page.model.row_of("ny.pdf") == 0
    assert page.view.rowViewportPosition(first + 1) == top
    assert page.model.rows[page.view.rowAt(0)].name == name
    page.model.show(records, {})
    assert page.view.rowViewportPosition(first) == top


def test_word_without_end_does_not_push_the_pane_out_of_the_window(qtbot: QtBot) -> None:
    page = shown(qtbot, scene(document("a.pdf"), found=Tender(name="https://" + "x" * 400, buyer="å" * 300)))
    inner = page.facts.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: not page.facts.busy and inner.width() <= page.facts.viewport().width())
    assert page.facts.row("name") is not None
