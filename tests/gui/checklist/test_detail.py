"""The detail: what is written reaches the desk, what the desk says reaches the detail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.checklist import ChecklistItem
from app.core.document import AnswerType
from app.core.points import Answer, PointKind
from app.core.work import WorkItem
from app.gui.checklist.answers import ChoiceEditor, LineEditor, TextEditor, YesNoEditor, parse_number
from app.gui.checklist.detail import DetailPanel
from app.gui.checklist.wording import Wording
from app.gui.messages import set_language
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.writer import SerialWriter
from tests.gui.checklist.support import desk_of, works
from tests.support.checklists import INVITATION, item, source


def asking(answer: Answer, **more: object) -> ChecklistItem:
    return item("Beskriv hur ni arbetar", 3, PointKind.QUESTION, answer=answer, **more)


class Shown:
    """A detail panel over a desk of these items, showing the first."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.wording = Wording()
        self.wording.today = date(2026, 11, 25)
        self.panel = DetailPanel(self.wording)
        qtbot.addWidget(self.panel)
        self.panel.resize(738, 320)
        self.desk = desk_of(())

    def __call__(self, *items: ChecklistItem) -> Desk:
        self.desk = desk_of(works(items))
        self.wording.set_deadline("2026-12-04T23:59")
        self.panel.set_desk(self.desk)
        self.panel.show()
        self._qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        self.panel.show_item(self.keys[0] if items else None)
        return self.desk

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.key for one in self.desk.items())

    def answer(self, number: int = 0) -> str | None:
        return self.desk.item(self.keys[number]).answer


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    made = Shown(qtbot)
    yield made
    made.panel.shut()


def paper(shown: Shown) -> TextEditor:
    assert isinstance(shown.panel.editor, TextEditor)
    return shown.panel.editor


def test_typing_is_kept_after_a_pause(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    QTest.keyClicks(paper(shown).paper, "Vi arbetar")
    assert shown.answer() is None
    qtbot.waitUntil(lambda: shown.answer() == "Vi arbetar")


def test_typing_is_kept_when_the_field_is_left(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    paper(shown).paper.setFocus()
    qtbot.waitUntil(paper(shown).paper.hasFocus)
    QTest.keyClicks(paper(shown).paper, "Klart")
    shown.panel.owner.setFocus()
    assert shown.answer() == "Klart"


def test_typing_is_kept_for_its_own_item_when_another_is_chosen(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT)), asking(Answer(AnswerType.TEXT)))
    QTest.keyClicks(paper(shown).paper, "till den ena")
    QTest.keyClicks(shown.panel.note, "lapp")
    shown.panel.show_item(shown.keys[1])
    assert shown.answer(0) == "till den ena"
    assert shown.answer(1) is None
    assert shown.desk.item(shown.keys[0]).note == "lapp"
    assert paper(shown).text() == ""


def test_a_name_and_a_day_that_are_typed_stay_with_their_own_item(shown: Shown, qtbot: QtBot) -> None:
    shown(item("a"), item("b"), item("c"))
    shown.panel.owner.setFocus()
    qtbot.waitUntil(shown.panel.owner.hasFocus)
    QTest.keyClicks(shown.panel.owner, "Lina")
    shown.panel.show_item(shown.keys[1])
    assert shown.panel.owner.text() == ""
    shown.panel.due.setFocus()
    qtbot.waitUntil(shown.panel.due.hasFocus)
    QTest.keyClicks(shown.panel.due, "2026-11-30")
    shown.panel.show_item(shown.keys[2])
    assert shown.panel.due.text() == ""
    shown.panel.note.setFocus()
    assert [shown.desk.item(key).owner for key in shown.keys] == ["Lina", None, None]
    assert [shown.desk.item(key).due for key in shown.keys] == [None, "2026-11-30", None]


def test_a_name_that_is_typed_is_kept_when_the_page_goes(shown: Shown, qtbot: QtBot) -> None:
    shown(item("a"))
    QTest.keyClicks(shown.panel.owner, "Lina")
    shown.panel.shut()
    assert shown.desk.item(shown.keys[0]).owner == "Lina"


