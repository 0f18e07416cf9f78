"""The main window: header, rail, pages, and what lies over them. Pages are made when they are first shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.work import Change, ClaimState
from app.gui.actions import DECLARED, FORM_ACTIONS, Actions
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.bars import Bars
from app.gui.shell.book import ANSWERS, CHECKLIST, DOCUMENTS, OVERVIEW, PACKAGE, PAGES, REVIEW, SECRECY, make_page
from app.gui.shell.header import Header
from app.gui.shell.kinds import Ends, Remembers, Reports, Types, joined_sizes, sizes_of
from app.gui.shell.rail import Rail
from app.gui.shell.routes import Routes
from app.gui.shell.sheet import UnsavedDialog
from app.gui.shell.steps import Steps
from app.gui.shell.toast import DropOverlay, Toast
from app.gui.shell.turns import (
    Make,
    Turns,
    answers_in_turns,
    bring,
    checklist_in_turns,
    in_one,
    package_in_turns,
    review_in_turns,
    secrecy_in_turns,
)
from app.workflow.readiness import without_file

if TYPE_CHECKING:
    from app.gui.shell.commands import Commands
    from app.gui.shell.fault import FaultDialog
    from app.workflow.desk import Desk

__all__ = ["ANSWERS", "CHECKLIST", "DOCUMENTS", "OVERVIEW", "PACKAGE", "PAGES", "REVIEW", "SECRECY", "MainWindow", "make_page"]

_IN_TURNS = {
    CHECKLIST: checklist_in_turns,
    ANSWERS: answers_in_turns,
    SECRECY: secrecy_in_turns,
    REVIEW: review_in_turns,
    PACKAGE: package_in_turns,
}
"""Pages that are made part by part."""
_OWN_GROUPS = ("program", "pages", "tender")
_OF_TENDER = ("export_list", "export_calendar", "print_list", "print_review", "read_again", *FORM_ACTIONS)
_OF_ANY = ("archive", "delete_tender", "export_tender")
"""About the tender that is marked in the overview, or open."""
_OF_VAULT = ("open_sample", "add_files", "add_folder", "import_tender", "backup_now", "restore_backup")
_PATIENCE = 60
"""Milliseconds in which changes are gathered before counts are made again."""


def _fault_dialog() -> type[FaultDialog]:
    """Not needed in most runs."""
    from app.gui.shell.fault import FaultDialog

    return FaultDialog


class MainWindow(QMainWindow):
    """The window over a session. `closed` comes when the user closes it."""

    closed = Signal()
    settings_wanted = Signal()
    about_wanted = Signal()

    def __init__(
        self,
        session: Session,
        actions: Actions,
        make: Make = make_page,
        sizes: QByteArray | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Anbudsklar")
        self.setMinimumSize(960, 600)
        self.resize(1366, 768)
        self.setAcceptDrops(True)
        self._session = session
        self._actions = actions
        self._make = make
        self._shown: dict[int, QWidget] = {}
        self._making: dict[int, Turns] = {}
        self._commands: Commands | None = None
        self._leaving = False
        self._routes = Routes(self)
        self._sizes = sizes or QByteArray()
        self.header = Header()
        self.rail = Rail([actions[name] for name in PAGES])
        self.bars = Bars(actions["stop_reading"])
        self.pages = QStackedWidget()
        self.pages.setObjectName("pages")
        self._lay_out()
        self.toast = Toast(self)
        self._steps = Steps(session, actions, self.toast, self.flush, self)
        self._drop = DropOverlay(self)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_PATIENCE)
        self._counting.timeout.connect(self._count)
        self.addActions([actions[declared.name] for declared in DECLARED if declared.group in _OWN_GROUPS])
        self._connect()
        self._on_opened(session.desk)
        self._on_attached()
        if session.job is not None:
            self.bars.reading.follow(session.job)
        self.show_page(OVERVIEW if session.desk is None else CHECKLIST)

    def show_page(self, number: int) -> None:
        """Bring a page into sight. Without a tender there is only the overview."""
        if self._session.desk is None:
            number = OVERVIEW
        known = number in self._shown
        page = self.prepare(number)
        if known and number == OVERVIEW and self.pages.currentWidget() is not page:
            self._session.refresh()  # what was done on the other pages shows here
        if self.isVisible():
            bring(page)
        self.pages.setCurrentWidget(page)
        self.rail.show_page(number)
        self.bars.reading.set_wanted(number != DOCUMENTS)  # that page shows every file's own progress
        page.setFocus()

    def prepare(self, number: int) -> QWidget:
        """A page, made if need be. That takes some fifty milliseconds: see `prepare_some`."""
        while number not in self._shown:
            self.prepare_some(number)
        return self._shown[number]

    def prepare_some(self, number: int) -> bool:
        """Make another part of a page that is not wanted yet; whether all of it is made."""
        if number in self._shown:
            return True
        if number not in self._making:
            made, turns = (self._session, self._actions), _IN_TURNS.get(number) if self._make is make_page else None
            self._making[number] = turns(*made, self.pages) if turns is not None else in_one(self._make, number, *made)
        try:
            next(self._making[number])
        except StopIteration as made:
            del self._making[number]
            self._take(number, made.value)
            return True
        return False

    def _take(self, number: int, page: QWidget) -> None:
        self._shown[number] = page
        self.pages.addWidget(page)
        self._routes.join(page)
        if isinstance(page, Remembers) and (sizes := sizes_of(self._sizes, number, CHECKLIST)) is not None:
            page.restore_sizes(sizes)

    def flush(self) -> None:
        """Hand over what is typed and not kept yet: before anything that looks at the tender as it is."""
        for page in self._shown.values():
            if isinstance(page, Types):
                page.flush()

    @property
    def desk(self) -> Desk | None:
        """The tender that is open."""
        return self._session.desk

    def focus_item(self, key: str) -> None:
        """Bring an item into focus, on every page."""
        self._session.select(key)

    def page(self, number: int) -> QWidget | None:
        """A page, if it has been shown."""
        return self._shown.get(number)

    def show_finding(self, finding: Finding) -> None:
        """Tell of something that went wrong. What nobody foresaw has a dialog of its own, with more to copy, from the hook."""
        if finding.code == AnbudsklarError.code:
            QTimer.singleShot(0, self, self._show_unforeseen)
        else:
            _fault_dialog().of(finding, self).open()

    def _show_unforeseen(self) -> None:
        """The hook shows a fault once; the user hears of it every time."""
        dialog = _fault_dialog()
        if not any(shown.isVisible() for shown in self.findChildren(dialog)):
            dialog.of(Finding(AnbudsklarError.code, ""), self).open()

    @property
    def sizes(self) -> QByteArray:
        """How the panes are divided, to be remembered: known once the window is closed."""
        return self._sizes

    # --- layout and wiring

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.rail)
        below.addWidget(self.pages, 1)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.bars)
        column.addLayout(below, 1)
        whole = QWidget()
        whole.setLayout(column)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session, actions = self._session, self._actions
        session.attached.connect(self._on_attached)
        session.opened.connect(self._on_opened)
        session.tenders_changed.connect(self._enable_any)
        session.changed.connect(self._on_changed)
        session.failed.connect(self.show_finding)
        session.trouble.connect(self._on_trouble)
        session.reading.connect(self.bars.reading.follow)
        session.reading.connect(self._show_header)
        session.choice_wanted.connect(self.bars.choice.ask)
        self.bars.choice.into_open.connect(session.add_to_open)
        self.bars.choice.into_new.connect(session.add_to_new)
        self.bars.trouble.retry.connect(self._on_retry)
        self.header.search_wanted.connect(actions["palette"].trigger)
        self.rail.chosen.connect(self.show_page)
        for name, slot in (
            ("palette", self._on_palette),
            ("settings", self.settings_wanted),
            ("about", self.about_wanted),
            ("quit", self.close),
            *((name, self._on_page) for name in PAGES),
            ("print_review", self._on_print_review),
            ("open_sample", session.open_sample),
            ("add_files", self._on_add_files),
            ("add_folder", self._on_add_folder),
            ("stop_reading", session.stop_reading),
        ):
            actions[name].triggered.connect(slot)

    def _on_page(self) -> None:
        self.show_page(PAGES.index(self.sender().objectName()))

    def _on_print_review(self) -> None:
        self.show_page(REVIEW)
        if isinstance(page := self._shown.get(REVIEW), Reports):
            page.save_report()

    # --- what the session tells

    def _on_attached(self) -> None:
        for name in _OF_VAULT:
            self._actions[name].setEnabled(self._session.ready)

    def _on_opened(self, desk: Desk | None) -> None:
        self._show_header()
        self.toast.hide()  # its way back is another tender's
        for number in range(DOCUMENTS, len(PAGES)):
            self.rail.set_enabled(number, desk is not None)
            self._actions[PAGES[number]].setEnabled(desk is not None)
        for name in _OF_TENDER:
            self._actions[name].setEnabled(desk is not None)
        self._enable_any()
        self._steps.enable()
        self._counting.start()  # twenty thousand items take a round of events of their own
        if self._shown:
            self.show_page(OVERVIEW if desk is None else CHECKLIST if desk.items() else DOCUMENTS)

    def _enable_any(self) -> None:
        for name in _OF_ANY:
            self._actions[name].setEnabled(self._session.desk is not None or bool(self._session.tenders))

    def _on_changed(self, change: Change) -> None:
        self._steps.enable()  # at once: redo may be pressed right after undo
        self._counting.start()
        self._steps.tell(change)

    def _on_trouble(self, finding: Finding | None) -> None:
        if not self._steps.waits(finding):
            self.bars.trouble.show_trouble(finding, self._session.unsaved)

    def _count(self) -> None:
        desk = self._session.desk
        self._steps.enable()
        if desk is None:
            for number in range(DOCUMENTS, len(PAGES)):
                self.rail.set_count(number, None)
            return
        self._show_header()
        documents, missing = len(desk.documents), desk.readiness().missing
        self.rail.set_count(DOCUMENTS, documents, tr("shell.count_documents", count=documents))
        self.rail.set_count(CHECKLIST, missing, tr("shell.count_missing", count=missing))
        lacking = len(without_file(desk.items(), desk.links))
        self.rail.set_count(ANSWERS, lacking, tr("answers.lacking", count=lacking))
        claims = sum(record.state is not ClaimState.WITHDRAWN for record in desk.claims())
        self.rail.set_count(SECRECY, claims, tr("shell.count_claims", count=claims))

    def _show_header(self) -> None:
        desk, session = self._session.desk, self._session
        reading = desk is not None and session.job is not None and session.reading_desk is desk
        self.header.show_tender(desk.tender if desk is not None else None, reading=reading)

    # --- what the user does

    def _on_retry(self) -> None:
        self._session.retry()

    def _on_add_files(self) -> None:
        self._ask_for(QFileDialog.FileMode.ExistingFiles, tr("shell.choose_files"), self._on_files)

    def _on_add_folder(self) -> None:
        self._ask_for(QFileDialog.FileMode.Directory, tr("shell.choose_folder"), self._on_files)

    def ask_for_new(self) -> None:
        """Ask for the files of a new tender. The one that is open stays until there are some."""
        self._ask_for(QFileDialog.FileMode.ExistingFiles, tr("shell.choose_files"), self._on_new_files)

    def _on_new_files(self, names: list[str]) -> None:
        self._session.add_to_new([Path(name) for name in names])

    def _ask_for(self, mode: QFileDialog.FileMode, title: str, chosen: Callable[[list[str]], None]) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(chosen)
        dialog.open()

    def _on_files(self, names: list[str]) -> None:
        self._session.add_files([Path(name) for name in names])

    # --- the palette

    def _on_palette(self) -> None:
        from app.gui.shell.commands import Commands

        if self._commands is None:
            self._commands = Commands(self._session, self._actions, self)
        self._commands.open()

    # --- files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from elsewhere are welcome."""
        if event.source() is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._drop.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._drop.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read them."""
        self._drop.hide()
        event.acceptProposedAction()
        self._session.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window goes; whoever made it ends what runs behind it. It asks first when something would be lost."""
        if not self._leaving:
            self.flush()
            self._session.settle()  # the last words may be what does not fit on the disk
        if self._session.unsaved and not self._leaving:
            event.ignore()
            dialog = UnsavedDialog(self._session.unsaved, self)
            dialog.retry.connect(self._session.retry)
            dialog.leave.connect(self.leave)
            dialog.open()
            return
        super().closeEvent(event)
        for making in self._making.values():
            making.close()
        self._making.clear()
        sizes = {number: kept for number in range(len(PAGES)) if (kept := sizes_of(self._sizes, number, CHECKLIST)) is not None}
        for number, page in self._shown.items():
            if isinstance(page, Remembers):
                sizes[number] = page.save_sizes()
            if isinstance(page, Ends):
                page.shut()
        self._sizes = joined_sizes(sizes)
        self.closed.emit()

    def leave(self) -> None:
        """Close without asking."""
        self._leaving = True
        self.close()

    def sizeHint(self) -> QSize:
        """The size that the pages are made for."""
        return QSize(1366, 768)
