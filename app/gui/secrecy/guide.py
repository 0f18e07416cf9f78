"""How secrecy works during a procurement: what is secret by itself, until when, who decides, what the request is for, how long.

Steps and grounds come from `resources/rules/secrecy`, each with its paragraph.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.gui.checklist.parts import PlaceLink, caption, wrapped
from app.gui.messages import language, tr
from app.gui.secrecy import words
from app.secrecy.catalogue import GroundKind, grounds, steps
from app.workflow.desk import Desk
from app.workflow.secrecy_asked import passages

__all__ = ["GuidePage"]

_WIDEST = 720
_MOST = 8
"""Places of the procurement that are listed."""


class GuidePage(QWidget):
    """One column to read. Escape and the button lead back."""

    closed = Signal()
    place_wanted = Signal(object)  # Source

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAccessibleName(tr("secrecy.guide_title"))
        self.back = QPushButton(tr("secrecy.guide_back"))
        self.back.clicked.connect(self.closed)
        title = QLabel(tr("secrecy.guide_title"))
        title.setProperty("role", "title")
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.back)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        inner = QWidget()
        inner.setObjectName("surface")
        inner.setMaximumWidth(_WIDEST)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 16, 24)
        whole.addLayout(self._column)
        whole.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(32, 24, 16, 8)
        outer.setSpacing(16)
        outer.addLayout(head)
        outer.addWidget(self._scroll, 1)
        self.setFocusProxy(self.back)
        self._made = False
        self._here = QVBoxLayout()
        self._here.setSpacing(4)

    def show_for(self, desk: Desk | None) -> None:
        """With the places where this procurement speaks of secrecy."""
        if not self._made:
            self._made = True
            self._tell()
        while (old := self._here.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        found = passages(desk)[:_MOST] if desk is not None else ()
        names = (
            {record.summary.id: record.summary.name.rsplit("/", 1)[-1] for record in desk.documents} if desk is not None else {}
        )
        for passage in found:
            page = passage.source.place.page
            name = names.get(passage.source.document, "")
            where = tr("secrecy.guide_page", name=name, page=page) if page is not None else name
            link = PlaceLink(passage.source, where)
            link.wanted.connect(self.place_wanted)
            text = wrapped("muted")
            text.setText(words.one_line(passage.text, 240))
            self._here.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self._here.addWidget(text)
        if not found:
            none = wrapped("muted")
            none.setText(tr("secrecy.guide_nowhere"))
            self._here.addWidget(none)
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        chosen = language()
        for step in steps():
            law = step.paragraph(chosen) if step.paragraph is not None else ""
            self._section(step.name(chosen), step.text(chosen), law)
        self._section(tr("secrecy.guide_masked"), tr("secrecy.guide_masked_text"), "")
        self._column.addWidget(caption(tr("secrecy.guide_here")))
        self._column.addLayout(self._here)
        self._column.addWidget(caption(tr("secrecy.guide_grounds")))
        for one in grounds():
            sure = "" if one.checked else f" {tr('secrecy.unchecked')}"
            whose = tr("secrecy.guide_not_yours") if one.kind is GroundKind.BUYER else ""
            self._section(f"{one.paragraph(chosen)}: {one.name(chosen)}", f"{one.test(chosen)}{sure}", whose)

    def _section(self, title: str, text: str, law: str) -> None:
        heading = wrapped("strong")
        heading.setText(title)
        heading.setContentsMargins(0, 8, 0, 0)
        said = wrapped()
        said.setText(text)
        for part in (heading, said):
            self._column.addWidget(part)
        if law:
            paragraph = wrapped("small")
            paragraph.setText(law)
            self._column.addWidget(paragraph)
