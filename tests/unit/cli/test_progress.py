"""Progress shows in a terminal once the work is long, and nowhere else."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from app.cli import progress
from app.cli.progress import Meter
from app.documents.reader import ReadRequest
from app.workflow.check import Step


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def requests(tmp_path: Path) -> list[ReadRequest]:
    for name, size in (("a.pdf", 3000), ("b.pdf", 1000)):
        (tmp_path / name).write_bytes(b"x" * size)
    return [ReadRequest(name, tmp_path / name) for name in ("a.pdf", "b.pdf")]


def work(language: str, requests: list[ReadRequest]) -> None:
    with Meter(language) as meter:
        meter.listed(requests)
        meter.step(Step(0, "a.pdf", "a.pdf", 10, 20))
        meter.step(Step(0, "a.pdf", "a.pdf", finished=True))
        meter.step(Step(1, "b.pdf", "b.pdf", 1, 4))
        meter.step(Step(7, "c.pdf", "c.pdf", 1, 4))


def test_pages_and_files_in_a_terminal(requests: list[ReadRequest], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    work("sv", requests)
    shown = screen.getvalue()
    assert "1 av 2 filer klara: b.pdf, sida 1 av 4" in shown
    assert "81%" in shown  # 3000 bytes and a quarter of 1000


def test_short_work_shows_nothing(requests: list[ReadRequest], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(progress, "_PATIENCE", 1000.0)
    work("en", requests)
    assert screen.getvalue() == ""


def test_quiet_when_piped(
    requests: list[ReadRequest], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    work("sv", requests)
    assert capsys.readouterr() == ("", "")
