"""The page Svar: what needs a file at the left, the bid folder and the library at the right, and what links them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core.work import Change, FileLink
from app.gui.actions import Actions
from app.gui.answers.folder import FolderPane
from app.gui.answers.linking import Linking
from app.gui.answers.looking import Looked, Looking, Runners
from app.gui.answers.panel import AskedPanel
from app.gui.answers.rows import AskedRow, Group, Header, asked_rows
from app.gui.answers.shelf import LibraryPane
from app.gui.answers.sure import sure_pairs
from app.gui.answers.view import AskedList
from app.gui.messages import tr
from app.gui.secrecy.keys import Keys
from app.gui.session import Session
from app.gui.underlag.parts import button, label
from app.workflow.desk import Desk
from app.workflow.readiness import without_file

if TYPE_CHECKING:
    from app.workflow.check import Runner
    from app.workflow.library import Placed

__all__ = ["AnswersPage"]


class AnswersPage(QWidget):
    """Follows the desk. Files are linked by the user alone: suggestions are shown, never taken by themselves."""

    told = Signal(str)
    item_wanted = Signal(object)  # str: an item's key

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None, runners: Runners | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answersPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._awaited: tuple[tuple[str, ...], str | None] | None = None
        self.looking = Looking(session, runners or _runner, self)
        self.linking = Linking(self)
        self.attaching = self
        self.asked = AskedList(tr("answers.asked"))
        self.panel = AskedPanel()
        self.folder = FolderPane()
        self.library = LibraryPane(session)
        self.title = label(tr("answers.title"), "title")
        self.known = label("", "muted")
        self.sure = button("", "plain", tr("answers.sure_tip"))
        self.sure.setToolTip(tr("answers.sure_tip"))
        self.empty = label(tr("answers.nothing_asked"), "muted")
        self.tabs = (QPushButton(), QPushButton())
        self.sides = QStackedWidget()
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self.keys = Keys(actions, self, self.asked, "answers")
        self._connect()
        self._on_opened(session.desk)
        self.keys.enable(False)

    # --- for the window

    @property
    def busy(self) -> bool:
        """Whether the folder is being looked at or a file read."""
        return self.looking.busy or self.linking.busy

    def shut(self) -> None:
        """End what runs behind it."""
        self.looking.shut()
        self.linking.shut()

    def save_sizes(self) -> QByteArray:
        """How the lists divide the page."""
        return QByteArray(self.both.saveState().toHex().data())

    def restore_sizes(self, sizes: QByteArray) -> None:
        """Divide it like that again."""
        self.both.restoreState(QByteArray.fromHex(sizes.data()))

    def show_cause(self, keys: Sequence[str], file: str | None) -> bool:
        """Choose items and a file; whether any of it is there. The file as soon as the folder has been looked at."""
        there = [key for key in keys if self.asked.rows.row_of(key) >= 0]
        if there:
            self.asked.select_key(there[0])
        if file is not None:
            self.show_library(False)
            if not self.folder.choose(file) and self.looking.busy:
                self._awaited = ((), file)
                return True
            return True
        return bool(there) or not keys

    # --- layout

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.known)
        head.addLayout(words, 1)
        head.addWidget(self.sure)
        left = QWidget()
        column = _column(left)
        self.empty.setContentsMargins(24, 16, 24, 16)
        column.addWidget(self.empty)
        column.addWidget(self.asked, 1)
        column.addWidget(self.panel)
        right = QWidget()
        column = _column(right)
        strip = QWidget()
        strip.setObjectName("answersTabs")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(strip)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(8)
        for tab in self.tabs:
            tab.setProperty("chip", True)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            line.addWidget(tab)
        line.addStretch(1)
        column.addWidget(strip)
        column.addWidget(self.sides, 1)
        self.sides.addWidget(self.folder)
        self.sides.addWidget(self.library)
        self.tabs[0].setChecked(True)
        for part in (left, right):
            self.both.addWidget(part)
        self.both.setChildrenCollapsible(False)
        self.both.setSizes([610, 580])
        whole = _column(self)
        whole.addLayout(head)
        whole.addWidget(self.both, 1)
        self.setFocusProxy(self.asked)

    def _connect(self) -> None:
        self._session.opened.connect(self._on_opened)
        self._session.changed.connect(self._on_changed)
        self._session.attached.connect(self.library.load)
        self.looking.known.connect(self._on_known)
        self.looking.busy_changed.connect(self._on_busy)
        self.linking.told.connect(self.told)
        self.asked.chosen.connect(self._on_chosen)
        self.asked.wanted.connect(self._on_wanted)
        self.asked.dropped.connect(self._on_dropped)
        self.asked.placed.connect(self._on_placed)
        self.panel.opened.connect(_open)
        self.panel.attached.connect(self._on_attach_path)
        self.panel.shelf_used.connect(self._use)
        self.panel.again.connect(self._on_again_one)
        self.panel.detached.connect(self._on_detach_one)
        self.panel.item_wanted.connect(self._on_item_wanted)
        self.folder.attach_wanted.connect(self._on_attach)
        self.folder.again_wanted.connect(self._on_again)
        self.folder.open_wanted.connect(self._on_open)
        self.library.used.connect(self._use)
        self.library.changed.connect(self._on_library)
        self.library.told.connect(self.told)
        self.tabs[0].toggled.connect(self._on_tab)
        self.sure.clicked.connect(self._on_sure)
        self.keys.on_list({"detach_file": self._on_detach})
        self.keys.on_page(
            {
                "next_asked": partial(self.asked.go, 1),
                "previous_asked": partial(self.asked.go, -1),
                "attach_file": self._on_attach_key,
                "take_fit": self._on_take,
                "attach_sure": self._on_sure,
                "attach_again": self._on_again,
                "open_bid_file": self._on_open,
                "choose_bid_folder": self.folder.ask_folder,
                "show_library": self._on_show_library,
                "add_to_library": self._on_add,
                "edit_document": self.library.ask_words,
                "renew_document": self.library.ask_newer,
            }
        )

    # --- the tender

    def _on_opened(self, desk: Desk | None) -> None:
        if desk is not self._desk:
            self._desk = desk
            self.asked.rows.show(())
        self.looking.follow(desk)
        self.library.follow(desk)
        self._show()

    def _on_changed(self, change: Change) -> None:
        del change
        if self.isVisible():
            self._show()
            self.library.show_desk()
            self._show_tabs()
        self.looking.look()

    def _on_known(self, looked: Looked) -> None:
        del looked
        self._show()
        if self._awaited is not None and self.looking.looked.whole:
            (_, file), self._awaited = self._awaited, None
            if file is not None:
                self.folder.choose(file)

    def _on_busy(self, busy: bool) -> None:
        del busy
        self._show_known()

    def _on_library(self) -> None:
        self.looking.set_library(self.library.documents)
        self._show()

    def _show(self) -> None:
        desk, looked = self._desk, self.looking.looked
        rows: Sequence[Header | AskedRow] = ()
        if desk is not None:
            rows = asked_rows(desk.items(), desk.links, looked.matches, looked.shelf, self.library.titles)
        self.asked.rows.show(rows)
        self.asked.choose_first()
        self.asked.setVisible(bool(rows))
        self.empty.setVisible(desk is not None and not rows)
        self.folder.show_looked(desk, looked)
        self._show_tabs()
        self._show_known()
        self._on_chosen(self.asked.row)

    def _show_tabs(self) -> None:
        files, documents = len(self.folder.list.rows.rows), len(self.library.documents)
        self.tabs[0].setText(tr("answers.tab_folder", count=files))
        pressing = self.library.pressing
        words = tr("answers.tab_library", count=documents)
        self.tabs[1].setText(tr("answers.tab_pressing", words=words, count=pressing) if pressing else words)

    def _show_known(self) -> None:
        rows, desk = self.asked.rows.rows, self._desk
        counts = {row.group: row.count for row in rows if isinstance(row, Header)}
        having, lacking = counts.get(Group.HAVING, 0), counts.get(Group.LACKING, 0)
        parts = [tr("answers.counts", done=having, total=having + lacking)] if rows else []
        if desk is not None and (must := len(without_file(desk.items(), desk.links))):
            parts.append(tr("answers.lacking", count=must))
        if self.looking.busy and desk is not None and desk.tender.bid_folder:
            parts.append(tr("answers.looking"))
        self.known.setText(" · ".join(parts))
        sure = len(sure_pairs(rows))
        self.sure.setText(tr("answers.sure", count=sure))
        self.sure.setVisible(bool(sure))

    # --- what is chosen

    @property
    def chosen_keys(self) -> tuple[str, ...]:
        """The items that are chosen."""
        return tuple(row.key for row in self.asked.chosen_rows if isinstance(row, AskedRow))

    def _on_chosen(self, row: object) -> None:
        asked = row if isinstance(row, AskedRow) else None
        self.panel.show_row(asked, max(0, len(self.chosen_keys) - 1), self.library.titles)

    def _on_wanted(self, row: object) -> None:
        """Return on an item takes its suggestion, or opens the file that it has."""
        if isinstance(row, AskedRow) and row.linked:
            _open(row.linked[0].link.path)
        else:
            self._on_take()

    def _on_item_wanted(self) -> None:
        if isinstance(row := self.asked.row, AskedRow):
            self.item_wanted.emit(row.key)

    # --- linking

    def _on_take(self) -> None:
        row = self.asked.row
        if not isinstance(row, AskedRow):
            return
        if row.fits:
            self._link((row.key,), [Path(row.fits[0].path)])
        elif row.shelf:
            self._use(row.shelf[0].path)

    def _on_attach_key(self) -> None:
        """The chosen file, or the chosen document of the library."""
        if self.sides.currentWidget() is self.library:
            if self.library.document is not None:
                self._use(self.library.document.key)
        else:
            self._on_attach()

    def _on_attach(self) -> None:
        paths = [Path(file.key) for file in self.folder.files if file.source.error is None]
        self._link(self.chosen_keys, paths)

    def _on_attach_path(self, path: str) -> None:
        self._link(self.chosen_keys, [Path(path)])

    def _on_dropped(self, keys: tuple[str, ...], paths: tuple[Path, ...]) -> None:
        self._link(keys, paths)

    def _link(self, keys: Sequence[str], paths: Sequence[Path]) -> None:
        if self._desk is not None and keys and paths:
            self.linking.link(self._desk, keys, paths)
        elif not keys or not paths:
            self.told.emit(tr("answers.choose_both"))

    def _on_sure(self) -> None:
        if self._desk is not None:
            self.linking.link_pairs(self._desk, sure_pairs(self.asked.rows.rows))

    def _on_again(self) -> None:
        """Changed files of the chosen rows, at the side where the keys are."""
        links = [one.link for row in self.asked.chosen_rows if isinstance(row, AskedRow) for one in row.linked if one.changed]
        if self.folder.list.hasFocus() or self.folder.again.hasFocus() or not links:
            links = [link for file in self.folder.files if file.changed for link in file.links]
        if self._desk is not None:
            self.linking.again(self._desk, links)

    def _on_again_one(self, link: FileLink) -> None:
        if self._desk is not None:
            self.linking.again(self._desk, [link])

    def _on_detach_one(self, link: FileLink) -> None:
        if self._desk is not None and any(known.key == link.key for known in self._desk.links):
            self._desk.unlink(link.key)

    def _on_detach(self) -> None:
        """The one file of the chosen item; of several, the one that is chosen from a menu."""
        row = self.asked.row
        if not isinstance(row, AskedRow) or not row.linked:
            return
        if len(row.linked) == 1:
            self._on_detach_one(row.linked[0].link)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in row.linked:
            menu.addAction(Path(one.link.path).name).triggered.connect(partial(_tell, self._on_detach_one, one.link))
        menu.popup(self.asked.viewport().mapToGlobal(self.asked.visualRect(self.asked.currentIndex()).bottomLeft()))

    def _on_open(self) -> None:
        """The chosen file; that of the chosen item where the keys are at the left."""
        row, files = self.asked.row, self.folder.files
        if isinstance(row, AskedRow) and self.asked.hasFocus() and (row.linked or row.fits):
            _open(row.linked[0].link.path if row.linked else row.fits[0].path)
        elif files and self.sides.currentWidget() is self.folder:
            _open(files[0].key)

    # --- the library

    def show_library(self, wanted: bool) -> None:
        """The library at the right, or the bid folder."""
        self.tabs[1 if wanted else 0].setChecked(True)

    def _on_tab(self, folder: bool) -> None:
        self.sides.setCurrentWidget(self.folder if folder else self.library)
        self._actions["show_library"].setChecked(not folder)

    def _on_show_library(self) -> None:
        self.show_library(self.sides.currentWidget() is self.folder)
        shown = self.sides.currentWidget()
        rows = self.folder.list if shown is self.folder else self.library.list
        rows.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_add(self) -> None:
        self.show_library(True)
        self.library.ask_file()

    def _on_placed(self, keys: tuple[str, ...], documents: tuple[str, ...]) -> None:
        for document in documents:
            self._use(document, keys)

    def _use(self, document: str, keys: tuple[str, ...] | None = None) -> None:
        """Copy a document into the bid's folder, and link it to what is chosen."""
        desk = self._desk
        if desk is None:
            return
        if not desk.tender.bid_folder:
            self.told.emit(tr("answers.folder_first"))
            self.show_library(False)
            self.folder.first.choose.setFocus()
            return
        wanted = keys if keys is not None else self.chosen_keys
        self.library.place(document, Path(desk.tender.bid_folder), desk, partial(self._on_copied, desk, wanted))

    def _on_copied(self, desk: Desk, keys: tuple[str, ...], placed: Placed) -> None:
        known = {item.key for item in desk.items()}
        if kept := [key for key in keys if key in known]:
            desk.link(kept, placed.path, placed.sha256, placed.size)
        self.told.emit(tr("answers.copied", file=placed.path.name) if placed.new else tr("answers.there", file=placed.path.name))
        self.looking.look(disk=True)

    # --- in and out of sight

    def showEvent(self, event: QShowEvent) -> None:
        """Files may have changed meanwhile."""
        super().showEvent(event)
        self.keys.enable(True)
        self.library.load()
        self._show()
        self.looking.wake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.keys.enable(False)
        self.looking.wake(False)


def _column(parent: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    return made


def _open(path: str) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _tell(slot: object, link: FileLink, _checked: bool = False) -> None:
    if callable(slot):
        slot(link)


def _runner() -> Runner:
    from app.workers.runner import ProcessRunner

    return ProcessRunner()
