"""Settings: what is saved comes back, what is out of range is put right, nothing else is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from app.gui.shell.about import AboutDialog
from app.gui.shell.preferences import Preferences, load_geometry, load_preferences, save_geometry, save_preferences
from app.gui.shell.settings import SettingsDialog


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_what_is_saved_comes_back(settings: QSettings) -> None:
    wanted = Preferences("en", "dark", 1.5, 5, 7, 14, "Åsa Öberg", "never")
    save_preferences(settings, wanted)
    assert load_preferences(settings) == wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [("language", "fi"), ("theme", "pink"), ("scale", "90"), ("plan_days", "-4"), ("motion", "jumps"), ("backup_count", "x")],
)
def test_what_was_edited_by_hand_is_put_right(settings: QSettings, name: str, value: str) -> None:
    save_preferences(settings, Preferences())
    settings.setValue(f"window/{name}", value)
    found = load_preferences(settings)
    assert found == found.checked()
    assert found.scale <= 2


def test_the_windows_place_is_remembered(settings: QSettings) -> None:
    assert load_geometry(settings).isEmpty()
    save_geometry(settings, QByteArray(b"somewhere"))
    assert load_geometry(settings) == QByteArray(b"somewhere")


def test_the_dialog_shows_and_tells(qtbot: QtBot) -> None:
    dialog = SettingsDialog(Preferences("sv", "dark", 1.2, 3, 9, 30))
    qtbot.addWidget(dialog)
    dialog.open()
    language, theme, motion = dialog.findChildren(QComboBox)
    assert (language.currentData(), theme.currentData(), motion.currentData()) == ("sv", "dark", "system")
    numbers = dialog.findChildren(QSpinBox)
    assert [box.value() for box in numbers] == [120, 3, 9, 30]
    assert all(field.accessibleName() for field in (language, theme, motion, *numbers))
    language.setCurrentIndex(language.findData("en"))
    motion.setCurrentIndex(motion.findData("never"))
    numbers[0].setValue(150)
    name = dialog.findChild(QLineEdit, "me")
    assert name is not None
    name.setText("  Åsa ")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog._on_save()
    assert chosen.args[0] == Preferences("en", "dark", 1.5, 3, 9, 30, "Åsa", "never")


def test_about_says_that_nothing_leaves(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    assert any("nätverk" in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()
