"""From the row in focus to its passage in the document, at once or a moment later while one runs through the list."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.core.document import Place
from app.gui.secrecy.left import LeftPane
from app.gui.secrecy.rows import ClaimRow, SuggestionRow
from app.gui.secrecy.suggesting import Suggesting
from app.gui.secrecy.thinking import Thinking
from app.gui.source.view import SourceView
from app.workflow.desk import Desk
from app.workflow.marks import Spread

__all__ = ["Landing"]

_FOLLOW = 60
"""Milliseconds after which the document follows the list: running through it must not load every file on the way."""


class Landing(QObject):
    """`landed` comes when another passage, and maybe another file, is in sight."""

    landed = Signal()

    def __init__(self, left: LeftPane, source: SourceView, thinking: Thinking, suggesting: Suggesting, page: QObject) -> None:
        super().__init__(page)
        self._left = left
        self._source = source
        self._thinking = thinking
        self._suggesting = suggesting
        self.desk: Desk | None = None
        self._follow = QTimer(self)
        self._follow.setSingleShot(True)
        self._follow.setInterval(_FOLLOW)
        self._follow.timeout.connect(self._show_row)

    @property
    def busy(self) -> bool:
        """Whether the document is about to follow."""
        return self._follow.isActive()

    def follow(self) -> None:
        """Another row is in focus."""
        self._follow.start()

    def stop(self) -> None:
        """Stay where it is."""
        self._follow.stop()

    def show(self) -> None:
        """The passage of the row in focus, now, and the keys go there."""
        self._follow.stop()
        self._show_row()
        self._source.setFocus(Qt.FocusReason.OtherFocusReason)
        if (surface := self._source.surface) is not None:
            surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def file(self, key: str) -> None:
        """A file, from its beginning; one that is shown stays where it is."""
        self._follow.stop()
        if key != self._source.document:
            self._source.show_place(key, Place(page=1), "", False)
            self.landed.emit()

    def anchor(self, wanted: tuple[str, int]) -> None:
        """A mark of a claim, by its number; its file where the mark is lost."""
        self._follow.stop()
        key, number = wanted
        marks = self._thinking.insight.marks.get(key, ())
        if number < len(marks) and marks[number]:
            first = marks[number][0]
            self._source.show_place(first.file, first.place, first.quote)
            self.landed.emit()
        elif self.desk is not None and number < len(anchors := self.desk.claim(key).claim.anchors):
            self.file(anchors[number].file)

    def spread(self, one: Spread) -> None:
        """A place where a text stands."""
        if one.placed is not None:
            anchor = one.placed.anchor
            self._source.show_place(one.file, Place(anchor.page, anchor.box, sheet=anchor.sheet, cell=anchor.cells), one.text)

    def _show_row(self) -> None:
        row = self._left.current()
        if isinstance(row, ClaimRow):
            self.anchor((row.key, 0))
        elif isinstance(row, SuggestionRow) and (mark := self._suggesting.place(row.suggestion.id)) is not None:
            self._source.show_place(mark.file, mark.place, mark.quote)
        self.landed.emit()
