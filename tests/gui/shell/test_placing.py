"""A window stays where it can be taken hold of."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect

from app.gui.shell.placing import placed

LAPTOP = QRect(0, 0, 1366, 728)
BESIDE = QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize("frame", [QRect(10, 10, 1200, 700), QRect(-900, 20, 1200, 700), QRect(1400, 40, 1800, 900)])
def test_a_window_in_sight_stays(frame: QRect) -> None:
    assert placed(frame, [LAPTOP, BESIDE]) == frame


@pytest.mark.parametrize("frame", [QRect(1400, 40, 1800, 900), QRect(200, -600, 1200, 700), QRect(-1190, 20, 1200, 700)])
def test_a_window_on_a_screen_that_is_gone_comes_back_whole(frame: QRect) -> None:
    moved = placed(frame, [LAPTOP])
    assert LAPTOP.contains(moved)
    assert moved.size() == frame.size().boundedTo(LAPTOP.size())


def test_without_any_screen_nothing_moves() -> None:
    assert placed(QRect(5, 5, 100, 100), []) == QRect(5, 5, 100, 100)
