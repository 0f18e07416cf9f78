"""The bid folder at the right: chosen, changed, opened; its files with what is to be known of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.work import WorkItem
from app.gui.answers.looking import Looked
from app.gui.answers.rows import FileRow, Sign, file_rows
from app.gui.answers.teaching import Teaching
from app.gui.answers.view import DraggedList
from app.gui.elided import Elided
from app.gui.flowing import FlowLayout
from app.gui.messages import explained, tr
from app.gui.underlag.parts import button
from app.workflow.desk import Desk

__all__ = ["FolderPane"]


class FolderPane(QWidget):
    """`attach_wanted`, `again_wanted` and `open_wanted` are about the files that are chosen."""

    attach_wanted = Signal()
    again_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = None
        self._head = QWidget(self)
        self.name = Elided("strong", self._head)
        self.reveal = button(tr("answers.open_folder"), "link", tr("answers.open_folder_tip"), self._head)
        self.change = button(tr("answers.change_folder"), "link", tr("answers.change_folder_tip"), self._head)
        self.fault = QLabel(self)
        self.fault.setObjectName("fault")
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        taught = (tr("answers.first_what"), tr("answers.first_how"), tr("answers.first_safe"))
        self.first = Teaching(tr("answers.first_title"), taught, tr("answers.first_choose"), self)
        self.nothing = Teaching("", (tr("answers.folder_empty"),), parent=self)
        self.list = DraggedList(tr("answers.folder"), self)
        self._bar = QWidget(self)
        self.attach = button(tr("answers.attach_chosen"), "primary", tr("answers.attach_tip"), self._bar)
        self.again = button(tr("answers.again"), "plain", tr("answers.again_tip"), self._bar)
        self.open = button(tr("answers.open"), "plain", tr("answers.open_tip"), self._bar)
        line = QHBoxLayout(self._head)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(12)
        line.addWidget(self.name, 1)
        line.addWidget(self.reveal)
        line.addWidget(self.change)
        self._bar.setObjectName("answersBar")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = FlowLayout(gap=8)
        QVBoxLayout(self._bar).addLayout(row)
        for pressed, wanted in (
            (self.attach, self.attach_wanted),
            (self.again, self.again_wanted),
            (self.open, self.open_wanted),
        ):
            pressed.setToolTip(pressed.accessibleName())
            pressed.clicked.connect(wanted)
            row.addWidget(pressed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for part in (self._head, self.fault, self.first, self.nothing):
            whole.addWidget(part)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._bar)
        self.change.clicked.connect(self.ask_folder)
        self.first.choose.clicked.connect(self.ask_folder)
        self.reveal.clicked.connect(self._on_reveal)
        self.list.chosen.connect(self._on_chosen)
        self.list.wanted.connect(self._on_wanted)
        self.show_looked(None, (), Looked())

    # --- what is shown

    def show_looked(self, desk: Desk | None, items: Sequence[WorkItem], looked: Looked) -> None:
        """The files as they are now, beside the items that files answer."""
        self._desk = desk
        folder = desk.tender.bid_folder if desk is not None else None
        if desk is not None and looked.listing.folder == (folder or ""):
            listing = looked.listing
            rows = file_rows(listing.files, folder, items, desk.links, looked.matches, looked.twins)
            self.list.rows.show(rows)
            said = [f"{words.text} {words.remedy}".strip() for words in map(explained, listing.findings)]
        else:
            self.list.rows.show(())
            said = []
        there = bool(self.list.rows.rows)
        self.name.setText(Path(folder).name or folder if folder else "")
        self.name.setToolTip(folder or "")
        self.fault.setText("\n".join(said))
        self.fault.setVisible(bool(said))
        self._head.setVisible(bool(folder))
        self.first.setVisible(not folder)
        self.nothing.setVisible(bool(folder) and not there and not said and looked.whole)
        self.list.setVisible(there)
        self._bar.setVisible(there)
        self._on_chosen(self.list.row)

    @property
    def files(self) -> list[FileRow]:
        """The files that are chosen."""
        return [row for row in self.list.chosen_rows if isinstance(row, FileRow)]

    def choose(self, name: str) -> bool:
        """A file by its name in the folder, or by its path; whether it is there."""
        for row in self.list.rows.rows:
            if isinstance(row, FileRow) and name in (row.source.name, row.key, row.title):
                return self.list.select_key(row.key)
        return False

    def _on_chosen(self, row: object) -> None:
        files = self.files
        self.attach.setEnabled(any(file.source.error is None for file in files))
        self.again.setEnabled(any(file.changed for file in files))
        self.open.setEnabled(isinstance(row, FileRow) and row.lines[0].sign is not Sign.GONE)

    def _on_wanted(self, _row: object) -> None:
        self.attach_wanted.emit()

    # --- what the user does

    def ask_folder(self) -> None:
        """Where the bid's files lie."""
        dialog = QFileDialog(self, tr("answers.choose_folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    def _on_folder(self, folder: str) -> None:
        if self._desk is not None:
            self._desk.set_bid_folder(folder)

    def _on_reveal(self) -> None:
        if self._desk is not None and self._desk.tender.bid_folder:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._desk.tender.bid_folder))
