"""Looking for words in the document in sight: the actions, the bar and the finder behind it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.gui.actions import Actions
from app.gui.source.findbar import FindBar
from app.gui.source.finding import Finder
from app.gui.source.sighted import Sighted

__all__ = ["Searching"]


class Searching(QObject):
    """Opens and closes the bar, and lets it say what was found."""

    changed = Signal()
    """The bar was opened or closed, or there are other hits."""
    left = Signal()
    """The bar was closed: the keys are for the document again."""

    def __init__(self, actions: Actions, findbar: FindBar, finder: Finder, view: QWidget) -> None:
        super().__init__(view)
        self._findbar = findbar
        self._finder = finder
        Sighted(
            view,
            {
                actions["find_in_source"]: self._on_find,
                actions["find_next"]: self._on_next,
                actions["find_previous"]: self._on_previous,
            },
        )
        findbar.searched.connect(finder.search)
        findbar.stepped.connect(finder.step)
        findbar.closed.connect(self._on_closed)
        finder.changed.connect(self._on_hits)

    @property
    def found(self) -> bool:
        """Whether there are hits to show."""
        return not self._findbar.isHidden() and bool(self._finder.model.hits)

    def _on_find(self) -> None:
        self._findbar.begin()
        self.changed.emit()

    def _on_closed(self) -> None:
        self._finder.search("")
        self.changed.emit()
        self.left.emit()

    def _on_next(self) -> None:
        self._step(1)

    def _on_previous(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._findbar.isHidden():
            self._on_find()
        else:
            self._finder.step(step)

    def _on_hits(self) -> None:
        self._findbar.say(self._finder.current, len(self._finder.model.hits), done=self._finder.done)
        self.changed.emit()
