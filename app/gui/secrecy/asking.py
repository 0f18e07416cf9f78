"""The item of the checklist that asks for the request, looked for again when the list has changed: there may be thousands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.core.work import WorkItem
from app.gui.secrecy.thinking import Thinking
from app.workflow.desk import Desk
from app.workflow.secrecy_asked import likeliest

__all__ = ["Asking"]


class Asking(QObject):
    """`item` is the one that was found last."""

    changed = Signal()

    def __init__(self, thinking: Thinking, parent: QObject) -> None:
        super().__init__(parent)
        self._thinking = thinking
        self._desk: Desk | None = None
        self._seen: tuple[object, str | None] = (None, None)
        self.item: WorkItem | None = None

    def follow(self, desk: Desk | None) -> None:
        """Another tender: what was found in the one before is no item of it."""
        if desk is not self._desk:
            known = self.item is not None
            self._desk, self.item, self._seen = desk, None, (None, None)
            if known:
                self.changed.emit()

    def look(self, desk: Desk) -> None:
        """Look again, unless list and choice are what they were."""
        self.follow(desk)
        items, chosen = desk.items(), desk.tender.secrecy.item
        if self._seen[0] is not items or self._seen[1] != chosen:
            self._seen = (items, chosen)
            self._thinking.submit(partial(likeliest, items, chosen), partial(self._on_found, desk))

    def _on_found(self, desk: Desk, item: WorkItem | None) -> None:
        if desk is self._desk and item != self.item:
            self.item = item
            self.changed.emit()
