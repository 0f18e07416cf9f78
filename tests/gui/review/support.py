"""A review of a desk in memory: no file is looked at, the rules are the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.document import Finding
from app.core.inspection import FileFacts
from app.core.packaging import PortalProfile
from app.gui.behind import Audits
from app.gui.jobs import Control
from app.workflow.auditing import Audit, AuditBasis
from app.workflow.reviewing import ReviewInputs, review_of
from tests.gui.shell.support import NoReader

__all__ = ["MemoryAudits", "Reviewer", "tabbed"]


class MemoryAudits:
    """Reviews what is on the desk, with files that the test names."""

    def __init__(self, files: tuple[FileFacts, ...] = ()) -> None:
        self.files = files
        self.asked: list[bool] = []
        self.trouble: Finding | None = None
        self.portals: tuple[PortalProfile, ...] = ()

    def use_portals(self, own: tuple[PortalProfile, ...]) -> None:
        self.portals = own

    def audit(self, basis: AuditBasis, now: datetime, control: Control, *, again: bool = False) -> Audit:
        del control
        self.asked.append(again)
        inputs = ReviewInputs(
            now=now,
            tender=basis.tender.found,
            tender_deadline=basis.tender.value("tender_deadline"),
            items=basis.items,
            documents=basis.documents,
            files=self.files,
            links=basis.links,
            claims=basis.claims,
            overrides=basis.tender.review.overrides,
        )
        return Audit(review_of(inputs), inputs)


class Reviewer(NoReader):
    """A reader that only reviews."""

    def __init__(self, audits: MemoryAudits) -> None:
        super().__init__()
        self.memory = audits

    @property
    def audits(self) -> Audits:
        return self.memory


def words(rows: object) -> Iterator[str]:
    """The titles of rows."""
    for row in rows if isinstance(rows, tuple) else ():
        yield getattr(row, "title", "") or str(getattr(row, "group", ""))


def tabbed(qtbot: QtBot, page: QWidget, presses: int) -> list[QWidget]:
    """Where the Tab key comes to, pressed on something that stands before the page in its window."""
    window = QWidget()
    column = QVBoxLayout(window)
    before = QPushButton("Före", window)
    column.addWidget(before)
    column.addWidget(page)
    qtbot.addWidget(window)
    window.resize(page.size())
    window.show()
    before.setFocus()
    seen = []
    for _ in range(presses):
        at = window.focusWidget()
        QTest.keyClick(at, Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    page.setParent(None)
    return seen
