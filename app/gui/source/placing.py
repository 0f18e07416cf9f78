"""Which marks stand where in a document, kept from one list of marks to the next: only those that changed are looked up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.work import ItemState
from app.gui.source.marks import Mark

__all__ = ["Placing"]

_SLICE = 0.008
"""Seconds of looking marks up before the window gets a turn."""
_BETWEEN = 4
"""Marks looked up between two looks at the clock."""


class Placing(QObject):
    """The marks of one document by where they stand. A first list of thousands is looked up between turns of the window."""

    placed = Signal()
    """Some more stand where they belong."""

    def __init__(self, where: Callable[[Mark], Iterable[Hashable]], parent: QObject) -> None:
        super().__init__(parent)
        self._where = where
        self._known: dict[str, Mark] = {}
        self._places: dict[str, tuple[Hashable, ...]] = {}
        self._at: dict[Hashable, dict[str, Mark]] = {}
        self._left: list[Mark] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def set(self, marks: Sequence[Mark]) -> None:
        """All marks there are, now. What can be looked up in some milliseconds is in place when this returns."""
        before, self._known = self._known, {mark.key: mark for mark in marks}
        for key in before.keys() - self._known.keys():
            self._take_out(key)
        waiting = {mark.key for mark in self._left}
        changed = [mark for mark in marks if before.get(mark.key) is not mark or mark.key in waiting]
        self._left = []
        for mark in reversed(changed):
            old = before.get(mark.key)
            if mark.key in self._places and old is not None and (old.place, old.quote) == (mark.place, mark.quote):
                for where in self._places[mark.key]:
                    self._at[where][mark.key] = mark
            else:
                self._take_out(mark.key)
                self._left.append(mark)
        self._on_turn()

    def at(self, where: Hashable) -> list[Mark]:
        """The marks at a place, rejected ones first, so that the others are painted over them."""
        return sorted(self._at.get(where, {}).values(), key=_is_kept)

    def _take_out(self, key: str) -> None:
        for where in self._places.pop(key, ()):
            del self._at[where][key]

    def _on_turn(self) -> None:
        until = perf_counter() + _SLICE
        while self._left and perf_counter() < until:
            for _ in range(min(_BETWEEN, len(self._left))):
                mark = self._left.pop()
                self._places[mark.key] = found = tuple(dict.fromkeys(self._where(mark)))
                for where in found:
                    self._at.setdefault(where, {})[mark.key] = mark
        if self._left:
            self._timer.start()
        else:
            self._timer.stop()
        self.placed.emit()


def _is_kept(mark: Mark) -> bool:
    return mark.state is not ItemState.REJECTED
