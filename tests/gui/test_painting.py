"""A fault while something is painted ends the painting: a painter that outlives what it paints on ends the whole program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.gui.overview import ring
from app.gui.overview.ring import ReadinessRing

ROOT = Path(__file__).resolve().parents[2]


def test_every_painter_is_ended_whatever_happens() -> None:
    begun = re.compile(r"^.*\bQ(?:Style)?Painter\([^)].*\n.*$", re.MULTILINE)
    found = [
        lines.split("\n") for path in (ROOT / "app" / "gui").rglob("*.py") for lines in begun.findall(path.read_text("utf-8"))
    ]
    assert len(found) > 10
    for line, following in found:
        assert line.strip().startswith("with QPainter(") or following.strip() == "with painter:", line


def test_after_a_fault_in_painting_the_widget_paints_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, warnings_of_qt: list[str]
) -> None:
    widget = ReadinessRing()
    qtbot.addWidget(widget)
    widget.resize(60, 60)
    with qtbot.waitExposed(widget):
        widget.show()
    whole = widget.grab().toImage()

    def broken(*_given: object) -> None:
        raise ValueError("in the middle of it")

    with monkeypatch.context() as patched:
        patched.setattr(ring, "draw_ring", broken)
        for _ in range(2):
            with pytest.raises(ValueError, match="in the middle of it"):
                widget.repaint()
    assert warnings_of_qt == [], "of a painter that is still at work"
    assert widget.grab().toImage() == whole
