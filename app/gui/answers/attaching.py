"""What the keys, buttons and drops of the page do: files and documents linked to what is chosen, taken away, linked anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from app.core.work import FileLink
from app.gui.answers.folder import FolderPane
from app.gui.answers.linking import Linking
from app.gui.answers.rows import AskedRow
from app.gui.answers.shelf import LibraryPane
from app.gui.answers.sure import sure_pairs
from app.gui.answers.view import AskedList
from app.gui.messages import tr
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.workflow.library import Placed

__all__ = ["Attaching", "open_file"]


class Attaching(QObject):
    """Acts on the items that are chosen at the left and on what is chosen at the right. `copied`: a file came into the folder."""

    told = Signal(str)
    folder_wanted = Signal()
    copied = Signal()

    def __init__(self, asked: AskedList, folder: FolderPane, library: LibraryPane, parent: QObject) -> None:
        super().__init__(parent)
        self._asked = asked
        self._folder = folder
        self._library = library
        self._linking = Linking(self)
        self._desk: Desk | None = None
        self._linking.told.connect(self.told)

    @property
    def busy(self) -> bool:
        """Whether files are being read."""
        return self._linking.busy

    def follow(self, desk: Desk | None) -> None:
        """Another tender."""
        self._desk = desk

    def shut(self) -> None:
        """Stop reading files."""
        self._linking.shut()

    @property
    def chosen_keys(self) -> tuple[str, ...]:
        """The items that are chosen."""
        return tuple(row.key for row in self._asked.chosen_rows if isinstance(row, AskedRow))

    def take(self) -> None:
        """Link the best suggestion to the item; from the library where the folder has none."""
        row = self._asked.row
        if not isinstance(row, AskedRow):
            return
        if row.fits:
            self._link((row.key,), [Path(row.fits[0].path)])
        elif row.shelf:
            self.use(row.shelf[0].path)

    def attach_key(self) -> None:
        """The chosen file, or the chosen document of the library."""
        if self._library.isVisible():
            if self._library.document is not None:
                self.use(self._library.document.key)
        else:
            self.attach()

    def attach(self) -> None:
        """Link the chosen files to the chosen items."""
        paths = [Path(file.key) for file in self._folder.files if file.source.error is None]
        self._link(self.chosen_keys, paths)

    def attach_path(self, path: str) -> None:
        """Link a file to the chosen items."""
        self._link(self.chosen_keys, [Path(path)])

    def drop(self, keys: tuple[str, ...], paths: tuple[Path, ...]) -> None:
        """Link what was dropped on items."""
        self._link(keys, paths)

    def _link(self, keys: Sequence[str], paths: Sequence[Path]) -> None:
        if self._desk is not None and keys and paths:
            self._linking.link(self._desk, keys, paths)
        elif not keys or not paths:
            self.told.emit(tr("answers.choose_both"))

    def take_sure(self) -> None:
        """Link all suggestions that are as good as sure, in one step."""
        if self._desk is not None:
            self._linking.link_pairs(self._desk, sure_pairs(self._asked.rows.rows))

    def again(self) -> None:
        """Changed files of the chosen rows, at the side where the keys are."""
        links = [one.link for row in self._asked.chosen_rows if isinstance(row, AskedRow) for one in row.linked if one.changed]
        if self._folder.list.hasFocus() or self._folder.again.hasFocus() or not links:
            links = [link for file in self._folder.files if file.changed for link in file.links]
        if self._desk is not None:
            self._linking.again(self._desk, links)

    def again_one(self, link: FileLink) -> None:
        """A changed file is right as it is now."""
        if self._desk is not None:
            self._linking.again(self._desk, [link])

    def detach_one(self, link: FileLink) -> None:
        """The file does not answer the item."""
        if self._desk is not None and any(known.key == link.key for known in self._desk.links):
            self._desk.unlink(link.key)

    def detach(self) -> None:
        """The one file of the chosen item; of several, the one that is chosen from a menu."""
        row = self._asked.row
        if not isinstance(row, AskedRow) or not row.linked:
            return
        if len(row.linked) == 1:
            self.detach_one(row.linked[0].link)
            return
        menu = QMenu(self._asked)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in row.linked:
            menu.addAction(Path(one.link.path).name).triggered.connect(partial(_tell, self.detach_one, one.link))
        menu.popup(self._asked.viewport().mapToGlobal(self._asked.visualRect(self._asked.currentIndex()).bottomLeft()))

    def open(self) -> None:
        """The chosen file; that of the chosen item where the keys are at the left."""
        row, files = self._asked.row, self._folder.files
        if isinstance(row, AskedRow) and self._asked.hasFocus() and (row.linked or row.fits):
            open_file(row.linked[0].link.path if row.linked else row.fits[0].path)
        elif files and self._folder.isVisible():
            open_file(files[0].key)

    def place(self, keys: tuple[str, ...], documents: tuple[str, ...]) -> None:
        """Copy documents that were dropped on items, and link them."""
        for document in documents:
            self.use(document, keys)

    def use(self, document: str, keys: tuple[str, ...] | None = None) -> None:
        """Copy a document into the bid's folder, and link it to what is chosen."""
        desk = self._desk
        if desk is None:
            return
        if not desk.tender.bid_folder:
            self.told.emit(tr("answers.folder_first"))
            self.folder_wanted.emit()
            return
        wanted = keys if keys is not None else self.chosen_keys
        self._library.place(document, Path(desk.tender.bid_folder), desk, partial(self._on_copied, desk, wanted))

    def _on_copied(self, desk: Desk, keys: tuple[str, ...], placed: Placed) -> None:
        known = {item.key for item in desk.items()}
        if kept := [key for key in keys if key in known]:
            desk.link(kept, placed.path, placed.sha256, placed.size)
        self.told.emit(tr("answers.copied", file=placed.path.name) if placed.new else tr("answers.there", file=placed.path.name))
        self.copied.emit()


def open_file(path: str) -> None:
    """In its own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _tell(slot: Callable[[FileLink], None], link: FileLink, _checked: bool = False) -> None:
    slot(link)
