"""The page Svar: what needs a file at the left, the bid folder and the library at the right, and what links them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core.work import Change
from app.gui.actions import Actions
from app.gui.answers.attaching import Attaching, open_file
from app.gui.answers.folder import FolderPane
from app.gui.answers.looking import Looked, Looking, Runners
from app.gui.answers.panel import AskedPanel
from app.gui.answers.rows import AskedRow, Group, Header, asked_rows, with_files
from app.gui.answers.shelf import LibraryPane
from app.gui.answers.strip import Strip
from app.gui.answers.sure import sure_pairs
from app.gui.answers.teaching import Teaching
from app.gui.answers.view import AskedList
from app.gui.messages import tr
from app.gui.secrecy.keys import Keys
from app.gui.session import Session
from app.gui.underlag.parts import button, label
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.workflow.check import Runner

__all__ = ["AnswersPage"]


class AnswersPage(QWidget):
    """Follows the desk. Files are linked by the user alone: suggestions are shown, never taken by themselves."""

    told = Signal(str)
    item_wanted = Signal(object)  # str: an item's key

    def __init__(
        self,
        session: Session,
        actions: Actions,
        parent: QWidget | None = None,
        runners: Runners | None = None,
        *,
        turns: bool = False,
    ) -> None:
        """With `turns` it is bare until `making` has been gone through, so that the window is heard between its parts."""
        super().__init__(parent)
        self.setObjectName("answersPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._awaited = ""  # the name of a file that is to be chosen when the folder has been looked at
        self._made = False
        self.looking = Looking(session, runners or _runner, self)
        self.making = self._make()
        if not turns:
            for _ in self.making:
                pass

    # --- for the window

    @property
    def busy(self) -> bool:
        """Whether the folder is being looked at or a file read."""
        return self.looking.busy or self.attaching.busy

    def shut(self) -> None:
        """End what runs behind it."""
        self.looking.shut()
        self.attaching.shut()

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
            self._awaited = "" if self.folder.choose(file) else file
            return True
        return bool(there) or not keys

    # --- layout

    def _make(self) -> Iterator[None]:
        """Part by part, from the outside in: whatever gets another parent is dressed anew with all that is in it."""
        whole = _column(self)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 12)
        head.setSpacing(8)
        whole.addLayout(head)
        words = QVBoxLayout()
        words.setSpacing(4)
        head.addLayout(words, 1)
        self.title = label(tr("answers.title"), "title", self)
        self.known = label("", "muted", self)
        self.sure = button("", "plain", tr("answers.sure_tip"), self)
        self.sure.setToolTip(tr("answers.sure_tip"))
        words.addWidget(self.title)
        words.addWidget(self.known)
        head.addWidget(self.sure)
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        whole.addWidget(self.both, 1)
        yield
        left = QWidget(self.both)
        column = _column(left)
        self.empty = Teaching("", (tr("answers.nothing_asked"),), parent=left)
        self.asked = AskedList(tr("answers.asked"), left)
        self.panel = AskedPanel(left)
        column.addWidget(self.empty)
        column.addWidget(self.asked, 1)
        column.addWidget(self.panel)
        yield
        right = QWidget(self.both)
        column = _column(right)
        strip = Strip(right)
        self.tabs = strip.tabs
        column.addWidget(strip)
        self.sides = QStackedWidget(right)
        column.addWidget(self.sides, 1)
        yield
        self.folder = FolderPane(self.sides)
        self.sides.addWidget(self.folder)
        yield
        self.library = LibraryPane(self._session, self.sides)
        self.sides.addWidget(self.library)
        self.both.setChildrenCollapsible(False)
        self.both.setSizes([610, 580])
        yield
        self.setFocusProxy(self.asked)
        self.attaching = Attaching(self.asked, self.folder, self.library, self)
        self.keys = Keys(self._actions, self, self.asked, "answers")
        self._connect()
        self._made = True
        self._on_opened(self._session.desk)
        self.keys.enable(False)

    def _connect(self) -> None:
        self._session.opened.connect(self._on_opened)
        self._session.changed.connect(self._on_changed)
        self._session.attached.connect(self.library.load)
        if isinstance(app := QGuiApplication.instance(), QGuiApplication):
            app.applicationStateChanged.connect(self._on_application)
        self.looking.known.connect(self._on_known)
        self.looking.busy_changed.connect(self._on_busy)
        self.attaching.told.connect(self.told)
        self.attaching.folder_wanted.connect(self._on_folder_wanted)
        self.attaching.copied.connect(self._on_copied)
        self.asked.chosen.connect(self._on_chosen)
        self.asked.wanted.connect(self._on_wanted)
        self.asked.dropped.connect(self.attaching.drop)
        self.asked.placed.connect(self.attaching.place)
        self.panel.opened.connect(open_file)
        self.panel.attached.connect(self.attaching.attach_path)
        self.panel.shelf_used.connect(self.attaching.use)
        self.panel.again.connect(self.attaching.again_one)
        self.panel.detached.connect(self.attaching.detach_one)
        self.panel.item_wanted.connect(self._on_item_wanted)
        self.folder.attach_wanted.connect(self.attaching.attach)
        self.folder.again_wanted.connect(self.attaching.again)
        self.folder.open_wanted.connect(self.attaching.open)
        self.library.used.connect(self.attaching.use)
        self.library.changed.connect(self._on_library)
        self.library.told.connect(self.told)
        self.tabs[0].toggled.connect(self._on_tab)
        self.sure.clicked.connect(self.attaching.take_sure)
        self.keys.on_list({"detach_file": self.attaching.detach})
        self.keys.on_page(
            {
                "next_asked": partial(self.asked.go, 1),
                "previous_asked": partial(self.asked.go, -1),
                "attach_file": self.attaching.attach_key,
                "take_fit": self.attaching.take,
                "attach_sure": self.attaching.take_sure,
                "attach_again": self.attaching.again,
                "open_bid_file": self.attaching.open,
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
        self.attaching.follow(desk)
        if self.isVisible():
            self._show()
        else:
            self.folder.show_looked(None, (), self.looking.looked)  # what is not in sight is shown when it comes into sight

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
        if self._awaited and self.looking.looked.whole:
            self.folder.choose(self._awaited)
            self._awaited = ""

    def _on_busy(self, busy: bool) -> None:
        del busy
        self._show_known()

    def _on_library(self) -> None:
        self.looking.set_library(self.library.documents)
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        desk, looked = self._desk, self.looking.looked
        rows: Sequence[Header | AskedRow] = ()
        items = with_files(desk.items(), desk.links) if desk is not None else ()
        if desk is not None:
            rows = asked_rows(items, desk.links, looked.matches, looked.shelf, self._shelf_title)
        following = self._following(rows)
        self.asked.rows.show(rows)
        if following:
            self.asked.select_key(following)
        self.asked.choose_first()
        self.asked.setVisible(bool(rows))
        self.empty.setVisible(desk is not None and not rows)
        self.folder.show_looked(desk, items, looked)
        self._show_tabs()
        self._show_known()
        self._on_chosen(self.asked.row)

    def _shelf_title(self, document: str, item: str) -> str:
        return self.library.title(document, self.looking.looked.ages.get(item))

    def _following(self, rows: Sequence[Header | AskedRow]) -> str:
        """The next item without a file, when the one in focus has just been given its first."""
        here, old = self.asked.row, self.asked.rows.rows
        now = {row.key: row for row in rows if isinstance(row, AskedRow)}
        given = isinstance(here, AskedRow) and not here.linked and here.key in now and now[here.key].linked
        if not given or len(self.attaching.chosen_keys) > 1:
            return ""
        after = old[self.asked.rows.row_of(here.key) + 1 :]
        lacking = (row.key for row in after if isinstance(row, AskedRow) and not row.linked)
        return next((key for key in lacking if key in now and not now[key].linked), "")

    def _show_tabs(self) -> None:
        files, documents = len(self.folder.list.rows.rows), len(self.library.documents)
        self.tabs[0].setText(tr("answers.tab_folder", count=files))
        pressing = self.library.pressing
        words = tr("answers.tab_library", count=documents)
        self.tabs[1].setText(tr("answers.tab_pressing", words=words, count=pressing) if pressing else words)

    def _show_known(self) -> None:
        rows, desk = self.asked.rows.rows, self._desk
        counts = {row.group: row.count for row in rows if isinstance(row, Header)}
        total, lacking = sum(counts.values()), counts.get(Group.LACKING, 0)
        parts = [tr("answers.counts", done=total - lacking, total=total)] if rows else []
        asked = [row for row in rows if isinstance(row, AskedRow)]
        if must := sum(row.counted for row in asked):
            parts.append(tr("answers.lacking", count=must))
        if self.looking.busy and desk is not None and desk.tender.bid_folder:
            parts.append(tr("answers.looking"))
        self.known.setText(" · ".join(parts))
        sure = len(sure_pairs(rows))
        self.sure.setText(tr("answers.sure", count=sure))
        self.sure.setVisible(bool(sure))

    # --- what is chosen

    def _on_chosen(self, row: object) -> None:
        asked = row if isinstance(row, AskedRow) else None
        self.panel.show_row(asked, max(0, len(self.attaching.chosen_keys) - 1))

    def _on_wanted(self, row: object) -> None:
        """Return on an item takes its suggestion, or opens the file that it has."""
        if isinstance(row, AskedRow) and row.linked:
            open_file(row.linked[0].link.path)
        else:
            self.attaching.take()

    def _on_item_wanted(self) -> None:
        if isinstance(row := self.asked.row, AskedRow):
            self.item_wanted.emit(row.key)

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

    def _on_folder_wanted(self) -> None:
        self.show_library(False)
        self.folder.first.choose.setFocus()

    def _on_copied(self) -> None:
        self.looking.look_into()

    def _on_add(self) -> None:
        self.show_library(True)
        self.library.ask_file()

    # --- files dropped beside the items

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """The bid's own files: the window would take them for the buyer's."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the library where that is in sight; otherwise the way is told."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        inside = self.sides.rect().contains(self.sides.mapFrom(self, event.position().toPoint()))
        if self.library.isVisible() and inside and event.source() is None:
            self.library.take(paths[0])
        else:
            self.told.emit(tr("answers.drop_on_item"))

    # --- in and out of sight

    def _on_application(self, state: Qt.ApplicationState) -> None:
        """Back from Word: some disks, shares most of all, do not tell of changes."""
        if state is Qt.ApplicationState.ApplicationActive and self.isVisible():
            self.looking.look_into()

    def showEvent(self, event: QShowEvent) -> None:
        """Files may have changed meanwhile."""
        super().showEvent(event)
        if not self._made:
            return
        self.keys.enable(True)
        self.library.load()
        self._show()
        self.looking.wake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        if not self._made:
            return
        self.keys.enable(False)
        self.looking.wake(False)


def _column(parent: QWidget) -> QVBoxLayout:
    made = QVBoxLayout(parent)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(0)
    return made


def _runner() -> Runner:
    from app.workers.runner import ProcessRunner

    return ProcessRunner()
