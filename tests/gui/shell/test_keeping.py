"""Going back to a backup while something is not saved: asked first, then nothing of before is written into what came back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.work import ItemState, TenderRecord
from app.gui.actions import Actions
from app.gui.session import Session
from app.gui.shell.keeping import Keeping
from app.gui.shell.sheet import UnsavedDialog
from app.gui.shell.window import MainWindow
from app.workflow.writer import SerialWriter
from tests.gui.shell.support import MemoryOffice
from tests.support.desks import TENDER, work
from tests.support.memory_store import MemoryStore

BACKUP = Path("backup.db")


class Restoring(MemoryOffice):
    """Goes back to how the tender was when it was added."""

    def __init__(self) -> None:
        super().__init__()
        self.restored: list[Path] = []
        self.add(TenderRecord(TENDER, "2026-11-25T09:00:00"), work(1))

    def restore(self, backup: Path) -> Path | None:
        self.restored.append(backup)
        self.stores[TENDER] = MemoryStore(TenderRecord(TENDER, "2026-11-25T09:00:00"), work(1))
        return None


def page(_number: int, _session: Session, _actions: Actions) -> QWidget:
    return QWidget()


@pytest.fixture
def office() -> MemoryOffice:
    return Restoring()


@pytest.fixture
def keeping(session: Session, actions: Actions, office: Restoring, qtbot: QtBot) -> Iterator[Keeping]:
    window = MainWindow(session, actions, page)
    qtbot.addWidget(window)
    window.show()
    yield Keeping(cast("Any", office), session, actions, window, SerialWriter())
    window.leave()


def answered(keeping: Keeping, session: Session) -> UnsavedDialog | None:
    """Ask for the backup while a change waits for room on the disk."""
    session.open_tender(TENDER)
    assert session.desk is not None
    session.desk.done([work(1).key])
    keeping._on_restore(BACKUP)
    return keeping._window.findChild(UnsavedDialog)


def test_what_is_not_saved_is_asked_about_and_never_written_into_what_was_restored(
    keeping: Keeping, session: Session, office: Restoring
) -> None:
    office.stores[TENDER].full = True
    dialog = answered(keeping, session)
    assert dialog is not None
    assert office.restored == []
    leave, _again = dialog.findChildren(QPushButton)
    leave.click()
    assert office.restored == [BACKUP]
    assert session.unsaved == 0
    assert not keeping._window.bars.trouble.isVisible()
    session.retry()
    session.open_tender(TENDER)
    assert session.desk is not None
    assert session.desk.item(work(1).key).state is ItemState.OPEN
    assert office.stores[TENDER].entries == []


def test_trying_again_restores_nothing(keeping: Keeping, session: Session, office: Restoring) -> None:
    store = office.stores[TENDER]
    store.full = True
    dialog = answered(keeping, session)
    assert dialog is not None
    store.full = False
    dialog.findChildren(QPushButton)[1].click()
    assert (session.unsaved, office.restored) == (0, [])
    assert [entry.action for entry in store.entries] == ["done"]


def test_with_all_saved_nothing_is_asked(keeping: Keeping, session: Session, office: Restoring) -> None:
    assert answered(keeping, session) is None
    assert office.restored == [BACKUP]
    assert session.desk is None