def test_typing_is_kept_when_reading_brings_another_way_to_answer(shown: Shown) -> None:
    desk = shown(asking(Answer(AnswerType.TEXT)))
    desk.subscribe(lambda _change: shown.panel.show_item(shown.keys[0]))
    QTest.keyClicks(paper(shown).paper, "Vi arbetar")
    newer = replace(desk.item(shown.keys[0]), item=asking(Answer(AnswerType.TEXT, limit="högst 200 ord")))
    desk.take_in(desk.tender.found, (), [newer], run="r", lasting=True)
    assert paper(shown).text() == "Vi arbetar"
    assert shown.answer() == "Vi arbetar"


def test_typing_is_kept_when_the_page_goes(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    QTest.keyClicks(paper(shown).paper, "sist")
    shown.panel.shut()
    assert shown.answer() == "sist"


def test_a_change_from_the_desk_leaves_the_cursor_alone(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    QTest.keyClicks(paper(shown).paper, "Vi ")
    shown.desk.assign([shown.keys[0]], "Lina")
    shown.panel.show_item(shown.keys[0])
    QTest.keyClicks(paper(shown).paper, "arbetar ")
    assert paper(shown).text() == "Vi arbetar "
    assert shown.panel.owner.text() == "Lina"


def test_undo_brings_the_old_answer_back(shown: Shown) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    shown.desk.answer(shown.keys[0], "först")
    shown.desk.note(shown.keys[0], "emellan")
    shown.desk.answer(shown.keys[0], "sedan")
    shown.panel.show_item(shown.keys[0])
    assert paper(shown).text() == "sedan"
    shown.desk.undo()
    shown.panel.show_item(shown.keys[0])
    assert paper(shown).text() == "först"


def test_the_limit_counts_while_one_types(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT, limit="högst 3 ord")))
    QTest.keyClicks(paper(shown).paper, "ett tu")
    assert paper(shown).count.text() == "2 av 3 ord"
    QTest.keyClicks(paper(shown).paper, " tre fyra")
    assert paper(shown).count.text() == "! 4 av 3 ord"
    assert paper(shown).count.property("role") == "fault"


def test_yes_and_no_with_the_required_answer_pointed_out(shown: Shown) -> None:
    shown(asking(Answer(AnswerType.YES_NO, "Ja", ("Ja", "Nej"))))
    assert isinstance(shown.panel.editor, YesNoEditor)
    yes, no = shown.panel.editor.buttons
    assert shown.panel.required.text() == "Kravet är Ja"
    no.click()
    assert shown.answer() == "Nej"
    shown.panel.show_item(shown.keys[0])
    assert shown.panel.required.property("wrong") is True
    yes.click()
    assert shown.answer() == "Ja"
    assert not no.isChecked()
    yes.click()
    assert shown.answer() is None


def test_a_choice_leaves_out_the_forms_placeholder(shown: Shown) -> None:
    shown(asking(Answer(AnswerType.CHOICE, options=("Välj", "Varje vecka", "Varje månad"))))
    assert isinstance(shown.panel.editor, ChoiceEditor)
    box = shown.panel.editor.box
    assert [box.itemText(place) for place in range(box.count())] == ["Välj", "Varje vecka", "Varje månad"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert shown.answer() == "Varje månad"


def test_a_price_that_is_none_is_kept_with_a_word(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.PRICE)))
    assert isinstance(shown.panel.editor, LineEditor)
    QTest.keyClicks(shown.panel.editor.line, "1 250,50")
    assert shown.panel.editor.word.text() == "kronor"
    QTest.keyClicks(shown.panel.editor.line, " eller mer")
    assert shown.panel.editor.word.property("role") == "fault"
    shown.panel.flush()
    assert shown.answer() == "1 250,50 eller mer"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 250,50", 1250.5),
        ("1\u00a0250", 1250.0),
        ("1.250.000", 1250000.0),
        ("950 kr", 950.0),
        ("950:-", 950.0),
        ("12,5 %", 12.5),
        ("-3", -3.0),
        ("1250.5 SEK", 1250.5),
        ("tolv", None),
        ("", None),
    ],
)
def test_numbers_as_swedish_writes_them(text: str, number: float | None) -> None:
    assert parse_number(text) == number


def test_a_day_is_explained(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.DATE)))
    assert isinstance(shown.panel.editor, LineEditor)
    QTest.keyClicks(shown.panel.editor.line, "4/12")
    assert shown.panel.editor.word.text() == "fre 4 dec"


def test_a_requirement_asks_for_no_words(shown: Shown) -> None:
    shown(item("Systemet ska vara säkert"))
    assert shown.panel.editor is None
    assert shown.panel.answer_caption.isHidden()


