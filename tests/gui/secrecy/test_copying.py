"""Masked copies being made: how far they are is told, and a stop leaves what was done and nothing half."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.core.claims import Anchor, BidFile, ClaimSet
from app.gui.secrecy.copying import Copying
from app.gui.secrecy.top import Progress
from app.workflow.check import Step
from app.workflow.masking import FileOutcome
from tests.support.claims import claim, claim_set

TEXT = "Vår metod heter Lodlinjen och har tre steg."


def bid(folder: Path, count: int) -> ClaimSet:
    """So many files with the same secret, marked in each."""
    files, claims = [], []
    for number in range(1, count + 1):
        path = folder / f"Del {number}.txt"
        path.write_text(TEXT, encoding="utf-8")
        files.append(BidFile(str(number), str(path), sha256(path.read_bytes()).hexdigest()))
        claims.append(claim(number=number, category="method", anchors=(Anchor(str(number), quote="Lodlinjen"),)))
    return claim_set(*claims, files=tuple(files))


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_every_file_is_told_before_it_is_masked(qtbot: QtBot, owner: QObject, tmp_path: Path) -> None:
    copying, shown = Copying(owner), Progress()
    qtbot.addWidget(shown)
    shown.follow(copying, "Maskerar", "Maskerar {}".format)
    steps: list[Step] = []
    made: list[tuple[FileOutcome, ...]] = []
    copying.progressed.connect(steps.append)
    copying.made.connect(made.append)
    with qtbot.waitSignal(copying.ended):
        copying.start(bid(tmp_path, 2), tmp_path / "ut")
        assert copying.busy
        assert not shown.isHidden()
    assert [(step.done, step.total, step.file) for step in steps] == [(0, 2, "Del 1.txt"), (1, 2, "Del 2.txt")]
    assert shown.words.text() == "Maskerar Del 2.txt"
    assert shown.isHidden()
    assert not copying.busy
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == ["Del 1_maskad.txt", "Del 2_maskad.txt"]
    assert [outcome.error for outcome in made[0]] == [None, None]


def test_a_stop_leaves_the_copies_that_are_done(qtbot: QtBot, owner: QObject, tmp_path: Path) -> None:
    copying = Copying(owner)
    made: list[tuple[FileOutcome, ...]] = []
    copying.made.connect(made.append)

    def second(step: Step) -> None:
        if step.done == 1:
            copying.stop()

    copying.progressed.connect(second)
    with qtbot.waitSignal(copying.ended):
        copying.start(bid(tmp_path, 8), tmp_path / "ut")
    written = sorted(path.name for path in (tmp_path / "ut").iterdir())
    assert "Del 1_maskad.txt" in written
    assert len(written) < 8
    assert all("lodlinjen" not in path.read_text("utf-8").casefold() for path in (tmp_path / "ut").iterdir())
    assert not copying.busy
