"""What is given to the session to read: orders in their turn, the work of one of them, and who hears of trouble with saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.document import Finding
from app.core.work import DocumentRecord
from app.gui.behind import Reader
from app.gui.jobs import Control
from app.gui.passwords import is_locked

if TYPE_CHECKING:
    from app.workflow.desk import Desk

__all__ = ["Order", "Watch", "Work", "unheard", "unlocked"]


@dataclass(frozen=True, slots=True)
class Order:
    """Something to read, now or when what is being read is done."""

    desk: Desk
    paths: tuple[Path, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)
    again: bool = False
    """Begun before, when the program ended: not begun a third time, as it may be what ended it."""


class Work:
    """An order being read, on its job's thread."""

    def __init__(self, reader: Reader, order: Order, known: tuple[str, ...]) -> None:
        self._reader = reader
        self._order = order
        self._passwords = tuple(dict.fromkeys((*order.passwords, *known)))
        self.listed: Callable[[Any], None] = unheard

    def run(self, control: Control) -> None:
        """Read it. Raises errors of the tree."""
        order = self._order
        if order.documents:
            self._reader.read_again(order.desk, order.documents, self._passwords, control)
        else:
            self._reader.read(order.desk, order.paths, self._passwords, control, self.listed)


class Watch:
    """Hears of a desk's trouble with saving, also when another tender has been opened since."""

    def __init__(self, desk: Desk, tell: Callable[[Desk, Finding | None], None]) -> None:
        self.desk = desk
        self._tell = tell

    def hear(self, finding: Finding | None) -> None:
        """Tell of it, and whose it is."""
        self._tell(self.desk, finding)


def unlocked(order: Order) -> bool:
    """Whether a document that was locked has been read this time. New files prove nothing: they may be open ones."""
    names = {record.summary.name for record in order.documents if is_locked(record.summary.error)}
    return any(record.summary.name in names and not is_locked(record.summary.error) for record in order.desk.documents)


def unheard(_names: Any) -> None:
    """Nobody listens yet."""