def test_why_where_and_what_else(shown: Shown, qtbot: QtBot) -> None:
    other = source(INVITATION, "intyg ska bifogas", 14)
    shown(item("Intyg", 2, PointKind.ATTACHMENT, cues=("attach.hand_in", "must.shall"), when="utländskt företag", also=(other,)))
    assert shown.panel.why.text() == "Varför den är med: något att bifoga · ordet ska · gäller bara: utländskt företag · ”Intyg”"
    link = next(one for one in shown.panel.also.findChildren(QPushButton))
    with qtbot.waitSignal(shown.panel.place_wanted) as told:
        link.click()
    assert told.args == [other]


def test_the_proposed_day_counts_working_days_back(shown: Shown) -> None:
    shown(item("Intyg", 2, PointKind.ATTACHMENT))
    assert shown.panel.propose.text() == "Förslag: fre 27 nov, 5 arbetsdagar före sista dag"
    shown.panel.propose.click()
    assert shown.desk.item(shown.keys[0]).due == "2026-11-27"
    shown.panel.show_item(shown.keys[0])
    assert shown.panel.due.text() == "fre 27 nov · 5 arbetsdagar före sista dag"
    assert shown.panel.propose.isHidden()


def test_a_day_is_written_in_figures_and_taken_away(shown: Shown, qtbot: QtBot) -> None:
    shown(item("Intyg", 2))
    shown.panel.due.setFocus()
    qtbot.waitUntil(shown.panel.due.hasFocus)
    QTest.keyClicks(shown.panel.due, "30/11")
    QTest.keyClick(shown.panel.due, Qt.Key.Key_Return)
    assert shown.desk.item(shown.keys[0]).due == "2026-11-30"
    shown.panel.due.clear()
    QTest.keyClick(shown.panel.due, Qt.Key.Key_Return)
    assert shown.desk.item(shown.keys[0]).due is None


def test_the_owner_is_kept_and_completed(shown: Shown, qtbot: QtBot) -> None:
    shown(item("a"), item("b"))
    shown.desk.assign([shown.keys[1]], "Omar")
    shown.panel.show_item(shown.keys[0])
    completer = shown.panel.owner.completer()
    completer.setCompletionPrefix("om")
    assert completer.currentCompletion() == "Omar"
    QTest.keyClicks(shown.panel.owner, "Lina")
    QTest.keyClick(shown.panel.owner, Qt.Key.Key_Return)
    assert shown.desk.item(shown.keys[0]).owner == "Lina"


