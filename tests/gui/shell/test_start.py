"""From a double click to the window and back: the real vault in a folder of the test, without a keyring."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.__main__ import for_window, has_display
from app.gui import start
from app.gui.jobs import QtWriter
from app.gui.shell.entrance import Entrance
from app.gui.shell.passphrase import AskPassphrase, NewPassphrase
from app.gui.shell.preferences import Preferences
from app.gui.shell.recovery import AskedCode, RecoveryCodeDialog
from app.gui.shell.trouble import VaultTrouble
from app.gui.shell.window import OVERVIEW
from app.gui.start import Program
from app.workflow.opening import Vault

ROOT = Path(__file__).resolve().parents[3]
PHRASE = "korrekt häst batteri"


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.null import Keyring

    monkeypatch.setattr(keyring, "get_keyring", Keyring)


@pytest.fixture
def entrance(qtbot: QtBot, tmp_path: Path) -> Iterator[Entrance]:
    writer = QtWriter()
    made = Entrance(tmp_path / "vault", writer)
    yield made
    writer.close()
    made.deleteLater()
    writer.deleteLater()


def shown(entrance: Entrance, kind: type, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: isinstance(entrance.dialog, kind))


def made_vault(entrance: Entrance, qtbot: QtBot) -> str:
    """Go through the first start; the recovery code."""
    entrance.begin()
    shown(entrance, NewPassphrase, qtbot)
    dialog = entrance.dialog
    assert isinstance(dialog, NewPassphrase)
    dialog.given.emit(PHRASE)
    shown(entrance, RecoveryCodeDialog, qtbot)
    dialog = entrance.dialog
    assert isinstance(dialog, RecoveryCodeDialog)
    code = "-".join(label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "code")
    dialog.type(code)
    with qtbot.waitSignal(entrance.opened) as opened:
        next(found for found in dialog.findChildren(QPushButton) if found.text() == "Jag har koden").click()
    opened.args[0].close()
    return code


def test_the_first_start_makes_a_vault_and_has_its_code_confirmed(entrance: Entrance, qtbot: QtBot, tmp_path: Path) -> None:
    code = made_vault(entrance, qtbot)
    with Vault.open(tmp_path / "vault", recovery_code=code) as vault:
        assert vault.confirmed
        assert vault.has_passphrase


def test_a_folder_that_cannot_be_written_to_is_told_before_a_passphrase_is_asked_for(
    entrance: Entrance, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []

    def refuses(place: Path, mode: int, **_kinds: bool) -> bool:
        seen.append(place)
        return not mode & os.W_OK

    with monkeypatch.context() as read_only:
        read_only.setattr(os, "access", refuses)
        entrance.begin()
        shown(entrance, VaultTrouble, qtbot)
    assert seen == [tmp_path], "the folder that the vault's would be made in"
    assert not (tmp_path / "vault").exists(), "it was only looked at"
    trouble = entrance.dialog
    assert isinstance(trouble, VaultTrouble)
    next(found for found in trouble.findChildren(QPushButton) if found.text() == "Försök igen").click()
    shown(entrance, NewPassphrase, qtbot)
    entrance.abandon()


def test_nor_is_the_passphrase_of_a_vault_that_is_there(
    entrance: Entrance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_vault(entrance, qtbot)
    with monkeypatch.context() as read_only:
        read_only.setattr(os, "access", lambda _place, _mode, **_kinds: False)
        entrance.begin()
        shown(entrance, VaultTrouble, qtbot)
    entrance.abandon()


class RefusingKeyring(KeyringBackend):
    """Locked, or the user pressed Cancel: it is there and keeps nothing."""

    def get_password(self, service: str, username: str) -> str | None:
        del service, username
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        del service, username, password
        raise KeyringLocked

    def delete_password(self, service: str, username: str) -> None:
        del service, username
        raise KeyringLocked


def test_a_keyring_that_refuses_at_the_first_start_is_followed_by_a_passphrase(
    entrance: Entrance, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import keyring

    monkeypatch.setattr(keyring, "get_keyring", RefusingKeyring)
    made_vault(entrance, qtbot)
    entrance.begin()
    shown(entrance, AskPassphrase, qtbot)
    dialog = entrance.dialog
    assert isinstance(dialog, AskPassphrase)
    with qtbot.waitSignal(entrance.opened) as opened:
        dialog.given.emit(PHRASE)
    opened.args[0].close()


def test_without_a_keyring_the_passphrase_is_asked_for(entrance: Entrance, qtbot: QtBot) -> None:
    made_vault(entrance, qtbot)
    entrance.begin()
    shown(entrance, AskPassphrase, qtbot)
    dialog = entrance.dialog
    assert isinstance(dialog, AskPassphrase)
    dialog.given.emit("fel fras helt")
    fault = dialog.findChild(QLabel, "fault")
    assert fault is not None
    qtbot.waitUntil(fault.isVisible)
    with qtbot.waitSignal(entrance.opened) as opened:
        dialog.given.emit(PHRASE)
    opened.args[0].close()


def test_a_double_click_opens_the_vault_once(entrance: Entrance, qtbot: QtBot) -> None:
    made_vault(entrance, qtbot)
    entrance.begin()
    shown(entrance, AskPassphrase, qtbot)
    dialog = entrance.dialog
    assert isinstance(dialog, AskPassphrase)
    QTest.keyClicks(dialog._typed, "fel fras")
    go = next(found for found in dialog.findChildren(QPushButton) if found.property("primary"))
    go.click()
    go.click()
    fault = dialog.findChild(QLabel, "fault")
    assert fault is not None
    qtbot.waitUntil(fault.isVisible)
    dialog._typed.setText(PHRASE)
    with qtbot.waitSignal(entrance.opened) as opened:
        go.click()
        go.click()
    qtbot.waitUntil(lambda: entrance._writer.waiting == 0)  # type: ignore[attr-defined]
    assert entrance.dialog is None, "the vault is open, and said to be open elsewhere"
    opened.args[0].close()


def test_a_forgotten_passphrase_is_replaced_by_way_of_the_code(entrance: Entrance, qtbot: QtBot, tmp_path: Path) -> None:
    code = made_vault(entrance, qtbot)
    entrance.begin()
    shown(entrance, AskPassphrase, qtbot)
    asked = entrance.dialog
    assert isinstance(asked, AskPassphrase)
    asked.code_wanted.emit()
    shown(entrance, AskedCode, qtbot)
    wanted = entrance.dialog
    assert isinstance(wanted, AskedCode)
    wanted.given.emit(code)
    shown(entrance, NewPassphrase, qtbot)
    new = entrance.dialog
    assert isinstance(new, NewPassphrase)
    with qtbot.waitSignal(entrance.opened) as opened:
        new.given.emit("en helt ny fras")
    opened.args[0].close()
    Vault.open(tmp_path / "vault", passphrase="en helt ny fras").close()


def test_a_code_that_was_not_confirmed_is_replaced(entrance: Entrance, qtbot: QtBot) -> None:
    entrance.begin()
    shown(entrance, NewPassphrase, qtbot)
    first = entrance.dialog
    assert isinstance(first, NewPassphrase)
    first.given.emit(PHRASE)
    shown(entrance, RecoveryCodeDialog, qtbot)
    assert entrance.dialog is not None
    with qtbot.waitSignal(entrance.given_up):
        entrance.dialog.reject()
    entrance.begin()
    shown(entrance, AskPassphrase, qtbot)
    asked = entrance.dialog
    assert isinstance(asked, AskPassphrase)
    asked.given.emit(PHRASE)
    shown(entrance, RecoveryCodeDialog, qtbot)
    with qtbot.waitSignal(entrance.given_up):
        entrance.dialog.reject()


def test_two_programs_at_once_are_told_apart(entrance: Entrance, qtbot: QtBot, tmp_path: Path) -> None:
    code = made_vault(entrance, qtbot)
    with Vault.open(tmp_path / "vault", recovery_code=code):
        entrance.begin()
        shown(entrance, VaultTrouble, qtbot)
        assert entrance.dialog is not None
        assert entrance.dialog.windowTitle() == "Anbudsklar är redan öppet"
        with qtbot.waitSignal(entrance.given_up):
            entrance.dialog.reject()


def test_a_damaged_vault_is_opened_from_its_backup(entrance: Entrance, qtbot: QtBot, tmp_path: Path) -> None:
    code = made_vault(entrance, qtbot)
    with Vault.open(tmp_path / "vault", recovery_code=code) as vault:
        vault.backup_now()
    database = max((tmp_path / "vault").glob("*.db"), key=lambda path: path.stat().st_size)
    database.write_bytes(b"\0" * database.stat().st_size)
    entrance.begin()
    shown(entrance, AskPassphrase, qtbot)
    asked = entrance.dialog
    assert isinstance(asked, AskPassphrase)
    asked.given.emit(PHRASE)
    shown(entrance, VaultTrouble, qtbot)
    assert entrance.dialog is not None
    assert entrance.dialog.windowTitle() == "Filen med dina upphandlingar är skadad"
    next(found for found in entrance.dialog.findChildren(QPushButton) if found.text() == "Återställ").click()
    shown(entrance, AskPassphrase, qtbot)
    again = entrance.dialog
    assert isinstance(again, AskPassphrase)
    with qtbot.waitSignal(entrance.opened) as opened:
        again.given.emit(PHRASE)
    opened.args[0].close()


@pytest.fixture
def program(dressed: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Program]:
    made: list[QSettings] = []

    def settings() -> QSettings:
        made.append(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
        return made[-1]

    monkeypatch.setattr(start, "settings_file", settings)
    program = Program(dressed, tmp_path / "vault")
    program.preferences = Preferences("sv", "light")
    yield program
    if program.window is not None:
        program.window.close()
    program.end()
    program.deleteLater()
    dressed.setQuitOnLastWindowClosed(True)


def test_the_program_opens_its_window_changes_language_and_ends(program: Program, qtbot: QtBot) -> None:
    program.begin()
    first = program.window
    assert first is not None
    assert first.isVisible()
    assert not program.session.ready
    assert not program.actions["add_files"].isEnabled()
    qtbot.waitUntil(lambda: program.entrance is not None)
    code_of = program.entrance
    assert code_of is not None
    shown(code_of, NewPassphrase, qtbot)
    new = code_of.dialog
    assert isinstance(new, NewPassphrase)
    new.given.emit(PHRASE)
    shown(code_of, RecoveryCodeDialog, qtbot)
    confirm = code_of.dialog
    assert isinstance(confirm, RecoveryCodeDialog)
    confirm.confirmed.emit("-".join(la.text() for la in confirm.findChildren(QLabel) if la.property("role") == "code"))
    qtbot.waitUntil(lambda: program.session.ready)
    assert program.actions["add_files"].isEnabled()
    program._on_preferences(Preferences("en", "dark"))
    second = program.window
    assert second is not None
    assert second is not first
    qtbot.waitUntil(lambda: any(label.text().startswith("Miss nothing") for label in second.findChildren(QLabel)))
    qtbot.waitUntil(lambda: program.writer.waiting == 0)
    assert program.session.office.setting("backup.count") == 10
    program.session.add_to_new([])
    qtbot.waitUntil(lambda: program.session.desk is not None)
    program._on_preferences(Preferences("sv", "light"))
    qtbot.waitUntil(lambda: program.writer.waiting == 0)
    assert program.window is not None
    assert program.window.page(OVERVIEW) is not None, "what is done with a tender as a whole is wired there"


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True),
        (["HERE"], True),
        (["HERE", "HERE"], True),
        (["check", "HERE"], False),
        (["annex", "HERE"], False),
        (["--help"], False),
        (["--sample"], True),
        (["--sample", "HERE"], False),
        (["chekc"], False),
    ],
)
def test_what_opens_the_window(arguments: list[str], wanted: bool, tmp_path: Path) -> None:
    assert for_window([str(tmp_path) if argument == "HERE" else argument for argument in arguments]) is wanted


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_without_a_screen_there_is_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_the_sample_without_a_screen_is_the_help() -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "-m", "app", "--sample"], cwd=ROOT, env=kept, capture_output=True, text=True)
    assert done.returncode == 0
    assert "check" in done.stdout


@pytest.mark.parametrize("module", ["app.cli.main", "app.workers.child", "app.workers.runner", "app.__main__"])
def test_qt_is_not_imported_for_the_command_line_or_a_child(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
