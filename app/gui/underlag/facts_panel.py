"""The tender's facts, grouped, beside the documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.gui.messages import tr
from app.gui.slices import Slices
from app.gui.underlag.fact_row import FactRow
from app.gui.underlag.facts import GROUPS, FactView, fact_label
from app.gui.underlag.parts import chain, label

__all__ = ["FactsPanel"]


class FactsPanel(QScrollArea):
    """A row per fact. Rows are kept when facts change, so that an open field and the place in the list stay.

    A row takes a millisecond or two to make, so they are made one by one while the window is heard.
    """

    source_asked = Signal(object)  # Source
    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagFacts")
        self.setAccessibleName(tr("underlag.facts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows: dict[str, FactRow] = {}
        self._wanted: dict[str, FactView] = {}
        self._coming: deque[str] = deque()
        self._making = Slices(self._make, self)
        self._showing = False
        self._inner = QWidget(self)
        self._inner.setObjectName("underlagFactsInner")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        self._groups: dict[str, tuple[QWidget, QVBoxLayout]] = {}
        for group, _ in GROUPS:
            holder = QWidget(self._inner)
            lines = QVBoxLayout(holder)
            lines.setContentsMargins(0, 0, 0, 8)
            lines.setSpacing(0)
            heading = label(fact_label(group), "caption", holder)
            heading.setIndent(0)  # a label with a border indents itself: the heading stands above the names
            lines.addWidget(heading)
            column.addWidget(holder)
            self._groups[group] = (holder, lines)
        column.addStretch(1)
        self.setWidget(self._inner)

    @property
    def busy(self) -> bool:
        """Whether some rows have yet to be made or changed."""
        return self._making.isActive()

    def row(self, name: str) -> FactRow | None:
        """The row of a fact that is shown."""
        return self._rows.get(name)

    def clear(self) -> None:
        """Another tender: its facts share nothing with these, not even a field that is open."""
        self.show_facts(())

    def show_facts(self, views: Sequence[FactView]) -> None:
        """These facts, in their groups' order."""
        self._wanted = {view.name: view for view in views}
        for name in [name for name in self._rows if name not in self._wanted]:
            row = self._rows.pop(name)
            row.hide()
            row.deleteLater()
        for group, names in GROUPS:
            self._groups[group][0].setVisible(any(name in self._rows for name in names))
        self._coming = deque(name for _, names in GROUPS for name in names if self._is_stale(name))
        self._chain()
        if self._coming:
            self._making.start()
        else:
            self._making.stop()

    def complete(self) -> None:
        """Make at once what is still to be made."""
        self._making.finish()

    def _is_stale(self, name: str) -> bool:
        view, row = self._wanted.get(name), self._rows.get(name)
        return view is not None and (row is None or row.view != view)

    def _make(self) -> bool:
        name = self._coming.popleft()
        self._showing = True
        if name in self._rows:
            self._rows[name].show_fact(self._wanted[name])
        else:
            self._insert(name)
        self._showing = False
        if not self._coming:
            self._chain()
        return bool(self._coming)

    def _insert(self, name: str) -> None:
        (holder, lines), names = next((self._groups[group], names) for group, names in GROUPS if name in names)
        made = FactRow(self._wanted[name], holder)
        made.source_asked.connect(self.source_asked)
        made.edited.connect(self.edited)
        made.rebuilt.connect(self._chain)
        before = names[: names.index(name)]
        lines.insertWidget(1 + sum(other in self._rows for other in before), made)
        self._rows[name] = made
        holder.show()

    def _chain(self) -> None:
        if self._showing:
            return  # once, when all rows are there
        in_order = [self._rows[name] for _, names in GROUPS for name in names if name in self._rows]
        chain([stop for row in in_order for stop in row.stops()])
