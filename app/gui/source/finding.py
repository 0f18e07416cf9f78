"""The search through the document in sight: hits as they come, and which of them is in focus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.core.document import Place
from app.gui.messages import tr
from app.gui.source.flow import FlowView
from app.gui.source.hits import Hit, HitModel
from app.gui.source.opened import Found, OpenDocument
from app.gui.source.paper import PaperView
from app.gui.source.sheets import SheetsView
from app.workers.pages import PageHit

__all__ = ["Finder"]

_MOST = 1000

Shown = PaperView | FlowView | SheetsView


class Finder(QObject):
    """Pages are searched by the child, what has no pages here; both a little at a time."""

    changed = Signal()
    """More hits, another in focus, or done."""
    went = Signal(object)  # Hit: the one in focus now

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.model = HitModel(parent)
        self.text = ""
        self.current = -1
        self.done = True
        self._source: OpenDocument | None = None
        self._shown: Shown | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._search_here)

    def follow(self, source: OpenDocument | None, shown: Shown | None) -> None:
        """Search another document from now on, for the same words."""
        if source is self._source and shown is self._shown:
            return
        if self._source is not None:
            self._source.found.disconnect(self._on_found)
            self._source.wanted.search(None)
        if self._shown is not None and self._shown is not shown:
            self._shown.set_hits((), -1)
        self._source, self._shown = source, shown
        if source is not None:
            source.found.connect(self._on_found)
        self.search(self.text)

    def search(self, text: str) -> None:
        """Look for a text from the beginning, or for nothing."""
        self.text = text
        self.model.clear()
        self.current = -1
        self.done = not text
        if self._shown is not None:
            self._shown.set_hits((), -1)
        if isinstance(self._shown, PaperView):
            if self._source is not None:
                self._source.wanted.search(text or None)
        elif text and self._shown is not None:
            self._later.start()
        else:
            self.done = True
        self.changed.emit()

    def step(self, step: int) -> None:
        """The next hit, or the one before; round and round."""
        if self.model.hits:
            self.go_to((self.current + step) % len(self.model.hits))

    def go_to(self, number: int) -> None:
        """Bring a hit into focus."""
        if 0 <= number < len(self.model.hits) and self._shown is not None:
            self.current = number
            self._shown.set_hits(self.model.hits, number)
            self.changed.emit()
            self.went.emit(self.model.hits[number])

    def _search_here(self) -> None:
        shown = self._shown
        if shown is not None and not isinstance(shown, PaperView):
            self._take(shown.search(self.text, _MOST), last=True)

    def _on_found(self, found: Found) -> None:
        if found.text == self.text:
            first = len(self.model.hits)
            self._take([_hit(first + number, hit) for number, hit in enumerate(found.hits)], last=found.last)

    def _take(self, hits: Sequence[Hit], *, last: bool) -> None:
        shown = self._shown
        if shown is None:
            return
        room = _MOST - len(self.model.hits)
        self.done = last or room <= len(hits)
        self.model.add(hits[:room])
        if self.done and self._source is not None:
            self._source.wanted.search(None)
        if self.model.hits and self.current < 0:
            self.go_to(0)
        else:
            shown.set_hits(self.model.hits, self.current)
            self.changed.emit()


def _hit(number: int, hit: PageHit) -> Hit:
    place = Place(hit.page, hit.boxes[0] if hit.boxes else None)
    return Hit(number, tr("source.hit_page", page=hit.page), f"{hit.before} ", hit.text, f" {hit.after}", place, hit)
