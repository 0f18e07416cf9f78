"""Files of the bid that are not what was read any more: looked at when the page is shown, and told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.core.work import BidFileRecord
from app.gui.behind import Bids
from app.gui.secrecy.thinking import Thinking
from app.workflow.bid import changed_on_disk
from app.workflow.desk import Desk

__all__ = ["Watching"]


class Watching(QObject):
    """`stale` are the keys of the files that have changed or gone since they were read."""

    changed = Signal()

    def __init__(self, thinking: Thinking, parent: QObject) -> None:
        super().__init__(parent)
        self._thinking = thinking
        self._desk: Desk | None = None
        self.stale: frozenset[str] = frozenset()

    def follow(self, desk: Desk | None, bids: Bids | None) -> None:
        """Another tender."""
        del bids
        if desk is not self._desk:
            self._desk = desk
            self.stale = frozenset()

    def look(self) -> None:
        """Look at the disk now."""
        desk = self._desk
        if desk is not None and desk.bid_files:
            self._thinking.submit(partial(changed_on_disk, desk.bid_files), partial(self._on_seen, desk))

    def _on_seen(self, desk: Desk, files: tuple[BidFileRecord, ...]) -> None:
        now = {record.key: record for record in desk.bid_files}
        stale = frozenset(record.key for record in files if now.get(record.key) == record)
        if desk is self._desk and stale != self.stale:
            self.stale = stale
            self.changed.emit()
