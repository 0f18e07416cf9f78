"""The tender's facts, grouped, beside the documents."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.gui.messages import tr
from app.gui.underlag.fact_row import FactRow
from app.gui.underlag.facts import GROUPS, FactView, fact_label
from app.gui.underlag.parts import chain, label

__all__ = ["FactsPanel"]


class FactsPanel(QScrollArea):
    """A row per fact. Rows are kept when facts change, so that an open field and the place in the list stay."""

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

    def row(self, name: str) -> FactRow | None:
        """The row of a fact that is shown."""
        return self._rows.get(name)

    def clear(self) -> None:
        """Another tender: its facts share nothing with these, not even a field that is open."""
        self.show_facts(())

    def show_facts(self, views: Sequence[FactView]) -> None:
        """These facts, in their groups' order."""
        wanted = {view.name: view for view in views}
        if self._rows and [row.view for row in self._rows.values()] == list(views):
            return
        self._showing = True
        for name in [name for name in self._rows if name not in wanted]:
            row = self._rows.pop(name)
            row.hide()
            row.deleteLater()
        for group, names in GROUPS:
            holder, lines = self._groups[group]
            at = 1
            for name in names:
                if name not in wanted:
                    continue
                if name in self._rows:
                    self._rows[name].show_fact(wanted[name])
                else:
                    made = FactRow(wanted[name], holder)
                    made.source_asked.connect(self.source_asked)
                    made.edited.connect(self.edited)
                    made.rebuilt.connect(self._chain)
                    self._rows[name] = made
                    lines.insertWidget(at, made)
                at += 1
            holder.setVisible(at > 1)
        self._showing = False
        self._chain()

    def _chain(self) -> None:
        if self._showing:
            return  # once, when all rows are there
        in_order = [self._rows[name] for _, names in GROUPS for name in names if name in self._rows]
        chain([stop for row in in_order for stop in row.stops()])