def test_a_dropped_file_is_linked_and_taken_away(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    shown(item("Intyg", 2, PointKind.ATTACHMENT))
    file = tmp_path / "intyg å.pdf"
    file.write_bytes(b"%PDF-1.7 intyg")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    shown.panel.files.dropEvent(QDropEvent(QPointF(5, 5), action, data, buttons, keys))
    qtbot.waitUntil(lambda: len(shown.desk.links_of(shown.keys[0])) == 1)
    (link,) = shown.desk.links_of(shown.keys[0])
    assert (link.path, link.size) == (str(file), 14)
    shown.panel.show_item(shown.keys[0])
    shown.panel.files.removed.emit(link.key)
    assert shown.desk.links_of(shown.keys[0]) == ()


def test_a_file_that_is_gone_is_told_of(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    shown(item("Intyg", 2, PointKind.ATTACHMENT))
    shown.panel.link_files([tmp_path / "borta.pdf"])
    qtbot.waitUntil(lambda: "gick inte att läsa" in shown.panel.files.word.text())
    assert shown.desk.links_of(shown.keys[0]) == ()


def test_a_file_reaches_its_own_tender_when_another_is_opened_meanwhile(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    first = shown(item("Intyg", 2, PointKind.ATTACHMENT))
    (key,) = shown.keys
    file = tmp_path / "intyg.pdf"
    file.write_bytes(b"%PDF")
    shown.panel.link_files([file])
    shown()
    qtbot.waitUntil(lambda: len(first.links_of(key)) == 1)
    assert shown.desk.links == ()


def test_history_in_words(shown: Shown) -> None:
    shown(item("a"))
    shown.desk.assign(shown.keys, "Lina")
    shown.desk.reject(shown.keys, "Finns redan på listan")
    shown.panel.show_item(shown.keys[0])
    first, second, third = shown.panel.history.text().splitlines()
    assert first == "Gäller inte oss: Finns redan på listan"
    assert second.startswith("Gäller inte oss ")
    assert third.startswith("Ansvarig: Lina ")
    assert not shown.panel.restore.isHidden()
    assert shown.panel.reject.isHidden()


def test_english(qtbot: QtBot) -> None:
    set_language("en")
    shown = Shown(qtbot)
    shown(item("Intyg", 2, PointKind.ATTACHMENT))
    assert shown.panel.propose.text() == "Proposal: Fri 27 Nov, 5 working days before the last day"
    assert shown.panel.done.text() == "Done"
    shown.panel.shut()


def test_nothing_chosen_says_what_to_do(shown: Shown) -> None:
    shown(item("a"))
    shown.panel.show_item(None)
    assert shown.panel.key is None
    assert not shown.panel.done.isVisible()


def test_owner_and_day_are_kept_while_one_types_as_one_step_each(shown: Shown, qtbot: QtBot) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    key, owner, due = shown.keys[0], shown.panel.owner, shown.panel.due
    assert owner._quiet.interval() < 1000
    owner.setFocus()
    qtbot.waitUntil(owner.hasFocus)
    for typed in ("Li", "na"):
        QTest.keyClicks(owner, typed)
        qtbot.waitUntil(lambda: shown.desk.item(key).owner == owner.text())
        shown.panel.show_item(key)
    assert owner.text() == "Lina"
    due.setFocus()
    qtbot.waitUntil(due.hasFocus)
    QTest.keyClicks(due, "30/1")
    qtbot.waitUntil(lambda: shown.desk.item(key).due == "2027-01-30")
    shown.panel.show_item(key)
    QTest.keyClicks(due, "1")
    qtbot.waitUntil(lambda: shown.desk.item(key).due == "2026-11-30")
    assert [(entry.action, entry.values[1][1]) for entry in shown.desk.history(key)] == [
        ("due", "2026-11-30"),
        ("assign", "Lina"),
    ]
    shown.desk.undo()
    shown.desk.undo()
    assert (shown.desk.item(key).owner, shown.desk.item(key).due) == (None, None)


def test_older_history_is_shown_when_it_is_asked_for(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workflow.desk_state._HISTORY", 10)
    shown(asking(Answer(AnswerType.TEXT)))
    key = shown.keys[0]
    for number in range(25):
        shown.desk.assign([key], f"Namn{number}")
    shown.desk = reopened(shown.desk)
    shown.panel.set_desk(shown.desk)
    shown.panel.show_item(key)
    assert shown.panel.history.text().count("Ansvarig") == 6
    for count in (20, 25):
        assert not shown.panel.history.older.isHidden()
        shown.panel.history.older.click()
        assert shown.panel.history.text().count("Ansvarig") == count
    assert shown.panel.history.older.isHidden()
    assert shown.panel.history.text().splitlines()[-1].startswith("Ansvarig: Namn0")


def reopened(desk: Desk) -> Desk:
    """The tender as it is opened again."""
    return Desk(records_of(desk.key, desk._store), desk._store, SerialWriter())


def test_the_old_wording_stands_beside_the_new_until_the_change_is_seen(shown: Shown) -> None:
    now, was = asking(Answer(AnswerType.TEXT)), replace(asking(Answer(AnswerType.TEXT)), text="Beskriv er arbetsmiljö")
    shown(now)
    key = shown.keys[0]
    read_again(shown.desk, replace(shown.desk.item(key), was=was, changed=True))
    shown.panel.show_item(key)
    assert "Beskriv hur ni arbetar" in shown.panel.title.text()
    assert shown.panel.changed.text() == "Ändrat i underlaget. Tidigare: Beskriv er arbetsmiljö"
    assert not shown.panel.changed.isHidden()
    shown.desk.keep([key])
    shown.panel.show_item(key)
    assert shown.panel.changed.isHidden()


def test_what_is_withdrawn_says_that_it_is_not_counted(shown: Shown) -> None:
    shown(asking(Answer(AnswerType.TEXT)))
    key = shown.keys[0]
    read_again(shown.desk, replace(shown.desk.item(key), withdrawn=True))
    shown.panel.show_item(key)
    assert shown.panel.changed.text().startswith("Finns inte längre i underlaget.")


def read_again(desk: Desk, work: WorkItem) -> None:
    """As if a newer document had made the item this."""
    desk.take_in(desk.tender.found, (), [work], run="r", lasting=True)
