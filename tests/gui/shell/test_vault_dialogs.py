"""The dialogs around the vault, as views: what they show, when they let go on, what they tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.catalogue import LANGUAGES
from app.core.document import Finding
from app.gui.messages import set_language
from app.gui.shell.passphrase import AskPassphrase, NewPassphrase, Strength, strength
from app.gui.shell.recovery import AskedCode, RecoveryCodeDialog, matches
from app.gui.shell.trouble import BackupRow, BackupsDialog, Trouble, VaultTrouble

CODE = "7K3M-Q9XD-2FRT-H8WN-4JCB-V6YP-0ZGA"
BACKUPS = [BackupRow(Path(f"/backups/{day}.db"), f"2026-11-{day}T08:12:00", day * 100_000) for day in (25, 24)]


def button(dialog: QWidget, text: str) -> QPushButton:
    return next(found for found in dialog.findChildren(QPushButton) if found.text() == text)


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        (CODE, True),
        (CODE.lower().replace("-", " "), True),
        ("Q9XD 4JCB", True),
        ("q9xd4jcb", True),
        ("Q9XD", False),
        ("4JCB Q9XD", False),
        ("7K3M Q9XD", False),
        ("", False),
    ],
)
def test_two_groups_or_the_whole_code_confirm_it(typed: str, right: bool) -> None:
    assert matches(CODE, typed) is right


def test_the_code_is_shown_in_groups_and_must_be_confirmed(qtbot: QtBot) -> None:
    dialog = RecoveryCodeDialog(CODE)
    qtbot.addWidget(dialog)
    dialog.open()
    shown = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "code"]
    assert "-".join(shown) == CODE
    assert not dialog.ready
    dialog.type("q9xd 4jcb")
    assert dialog.ready
    button(dialog, "Kopiera").click()
    assert QGuiApplication.clipboard().text() == CODE
    with qtbot.waitSignal(dialog.confirmed) as told:
        button(dialog, "Jag har koden").click()
    assert told.args == [CODE]


def test_a_code_is_asked_for_until_it_fits(qtbot: QtBot) -> None:
    dialog = AskedCode("Datorn har inte kvar nyckeln.")
    qtbot.addWidget(dialog)
    dialog.open()
    assert not button(dialog, "Öppna").isEnabled()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "7K3M")
    with qtbot.waitSignal(dialog.given) as told:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == ["7K3M"]
    dialog.show_finding(Finding("vault.code_typo", ""))
    assert dialog.isVisible()
    fault = dialog.findChild(QLabel, "fault")
    assert fault is not None
    assert fault.isVisible()
    dialog.close()


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("", Strength.SHORT),
        ("kort", Strength.SHORT),
        ("aaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("lösenord", Strength.WEAK),
        ("korrekt häst batt", Strength.STRONG),
        ("Hemligt2026", Strength.FAIR),
        ("korrekt häst batteri klammer", Strength.STRONG),
    ],
)
def test_strength_is_a_hint(text: str, how: Strength) -> None:
    assert strength(text) is how


def test_a_new_passphrase_is_typed_twice(qtbot: QtBot) -> None:
    dialog = NewPassphrase("Välj", "Därför")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.type("korrekt häst", "")
    assert not dialog.ready
    dialog.type("korrekt häst", "korrekt hest")
    assert not dialog.ready
    assert dialog.hint == "De två är inte lika än."
    dialog.type("kort", "kort")
    assert not dialog.ready
    assert dialog.hint == "Minst 8 tecken."
    dialog.type("korrekt häst", "korrekt häst")
    assert all(field.echoMode() is QLineEdit.EchoMode.Password for field in dialog.findChildren(QLineEdit))
    with qtbot.waitSignal(dialog.given) as told:
        button(dialog, "Fortsätt").click()
    assert told.args == ["korrekt häst"]


def test_a_passphrase_is_asked_for_until_it_fits_and_the_code_is_a_way_out(qtbot: QtBot) -> None:
    dialog = AskPassphrase("Lås upp", "Skriv")
    qtbot.addWidget(dialog)
    dialog.open()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "fel fras")
    with qtbot.waitSignal(dialog.given):
        button(dialog, "Öppna").click()
    dialog.show_finding(Finding("vault.wrong_key", ""))
    assert dialog.isVisible()
    assert field.selectedText()
    with qtbot.waitSignal(dialog.code_wanted):
        button(dialog, "Jag har glömt den").click()
    dialog.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_its_own_words_and_a_way_out(qtbot: QtBot, language: str) -> None:
    set_language(language)
    said = set()
    for trouble in Trouble:
        dialog = VaultTrouble(trouble, BACKUPS)
        qtbot.addWidget(dialog)
        dialog.open()
        said.add(tuple(label.text() for label in dialog.findChildren(QLabel))[:2])
        assert dialog.findChildren(QPushButton)
        dialog.close()
    assert len(said) == len(Trouble)


def test_a_damaged_vault_offers_the_newest_backup_first(qtbot: QtBot) -> None:
    dialog = VaultTrouble(Trouble.DAMAGED, BACKUPS)
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.restore) as told:
        button(dialog, "Återställ").click()
    assert told.args == [Path("/backups/25.db")]


def test_a_damaged_vault_without_backups_can_only_be_tried_again(qtbot: QtBot) -> None:
    dialog = VaultTrouble(Trouble.DAMAGED)
    qtbot.addWidget(dialog)
    dialog.open()
    assert {found.text() for found in dialog.findChildren(QPushButton)} == {"Avsluta", "Försök igen"}
    with qtbot.waitSignal(dialog.again):
        button(dialog, "Försök igen").click()


def test_any_backup_can_be_chosen(qtbot: QtBot) -> None:
    dialog = BackupsDialog(BACKUPS)
    qtbot.addWidget(dialog)
    dialog.open()
    listed = dialog.findChild(QListWidget)
    assert listed is not None
    assert listed.count() == 2
    listed.setCurrentRow(1)
    with qtbot.waitSignal(dialog.restore) as told:
        button(dialog, "Återställ").click()
    assert told.args == [Path("/backups/24.db")]
