"""A document that a password keeps closed: asked for on the page, remembered while the program runs, and nowhere to be read."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.core.document import Finding, Place, document_id
from app.core.work import DocumentRecord
from app.gui.actions import Actions
from app.gui.passwords import Passwords, can_be_unlocked, is_locked
from app.gui.source.paper import PaperView
from app.gui.source.unlocking import Unlocked
from app.gui.source.view import SourceView
from tests.gui.source.support import LINES, looking, paper, record
from tests.support.pdfs import drawn, texts

PASSWORD = "Ek&Bok-17-hemligt"
LOCKED, OTHER, OPEN = "last.pdf", "last2.pdf", "oppen.pdf"
FILES = {
    LOCKED: drawn(texts(*LINES), encrypt=PASSWORD),
    OTHER: drawn(texts(*LINES), encrypt=PASSWORD),
    OPEN: paper(1),
}
RECORDS = tuple(record(name, data, number) for number, (name, data) in enumerate(FILES.items()))
LONG = 30_000


def load(document: DocumentRecord) -> bytes:
    return FILES[document.summary.name]


@pytest.fixture
def view(qtbot: QtBot, actions: Actions) -> Iterator[SourceView]:
    with looking(qtbot, actions) as made:
        made.activateWindow()
        made.set_documents(RECORDS, load)
        yield made


def asked(view: SourceView, qtbot: QtBot) -> None:
    qtbot.waitUntil(view.notice.field.isVisible, timeout=LONG)


def give(view: SourceView, password: str) -> None:
    QTest.keyClicks(view.notice.field, password)
    QTest.keyClick(view.notice.field, Qt.Key.Key_Return)


def shown(view: SourceView, qtbot: QtBot, name: str) -> None:
    def there() -> bool:
        return view.document == document_id(name) and isinstance(view.surface, PaperView) and view.surface.is_sharp()

    qtbot.waitUntil(there, timeout=LONG)


def test_the_password_is_asked_for_on_the_page_and_opens_it(view: SourceView, qtbot: QtBot, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[Unlocked] = []
    view.unlocked.connect(told.append)
    asked(view, qtbot)
    assert view.notice.text().startswith("Filen är skyddad med lösenord.")
    assert "--password" not in view.notice.text(), "that is for the command line"
    assert not view.notice.unlock.isEnabled()
    assert view.notice.field.accessibleName() == f"Lösenord till {LOCKED}"

    give(view, "fel ord")
    qtbot.waitUntil(lambda: view.notice.text().startswith("Lösenordet öppnar inte filen."), timeout=LONG)
    assert view.notice.field.isVisible()
    assert not view.notice.field.text()
    assert not told

    give(view, PASSWORD)
    shown(view, qtbot, LOCKED)
    assert [(one.document, one.password) for one in told] == [(document_id(LOCKED), PASSWORD)]
    assert PASSWORD not in repr(told)
    assert PASSWORD not in caplog.text
    words = [label.text() for label in view.findChildren(QLabel)] + [button.text() for button in view.findChildren(QPushButton)]
    assert not [word for word in words if PASSWORD in word]


def test_what_opened_one_document_opens_the_others(view: SourceView, qtbot: QtBot) -> None:
    asked(view, qtbot)
    give(view, PASSWORD)
    shown(view, qtbot, LOCKED)
    view.show_place(document_id(OTHER), Place(page=1), "")
    shown(view, qtbot, OTHER)


def test_a_password_that_is_known_elsewhere_opens_what_waits_for_one(view: SourceView, qtbot: QtBot) -> None:
    asked(view, qtbot)
    view.set_passwords((PASSWORD,))
    shown(view, qtbot, LOCKED)


def test_known_passwords_that_do_not_fit_are_not_the_users_mistake(view: SourceView, qtbot: QtBot) -> None:
    asked(view, qtbot)
    view.set_passwords(("till en annan fil",))
    asked(view, qtbot)
    assert view.notice.text().startswith("Filen är skyddad med lösenord.")


def test_the_keys_go_to_the_field_when_they_went_to_the_source(view: SourceView, qtbot: QtBot) -> None:
    qtbot.waitUntil(view.isActiveWindow)
    view.show_place(document_id(OPEN), Place(page=1), "")
    shown(view, qtbot, OPEN)
    view.setFocus()
    assert view.surface is not None
    assert view.surface.hasFocus(), "the keys scroll the page"
    view.show_place(document_id(LOCKED), Place(page=1), "")
    qtbot.waitUntil(view.notice.field.hasFocus, timeout=LONG)
    give(view, PASSWORD)
    shown(view, qtbot, LOCKED)
    assert view.surface.hasFocus()


def test_passwords_belong_to_a_tender_and_the_newest_is_tried_first(qtbot: QtBot) -> None:
    passwords = Passwords()
    told: list[str] = []
    passwords.changed.connect(told.append)
    passwords.add("a", ["ett"])
    passwords.add("a", ["två"])
    passwords.add("a", ["två"])
    assert passwords.of("a") == ("två", "ett")
    assert passwords.of("b") == ()
    assert told == ["a", "a"]
    for number in range(100):
        passwords.add("a", [str(number)])
    assert len(passwords.of("a")) == 20
    passwords.forget("a")
    assert passwords.of("a") == ()
    assert "ett" not in repr(passwords)


@pytest.mark.parametrize(
    ("finding", "locked", "helps"),
    [
        (Finding("file.password_needed", "a.pdf"), True, True),
        (Finding("file.password_wrong", "a.pdf"), True, True),
        (Finding("file.password_needed", "a.docx", None, (("remedy", "remove_password"),)), True, False),
        (Finding("file.corrupt", "a.pdf"), False, False),
        (None, False, False),
    ],
)
def test_a_password_is_asked_for_only_where_it_helps(finding: Finding | None, locked: bool, helps: bool) -> None:
    assert (is_locked(finding), can_be_unlocked(finding)) == (locked, helps)


def test_nothing_of_a_document_that_was_closed_is_left_when_the_view_is_shut(view: SourceView, qtbot: QtBot) -> None:
    asked(view, qtbot)
    before = view.shelf.document(document_id(LOCKED))
    assert before is not None
    give(view, "fel ord")
    now = view.shelf.document(document_id(LOCKED))
    assert now is not None
    assert now is not before
    view.shut()
    assert not before._thread.is_alive()
    assert not now._thread.is_alive()
    view.set_documents(RECORDS[1:], load)  # as when the last of a reading arrives while the window closes
    assert view.shelf.documents() == ()
