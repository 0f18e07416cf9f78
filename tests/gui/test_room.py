"""At every size of text the words that matter keep their room: panes go below each other before a name is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.gui.checklist.columns import Columns
from app.gui.elided import Elided
from app.gui.theme import theme
from app.gui.underlag.model import Column
from tests.gui.underlag.support import document, scene


@pytest.mark.parametrize(("scale", "width", "beside"), [(1.0, 1190, True), (1.5, 1102, False), (2.0, 1102, False)])
def test_documents_keep_their_names_beside_or_above_the_facts(qtbot: QtBot, scale: float, width: int, beside: bool) -> None:
    theme.apply("light", scale)
    page = scene(document("Upphandlingsdokument med ett långt namn.pdf")).page()
    qtbot.addWidget(page)
    page.resize(width, 672)
    page.show()
    qtbot.waitExposed(page)
    wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
    assert page.splitter.orientation() is wanted
    qtbot.waitUntil(lambda: page.view.columnWidth(Column.NAME) >= 200 * scale)
    assert page.facts.isVisible()
    assert page.facts.width() >= 324 * scale
    page.resize(round(1190 * scale), 672)
    assert page.splitter.orientation() is Qt.Orientation.Horizontal, "with room they go beside each other again"


def test_two_columns_stack_where_there_is_no_room_for_both(qtbot: QtBot) -> None:
    first, second = QVBoxLayout(), QVBoxLayout()
    left, right = QLabel("Svar"), QLabel("Ansvarig")
    first.addWidget(left)
    second.addWidget(right)
    columns = Columns(first, second)
    qtbot.addWidget(columns)
    columns.resize(700, 300)
    columns.show()
    qtbot.waitExposed(columns)
    assert not columns.stacked
    assert right.x() > left.geometry().right()
    columns.resize(400, 300)
    qtbot.waitUntil(lambda: columns.stacked and right.y() > left.geometry().bottom())
    assert right.x() == left.x()
    columns.resize(700, 300)
    qtbot.waitUntil(lambda: not columns.stacked and right.x() > left.geometry().right())


def test_text_without_room_ends_in_dots_and_can_be_read_as_a_tip(qtbot: QtBot) -> None:
    text = "5 dokument · 16 sidor · 221 punkter i listan"
    label = Elided("small")
    label.setText(text)
    qtbot.addWidget(label)
    label.resize(QSize(600, 20))
    label.show()
    qtbot.waitExposed(label)
    label.grab()
    assert label.toolTip() == ""
    whole = _inked(label.grab().toImage())
    label.resize(QSize(100, 20))
    cut = label.grab().toImage()
    assert label.toolTip() == text
    assert 0 < _inked(cut) < whole
    assert label.text() == text, "what screen readers say"


def _inked(image: QImage) -> int:
    ground = image.pixel(image.width() - 1, 0)
    return sum(image.pixel(x, y) != ground for x in range(image.width()) for y in range(image.height()))
