"""The library at the right: documents taken in, renewed, put away, and copied into the bid. The disk is the writer's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.core.clock import day_in_sweden
from app.core.library import LibraryDocument, LibraryKind
from app.gui.answers.dialogs import DeleteSheet, DocumentSheet, DocumentWords
from app.gui.answers.library_rows import DocumentRow, document_rows, document_title
from app.gui.answers.teaching import Teaching
from app.gui.answers.view import DraggedList
from app.gui.flowing import FlowLayout
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.underlag.parts import button
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.workflow.library import LibraryShelf, Placed

__all__ = ["LibraryPane"]


class LibraryPane(QWidget):
    """`used` has a document that is to answer what is chosen."""

    used = Signal(object)  # str: a document's key
    changed = Signal()
    told = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._desk: Desk | None = None
        self.documents: tuple[LibraryDocument, ...] = ()
        self.empty = Teaching(tr("answers.library_title"), (tr("answers.library_empty"),), tr("answers.add"), self)
        self.empty.choose.clicked.connect(self.ask_file)
        self.list = DraggedList(tr("answers.library"), self)
        self._bar = QWidget(self)
        self.use = button(tr("answers.use_in_bid"), "primary", tr("answers.use_tip"), self._bar)
        self.add = button(tr("answers.add"), "plain", tr("answers.add_tip"), self._bar)
        self.edit = button(tr("answers.edit"), "plain", tr("answers.edit_tip"), self._bar)
        self.renew = button(tr("answers.renew"), "plain", tr("answers.renew_tip"), self._bar)
        self.retire = button(tr("answers.retire"), "plain", tr("answers.retire_tip"), self._bar)
        self.delete = button(tr("answers.delete"), "plain", tr("answers.delete_tip"), self._bar)
        acts = (
            (self.use, self._on_use),
            (self.add, self.ask_file),
            (self.edit, self.ask_words),
            (self.renew, self.ask_newer),
            (self.retire, self._on_retire),
            (self.delete, self._on_delete),
        )
        self._bar.setObjectName("answersBar")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = FlowLayout(gap=8)
        QVBoxLayout(self._bar).addLayout(row)
        for pressed, slot in acts:
            pressed.setToolTip(pressed.accessibleName())
            pressed.clicked.connect(slot)
            row.addWidget(pressed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.empty)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._bar)
        self.list.chosen.connect(self._on_chosen)
        self.list.wanted.connect(self._on_use)
        self._on_chosen(None)

    # --- what is shown

    @property
    def pressing(self) -> int:
        """How many documents run out before or soon after the tender's last day."""
        return sum(isinstance(row, DocumentRow) and row.pressing for row in self.list.rows.rows)

    def title(self, key: str, most_months: int | None = None) -> str:
        """A document's name; with the day when it runs out, and its age when it is older than what it is offered for allows."""
        found = next((one for one in self.documents if one.key == key), None)
        return document_title(found, day_in_sweden(), self._last(), most_months) if found is not None else ""

    def follow(self, desk: Desk | None) -> None:
        """Another tender: its last day judges the documents."""
        self._desk = desk
        self._show()

    def load(self) -> None:
        """Look what there is."""
        if self._session.ready:
            self._ask(lambda shelf: shelf.documents(), self._on_documents)

    def show_desk(self) -> None:
        """The tender's last day may be another."""
        self._show()

    def _on_documents(self, documents: Sequence[LibraryDocument]) -> None:
        self.documents = tuple(documents)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        day = self._last()
        self.list.rows.show(document_rows(self.documents, day_in_sweden(), day, self._desk.key if self._desk is not None else ""))
        self.empty.setVisible(not self.documents)
        for part in (self.list, self._bar):
            part.setVisible(bool(self.documents))
        self._on_chosen(self.list.row)

    def _last(self) -> date | None:
        last = (self._desk.tender.value("tender_deadline") or "")[:10] if self._desk is not None else ""
        try:
            return date.fromisoformat(last)
        except ValueError:
            return None

    def _on_chosen(self, row: object) -> None:
        document = row.document if isinstance(row, DocumentRow) else None
        for pressed in (self.edit, self.retire, self.delete):
            pressed.setEnabled(document is not None)
        self.renew.setEnabled(document is not None and document.retired is None)
        self.use.setEnabled(document is not None and self._desk is not None)
        away = document is not None and document.retired is not None
        self.retire.setText(tr("answers.offer") if away else tr("answers.retire"))

    @property
    def document(self) -> LibraryDocument | None:
        """The document that is chosen."""
        row = self.list.row
        return row.document if isinstance(row, DocumentRow) else None

    # --- what the user does

    def ask_file(self) -> None:
        """A file to take in; what it is, is asked next."""
        self._choose(tr("answers.choose_document"), self.take)

    def take(self, path: str) -> None:
        """What a file is that is to be taken in."""
        said = DocumentWords(Path(path).stem, LibraryKind.OTHER, None, None, "")
        sheet = DocumentSheet(tr("answers.add_title"), tr("answers.add_lead", file=Path(path).name), said, day_in_sweden(), self)
        sheet.said.connect(partial(self._add, Path(path)))
        sheet.open()

    def ask_words(self) -> None:
        """What the chosen document is."""
        document = self.document
        if document is not None:
            said = DocumentWords(document.name, document.kind, document.issued, document.expires, document.note)
            sheet = DocumentSheet(tr("answers.edit_title"), document.filename, said, day_in_sweden(), self)
            sheet.said.connect(partial(self._change, document))
            sheet.open()

    def ask_newer(self) -> None:
        """A newer issue of the chosen document."""
        document = self.document
        if document is not None and document.retired is None:
            self._choose(tr("answers.choose_newer"), partial(self._on_newer, document))

    def _on_newer(self, document: LibraryDocument, path: str) -> None:
        said = DocumentWords(document.name, document.kind, None, None, document.note)
        lead = tr("answers.renew_lead", file=Path(path).name, name=document.name)
        sheet = DocumentSheet(tr("answers.renew_title"), lead, said, day_in_sweden(), self, renewing=True)
        sheet.said.connect(partial(self._renew, document, Path(path)))
        sheet.open()

    def _on_use(self, *_what: object) -> None:
        if self.document is not None:
            self.used.emit(self.document.key)

    def _on_retire(self) -> None:
        document = self.document
        if document is not None:
            self._ask(lambda shelf: shelf.retire(document, document.retired is None), self._on_done)

    def _on_delete(self) -> None:
        document = self.document
        if document is not None:
            sheet = DeleteSheet(document, self)
            sheet.confirmed.connect(partial(self._delete, document))
            sheet.open()

    # --- how

    def place(self, key: str, folder: Path, desk: Desk, then: Callable[[Placed], None]) -> None:
        """Copy a document into the bid's folder, over nothing."""
        document = next((one for one in self.documents if one.key == key), None)
        if document is not None:
            name = desk.tender.value("name") or ""
            self._ask(lambda shelf: shelf.place(document, folder, desk.key, name), partial(self._on_placed, then))

    def _on_placed(self, then: Callable[[Placed], None], placed: Placed) -> None:
        then(placed)
        self.load()

    def _add(self, path: Path, said: DocumentWords) -> None:
        self._ask(partial(_taken, path, said), self._on_taken)

    def _on_taken(self, document: LibraryDocument) -> None:
        self.told.emit(tr("answers.added", name=document.name))
        self.load()

    def _renew(self, document: LibraryDocument, path: Path, said: DocumentWords) -> None:
        work = partial(_renewed, document, path, said)
        self._ask(work, self._on_taken)

    def _change(self, document: LibraryDocument, said: DocumentWords) -> None:
        new = replace(document, name=said.name, kind=said.kind, issued=said.issued, expires=said.expires, note=said.note)
        self._ask(lambda shelf: shelf.change(new), self._on_done)

    def _delete(self, document: LibraryDocument) -> None:
        self._ask(lambda shelf: shelf.delete(document), self._on_done)

    def _on_done(self, _done: object) -> None:
        self.load()

    def _ask(self, work: Callable[[LibraryShelf], Any], then: Callable[[Any], None]) -> None:
        office = self._session.office
        self._session.writer.submit(lambda: work(office.library), then, self._session.failed.emit)

    def _choose(self, title: str, then: Callable[[str], None]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(then)
        dialog.open()


def _taken(path: Path, said: DocumentWords, shelf: LibraryShelf) -> LibraryDocument:
    document = shelf.take_in(path, said.name, said.kind, issued=said.issued, expires=said.expires)
    return _noted(document, said.note, shelf)


def _renewed(document: LibraryDocument, path: Path, said: DocumentWords, shelf: LibraryShelf) -> LibraryDocument:
    return _noted(shelf.renew(document, path, issued=said.issued, expires=said.expires), document.note, shelf)


def _noted(document: LibraryDocument, note: str, shelf: LibraryShelf) -> LibraryDocument:
    if not note:
        return document
    noted = replace(document, note=note)
    shelf.change(noted)
    return noted
