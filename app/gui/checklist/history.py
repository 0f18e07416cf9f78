"""What was done to an item, the latest first; older steps come when they are asked for."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.clock import day_in_sweden
from app.core.document import Finding
from app.core.work import ItemState, WorkItem
from app.gui.checklist.parts import wrapped
from app.gui.checklist.past import past
from app.gui.checklist.wording import one_line
from app.gui.messages import explained, tr
from app.workflow.desk import Desk

__all__ = ["HistoryLines"]

_MOST = 6
_MORE = 50
"""Lines that come with every asking."""


class HistoryLines(QWidget):
    """A line for every step, and a link to older ones while there may be any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._work: WorkItem | None = None
        self._today = day_in_sweden()
        self._most = _MOST
        self.lines = wrapped("muted")
        self.older = QPushButton(tr("checklist.history_older"))
        self.older.setProperty("link", True)
        self.older.clicked.connect(self._on_older)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.lines)
        column.addWidget(self.older)

    def text(self) -> str:
        """What is shown."""
        return self.lines.text()

    def show_item(self, work: WorkItem, desk: Desk, today: date) -> None:
        """Another item, or the same one as it is now."""
        if self._work is None or self._work.key != work.key:
            self._most = _MOST
        self._work, self._desk, self._today = work, desk, today
        entries = desk.history(work.key)
        lines = past(entries[: self._most], today)
        if work.state is ItemState.REJECTED:
            lines.insert(0, tr("checklist.rejected_because", reason=one_line(work.reason or tr("checklist.no_reason"), 200)))
        self.lines.setText("\n".join(lines) or tr("checklist.history_none"))
        self.older.setVisible(len(entries) > self._most or not desk.history_whole)

    def _on_older(self) -> None:
        desk, work = self._desk, self._work
        if desk is None or work is None:
            return
        self._most += _MORE
        if len(desk.history(work.key)) <= self._most and not desk.history_whole:
            desk.recall(self._on_recalled, self._on_not_recalled)
        self._on_recalled()

    def _on_recalled(self) -> None:
        if self._desk is not None and self._work is not None:
            self.show_item(self._work, self._desk, self._today)

    def _on_not_recalled(self, finding: Finding) -> None:
        self.lines.setText(f"{self.lines.text()}\n{explained(finding).text}")
