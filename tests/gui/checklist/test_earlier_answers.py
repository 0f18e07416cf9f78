"""Earlier answers beside the question: looked up when asked for, put in only by a click."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.core.document import AnswerType
from app.core.library import EarlierAnswer
from app.core.points import Answer
from app.gui.checklist.detail import DetailPanel
from app.gui.checklist.earlier_answers import EarlierAnswers, ReplaceSheet
from app.gui.checklist.wording import Wording
from app.gui.session import Session
from app.workflow.desk import Desk
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER, desk_of, point, work

ASKED = "Beskriv hur ni säkerställer kontinuitet när en konsult lämnar uppdraget."
GIVEN = "Två konsulter kan varje uppdrag."


def earlier(question: str, answer: str, tender: str = "other", name: str = "Drift 2025") -> EarlierAnswer:
    return EarlierAnswer(tender, f"{tender}{answer[:3]}", name, "Storköping", "2025-03-01T08:00:00", question, answer, 0.5)


@pytest.fixture
def desk() -> Desk:
    first = work(1, item=replace(point(1), text=ASKED, answer=Answer(AnswerType.TEXT)))
    second = work(2, item=replace(point(2), text="Ange pris per timme", answer=Answer(AnswerType.YES_NO)))
    third = work(3, item=replace(point(3), text="Ange organisationsnummer", answer=Answer(AnswerType.TEXT)))
    return desk_of(first, second, third)[0]


@pytest.fixture
def panel(qtbot: QtBot, session: Session, office: MemoryOffice, desk: Desk) -> Iterator[DetailPanel]:
    office.shelf.given = [
        earlier("Redogör för hur kontinuitet säkerställs om en konsult lämnar uppdraget.", GIVEN),
        earlier("Ange organisationsnummer", "556677-8899"),
        earlier(ASKED, "Det som skrivs i samma anbud.", TENDER),
    ]
    panel = DetailPanel(Wording())
    qtbot.addWidget(panel)
    panel.earlier.attend(session)
    panel.resize(700, 500)
    panel.set_desk(desk)
    panel.show()
    panel.show_item(desk.items()[0].key)
    yield panel
    panel.shut()


def answers(earlier: EarlierAnswers) -> list[str]:
    return [one.answer for one in earlier.found]


def use(qtbot: QtBot, panel: DetailPanel) -> None:
    """Press the only button there is. What comes into a layout is shown in the next turn."""

    def buttons() -> list[QPushButton]:
        return [one for one in panel.earlier.findChildren(QPushButton) if one.isVisible() and one.text() == "Använd"]

    qtbot.waitUntil(lambda: len(buttons()) == 1)
    buttons()[0].click()


def test_nothing_is_looked_up_before_it_is_asked_for(panel: DetailPanel, desk: Desk) -> None:
    assert panel.earlier.head.text() == "▸ Tidigare svar"
    assert not panel.earlier.opened
    assert panel.earlier.found == ()
    panel.earlier.head.click()
    assert panel.earlier.head.text() == "▾ Tidigare svar (1)"
    assert answers(panel.earlier) == [GIVEN]
    assert desk.items()[0].answer is None, "never by itself"


def test_each_says_where_and_when_it_was_given_and_how_like_it_is(panel: DetailPanel, qtbot: QtBot) -> None:
    panel.earlier.toggle()

    def said() -> list[str]:
        return [label.text() for label in panel.earlier.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: GIVEN in said())
    (where,) = [text for text in said() if text.startswith("Drift 2025 · 2025-03-01 · ")]
    assert where.endswith(" % likt")


def test_a_click_puts_it_in_and_it_can_be_taken_back(panel: DetailPanel, desk: Desk, qtbot: QtBot) -> None:
    panel.earlier.toggle()
    use(qtbot, panel)
    assert desk.items()[0].answer == GIVEN
    assert panel.editor is not None
    assert panel.editor.text() == GIVEN
    desk.undo()
    assert desk.items()[0].answer is None


@pytest.mark.parametrize(
    ("words", "wanted"), [("Ersätt", GIVEN), ("Lägg till sist", f"Mitt eget.\n\n{GIVEN}"), ("Avbryt", "Mitt eget.")]
)
def test_words_that_are_there_are_asked_about(panel: DetailPanel, desk: Desk, qtbot: QtBot, words: str, wanted: str) -> None:
    desk.answer(desk.items()[0].key, "Mitt eget.")
    panel.show_item(desk.items()[0].key)
    panel.earlier.toggle()
    use(qtbot, panel)
    assert desk.items()[0].answer == "Mitt eget."
    (sheet,) = panel.findChildren(ReplaceSheet)
    next(button for button in sheet.findChildren(QPushButton) if button.text() == words).click()
    assert desk.items()[0].answer == wanted


def test_words_are_searched_and_their_absence_told(panel: DetailPanel, qtbot: QtBot) -> None:
    panel.earlier.toggle()
    panel.earlier.search.setText("556677-8899")
    qtbot.waitUntil(lambda: answers(panel.earlier) == ["556677-8899"])
    panel.earlier.search.setText("finns inte")
    qtbot.waitUntil(panel.earlier.nothing.isVisible)
    assert panel.earlier.nothing.text() == "Inget svar innehåller orden."


def test_another_item_closes_it_and_a_choice_has_none(panel: DetailPanel, desk: Desk) -> None:
    panel.earlier.toggle()
    panel.show_item(desk.items()[2].key)
    assert not panel.earlier.opened
    assert panel.earlier.found == ()
    panel.earlier.toggle()
    assert answers(panel.earlier) == ["556677-8899"]
    panel.show_item(desk.items()[1].key)
    assert panel.earlier.isHidden(), "yes and no are chosen, not written"
