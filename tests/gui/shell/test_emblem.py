"""The program's icon."""

from __future__ import annotations

from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from app.gui.shell.emblem import emblem
from app.gui.theme import LIGHT


def test_the_icon_is_drawn_in_the_accent_at_every_size(qtbot: QtBot) -> None:
    icon = emblem()
    for size in (16, 48, 256):
        picture = icon.pixmap(QSize(size, size)).toImage()
        assert picture.pixelColor(size // 2, size // 12).name() == LIGHT.accent
        assert picture.pixelColor(0, 0).alpha() == 0, "round corners"
