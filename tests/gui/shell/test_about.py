"""About and licences: what is said of network and updates, and that every part can be read about by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

import app
from app.core.parts import parts
from app.gui.messages import tr
from app.gui.shell.about import AboutDialog
from app.gui.shell.licences import LicencesDialog, said_of


def licences(qtbot: QtBot) -> LicencesDialog:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.list.count() > 0, timeout=30_000)
    return dialog


def test_about_says_its_version_and_that_it_neither_updates_itself_nor_uses_a_network(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert app.__version__ in said
    assert "öppnar inget nätverk" in said
    assert "uppdaterar aldrig sig självt" in said
    dialog.close()


def test_the_way_to_the_licences_is_a_button(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    (button,) = (found for found in dialog.findChildren(QPushButton) if found.text() == tr("about.licences"))
    button.click()
    shown = dialog.findChild(LicencesDialog)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.list.count() > 0, timeout=30_000)
    shown.close()
    dialog.close()


def test_every_part_is_listed_with_its_text(qtbot: QtBot) -> None:
    dialog = licences(qtbot)
    assert dialog.list.count() == len(parts())
    dialog.list.setFocus()
    for row, part in enumerate(parts()):
        assert dialog.list.currentRow() == row
        assert dialog.text.toPlainText() == said_of(part)
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    dialog.close()


def test_qt_is_named_with_its_licence_and_where_its_source_is(qtbot: QtBot) -> None:
    dialog = licences(qtbot)
    dialog.filter.setText("qt lgpl")
    shown = {dialog.list.item(row).text() for row in range(dialog.list.count()) if not dialog.list.item(row).isHidden()}
    assert {name.split()[0] for name in shown} >= {"Qt"}
    assert all("Qt" in name or "Side" in name for name in shown), "the others are hidden"
    dialog.list.setCurrentRow([part.name for part in parts()].index("Qt"))
    text = dialog.text.toPlainText()
    assert "LGPL-3.0-only" in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "download.qt.io" in text
    dialog.close()


def test_a_search_without_hits_shows_no_text_and_an_empty_one_all(qtbot: QtBot) -> None:
    dialog = licences(qtbot)
    dialog.filter.setText("finns inte")
    assert dialog.text.toPlainText() == ""
    dialog.filter.clear()
    assert not any(dialog.list.item(row).isHidden() for row in range(dialog.list.count()))
    dialog.close()


def test_closing_at_once_waits_for_nothing(qtbot: QtBot) -> None:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.close()
    assert not dialog._job.running or dialog._job._thread is None
