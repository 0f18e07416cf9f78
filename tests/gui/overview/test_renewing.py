"""The line above the tenders that tells of documents that run out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pytestqt.qtbot import QtBot

from app.core.clock import in_sweden
from app.core.library import LibraryDocument, LibraryKind
from app.gui.overview.renewing import RenewNotice
from app.gui.session import Session
from tests.gui.shell.support import MemoryOffice

KEPT = LibraryDocument("a", "Ansvarsförsäkring", LibraryKind.INSURANCE, "a.pdf", "f" * 64, 9, "2026-01-01T00:00:00")


def test_it_names_what_runs_out_and_is_silent_otherwise(qtbot: QtBot, session: Session, office: MemoryOffice) -> None:
    notice = RenewNotice(session)
    qtbot.addWidget(notice)
    today = in_sweden().date()
    office.shelf.put_library(replace(KEPT, expires=(today + timedelta(days=400)).isoformat()))
    notice.look()
    assert notice.isHidden()
    soon = (today + timedelta(days=20)).isoformat()
    office.shelf.put_library(replace(KEPT, expires=soon))
    notice.look()
    assert not notice.isHidden()
    assert notice.text() == f"1 dokument i biblioteket går snart ut: Ansvarsförsäkring ({soon})"
    office.shelf.put_library(replace(KEPT, expires=soon, retired="2026-01-02"))
    notice.look()
    assert notice.isHidden()
