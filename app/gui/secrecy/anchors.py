"""Where a claim points, as a row of links: each shows its place, says how it was found, and can be taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.core.claims import AnchorState
from app.gui.icons import icon
from app.gui.messages import tr
from app.gui.secrecy import words
from app.gui.secrecy.links import LineLink
from app.gui.source.leading import tab_after

__all__ = ["AnchorList"]


_SOME = 12
"""Lines that are made at once: all occurrences of a word may be a thousand."""
_URGENCY = (AnchorState.LOST, AnchorState.CHANGED, AnchorState.MOVED, AnchorState.FOUND)


class AnchorList(QWidget):
    """A line for each mark. Numbers are those of the claim's anchors, from 0."""

    shown = Signal(object)  # int
    removed = Signal(object)  # int
    again = Signal(object)  # int: mark it anew with what is selected in the document
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._now: tuple[tuple[str, AnchorState], ...] = ()
        self._most = _SOME

    def show_anchors(self, anchors: Sequence[tuple[str, AnchorState]], *, another: bool = False) -> None:
        """Place in words and how it was found; `another` claim's show some of them again. What is lost comes first of many."""
        if another:
            self._most = _SOME
        if tuple(anchors) != self._now:
            self._now = tuple(anchors)
            self._show()

    def _show(self) -> None:
        while (old := self._lines.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        before: QWidget = self
        numbers: Sequence[int] = range(len(self._now))
        if len(numbers) > self._most:
            numbers = sorted(numbers, key=self._calm)[: self._most]
        for number in numbers:
            where, state = self._now[number]
            line = _Line(self, number, where, state, only=len(self._now) == 1)
            self._lines.addWidget(line)
            before = tab_after(before, line)
        if rest := len(self._now) - len(numbers):
            more = LineLink(tr("bid.more_anchors", count=rest))
            more.clicked.connect(self._on_more)
            self._lines.addWidget(more)
            tab_after(before, more)

    def _calm(self, number: int) -> int:
        """The less there is to do about a mark, the later it comes."""
        return _URGENCY.index(self._now[number][1])

    def _on_more(self) -> None:
        self._most += _SOME
        self._show()


class _Line(QWidget):
    def __init__(self, owner: AnchorList, number: int, where: str, state: AnchorState, *, only: bool) -> None:
        super().__init__(owner)
        self._owner = owner
        self._number = number
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        link = LineLink(where)
        link.setAccessibleName(tr("secrecy.go_to", place=where))
        link.clicked.connect(self._on_shown)
        line.addWidget(link, 1)
        if word := words.place_word(state):
            label = QLabel(word)
            label.setProperty("role", "fault" if state is AnchorState.LOST else "warn")
            line.addWidget(label)
        if state is AnchorState.LOST:
            again = self._button(tr("secrecy.mark_again"), tr("secrecy.mark_again_tip"))
            again.clicked.connect(self._on_again)
            line.addWidget(again)
        elif state is not AnchorState.FOUND:
            accept = self._button(tr("secrecy.accept"), tr("secrecy.accept_tip"))
            accept.clicked.connect(owner.accepted)
            line.addWidget(accept)
        if not only:
            remove = QToolButton()
            remove.setIcon(icon("ph.x"))
            remove.setToolTip(tr("secrecy.remove_anchor"))
            remove.setAccessibleName(f"{tr('secrecy.remove_anchor')}: {where}")
            remove.clicked.connect(self._on_removed)
            line.addWidget(remove)

    def _button(self, text: str, tip: str) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("quiet", True)
        made.setToolTip(tip)
        made.setAutoDefault(False)
        return made

    def _on_shown(self) -> None:
        self._owner.shown.emit(self._number)

    def _on_removed(self) -> None:
        self._owner.removed.emit(self._number)

    def _on_again(self) -> None:
        self._owner.again.emit(self._number)
