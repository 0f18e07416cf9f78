"""What stands below the source while the lines without an item are shown: the chosen line, and the way to make it one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.core.points import Source
from app.gui.checklist.ledger import LedgerLine
from app.gui.checklist.parts import wrapped
from app.gui.checklist.wording import Wording, one_line
from app.gui.messages import tr

__all__ = ["LinePanel"]


class LinePanel(QWidget):
    """A view only: `promote_wanted` and `place_wanted` tell what the user asks for."""

    promote_wanted = Signal()
    place_wanted = Signal(object)  # Source

    def __init__(self, wording: Wording, promote: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._wording = wording
        self._source: Source | None = None
        self.words = wrapped("strong")
        self.said = wrapped("muted")
        self.place = QPushButton()
        self.place.setProperty("link", True)
        self.place.clicked.connect(self._on_place)
        key = promote.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.promote = QPushButton(f"{promote.text()} ({key})")
        self.promote.setProperty("primary", True)
        self.promote.clicked.connect(self.promote_wanted)
        inner = QWidget()
        inner.setObjectName("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addWidget(self.place, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        foot = QWidget()
        foot.setObjectName("detailFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(16, 8, 16, 8)
        buttons.addWidget(self.promote)
        buttons.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(foot)
        self.show_line(None)

    def show_line(self, chosen: LedgerLine | None) -> None:
        """Another line; None when a document's header, or nothing, is chosen."""
        self._source = Source(chosen.document.summary.id, chosen.line.text, chosen.line.place) if chosen else None
        self.words.setText(one_line(chosen.line.text, 2000) if chosen else "")
        where = self._wording.where(self._source) if self._source else ""
        self.place.setText(where)
        self.place.setAccessibleName(tr("checklist.go_to_source", place=where))
        self.place.setVisible(bool(where))
        promoted = chosen is not None and chosen.promoted
        self.said.setText(tr("checklist.line_promoted") if promoted else "" if chosen else tr("checklist.line_none"))
        self.promote.setEnabled(chosen is not None and not promoted)

    def _on_place(self) -> None:
        if self._source is not None:
            self.place_wanted.emit(self._source)
