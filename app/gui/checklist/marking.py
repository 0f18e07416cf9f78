"""The source's marks follow the list: gathered while much changes, and made a little at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from app.core.work import WorkItem
from app.gui.checklist.sourcing import Marks
from app.gui.slices import Slices
from app.gui.source.marks import Mark

__all__ = ["Marking"]


class Marking(QObject):
    """`show` is given all marks when they are whole again, `gather` milliseconds after the last change."""

    def __init__(self, show: Callable[[tuple[Mark, ...]], None], gather: int, parent: QObject) -> None:
        super().__init__(parent)
        self._show = show
        self._marks = Marks()
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(gather)
        self._gather.timeout.connect(self._on_gathered)
        self._making = Slices(self._make, self)

    @property
    def busy(self) -> bool:
        """Whether the source has yet to hear of a change."""
        return self._gather.isActive() or self._making.isActive()

    def begin(self, items: Iterable[WorkItem]) -> None:
        """All items there are, now."""
        self._marks.begin(items)
        self._gather.start()

    def update(self, items: Iterable[WorkItem]) -> None:
        """Newer versions of some of them."""
        self._marks.update(items)
        self._gather.start()

    def stop(self) -> None:
        """Nothing more is shown."""
        self._gather.stop()
        self._making.stop()

    def _on_gathered(self) -> None:
        self._making.start()

    def _make(self) -> bool:
        if self._marks.go_on():
            return True
        self._show(self._marks.all())
        return False
