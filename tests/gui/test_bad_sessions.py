"""What happens to the session around the program: its screen is unplugged, it is locked, its keyring stays shut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.work import WorkItem
from app.gui.shell.exporting import Exporting
from app.gui.shell.passphrase import AskPassphrase
from app.gui.shell.placing import placed
from app.gui.shell.recovery import AskedCode
from app.gui.shell.window import CHECKLIST
from tests.support.package import PARAGRAPHS
from tests.support.window import Home, Running, labels, wait

ODD = "📎 מכרז ציבורי · مناقصة 🧮 e\u0301 \u202ebakvänt"
LONG = "Ramavtal för allt möjligt " * 200


@pytest.fixture
def home(dressed: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path)


def begin(running: Running, folder: Path) -> WorkItem:
    """Read a document, show the list and choose its first item."""
    path = folder / "Krav.txt"
    path.write_text("\n\n".join(PARAGRAPHS), encoding="utf-8")
    running.enter()
    running.session.add_to_new([path])
    running.read()
    running.window.show_page(CHECKLIST)
    item = running.desk.items()[0]
    running.session.select(item.key)
    wait(lambda: running.checklist.detail.key == item.key)
    return item


def kept(running: Running, key: str) -> WorkItem:
    """The item as the vault has it."""
    running.rest()
    return next(item for item in running.office.vault.items(running.desk.key) if item.key == key)


def test_a_window_whose_screen_is_unplugged_comes_back_with_everything_in_it(home: Home, tmp_path: Path) -> None:
    with home.runs() as running:
        item = begin(running, tmp_path)
        running.window.show()
        running.window.move(QPoint(9000, 7000))
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        screens = [screen.availableGeometry() for screen in app.screens()]
        assert placed(running.window.frameGeometry(), screens) != running.window.frameGeometry(), "out of reach"
        app.screenRemoved.emit(app.screens()[0])
        wait(lambda: _in_reach(running.window, screens), "the window to come back")
        assert running.session.selection == item.key
        assert running.checklist.detail.key == item.key


def _in_reach(window: QWidget, screens: list[QRect]) -> bool:
    return placed(window.frameGeometry(), screens) == window.frameGeometry()


def test_what_is_typed_is_kept_at_once_when_the_session_is_locked(home: Home, tmp_path: Path, qtbot: QtBot) -> None:
    with home.runs() as running:
        item = begin(running, tmp_path)
        detail = running.checklist.detail
        note = detail.note
        assert isinstance(note, QPlainTextEdit)
        running.front()
        note.setFocus()
        running.type("Beställt, kommer på")
        detail._quiet.stop()  # a machine that sleeps runs no timers
        lock = QWidget()
        qtbot.addWidget(lock)
        lock.show()
        lock.activateWindow()  # the screen of the lock takes the keys
        wait(lock.isActiveWindow)
        assert kept(running, item.key).note == "Beställt, kommer på"
        lock.close()
        running.front()
        wait(note.hasFocus, "the keys to be where they were")
        running.type(" måndag")
        detail.flush()
        assert kept(running, item.key).note == "Beställt, kommer på måndag"


def test_a_keyring_that_stays_shut_after_a_lock_says_so_and_the_code_opens_what_was_kept(home: Home, tmp_path: Path) -> None:
    with home.runs() as running:
        item = begin(running, tmp_path)
        running.desk.note(item.key, "Kvar")
        running.rest()
    home.found_keyring().locked = True
    with home.runs() as again:
        dialog = wait(
            lambda: again.program.entrance.dialog if again.program.entrance is not None else None, "a word about the keyring"
        )
        wait(dialog.isVisible)
        told = " ".join(labels(dialog))
        assert told, "a clear word"
        assert not isinstance(dialog, AskPassphrase), "the vault has no passphrase"
        assert not again.session.ready
        assert home.code not in told
        assert isinstance(dialog, AskedCode) or "nyckel" in told.casefold()
    home.found_keyring().locked = False
    with home.runs() as last:
        wait(lambda: last.session.ready)
        last.rest()
        last.session.open_tender(last.session.tenders[0].record.key)
        wait(lambda: last.session.desk is not None)
        assert last.desk.item(item.key).note == "Kvar"


@pytest.mark.parametrize("name", ["xlsx", "docx", "html", "json"])
def test_a_note_of_any_length_and_script_is_exported(home: Home, tmp_path: Path, name: str) -> None:
    with home.runs() as running:
        item = begin(running, tmp_path)
        running.checklist.detail.note.setPlainText(LONG + ODD)
        running.desk.link([item.key], tmp_path / f"{LONG[:200]}{ODD}.pdf", "0" * 64, 1)
        target = tmp_path / f"lista.{name}"
        exporting = running.window.findChild(Exporting)
        assert exporting is not None
        exporting.write(target, name)
        wait(target.exists, "the file")
        running.rest()
    if name == "json":
        made = json.loads(target.read_text("utf-8"))["items"][0]["work"]
        assert made["note"] == LONG + ODD
        assert [file["name"] for file in made["files"]] == [f"{LONG[:200]}{ODD}.pdf"]
    elif name == "xlsx":
        told = [str(cell.value) for row in load_workbook(target).worksheets[0].iter_rows() for cell in row]
        assert any("مناقصة" in text and "\u202e" not in text for text in told)
