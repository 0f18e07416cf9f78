"""The licences of everything that the program is made of: a list, and beside it the text that belongs to the chosen part."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.parts import Part, parts
from app.gui.jobs import Control, Job
from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, words

__all__ = ["LicencesDialog"]

_HEIGHT = 380


class LicencesDialog(Sheet):
    """Read only. The list is looked up on a thread of its own: outside the packed program that takes a while."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("about.licences_title"), tr("about.licences_lead"), parent, width=940)
        self._parts: tuple[Part, ...] = ()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("about.filter"))
        self.filter.setAccessibleName(tr("about.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._on_filter)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("about.licences_title"))
        self.list.currentItemChanged.connect(self._on_chosen)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("about.text"))
        self.text.setTabChangesFocus(True)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.filter)
        left.addWidget(self.list)
        beside.addLayout(left, 2)
        beside.addWidget(self.text, 6)
        self.list.setFixedHeight(_HEIGHT - self.filter.sizeHint().height() - 8)
        self.text.setFixedHeight(_HEIGHT)
        self.body.addLayout(beside)
        self.body.addWidget(words(tr("about.free_libraries"), "small"))
        self.button(tr("shell.close"), primary=True).clicked.connect(self.accept)
        self._job = Job(_look, parent=self)
        self._job.finished.connect(self._on_found)
        self._job.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody waits for the list any more."""
        self._job.close()
        super().hideEvent(event)

    def _on_found(self, found: tuple[Part, ...]) -> None:
        self._parts = found
        for number, part in enumerate(found):
            item = QListWidgetItem(f"{part.name} {part.version}".strip())
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(part.licence)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._on_filter(self.filter.text())

    def _on_filter(self, asked: str) -> None:
        """Only parts whose name or licence has the words."""
        wanted = asked.casefold().split()
        for row in range(self.list.count()):
            part = self._parts[row]
            said = f"{part.name} {part.licence}".casefold()
            self.list.item(row).setHidden(not all(word in said for word in wanted))
        current = self.list.currentItem()
        if current is not None and current.isHidden():
            self.list.setCurrentRow(next((row for row in range(self.list.count()) if not self.list.item(row).isHidden()), -1))

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        self.text.setPlainText("" if item is None else said_of(self._parts[item.data(Qt.ItemDataRole.UserRole)]))


def said_of(part: Part) -> str:
    """A part in words, and under them its licence's own."""
    lines = [f"{part.name} {part.version}".strip(), tr("about.licence", licence=part.licence or tr("about.below"))]
    if part.inside:
        lines.append(tr("about.inside", names=", ".join(part.inside)))
    if part.home:
        lines.append(tr("about.home", page=part.home))
    if part.source:
        lines.append(tr("about.source", page=part.source))
    if part.crates:
        named = (f"{crate.name} {crate.version}, {crate.licence}" for crate in part.crates)
        said = (f"{words} ({crate.authors})" if crate.authors else words for words, crate in zip(named, part.crates, strict=True))
        lines.append("\n".join(("", tr("about.crates", count=len(part.crates)), *said)))
    rule = "─" * 40
    return "\n\n".join(("\n".join(lines), *(f"{rule}\n\n{text}" for text in part.texts or (tr("about.no_text"),))))


def _look(_control: Control) -> tuple[Part, ...]:
    return parts()
