"""What takes whole documents to know, found on a thread of its own: where the marks are, how much is claimed, what to suggest.

The newest question replaces the one that waits; answers to what nobody asks any more are dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.document import Finding
from app.core.work import BidFileRecord, ClaimRecord
from app.gui.behind import Bids
from app.gui.jobs import QtWriter
from app.gui.secrecy.judging import Standing
from app.gui.secrecy.verdict import Verdict
from app.workflow.desk import Desk
from app.workflow.insight import Insight, Insights
from app.workflow.writer import Writer

__all__ = ["Thinking"]

_CALM = 80
"""Milliseconds in which changes are gathered."""


class Thinking(QObject):
    """Follows one desk at a time."""

    known = Signal()
    """`insight` and `verdicts` are others."""
    failed = Signal(object)  # Finding

    def __init__(self, parent: QObject, writer: Writer | None = None) -> None:
        super().__init__(parent)
        self._own = QtWriter(self) if writer is None else None
        self._writer: Writer = writer or self._own or QtWriter(self)
        self._aside = QtWriter(self) if writer is None else None
        self._over = Event()
        self._desk: Desk | None = None
        self._bids: Bids | None = None
        self._insights: Insights | None = None
        self._asked = 0
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._ask)
        self.insight = Insight()
        self.verdicts: dict[str, Verdict] = {}

    @property
    def busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._calm.isActive() or any(one.waiting for one in (self._own, self._aside) if one is not None)

    def follow(self, desk: Desk | None, bids: Bids | None) -> None:
        """Another tender; None for none."""
        if desk is not self._desk or bids is not self._bids:
            self._desk, self._bids = desk, bids
            self._insights = Insights(bids.shelf) if bids is not None else None
            self.insight, self.verdicts = Insight(), {}
        self.look()

    def look(self) -> None:
        """Something has changed."""
        if self._desk is not None:
            self._calm.start()

    def submit(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Do something else that takes whole documents, in its turn."""
        self._writer.submit(work, then, self.failed.emit)

    def search(self, work: Callable[[Callable[[], bool]], Any], then: Callable[[Any], None]) -> None:
        """Something that may take many seconds: marking does not wait for it. It can ask whether nobody waits any more."""
        (self._aside or self._writer).submit(partial(work, self._over.is_set), then, self.failed.emit)

    def shut(self) -> None:
        """End the threads."""
        self._calm.stop()
        self._over.set()
        self._desk = self._bids = None
        for one in (self._own, self._aside):
            if one is not None:
                one.close()

    def _ask(self) -> None:
        desk, insights = self._desk, self._insights
        if desk is None or insights is None:
            return
        self._asked += 1
        work = partial(_known, insights, desk.bid_files, desk.claims(), Standing.of(desk))
        self._writer.submit(work, partial(self._on_known, desk, self._asked), self._on_failed)

    def _on_known(self, desk: Desk, asked: int, known: tuple[Insight, dict[str, Verdict]]) -> None:
        if desk is self._desk and asked == self._asked:
            self.insight, self.verdicts = known
            self.known.emit()

    def _on_failed(self, finding: Finding) -> None:
        self.failed.emit(finding)


def _known(
    insights: Insights, files: tuple[BidFileRecord, ...], claims: tuple[ClaimRecord, ...], standing: Standing
) -> tuple[Insight, dict[str, Verdict]]:
    insight = insights.of(files, claims)
    return insight, standing.verdicts(insight)
