"""Tenders saved as files, dropped or opened from the desktop: one phrase is asked for at a time, documents go their own way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.gui.actions import Actions
from app.gui.session import Session
from app.gui.shell.keeping import Keeping
from app.gui.shell.passphrase import AskPassphrase
from app.gui.shell.window import MainWindow
from app.workflow.writer import SerialWriter
from tests.gui.shell.support import MemoryOffice, NoReader


def page(_number: int, _session: Session, _actions: Actions) -> QWidget:
    return QWidget()


class Importing(MemoryOffice):
    """Notes what is brought in, and with what phrase."""

    def __init__(self) -> None:
        super().__init__()
        self.brought: list[tuple[Path, str]] = []

    def import_tender(self, source: Path, passphrase: str) -> str:
        self.brought.append((source, passphrase))
        return self.create().key


@pytest.fixture
def office() -> MemoryOffice:
    return Importing()


@pytest.fixture
def keeping(session: Session, actions: Actions, office: Importing, qtbot: QtBot) -> Iterator[Keeping]:
    window = MainWindow(session, actions, page)
    qtbot.addWidget(window)
    window.show()
    yield Keeping(cast("Any", office), session, actions, window, SerialWriter())
    window.leave()


def asked(keeping: Keeping) -> AskPassphrase:
    (dialog,) = (found for found in keeping._window.findChildren(AskPassphrase) if found.isVisible())
    return dialog


def test_a_saved_tender_among_documents_is_told_apart(session: Session, reader: NoReader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.saved_given) as given:
        session.add_files([Path("a.pdf"), Path("Drift.ANBUDSKLAR")])
    assert given.args == [(Path("Drift.ANBUDSKLAR"),)]
    qtbot.waitUntil(lambda: session.job is None)
    assert [names for _, names in reader.asked] == [("a.pdf",)]


def test_a_saved_tender_alone_makes_no_tender_of_documents(session: Session, office: Importing) -> None:
    session.add_files([Path("Drift.anbudsklar")])
    assert session.job is None
    assert not office.cards


def test_several_are_asked_for_one_at_a_time(keeping: Keeping, session: Session, office: Importing, qtbot: QtBot) -> None:
    session.add_files([Path("ett.anbudsklar"), Path("två.anbudsklar")])
    asked(keeping).given.emit("fras ett")
    qtbot.waitUntil(lambda: keeping._path == Path("två.anbudsklar"))
    asked(keeping).given.emit("fras två")
    qtbot.waitUntil(lambda: len(office.brought) == 2)
    assert office.brought == [(Path("ett.anbudsklar"), "fras ett"), (Path("två.anbudsklar"), "fras två")]


def test_one_that_is_turned_down_leaves_the_next(keeping: Keeping, session: Session, office: Importing, qtbot: QtBot) -> None:
    session.add_files([Path("ett.anbudsklar"), Path("två.anbudsklar")])
    asked(keeping).reject()
    qtbot.waitUntil(lambda: keeping._path == Path("två.anbudsklar"))
    asked(keeping).reject()
    assert office.brought == []
